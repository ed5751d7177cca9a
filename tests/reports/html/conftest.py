"""A page in headless Chromium, watched: no message in the console, no request that leaves it."""

import shutil
from contextlib import contextmanager

import pytest

CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        if (found := shutil.which(name))
    ),
    None,
)
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the page can't be driven")
    reason = "playwright isn't installed: the page can't be driven"
    api = pytest.importorskip("playwright.sync_api", reason=reason)
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        started.close()


class Watched:
    """A page and what it said or asked for: both lists are to stay empty."""

    def __init__(self, page):
        self.page = page
        self.said = []
        self.asked = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.route("**/*", self._route)

    def _route(self, route):
        if route.request.url.startswith("file:") and route.request.is_navigation_request():
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def open(self, path, fragment=""):
        self.page.goto(f"{path.resolve().as_uri()}{fragment}")
        self.page.wait_for_selector("html.drawn")
        return self

    def type_weights(self, weights):
        """Type a weight into each group's field, one after the other."""
        self.page.evaluate(
            """weights => weights.forEach((weight, g) => {
                const field = document.getElementById(`number-${g}`);
                field.value = weight;
                field.dispatchEvent(new Event("input", { bubbles: true }));
            })""",
            [repr(float(weight)) for weight in weights],
        )

    def table(self):
        """Return, by a sector's place, what its row shows: rank, tied, score, whether in sight."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll("#ranks tbody tr")].map(row => ({
                place: Number(row.dataset.place),
                rank: row.querySelector(".at").textContent,
                tied: row.querySelector(".tied").textContent.trim(),
                score: row.querySelector("data").value,
                shown: row.querySelector("data").textContent,
                chosen: row.classList.contains("chosen"),
                hidden: row.hidden,
                title: row.querySelector("th a").textContent,
            }))"""
        )


@pytest.fixture
def opened(browser):
    """Return a context manager that opens a page file; leaving it checks what the page did."""

    @contextmanager
    def open_page(path, fragment="", **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        watched = Watched(context.new_page())
        try:
            yield watched.open(path, fragment)
            assert watched.said == []
            assert watched.asked == []
        finally:
            context.close()

    return open_page


@pytest.fixture
def serious():
    """Return a function from a browser's page to what axe finds serious in it."""
    reason = "axe-playwright-python isn't installed: accessibility isn't checked"
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason=reason)

    def find(page):
        found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response
        assert len(found["passes"]) > 20
        return [
            f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"][:3]
        ]

    return find
