"""What a server's answer means, from its status and headers alone."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 403, 451})
_MOVED = frozenset({301, 302, 303, 307, 308})
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)", re.ASCII)


class Kind(Enum):
    """What is to be done with an answer."""

    take = "the body from its start"
    rest = "the body from where it broke off"
    same = "the file that is there is still right"
    absent = "the server has no such file"
    moved = "the file is elsewhere"
    again = "ask again"
    away = "ask again; no answer came at all"
    restart = "ask again, for the whole"
    fail = "this file can't be had"
    end = "no file can be had"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means; ``wait`` is the pause in seconds that the server asks for, if any."""

    kind: Kind
    reason: str = ""
    remedy: str = ""
    wait: float | None = None


def judge(
    status: int, headers: Mapping[str, str], *, have: int, conditional: bool, now: datetime
) -> Verdict:
    """Return what an answer means.

    Parameters
    ----------
    status, headers
        The answer's, header names in lower case.
    have
        Bytes that are there already, when only the rest was asked for.
    conditional
        Whether it was asked only for something newer.
    now
        The time, for servers that name the hour to come back at.
    """
    if status == 200:
        return Verdict(Kind.take)
    if status == 206 and have:
        return Verdict(Kind.rest if _continues(headers, have) else Kind.restart, "it broke off")
    if status == 304 and conditional:
        return Verdict(Kind.same)
    if status in (404, 410):
        return Verdict(Kind.absent)
    if status in _MOVED:
        return Verdict(Kind.moved, headers.get("location", ""))
    if status == 416 and have:
        return Verdict(Kind.restart, "it broke off")
    if status in _BUSY:
        wait = wait_asked(headers.get("retry-after", ""), now)
        return Verdict(Kind.again, f"the server is busy (status {status})", wait=wait)
    if status in _REFUSED:
        remedy = "Download it in a browser, or ask whoever runs the network or the server."
        return Verdict(Kind.fail, f"the server refuses it (status {status})", remedy)
    if status == 407:
        remedy = "Give the proxy's user name and password in HTTPS_PROXY."
        return Verdict(Kind.end, f"the proxy refuses it (status {status})", remedy)
    remedy = "Try again later, or open the address in a browser."
    return Verdict(Kind.fail, f"the server's answer has the status {status}", remedy)


def wait_asked(retry_after: str, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for: a number, or a date (RFC 9110)."""
    text = retry_after.strip()
    if re.fullmatch(r"\d{1,9}", text, re.ASCII):
        return float(text)
    try:
        then = email.utils.parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max((then - now).total_seconds(), 0.0)


def total_of(headers: Mapping[str, str]) -> int | None:
    """Return the whole body's length as the server says it, None where it doesn't."""
    found = _CONTENT_RANGE.fullmatch(headers.get("content-range", ""))
    if found:
        return None if found[3] == "*" else int(found[3])
    length = headers.get("content-length", "")
    return int(length) if re.fullmatch(r"\d{1,15}", length, re.ASCII) else None


def _continues(headers: Mapping[str, str], have: int) -> bool:
    found = _CONTENT_RANGE.fullmatch(headers.get("content-range", ""))
    return found is not None and int(found[1]) == have
