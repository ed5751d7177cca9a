"""Filled scorecards for the synthetic sample: invented raters, a workbook each, the same bytes.

The ratings are by place on the shortlist, whatever stands there, and are written by what writes
every scorecard. So they show all that ratings can say: a sector that is ready, one whose convener
is taken by it, one that is blocked and on which raters differ, one of which something that a launch
needs isn't known, and one that nobody has rated for more than a year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sectorscan.readiness.model import Rating
from sectorscan.reports.scorecard.blank import blank_scorecard
from sectorscan.reports.scorecard.looks import Blank, BlankSheet

QUESTIONS = (
    "champions", "critical_mass", "support_team", "convener", "shared_agenda", "landscape",
    "geography_fit", "outlook", "early_win",
)  # fmt: skip
RATERS = {
    "Synthetic rater A": dt.date(2024, 10, 7),
    "Synthetic rater B": dt.date(2024, 10, 9),
    "Synthetic rater C": dt.date(2024, 10, 14),
}
"""Who rates, and on which day."""
LONG_AGO = dt.date(2023, 5, 8)
EVIDENCE = "Synthetic: invented like the sample's figures"
CHAMBER, COLLEGE = "Synthetic chamber", "Synthetic college"


@dataclass(frozen=True, slots=True)
class Place:
    """What each rater says of a place of the shortlist: a level a question, ``?`` for unknown.

    A rater without levels says nothing; ``day`` is when they answered, where not when they did the
    others.
    """

    levels: tuple[str, ...]
    convener: str = ""
    day: dt.date | None = None


PLACES = (
    Place(("433333443", "333434434", "443343344"), CHAMBER),
    Place(("333323432", "323333332", "233332433"), CHAMBER),
    Place(("143323432", "143231432", "133324332"), COLLEGE),
    Place(("233?22331", "223?23322", "322?12332")),
    Place(("222112321", "221122231", ""), COLLEGE, LONG_AGO),
)


def sample_scorecards(blank: Blank) -> dict[str, bytes]:
    """Return the filled workbooks of a synthetic shortlist: file name to bytes."""
    found = {}
    for number, (rater, usual) in enumerate(RATERS.items()):
        one = replace(
            blank,
            raters=(rater,),
            ratings=tuple(_ratings(blank, number, rater, usual)),
            conveners={of.sector: place.convener for of, place in _placed(blank) if place.convener},
        )
        found[f"{rater.lower().replace(' ', '_')}.xlsx"] = blank_scorecard(one)
    return found


def _placed(blank: Blank) -> Iterator[tuple[BlankSheet, Place]]:
    return zip(blank.sheets, PLACES, strict=False)


def _ratings(blank: Blank, number: int, rater: str, usual: dt.date) -> Iterator[Rating]:
    for of, place in _placed(blank):
        for question, level in zip(QUESTIONS, place.levels[number], strict=False):
            known = None if level == "?" else int(level)
            evidence = EVIDENCE if known is not None else ""
            yield Rating(of.sector, question, rater, place.day or usual, known, evidence, "")
