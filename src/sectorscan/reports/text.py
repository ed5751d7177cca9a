"""Text of other people's (titles, file names, codes) made fit for a report."""

from __future__ import annotations

import re
import unicodedata

REASON_WORDS = {
    "size": "large",
    "concentration": "concentrated",
    "growth": "growing",
    "projected": "projected to grow",
    "wage": "well paid",
}
"""Reason codes as a board reads them; what each one means stands in ``REASON_MEANINGS``."""

REASON_MEANINGS = {
    "size": "a larger share of the region's jobs than the median candidate",
    "concentration": "a location quotient of at least 1.2",
    "growth": "jobs grew at least as fast as all of the region's",
    "projected": "projected to grow at least as fast as all of the region's jobs",
    "wage": "pays at least the region's average",
}

_UNFIT_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")
"""Zero-width joiners: format characters that some scripts can't be written without."""

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]|~#])")
_LINE_START_MARK = re.compile(r"^(?:[-+]|\d+[.)])(?=\s|$)|^[-=](?=[-=]*$)")


def plain(text: str) -> str:
    """Return the text on one line, without control, direction-changing or broken characters."""
    # What Python calls printable has none of them; only other text is looked at char by char.
    fit = text.isprintable()
    kept = text if fit else "".join(" " if _unfit(char) else char for char in text)
    return " ".join(kept.split())


def _unfit(char: str) -> bool:
    # The last two of every plane are no characters; XML, and so Excel and Word, can't hold them.
    if ord(char) & 0xFFFE == 0xFFFE:
        return True
    return unicodedata.category(char) in _UNFIT_CATEGORIES and char not in _JOINERS


def csv_text(text: str) -> str:
    """Return ``plain`` text that no spreadsheet takes for a formula.

    What starts like a formula gets an apostrophe before it, as OWASP's page on CSV injection
    recommends. For text only: a negative number isn't text.
    """
    one_line = plain(text)
    dangerous = text.startswith(_FORMULA_START) or one_line.startswith(_FORMULA_START)
    return f"'{one_line}" if dangerous else one_line


def markdown_text(text: str) -> str:
    """Return ``plain`` text that Markdown shows as it is: no markup, HTML, table bars or links."""
    escaped = _MARKDOWN_MARKS.sub(r"\\\1", plain(text))
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace("://", ":\\//").replace("www.", "www\\.")
    return _LINE_START_MARK.sub(lambda mark: f"{mark[0][:-1]}\\{mark[0][-1]}", escaped)
