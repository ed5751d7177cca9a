"""What every test may use: the real figures, where they lie beside the checkout."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_path(relative: str) -> Path:
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"real figures are not beside this checkout: {relative}")
    return path


@pytest.fixture(scope="session")
def shared():
    """Return a function from a path under ``shared/`` to the file, skipping where it is absent."""
    return shared_path
