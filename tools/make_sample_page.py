"""Make ``docs/images/page.png``: the first screen of the sample's page, as Chromium draws it.

Run ``python tools/make_sample_page.py``. It needs playwright and a Chromium on the path; without
them the picture stays as it is. Another Chromium may draw a letter's edge otherwise, so no test
compares the bytes. The page itself is
``docs/samples/report.html``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sectorscan.cli.options import Asked, settle
from sectorscan.reports.write import write
from sectorscan.scan import scan

if TYPE_CHECKING:
    from playwright.sync_api import Page

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "page.png"
WIDTH, HEIGHT = 1040, 1640
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def chromium() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def taken(
    program: str, file: Path, size: tuple[int, int], act: Callable[[Page], None] = lambda _: None
) -> bytes:
    """Return the first screen of a page, ``size`` wide and high, after something was done on it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.goto(file.as_uri())
        page.wait_for_selector("html.drawn")
        act(page)
        screen = page.screenshot()
        browser.close()
    return screen


def picture(program: str) -> bytes:
    """Return the picture: the shortlist, and the ranking at a weight that was moved."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        write(scan(*settle(Asked((), None))), report)
        return taken(program, report, (WIDTH, HEIGHT), _move_a_weight)


def _move_a_weight(page: Page) -> None:
    page.fill("#number-2", "60")
    page.wait_for_selector("#message:not([hidden])")
    page.evaluate("document.activeElement.blur()")


def make(target: Path, picture: Callable[[str], bytes]) -> None:
    """Write a picture, where there is a Chromium to take it."""
    program = chromium()
    if program is None:
        print(f"no Chromium on this machine: {target.name} stays as it is")
    else:
        target.write_bytes(picture(program))
        print(f"wrote {target.name}")


if __name__ == "__main__":
    make(PICTURE, picture)
