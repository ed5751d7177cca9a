"""How the service is asked: address, patience, politeness and limits."""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass

SERVICE = "https://data.bls.gov"


@dataclass(frozen=True, slots=True)
class Settings:
    """Times in seconds, sizes in bytes.

    ``base`` stands before ``/cew/data/api``. ``pause`` is the least time between two requests,
    ``back_off`` the wait before the second of ``tries``, doubled before each further one.
    ``longest_wait`` is the longest pause that is granted to a server which asks for one.
    ``per_answer`` bounds a whole answer, however slowly it drips. ``largest`` bounds a body as it
    is sent and as it unpacks. After ``in_a_row`` failures the rest isn't asked for.
    """

    base: str = SERVICE
    tries: int = 4
    back_off: float = 1.0
    longest_wait: float = 120.0
    pause: float = 0.5
    connect: float = 10.0
    read: float = 30.0
    per_answer: float = 300.0
    largest: int = 64 << 20
    redirects: int = 3
    in_a_row: int = 3


def parse_base(text: str) -> str:
    """Return a base address without its closing slash.

    Raises
    ------
    ValueError
        Where it is no plain http or https address.
    """
    address = text.strip()
    if not address.isascii() or not address.isprintable() or set(address) & set(' "<>\\^`{|}'):
        message = f"{text!r} holds characters that no address has"
        raise ValueError(message)
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        message = f"write an address such as {SERVICE}, not {text!r}"
        raise ValueError(message)
    if parts.username is not None or parts.query or parts.fragment:
        message = "write the address without a user name, ? or #"
        raise ValueError(message)
    return address.rstrip("/")


def host(address: str) -> str:
    """Return the host of an address, as messages name it."""
    return urllib.parse.urlsplit(address).netloc


def same_origin(one: str, other: str) -> bool:
    """Return whether two addresses share scheme, host and port."""
    return _origin(one) == _origin(other)


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urllib.parse.urlsplit(address)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or usual
