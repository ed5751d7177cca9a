"""What a sector is called in reports: title and code, either first."""

from __future__ import annotations


class Named:
    """Anything with a sector's ``id`` and ``title``; a title that is the id stands alone."""

    __slots__ = ()
    id: str
    title: str

    @property
    def name(self) -> str:
        """Title and code: ``Food Manufacturing (311)``."""
        return self.title if self.title == self.id else f"{self.title} ({self.id})"

    @property
    def label(self) -> str:
        """Code and title: ``311 Food Manufacturing``."""
        return self.title if self.title == self.id else f"{self.id} {self.title}"
