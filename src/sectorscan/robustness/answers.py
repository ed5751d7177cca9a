"""A filled form against the config: its answers as numbers, and all that is wrong with it."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from sectorscan.errors import Finding
from sectorscan.robustness.board import Hierarchy, Member
from sectorscan.robustness.elicitation import (
    INCONSISTENT,
    MOST_COMPARED,
    Pairwise,
    pairwise,
    reciprocal,
    shares,
)
from sectorscan.sources.weight_forms import COMPARED, Answer, Form, Key
from sectorscan.tables.model import FloatArray

FULL = 100.0
ROUNDING = 0.105
"""33.3 three times is 99.9, which nobody has to be told of."""
MOST = 1e6
"""Points above this are a slip of the keyboard."""
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_COMPARED = {" ".join(text.casefold().split()): times for text, times in COMPARED.items()}


def members_of(
    forms: Sequence[Form], hierarchy: Hierarchy, labels: Mapping[Key, str]
) -> tuple[tuple[Member, ...], tuple[Finding, ...]]:
    """Return the members whose forms can be used, and what there is to say of all of them.

    ``labels`` are names for people, by ("group", name) and ("criterion", name). A form without any
    answer isn't counted.
    """
    findings: list[Finding] = []
    found: list[tuple[Form, Member]] = []
    for form in forms:
        odd = _too_many(form, hierarchy) or _other_criteria(form, hierarchy)
        if odd is not None:
            findings.append(odd)
        elif not any(answer.text for answer in form.answers.values()):
            what = "the sheet has no answers, so it isn't counted."
            findings.append(form.finding(what, "", severity="note"))
        else:
            member = _Reading(form, hierarchy, labels, findings).member()
            if member is not None:
                found.append((form, member))
    findings += _repeated(found)
    return tuple(member for _, member in found), tuple(findings)


def _repeated(found: Sequence[tuple[Form, Member]]) -> Iterator[Finding]:
    seen: dict[str, Form] = {}
    for form, member in found:
        name = member.name.casefold()
        if name in seen:
            first = seen[name]
            what = f"{member.name!r} has answered already, in {first.file}, sheet {first.sheet}."
            remedy = "Take one of the two away, or tell the two people's names apart."
            yield form.finding(what, remedy)
        seen.setdefault(name, form)


def wanted_keys(hierarchy: Hierarchy, method: str) -> list[Key]:
    """Return the keys of all answers that a form asks for."""
    keys: list[Key] = []
    for group, names in hierarchy.blocks:
        if len(names) < 2:
            continue
        if method == "ahp":
            keys += [("pair", one, other) for one, other in _pairs(group, names)]
        else:
            keys += [("criterion" if group else "group", name) for name in names]
    return keys


def _pairs(group: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what a block compares; a group and a criterion may have the same name."""
    kind = "criterion:" if group else "group:"
    yield from itertools.combinations([f"{kind}{name}" for name in names], 2)


def most_compared(hierarchy: Hierarchy) -> int:
    """Return how many a block of the hierarchy has at most."""
    return max(len(names) for _, names in hierarchy.blocks)


def _too_many(form: Form, hierarchy: Hierarchy) -> Finding | None:
    if form.method != "ahp" or most_compared(hierarchy) <= MOST_COMPARED:
        return None
    what = f"more than {MOST_COMPARED} criteria can't be compared in pairs."
    return form.finding(what, "Make a form with --method points or swing.")


def _other_criteria(form: Form, hierarchy: Hierarchy) -> Finding | None:
    wanted = wanted_keys(hierarchy, form.method)
    extra = [key[-1] for key in form.answers if key not in wanted]
    gone = [key[-1] for key in wanted if key not in form.answers]
    parts = []
    if extra:
        parts.append(f"asks for what the config hasn't got ({_few(extra)})")
    if gone:
        parts.append(f"doesn't ask for what the config has ({_few(gone)})")
    if not parts:
        return None
    remedy = (
        "Give the config that the form was made with (--config), or put back its rows and its "
        "hidden first column, or make a new form."
    )
    return form.finding(f"the form {' and '.join(parts)}.", remedy)


