"""The arithmetic of a score in cells: what ``scoring.aggregate`` and ``positions`` compute.

Each function returns the formula of one cell of a sector's row on sheet Scores.
"""

from __future__ import annotations

from sectorscan.reports.sheets import layout as at
from sectorscan.reports.sheets.layout import Group, Layout
from sectorscan.scoring.aggregate import FILL, GEOMETRIC_SPREAD
from sectorscan.scoring.positions import TIE
from sectorscan.scoring.score import ROUNDING

NONE = '"–"'


def exact(number: float) -> str:
    """Return a number as a formula has it, with every digit: ``1E-09``."""
    return repr(float(number)).upper()


def _weights(layout: Layout, group: Group | None = None) -> str:
    places = (group.first, group.count) if group else None
    return layout.across("scaled", at.WEIGHT_ROW, places, fixed=True)


def _weight(layout: Layout, criterion: int) -> str:
    return layout.cell("scaled", at.WEIGHT_ROW, criterion, fixed="row")


def _known(layout: Layout, row: int, group: Group | None = None) -> str:
    places = (group.first, group.count) if group else None
    numbers = layout.across("scaled", row, places)
    return f"SUMPRODUCT({_weights(layout, group)}*ISNUMBER({numbers}))"


def _own(layout: Layout, block: str, row: int) -> str:
    return layout.cell(block, row, fixed="col")


def coverage(layout: Layout, row: int) -> str:
    """Return the known share of weight, over the criteria that any sector has a value of."""
    playing = layout.across("scaled", layout.foot(at.IN_PLAY), fixed=True)
    known = f"SUMPRODUCT({playing}*ISNUMBER({layout.across('value', row)}))"
    return f"IF(SUM({playing})>0,{known}/SUM({playing}),0)"


def passing(layout: Layout, row: int) -> str:
    """Return 1 where a sector passes the gates and enough is known of it, else 0."""
    least = f"{exact(layout.matrix.min_coverage)}-{exact(ROUNDING)}"
    gated, share = _own(layout, "gated", row), _own(layout, "coverage", row)
    return f"IF(AND({gated}=0,{share}>={least}),1,0)"


def divisor(layout: Layout, row: int) -> str:
    """Return what the weights are divided by, 0 where there is no score."""
    if layout.matrix.missing in FILL:
        return f"SUM({_weights(layout)})"
    known = _known(layout, row)
    if layout.matrix.missing != "exclude":
        return known
    playing = layout.across("scaled", layout.foot(at.IN_PLAY), fixed=True)
    absent = f"SUMPRODUCT(({playing}>0)*(1-ISNUMBER({layout.across('scaled', row)})))"
    return f"IF({absent}>0,0,{known})"


def reference(layout: Layout, row: int, value: str, oriented: str) -> str:
    """Return the value if it helps to set its scale."""
    return f"IF(AND({_own(layout, 'passing', row)}=1,ISNUMBER({value})),{oriented},{NONE})"


def term(layout: Layout, row: int, criterion: int) -> str:
    """Return a criterion's part of the logarithm of a geometric score."""
    scaled, whole = layout.cell("scaled", row, criterion), _own(layout, "divisor", row)
    share = f"{_weight(layout, criterion)}/{whole}"
    log = f"LN(1+{GEOMETRIC_SPREAD:g}*{scaled})"
    return f"IF(AND(ISNUMBER({scaled}),{whole}>0),{share}*{log},{NONE})"


def contribution(layout: Layout, row: int, criterion: int) -> str:
    """Return a criterion's points of the score."""
    scaled, whole = layout.cell("scaled", row, criterion), _own(layout, "divisor", row)
    weight = _weight(layout, criterion)
    if not layout.geometric:
        return f"IF(AND(ISNUMBER({scaled}),{whole}>0),{weight}*{scaled}/{whole},{NONE})"
    part, log = layout.cell("term", row, criterion), _own(layout, "log_score", row)
    score = _own(layout, "score", row)
    return f"IF(ISNUMBER({part}),IF({log}=0,{weight}/{whole},{score}*{part}/{log}),{NONE})"


