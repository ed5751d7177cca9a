"""What a plan's sentences claim holds, and its years are those of docs/plan.md worked out anew."""

import math
import re

from hypothesis import given, settings
from tests.advice.test_launch_order import SETTINGS, contender, fields_of_contenders, planned
from tests.advice.test_launch_words import said

from sectorscan.advice.launch_order import launch_order
from sectorscan.sources import naics

TOLD = 1e-9


def share(one, other):
    return any(naics.overlap(a, b) for a in one.codes for b in other.codes)


def years_anew(order):
    """Return each sector's year and convener in small letters, by the rules of docs/plan.md."""
    able = [one for one in order.entries if one.stage in ("launch", "prepare")]
    if not any(one.stage == "launch" for one in able):
        return {}
    rules = order.settings
    named = [{n.casefold() for n in one.contender.conveners} for one in able]
    booked = []
    for one, names in zip(able, named, strict=True):
        for year in range(1 if one.stage == "launch" else 2, rules.years + 1):
            there = [other for other, at, _ in booked if at == year]
            taken = {who for _, at, who in booked if abs(at - year) < rules.convener_years}
            free = sorted(names - taken, key=lambda n: (sum(n in each for each in named), n))
            if (
                len(there) < (1 if year == 1 else rules.capacity)
                and not any(share(one.contender, other) for other in there)
                and (free or not names)
            ):
                booked.append((one.contender, year, free[0] if free else ""))
                break
    return {one.sector: (year, who) for one, year, who in booked}


@settings(max_examples=100, deadline=None)
@given(fields_of_contenders(), SETTINGS)
def test_years_and_conveners_worked_out_anew(ones, config):
    order = launch_order(ones, config, 5)
    assert {
        one.contender.sector: (one.year, one.convener.casefold()) for one in order.scheduled
    } == years_anew(order)


@settings(max_examples=120, deadline=None)
@given(fields_of_contenders(), SETTINGS)
def test_every_claim_holds(ones, config):
    order = launch_order(ones, config, 5)
    entries = {one.contender.title: one for one in order.entries}
    text = said(order)
    for question, lines in text.items():
        for line in lines:
            for pattern, check in CLAIMS.items():
                if match := re.match(pattern, line):
                    assert check(order, entries, *match.groups()) is not False, (question, line)
    firsts = [line for line in text["Which first?"] if line.startswith("Start with")]
    assert len(firsts) == (order.first is not None)


def _highest(order, entries, title, count, priority=None):
    ready = [one for one in order.entries if one.stage == "launch"]
    first = entries[title]
    assert first.year == 1
    assert first in ready
    assert int(count) == len(ready)
    if priority is not None:
        assert first.priority >= max(one.priority for one in ready) - TOLD
        assert f"{first.priority:.1f}" == priority


def _only(order, entries, title):
    return [one.contender.title for one in order.entries if one.stage == "launch"] == [title]


def _higher(order, entries, title, why):
    one = entries[title]
    own = one.contender
    assert one.priority > order.first.priority + TOLD
    assert one.stage != "launch"
    if "gate" in why:
        return own.held
    if "nobody could rate" in why:
        return bool(own.unknown)
    assert ("its economic score" in why) == (own.values["economic"] < 60)
    assert ("its readiness" in why) == (own.values["readiness"] < 60)
    return ("blocked" in why) == bool(own.blocked_by)


def _ahead(order, entries, other):
    return (
        order.first.priority > entries[other].priority + TOLD
        and order.entries[1] is (entries[other])
    )


def _launched(order, entries, year, title, waits, who):
    one = entries[title]
    assert (one.stage == "prepare") == bool(waits)
    assert one.year == int(year)
    return one.convener == ("" if who == "a convener must be found" else who.split(" conv")[0])


def _delayed(order, entries, title, why):
    """Some year had room, and what is named alone kept the sector out of it."""
    one = entries[title]
    last = (one.year or order.settings.years + 1) - 1
    for reason in re.split(r", (?=it shares|\w+ is busy)| and (?=it shares|\w+ is busy)", why):
        assert any(
            _keeps_out(order, entries, one, year, reason)
            for year in range(2 if one.stage == "prepare" else 1, last + 1)
        ), reason