def _few(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(name[:60] for name in names))
    more = f" and {len(unique) - 4} more" if len(unique) > 4 else ""
    return ", ".join(unique[:4]) + more


class _Reading:
    """One form on its way to a member, with the findings that gather."""

    def __init__(self, form: Form, hierarchy: Hierarchy, labels: Mapping[Key, str],
                 findings: list[Finding]) -> None:  # fmt: skip
        self.form, self.hierarchy, self.labels = form, hierarchy, labels
        self.findings = findings
        self.pairwise: dict[str, Pairwise] = {}
        self.sound = True

    def member(self) -> Member | None:
        """Return the member, None where an answer can't be used."""
        blocks: dict[str, Callable[[str, Sequence[str]], FloatArray]] = {
            "points": self.points,
            "swing": self.swing,
            "ahp": self.compared,
        }
        read = blocks[self.form.method]
        weights = [
            np.ones(1) if len(names) == 1 else read(group, names)
            for group, names in self.hierarchy.blocks
        ]
        groups, inside = weights[0], weights[1:]
        if self.sound:
            self.check_given(groups, inside)
        if not self.sound:
            return None
        form = self.form
        return Member(form.member, form.file, form.sheet, form.method, groups, tuple(inside),
                      self.pairwise)  # fmt: skip

    def check_given(self, groups: FloatArray, inside: Sequence[FloatArray]) -> None:
        """Find groups that have weight while their criteria have none."""
        if np.isnan(groups).any():
            names = self.hierarchy.groups
            self.wrong("no group has points.", "Share 100 points among the groups.",
                       self.cell(("group", names[0])))  # fmt: skip
            return
        for group, share, within in zip(self.hierarchy.groups, groups, inside, strict=True):
            if share > 0 and np.isnan(within).any():
                names = dict(self.hierarchy.blocks)[group]
                pair = next(_pairs(group, names))
                first = ("pair", *pair) if self.form.method == "ahp" else ("criterion", names[0])
                what = f"{self.label('group', group)} has weight, but none of its criteria has."
                remedy = "Answer for its criteria too, or give the group 0."
                self.wrong(what, remedy, self.cell(first))

    def points(self, group: str, names: Sequence[str]) -> FloatArray:
        """Return a block's points as shares; what is blank got none. NaN where all are 0."""
        kind = "criterion" if group else "group"
        answers = [self.form.answers[(kind, name)] for name in names]
        amounts = np.array(
            [self.number(answer, MOST) if answer.text else 0.0 for answer in answers]
        )
        total = float(amounts.sum())
        if total > 0 and abs(total - FULL) > ROUNDING:
            what = f"the points {self.of(group)} add up to {total:,.10g}, not to 100."
            remedy = "They were scaled to 100; ask the member if that was meant."
            self.say(what, remedy, f"{answers[0].cell}:{answers[-1].cell}")
        return shares(amounts)

    def swing(self, group: str, names: Sequence[str]) -> FloatArray:
        """Return a block's swing answers as shares. NaN where the block is blank or all 0."""
        kind = "criterion" if group else "group"
        answers = [self.form.answers[(kind, name)] for name in names]
        if not any(answer.text for answer in answers):
            return np.full(len(names), np.nan)
        amounts = []
        for name, answer in zip(names, answers, strict=True):
            if not answer.text:
                what = f"{self.label(kind, name)} has no answer."
                self.wrong(what, "Write 0 if its swing is worth nothing.", answer.cell)
            amounts.append(self.number(answer, FULL) if answer.text else 0.0)
        highest = max(amounts)
        if self.sound and 0 < highest < FULL:
            what = f"the highest answer {self.of(group)} is {highest:,.10g}, not 100."
            remedy = "Only the proportions count; ask the member if that was meant."
            self.say(what, remedy, answers[amounts.index(highest)].cell)
        if self.sound:
            self.check_order(group, [(kind, name) for name in names], amounts)
        return shares(np.array(amounts))

    def check_order(self, group: str, keys: Sequence[Key], amounts: Sequence[float]) -> None:
        """Say where the order and the worth contradict each other: the worth holds."""
        texts = [self.form.order.get(key, Answer("", "")) for key in keys]
        told = [
            (self.number(answer, MOST), amount, answer)
            for answer, amount in zip(texts, amounts, strict=True)
            if answer.text
        ]
        for (one, much, at), (other, less, _) in itertools.permutations(told, 2):
            if one > other and much > less:
                what = f"the order and the worth {self.of(group)} contradict each other."
                self.say(what, "The worth holds; ask the member which was meant.", at.cell)
                return

    def compared(self, group: str, names: Sequence[str]) -> FloatArray:
        """Return the weights of a block's comparisons. NaN where the block is blank."""
        answers = [self.form.answers[("pair", *pair)] for pair in _pairs(group, names)]
        blank = [answer for answer in answers if not answer.text]
        if len(blank) == len(answers):
            if not group:
                self.wrong("the groups aren't compared.", "Answer each comparison.",
                           answers[0].cell)  # fmt: skip
            return np.full(len(names), np.nan)
        for answer in blank:
            remedy = "Choose an answer from the list."
            self.wrong("the comparison has no answer.", remedy, answer.cell)
        times = [self.times(answer) if answer.text else 1.0 for answer in answers]
        found = pairwise(reciprocal(times, len(names)))
        self.pairwise[group] = found
        if found.ratio > INCONSISTENT and self.sound:
            self.contradicts(group, names, found, answers)
        return found.weights

    def contradicts(self, group: str, names: Sequence[str], found: Pairwise,
                    answers: Sequence[Answer]) -> None:  # fmt: skip
        """Say that comparisons contradict each other, and which fits least."""
        i, j = found.odd or (0, 1)
        kind = "criterion" if group else "group"
        place = list(itertools.combinations(range(len(names)), 2)).index((i, j))
        what = (
            f"the comparisons {self.of(group)} contradict each other (consistency ratio "
            f"{found.ratio:.2f}; up to 0.10 is usual). The one that fits the others least: "
            f"{self.label(kind, names[i])} against {self.label(kind, names[j])}, answered "
            f"{worded(found.given)}, where the others say {worded(found.fitting)}."
        )
        self.say(what, "Ask the member to look at it again.", answers[place].cell)

    def times(self, answer: Answer) -> float:
        """Return a comparison's answer as a number."""
        times = _COMPARED.get(" ".join(answer.text.casefold().split()))
        if times is None:
            what = "this is none of the list's answers."
            self.wrong(what, "Choose one from the list.", answer.cell, answer.text)
        return times or 1.0

    def number(self, answer: Answer, most: float) -> float:
        """Return an answer as a number of 0 or more."""
        if not _NUMBER.fullmatch(answer.text):
            remedy = "Write digits and a decimal point alone, or leave it blank."
            self.wrong("this is no number.", remedy, answer.cell, answer.text)
            return 0.0
        number = float(answer.text)
        if number < 0 or not math.isfinite(number):
            self.wrong("a weight can't be negative.", "Write 0 or more.", answer.cell, answer.text)
            return 0.0
        if number > most:
            what = f"this is more than {most:,.0f}."
            self.wrong(what, "Write a smaller number.", answer.cell, answer.text)
            return 0.0
        return number

    def cell(self, key: Key) -> str:
        """Return the cell of an answer, "" where the form asks for none."""
        answer = self.form.answers.get(key)
        return "" if answer is None else answer.cell

    def label(self, kind: str, name: str) -> str:
        """Return a group's or criterion's name for people."""
        return self.labels.get((kind, name), name)

    def of(self, group: str) -> str:
        """Return which block is meant."""
        return f"inside {self.label('group', group)}" if group else "of the groups"

    def wrong(self, what: str, remedy: str, cell: str, value: str | None = None) -> None:
        """Add what keeps the form from being used."""
        self.sound = False
        self.findings.append(self.form.finding(what, remedy, cell, value))

    def say(self, what: str, remedy: str, cell: str) -> None:
        """Add a caution."""
        self.findings.append(self.form.finding(what, remedy, cell, severity="caution"))


def worded(times: float) -> str:
    """Return how many times as important, as a person says it: ``3 times``, ``1/5 of it``."""
    if abs(times - 1) < 0.05:
        return "alike"
    return f"{times:.2g} times" if times > 1 else f"1/{1 / times:.2g} of it"
