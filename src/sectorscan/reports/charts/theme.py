"""Colors that the color-blind tell apart, generic fonts, and what all charts have in common."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from sectorscan.reports import view
from sectorscan.reports.charts.labels import wrap
from sectorscan.reports.charts.model import Look, Spec
from sectorscan.reports.text import plain
from sectorscan.reports.words import NOT_KNOWN
from sectorscan.scan.model import Shortlist

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""The version that the definitions are written for; ``render.VEGA_LITE`` draws it."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""Fonts of the same widths: labels are placed by these (``labels.text_width``)."""

FONT_SIZE = 12
_PHONE = 500
"""Pictures that are narrower are a phone's."""
LINE_HEIGHT = 15
_LONGEST_NOTE = 400

# Okabe and Ito 2008, "Color universal design". Yellow is last, being faint on white.
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, VERMILION, BLACK, YELLOW = "#56B4E9", "#D55E00", "#000000", "#F0E442"
_SERIES = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION)


@dataclass(frozen=True, slots=True)
class Colors:
    """The colors of one ground; ``strong`` marks the shortlist, ``weak`` the other sectors."""

    ground: str
    ink: str
    muted: str
    grid: str
    strong: str
    weak: str
    rule: str
    series: tuple[str, ...]


LIGHT = Colors(
    ground="#FFFFFF", ink="#1F2933", muted="#52606D", grid="#E4E7EB", strong=BLUE,
    weak="#9AA5B1", rule="#7B8794", series=(*_SERIES, "#3D4852", YELLOW),
)  # fmt: skip
DARK = Colors(
    ground="#14191F", ink="#E4E7EB", muted="#B0BAC5", grid="#323F4B", strong=SKY,
    weak="#7B8794", rule="#9AA5B1", series=("#3D9BD9", *_SERIES[1:4], "#9AD4F5", *_SERIES[5:],
                                            "#CBD2D9", YELLOW),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a chart is called, what its marks mean, and what it leaves out."""

    title: str
    subtitle: str
    notes: tuple[str, ...] = ()


def colors(look: Look) -> Colors:
    """Return the colors of a look."""
    return DARK if look.dark else LIGHT


def series(look: Look, count: int) -> list[str]:
    """Return so many colors; past the eighth they begin again."""
    own = colors(look).series
    return [own[place % len(own)] for place in range(count)]


LISTED, OTHER = "shortlist", "other ranked sectors"


def listed(candidate: view.Candidate) -> str:
    """Return which of the two colors a sector has, in words."""
    return LISTED if candidate.shortlisted else OTHER


def listed_color(look: Look) -> Spec:
    """Return the color that marks the shortlist, by the field ``listed``."""
    own = colors(look)
    return {
        "field": "listed", "type": "nominal", "legend": {"title": None},
        "scale": {"domain": [LISTED, OTHER], "range": [own.strong, own.weak]},
    }  # fmt: skip


def finished(spec: Spec, told: Told, shortlist: Shortlist, look: Look) -> Spec:
    """Return a definition with what all have: version, fonts, colors, and its frame if asked."""
    return dressed(spec, told, look, source_line(shortlist), synthetic=shortlist.synthetic)


def dressed(spec: Spec, told: Told, look: Look, source: str, *, synthetic: bool) -> Spec:
    """Return a definition as `finished` does, with a source in words."""
    whole: Spec = {"$schema": SCHEMA, "background": colors(look).ground, "padding": 8, **spec}
    whole["config"] = config(look)
    if look.framed:
        banner = [view.SYNTHETIC_BANNER] if synthetic else []
        texts = [told.subtitle, *banner, source, *told.notes]
        short = [textwrap.shorten(text, _LONGEST_NOTE, placeholder=" ...") for text in texts]
        wrapped = [line for text in short for line in wrap(text, look.width, FONT_SIZE)]
        whole["title"] = {"text": told.title, "subtitle": wrapped}
    return whole


def source_line(shortlist: Shortlist) -> str:
    """Return what the figures are of: region, years, files, config."""
    panel = shortlist.ranking.indicators.panel
    files = list(dict.fromkeys(plain(one.path) for one in shortlist.inputs))
    kinds = sorted({one.kind for one in shortlist.inputs})
    few = f"{len(files)} files ({', '.join(kinds)})" if len(files) > 4 else ", ".join(files)
    return (
        f"{plain(panel.region_name)}; {view.period(panel)}; source: {few or NOT_KNOWN}; "
        f"scored with {view.scored_with(shortlist)}"
    )


def config(look: Look) -> Spec:
    """Return fonts, sizes and colors, as every definition has them."""
    own = colors(look)
    return {
        "font": FONT,
        "view": {"stroke": own.grid},
        "title": {
            "anchor": "start", "frame": "bounds", "fontSize": 17, "color": own.ink, "offset": 14,
            "subtitleColor": own.muted, "subtitleFontSize": FONT_SIZE, "subtitlePadding": 5,
            "subtitleLineHeight": LINE_HEIGHT + 1, "limit": look.width,
        },
        "axis": {
            "labelColor": own.ink, "titleColor": own.muted, "labelFontSize": FONT_SIZE,
            "titleFontSize": FONT_SIZE, "titleFontWeight": "normal", "gridColor": own.grid,
            "domainColor": own.rule, "tickColor": own.rule, "titlePadding": 8,
        },
        "legend": {
            "labelColor": own.ink, "titleColor": own.muted, "labelFontSize": FONT_SIZE,
            "titleFontSize": FONT_SIZE, "titleFontWeight": "normal", "orient": "bottom",
            "symbolStrokeColor": own.muted, "labelLimit": 220,
            # Side by side, legends would be wider than a phone.
            **({"columns": 1, "layout": {"bottom": {"direction": "vertical"}}}
               if look.width < _PHONE else {}),
        },
        "text": {"color": own.ink, "fontSize": FONT_SIZE, "font": FONT},
    }  # fmt: skip
