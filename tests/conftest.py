"""What every test may use: the real figures, where they lie beside the checkout."""

import gc
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_path(relative: str) -> Path:
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"real figures are not beside this checkout: {relative}")
    return path


def pytest_collection_finish():
    """Keep the thousands of collected tests out of every garbage collection: it takes a seventh."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared():
    """Return a function from a path under ``shared/`` to the file, skipping where it is absent."""
    return shared_path
