"""One file from the service: asking, asking again, taking up where it broke off, and limits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Self

from sectorscan import __version__
from sectorscan.errors import Finding, InputError
from sectorscan.sources.fetch.answers import Kind, Verdict, judge
from sectorscan.sources.fetch.cache import Entry
from sectorscan.sources.fetch.content import CutShortError, WrongContentError, check, unpacked
from sectorscan.sources.fetch.plan import Slice
from sectorscan.sources.fetch.received import Received
from sectorscan.sources.fetch.settings import Settings, host, same_origin
from sectorscan.tables.files import shown

if TYPE_CHECKING:
    import httpx

AGENT = f"sectorscan/{__version__}"


@dataclass(frozen=True, slots=True)
class Body:
    """A table as it came, checked, with what the server calls this version of it."""

    content: bytes
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class NoBody:
    """Why there is no table; ``hopeless`` where other files would fare the same."""

    status: Literal["unchanged", "absent", "failed"]
    reason: str = ""
    remedy: str = ""
    hopeless: bool = False


class Service:
    """The service's side of a run: one client, the pause between requests, the tries.

    Raises
    ------
    InputError
        Where the environment's proxy or certificates can't be used.
    """

    def __init__(
        self,
        settings: Settings,
        heard: Callable[[str], None],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings, self.heard, self.sleep = settings, heard, sleep
        self.client = _client(settings)
        self.free_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def get(self, wanted: Slice, entry: Entry | None) -> Body | NoBody:
        """Return one table, or why there is none; ``entry`` asks only for something newer."""
        got, tried = Received(), 0
        while True:
            tried += 1
            verdict = self._ask(wanted, entry, got)
            if isinstance(verdict, Body):
                return verdict
            if verdict.kind not in (Kind.again, Kind.away, Kind.restart):
                return _no_body(verdict)
            if verdict.kind is Kind.restart:
                got = Received()
            wait = verdict.wait or self.settings.back_off * 2 ** (tried - 1)
            if wait > self.settings.longest_wait:
                return _asks_too_long(verdict, wait)
            if tried >= self.settings.tries:
                return _given_up(verdict, tried)
            self.heard(f"waiting {wait:.0f} s: {verdict.reason}")
            self.sleep(wait)

    def _ask(self, wanted: Slice, entry: Entry | None, got: Received) -> Verdict | Body:
        """Ask once; what the network does to the answer becomes a verdict too."""
        import httpx

        settings, address = self.settings, wanted.address(self.settings.base)
        try:
            verdict = self._answer(address, entry, got)
            if verdict.kind is Kind.take:
                return _checked(got, wanted, settings)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            reason = f"{host(address)} can't be reached ({_words(error)})"
            return Verdict(Kind.away, reason, _way_there(error))
        except httpx.TimeoutException:
            return Verdict(Kind.again, f"nothing came for {settings.read:g} s")
        except httpx.TransportError as error:
            return Verdict(Kind.again, f"the connection broke off ({_words(error)})")
        except CutShortError as error:
            return Verdict(Kind.restart, str(error))
        except WrongContentError as error:
            return Verdict(Kind.fail, str(error), f"Open {address} in a browser and see.")
        return verdict

    def _answer(self, address: str, entry: Entry | None, got: Received) -> Verdict:
        """Return the verdict on an answer, its body received where it has one to take."""
        at = address
        for _ in range(self.settings.redirects + 1):
            self._keep_pause()
            have = got.have
            headers = got.headers() or _if_newer(entry)
            with self.client.stream("GET", at, headers=headers) as answer:
                verdict = judge(
                    answer.status_code,
                    answer.headers,
                    have=have,
                    conditional=entry is not None,
                    now=datetime.now(UTC),
                )
                if verdict.kind in (Kind.take, Kind.rest):
                    return self._receive(answer, got, verdict)
                if verdict.kind is not Kind.moved:
                    return verdict
                following = _joined(answer, verdict.reason)
            if following is None or not same_origin(following, address):
                return _led_away(verdict.reason)
            at = following
        return Verdict(Kind.fail, "the server sends from one address to the next in a circle")

    def _receive(self, answer: httpx.Response, got: Received, verdict: Verdict) -> Verdict:
        """Take in a body, never more of it than the limit, never for longer than allowed."""
        if verdict.kind is Kind.take:
            got.begin(answer.headers)
        elif not got.goes_on(answer.headers):
            return Verdict(Kind.restart, "the file changed on the server meanwhile")
        largest, ends = self.settings.largest, time.monotonic() + self.settings.per_answer
        if (got.total or 0) > largest:
            return _too_large(largest)
        for piece in answer.iter_raw():
            got.raw += piece
            if len(got.raw) > largest:
                return _too_large(largest)
            if time.monotonic() > ends:
                return Verdict(Kind.again, f"it took over {self.settings.per_answer:g} s")
        if got.total is not None and len(got.raw) != got.total:
            return Verdict(Kind.restart, "its length isn't the one that the server told")
        return Verdict(Kind.take)

    def _keep_pause(self) -> None:
        wait = self.free_at - time.monotonic()
        if wait > 0:
            self.sleep(wait)
        self.free_at = time.monotonic() + self.settings.pause


def _client(settings: Settings) -> httpx.Client:
    """Return the one client; proxies and certificates come from the environment."""
    import httpx

    try:
        return httpx.Client(
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(settings.read, connect=settings.connect),
            limits=httpx.Limits(max_connections=1),
            follow_redirects=False,
        )
    except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
        what = f"the environment's proxy or certificates can't be used ({_words(error)})."
        remedy = "Check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY and SSL_CERT_FILE."
        raise InputError(Finding(what, remedy)) from None


def _checked(got: Received, wanted: Slice, settings: Settings) -> Body:
    content = unpacked(bytes(got.raw), got.encoding, settings.largest)
    check(content, wanted, measured=got.measured)
    return Body(content, got.etag, got.last_modified)


def _if_newer(entry: Entry | None) -> dict[str, str]:
    """Return the headers that ask for a file only where it isn't the one that is there."""
    named = {
        "If-None-Match": entry.etag if entry else None,
        "If-Modified-Since": entry.last_modified if entry else None,
    }
    return {name: value for name, value in named.items() if value}


