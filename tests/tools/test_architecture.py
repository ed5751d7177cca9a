"""The shape of the code: data flows one way, heavy libraries load late, files stay readable."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "sectorscan"
STAGES = (
    "errors",
    "tables",
    "sources",
    "indicators",
    "config",
    "scoring",
    "robustness",
    "readiness",
    "advice",
    "scan",
    "reports",
    "refresh",
    "cli",
)
LOADED_LATE = frozenset(
    {
        "httpx",
        "polars",
        "narwhals",
        "scipy",
        "xlsxwriter",
        "openpyxl",
        "jinja2",
        "vl_convert",
        "python_calamine",
        "pymcdm",
        "SALib",
        "krippendorff",
    }
)
LONGEST_FILE = 320
LONGEST_FUNCTION = 60

FILES = sorted(SOURCE.rglob("*.py"))
STAGE_FILES = [path for path in FILES if path.parent != SOURCE]


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module is not None:
        # ``from sectorscan import cli`` imports a stage as well.
        inner = [f"{node.module}.{alias.name}" for alias in node.names]
        return inner if node.module == "sectorscan" else [node.module]
    return []


def _imports_at_load(body: list[ast.stmt]) -> Iterator[str]:
    """Yield what importing the module imports: not inside functions nor under TYPE_CHECKING."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from _imports_at_load(node.orelse)
            continue
        yield from _imported(node)
        for part in ("body", "orelse", "finalbody", "handlers"):
            yield from _imports_at_load(getattr(node, part, []))


def _stage(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def test_every_package_is_a_stage():
    packages = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    assert packages <= set(STAGES)


@pytest.mark.parametrize("path", STAGE_FILES, ids=_name)
def test_a_stage_imports_only_stages_to_its_left(path):
    here = STAGES.index(_stage(path))
    named = [name for node in ast.walk(ast.parse(path.read_bytes())) for name in _imported(node)]
    used = {
        parts[1] for name in named if len(parts := name.split(".")) > 1 and parts[0] == "sectorscan"
    }
    to_the_right = sorted(stage for stage in used & set(STAGES) if STAGES.index(stage) > here)
    assert not to_the_right, f"{_name(path)} imports {to_the_right}, which lie after {STAGES[here]}"


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_heavy_libraries_are_imported_where_they_are_used(path):
    top = {name.split(".")[0] for name in _imports_at_load(ast.parse(path.read_bytes()).body)}
    assert not top & LOADED_LATE


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_files_and_functions_stay_short(path):
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    assert lines <= LONGEST_FILE, f"{_name(path)} has {lines} lines: split it"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{_name(path)}: {node.name} has {length} lines"


def test_the_guard_sees_imports_of_every_form():
    tree = ast.parse(
        "from sectorscan import cli\nimport sectorscan.scan.model\n"
        "try:\n    import polars\nexcept ImportError:\n    import narwhals as nw\n"
        "def later():\n    import scipy\n"
    )
    found = [name for node in ast.walk(tree) for name in _imported(node)]
    assert {"sectorscan.cli", "sectorscan.scan.model"} <= set(found)
    assert set(_imports_at_load(tree.body)) & LOADED_LATE == {"polars", "narwhals"}
