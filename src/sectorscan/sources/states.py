"""The states' numbers, with which the codes of their counties begin."""

from __future__ import annotations

import re

_STATES = (
    "AL01 AK02 AZ04 AR05 CA06 CO08 CT09 DE10 DC11 FL12 GA13 HI15 ID16 IL17 IN18 IA19 KS20 "
    "KY21 LA22 ME23 MD24 MA25 MI26 MN27 MS28 MO29 MT30 NE31 NV32 NH33 NJ34 NM35 NY36 NC37 "
    "ND38 OH39 OK40 OR41 PA42 RI44 SC45 SD46 TN47 TX48 UT49 VT50 VA51 WA53 WV54 WI55 WY56 "
    "PR72 VI78"
)
_FIPS_OF = {state[:2]: state[2:] for state in re.findall(r"\S+", _STATES)}
"""Postal letters to two digits (Federal Information Processing Series 5-2)."""


def fips_of(state: str) -> str | None:
    """Return a state's two digits from them or from its postal letters; None for what is none."""
    return state if state in _FIPS_OF.values() else _FIPS_OF.get(state.upper())