def _keeps_out(order, entries, one, year, reason):
    before = order.entries[: one.place - 1]
    there = [other for other in before if other.year == year]
    room = len(there) < (1 if year == 1 else order.settings.capacity)
    if match := re.match(r"(\w+) is busy with (.*?)\.?$", reason):
        name, busy = match[1], entries[match[2]]
        apart = abs(busy.year - year) < order.settings.convener_years
        return room and busy.convener.casefold() == name.casefold() and apart
    other = entries[re.match(r"it shares employers with (.*) \(NAICS", reason)[1]]
    return room and other in there and share(one.contender, other.contender)


def _shares(order, entries, one, other, codes):
    ours, theirs = entries[one].contender, entries[other].contender
    assert share(ours, theirs)
    for code in re.split(r", | and ", codes):
        assert code == "others" or all(
            any(naics.contains(own, code) for own in each.codes) for each in (ours, theirs)
        )


def _inside(order, entries, inner, outer, codes):
    _shares(order, entries, inner, outer, codes)
    outer_codes = entries[outer].contender.codes
    return all(any(naics.contains(o, i) for o in outer_codes) for i in
               entries[inner].contender.codes)  # fmt: skip


def _alike(order, entries, one, other, codes):
    _inside(order, entries, one, other, codes)
    return _inside(order, entries, other, one, codes)


def _waits(order, entries, title):
    return entries[title].stage == "launch" and not entries[title].year


CLAIMS = {
    r"Start with (.*): of (\d+) sectors .* the highest priority, (.*) p": _highest,
    r"Start with (.*): of (\d+) sectors .* the best economic rank": _highest,
    r"Start with (.*): it is the only sector": _only,
    r"(.*) has a higher priority, .* points?, but (.*)\.$": _higher,
    r"That is .* more than (.*), the next that is ready": _ahead,
    r"Year (\d+): launch (.*?)( if it is ready by then)?, priority .*; (.*)\.$": _launched,
    r"(.*) doesn't come earlier, because (.*)\.$": _delayed,
    r"(.*?) and (.*) share employers \(NAICS (.*)\): ask": _shares,
    r"(.*) lies inside (.*) \(NAICS (.*)\): consider": _inside,
    r"(.*) and (.*) are the same industries \(NAICS (.*)\): make": _alike,
    r"(.*) is ready, but has no place within .* years?\.$": _waits,
    r"(.*) is ready, but has no place within .* years?, because (.*)\.$": _delayed,
}  # fmt: skip


def test_every_claim_is_made_by_some_plan():
    ready = {"convener_years": 2, "years": 3, "capacity": 2}
    text = [
        line
        for order in (
            planned(
                contender("311", economic=90.0, conveners=("Chamber",)),
                contender("3118", economic=85.0),
                contender("541", economic=80.0, conveners=("Chamber",)),
                contender("484", economic=79.0, codes=("484", "3118")),
                contender("621", economic=78.0),
                contender("811", economic=77.0),
                contender("812", economic=76.0),
                contender("722", "prepare", economic=99.0, blocked_by=("champions",)),
                **ready,
            ),
            planned(contender("311")),
            planned(*(contender(twin, codes=("332", "333")) for twin in ("a", "b"))),
            planned(
                *(contender(c, conveners=("Chamber",)) for c in ("311", "484")),
                years=2,
                convener_years=2,
            ),
            planned(
                *(contender(c) for c in ("311", "332")),
                weights={"economic": 0, "readiness": 0, "early_win": 1, "p_top": 0},
            ),
        )
        for lines in said(order).values()
        for line in lines
    ]
    for pattern in CLAIMS:
        assert any(re.match(pattern, line) for line in text), pattern


def test_a_full_year_is_the_whole_reason():
    # The first year takes one: that the convener is busy in it, too, delays nothing.
    order = planned(
        contender("311", economic=90.0, conveners=("Chamber",)),
        contender("332", economic=80.0, conveners=("Chamber",)),
    )
    assert [one.year for one in order.entries] == [1, 2]
    assert not any("doesn't come earlier" in line for line in said(order)["What next?"])


def test_a_plan_stays_short_however_many_sectors_share_employers():
    ones = [contender(f"b{k}", economic=60 + k / 10, codes=("31-33", f"{311 + k % 20}"))
            for k in range(60)]  # fmt: skip
    lines = [line for lines in said(planned(*ones)).values() for line in lines]
    assert len(lines) < 40
    (rest,) = [line for line in lines if line.startswith("Ready without a place, too: ")]
    assert rest.endswith(" and others.")
    assert not math.isnan(planned(*ones).first.priority)
