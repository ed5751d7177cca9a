"""What has been downloaded already: the manifest in the folder, and what it spares.

The manifest is never trusted: a file counts as there only if its bytes have the recorded hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

MANIFEST = "sectorscan-fetch.json"
"""Its ending is none of a table's: ``rank FOLDER`` passes it over."""
SCHEMA = "sectorscan/fetch/1"
MOST_BYTES = 8 << 20
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A downloaded file: where it came from, what it was, and what the server called it."""

    address: str
    sha256: str
    size: int
    etag: str | None = None
    last_modified: str | None = None


class Step(Enum):
    """What a wanted file needs."""

    keep = "nothing: it is there as it was downloaded"
    ask = "it is there: to be asked whether there is a newer one"
    take = "it isn't there, or isn't as it was downloaded"


def step(entry: Entry | None, sha256: str | None, address: str, *, refresh: bool) -> Step:
    """Return what a file needs; ``sha256`` is of the file in the folder, None without one."""
    if entry is None or sha256 != entry.sha256 or address != entry.address:
        return Step.take
    return Step.ask if refresh else Step.keep


def read(folder: Path) -> dict[str, Entry]:
    """Return the manifest's entries by file name; what can't be read is as if it weren't there."""
    try:
        with (folder / MANIFEST).open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        files = json.loads(content)["files"] if len(content) <= MOST_BYTES else {}
        entries = {str(name): _entry(given) for name, given in files.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    return {name: entry for name, entry in entries.items() if entry is not None}


def text(entries: Mapping[str, Entry]) -> str:
    """Return the manifest of these entries."""
    files = {name: asdict(entries[name]) for name in sorted(entries)}
    return json.dumps({"schema": SCHEMA, "files": files}, indent=1, ensure_ascii=False) + "\n"


def header_text(value: object) -> str | None:
    """Return a validator that can go into a header again, else None."""
    good = isinstance(value, str) and value.isascii() and value.isprintable()
    return value if isinstance(value, str) and good and 0 < len(value) <= _LONGEST else None


def _entry(given: Mapping[str, object]) -> Entry | None:
    address, sha256, size = given.get("address"), given.get("sha256"), given.get("size")
    if not (isinstance(address, str) and isinstance(sha256, str) and isinstance(size, int)):
        return None
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        return None
    return Entry(
        address,
        sha256,
        size,
        header_text(given.get("etag")),
        header_text(given.get("last_modified")),
    )
