"""Files packed with gzip, unpacked as they are read and never further than a table would go."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sectorscan.errors import Finding, InputError

MAX_UNPACKED_BYTES = 8 << 30
MAX_RATIO = 300
"""Text tables shrink 5- to 30-fold; deflate's own limit is about 1030."""
RATIO_MATTERS_ABOVE = 16 << 20


class _Bounded(io.RawIOBase):
    """The unpacked bytes, refused once they are more than the packed ones can honestly hold."""

    def __init__(self, packed: IO[bytes], size: int, name: str) -> None:
        self._unpacked = gzip.GzipFile(fileobj=packed, mode="rb")
        self._most = min(MAX_UNPACKED_BYTES, max(RATIO_MATTERS_ABOVE, size * MAX_RATIO))
        self._name = name
        self._seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self._unpacked.read(len(buffer))
        self._seen += len(piece)
        if self._seen > self._most:
            what = f"the gzip file unpacks {MAX_RATIO}-fold or beyond what is allowed."
            raise InputError(Finding(what, "Unpack it yourself and keep your areas.", self._name))
        buffer[: len(piece)] = piece
        return len(piece)


@contextmanager
def open_gzip(path: Path, name: str) -> Iterator[IO[bytes]]:
    """Open the unpacked bytes of a gzip file.

    Raises
    ------
    InputError
        Where it is damaged, or unpacks to more than a table would.
    """
    try:
        with path.open("rb") as packed:
            yield io.BufferedReader(_Bounded(packed, path.stat().st_size, name), 1 << 20)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        what = "the gzip file is damaged or not packed with gzip."
        raise InputError(
            Finding(what, "Unpack it yourself, or download it again.", name)
        ) from error