def filled(layout: Layout, row: int) -> str:
    """Return the points, or the logarithm, that missing figures count as."""
    fill = FILL[layout.matrix.missing]
    each = f"LN(1+{GEOMETRIC_SPREAD:g}*{fill:g})" if layout.geometric else f"{fill:g}"
    return f"MAX(0,SUM({_weights(layout)})-{_known(layout, row)})*{each}"


def log_score(layout: Layout, row: int) -> str:
    """Return the logarithm of a geometric score."""
    return _summed(layout, row, "term")


def score(layout: Layout, row: int) -> str:
    """Return the score."""
    if not layout.geometric:
        return _summed(layout, row, "contribution")
    log = _own(layout, "log_score", row)
    return f"IF(ISNUMBER({log}),EXP({log}),{NONE})"


def _summed(layout: Layout, row: int, block: str) -> str:
    extra = f"+{_own(layout, 'filled', row)}" if layout.widths["filled"] else ""
    total = f"SUM({layout.across(block, row)}){extra}"
    return f"IF({_own(layout, 'divisor', row)}>0,{total},{NONE})"


def group_score(layout: Layout, row: int, group: Group) -> str:
    """Return the mean of a group's known criteria, 0 to 100."""
    known, whole = _known(layout, row, group), _own(layout, "divisor", row)
    places = (group.first, group.count)
    if layout.geometric:
        mean = f"EXP(SUM({layout.across('term', row, places)})*{whole}/{known})"
    else:
        points = f"SUMPRODUCT({_weights(layout, group)},{layout.across('scaled', row, places)})"
        mean = f"{points}/{known}"
    return f"IF(AND({whole}>0,{known}>0),{mean},{NONE})"


def ranked(layout: Layout, row: int) -> str:
    """Return the score of a sector that takes part in the ranking."""
    own = _own(layout, "score", row)
    return f"IF(AND({_own(layout, 'passing', row)}=1,ISNUMBER({own})),{own},{NONE})"


def status(layout: Layout, row: int) -> str:
    """Return whether a sector is ranked, and else why not."""
    own = {name: _own(layout, name, row) for name in ("gated", "passing", "coverage", "ranked")}
    unknown = f"OR({own['passing']}=0,AND({own['coverage']}=0,NOT(ISNUMBER({own['ranked']}))))"
    return (
        f'IF({own["gated"]}=1,"{STATUS["gate"]}",IF(ISNUMBER({own["ranked"]}),"{STATUS[None]}",'
        f'IF({unknown},"{STATUS["coverage"]}","{STATUS["missing"]}")))'
    )


STATUS: dict[str | None, str] = {
    None: "ranked",
    "gate": "kept out by a gate",
    "coverage": "too little known",
    "missing": "a figure is missing",
}


def descending(layout: Layout, row: int) -> str:
    """Return the k-th highest score, k being the row's own position."""
    scores, own = layout.down("ranked"), _own(layout, "position", row)
    return f"IF({own}<=COUNT({scores}),LARGE({scores},{own}),{NONE})"


def tied_rank(layout: Layout, row: int) -> str:
    """Return the rank of the k-th highest score: that of its group's first within ``TIE``."""
    own, position = _own(layout, "descending", row), _own(layout, "position", row)
    if row == at.FIRST_ROW:
        return f"IF(ISNUMBER({own}),1,{NONE})"
    above = _own(layout, "tied_rank", row - 1)
    first = f"INDEX({layout.down('descending')},{above})"
    return f"IF(ISNUMBER({own}),IF({first}-{own}>{exact(TIE)},{position},{above}),{NONE})"


def rank(layout: Layout, row: int) -> str:
    """Return a sector's rank."""
    own = _own(layout, "ranked", row)
    place = f"RANK({own},{layout.down('ranked')})"
    return f"IF(ISNUMBER({own}),INDEX({layout.down('tied_rank')},{place}),{NONE})"


def key(layout: Layout, row: int) -> str:
    """Return what sectors are put in order by: rank, then their ids' alphabet."""
    own, step = _own(layout, "rank", row), len(layout.candidates) + 1
    return f"IF(ISNUMBER({own}),{own}*{step}+{_own(layout, 'by_id', row)},{NONE})"


def place(layout: Layout, row: int) -> str:
    """Return a sector's place in that order."""
    own = _own(layout, "key", row)
    return f"IF(ISNUMBER({own}),RANK({own},{layout.down('key')},1),{NONE})"
