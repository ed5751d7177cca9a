"""The date in a document's properties: never the clock's, so that the same inputs give the same."""

from __future__ import annotations

import datetime
import os

from sectorscan.scan.model import Shortlist

_EARLIEST, _LATEST = 315532800, 4354819199
"""1980 to 2107: what a zip file can say."""


def document_date(shortlist: Shortlist) -> datetime.datetime:
    """Return SOURCE_DATE_EPOCH where it is set, else the last day of the figures' last year.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isascii() and given.isdigit() and len(given) < 12:
        seconds = min(max(int(given), _EARLIEST), _LATEST)
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    end = shortlist.ranking.indicators.panel.end
    year = min(max(end or 2000, 1980), 2107)
    return datetime.datetime(year, 12, 31, tzinfo=datetime.UTC)
