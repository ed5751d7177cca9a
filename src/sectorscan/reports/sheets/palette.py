"""Colors that people with any color vision can tell apart (Okabe and Ito 2008)."""

from __future__ import annotations

_OKABE_ITO = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#7F7F7F",
)  # fmt: skip
CHOSEN, OTHERS, LINES = "#D55E00", "#56B4E9", "#5B6770"
"""Of a chart: the shortlist, the other sectors, cross-hairs."""


def of_group(place: int) -> str:
    """Return a group's color; past the eighth they come again."""
    return _OKABE_ITO[place % len(_OKABE_ITO)]


def tint(color: str, share: float = 0.45) -> str:
    """Return a color lightened towards white, on which black text can be read."""
    channels = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - channel)):02X}" for channel in channels)
