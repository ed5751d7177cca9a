"""What has come of one body so far, and what it takes to ask for its rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sectorscan.sources.fetch.answers import total_of
from sectorscan.sources.fetch.cache import header_text


@dataclass(slots=True)
class Received:
    """The bytes as they were sent, still packed, and what the first answer said of them."""

    raw: bytearray = field(default_factory=bytearray)
    etag: str | None = None
    last_modified: str | None = None
    encoding: str = ""
    total: int | None = None
    measured: bool = False

    @property
    def version(self) -> str | None:
        """What names this version for certain, so that two halves of it fit together."""
        weak = self.etag is None or self.etag.startswith("W/")
        return self.last_modified if weak else self.etag

    @property
    def have(self) -> int:
        """Bytes that a request for the rest may build on."""
        return len(self.raw) if self.version else 0

    def headers(self) -> dict[str, str]:
        """Return the headers that ask for the rest, and for the whole where it has changed."""
        if not self.have:
            return {}
        return {"Range": f"bytes={self.have}-", "If-Range": self.version or ""}

    def begin(self, headers: Mapping[str, str]) -> None:
        """Start from the answer's first byte."""
        self.raw.clear()
        self.etag = header_text(headers.get("etag"))
        self.last_modified = header_text(headers.get("last-modified"))
        self.encoding = _encoding(headers)
        self.total = total_of(headers)
        self.measured = self.total is not None or "transfer-encoding" in headers

    def goes_on(self, headers: Mapping[str, str]) -> bool:
        """Return whether an answer's body is the rest of this one."""
        total = total_of(headers)
        same_length = total is None or self.total in (None, total)
        self.total = self.total or total
        etag = header_text(headers.get("etag"))
        return same_length and etag in (None, self.etag) and _encoding(headers) == self.encoding


def _encoding(headers: Mapping[str, str]) -> str:
    encoding = headers.get("content-encoding", "").strip().lower()
    return "" if encoding == "identity" else encoding
