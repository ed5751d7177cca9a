"""Make ``docs/images/rank.svg``: the first screen of ``sectorscan rank`` on the sample.

Run ``python tools/make_picture_page.py``. No clock, no paths, no network fonts: the same result
gives the same bytes.
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from sectorscan.cli.options import Asked, settle
from sectorscan.reports.console import show
from sectorscan.scan import scan

PAGE = Path(__file__).resolve().parents[1] / "docs" / "images" / "rank.svg"
WIDTH = 100
TITLE = "sectorscan rank"
UNIQUE = "rank"

THEME = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [
        *((36, 41, 47), (180, 35, 24), (17, 99, 41), (138, 90, 0)),
        *((5, 80, 174), (130, 80, 223), (27, 124, 131), (110, 119, 129)),
    ],
)

FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg"
  role="img" aria-label="The first screen of sectorscan rank on the synthetic sample">
<style>
.{unique_id}-matrix {{ font-family: "SFMono-Regular", Consolas, "DejaVu Sans Mono", Menlo,
  "Liberation Mono", monospace; font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def lines() -> list[Text]:
    """Return the screen's lines: the head, the ranking, and the first sector's reasons."""
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True,
        color_system="standard", legacy_windows=False, highlight=False, markup=False, emoji=False,
        _environ={},
    )  # fmt: skip
    show(scan(*settle(Asked((), None))), console)
    screen = Text.from_ansi(console.export_text(styles=True)).split("\n")
    second = next(place for place, line in enumerate(screen) if line.plain.startswith("2. "))
    return [Text("$ sectorscan rank", style="bold"), Text(""), *screen[:second], Text("...")]


def page() -> str:
    """Return the picture."""
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True,
        color_system="standard", legacy_windows=False, _environ={},
    )  # fmt: skip
    for line in lines():
        console.print(line, soft_wrap=True, highlight=False)
    svg = console.export_svg(title=TITLE, theme=THEME, code_format=FORMAT, unique_id=UNIQUE)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE.name}")
