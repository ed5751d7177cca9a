"""Make ``docs/images/page.png``: the first screen of the sample's page, as Chromium draws it.

Run ``python tools/make_sample_page.py``. It needs playwright and a Chromium on the path; without
them the picture stays as it is. Another Chromium may draw a letter's edge otherwise, so no test
compares the bytes. The page itself isn't kept: ``sectorscan rank --out report.html`` makes it.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from sectorscan.cli.options import Asked, settle
from sectorscan.reports.write import write
from sectorscan.scan import scan

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "page.png"
WIDTH, HEIGHT = 1040, 1640
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def chromium() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def picture(program: str) -> bytes:
    """Return the picture: the shortlist, and the ranking at a weight that was moved."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        write(scan(*settle(Asked((), None))), report)
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(report.as_uri())
        page.wait_for_selector("html.drawn")
        page.fill("#number-2", "60")
        page.wait_for_selector("#message:not([hidden])")
        page.evaluate("document.activeElement.blur()")
        taken = page.screenshot()
        browser.close()
    return taken


if __name__ == "__main__":
    program = chromium()
    if program is None:
        print(f"no Chromium on this machine: {PICTURE.name} stays as it is")
    else:
        PICTURE.write_bytes(picture(program))
        print(f"wrote {PICTURE.name}")