def _no_body(verdict: Verdict) -> NoBody:
    if verdict.kind is Kind.same:
        return NoBody("unchanged")
    if verdict.kind is Kind.absent:
        return NoBody("absent")
    return NoBody("failed", verdict.reason, verdict.remedy, verdict.kind is Kind.end)


def _given_up(verdict: Verdict, tries: int) -> NoBody:
    reason = f"{verdict.reason}, {tries} times" if tries > 1 else verdict.reason
    remedy = verdict.remedy or "Run the same command again later."
    return NoBody("failed", reason, remedy, verdict.kind is Kind.away)


def _asks_too_long(verdict: Verdict, wait: float) -> NoBody:
    reason = f"{verdict.reason} and asks for a pause of {wait / 60:,.0f} minutes"
    return NoBody("failed", reason, "Run the same command again after that.", hopeless=True)


def _too_large(largest: int) -> Verdict:
    reason = f"it is larger than {largest >> 20} MiB, as no area's table is"
    return Verdict(Kind.fail, reason, "Check the address that --base-url names.")


def _joined(answer: httpx.Response, location: str) -> str | None:
    """Return where an answer points to, None where that is no address."""
    import httpx

    try:
        return str(answer.url.join(location)) if location else None
    except (ValueError, httpx.InvalidURL):
        return None


def _led_away(location: str) -> Verdict:
    reason = f"the server points to another place ({shown(location) or 'none named'})"
    remedy = "It isn't followed. If the service has moved there, name it with --base-url."
    return Verdict(Kind.end, reason, remedy)


def _words(error: Exception) -> str:
    return shown(str(error))[:200] or type(error).__name__


def _way_there(error: Exception) -> str:
    if "CERTIFICATE" in str(error).upper():
        return (
            "Where a proxy signs with a certificate of its own, name that certificate's file in "
            "SSL_CERT_FILE."
        )
    return "Check the connection and, where there is a proxy, HTTPS_PROXY; then run this again."
