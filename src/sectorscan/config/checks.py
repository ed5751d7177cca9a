"""What must hold between the keys of one model; each check returns every problem it finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sectorscan.config.fields import Problem, covers

Points = Sequence[tuple[float, float]]


def scale_problems(method: str, points: Points | None, log: bool) -> list[Problem]:
    """Check that a scale's keys go together, and its points."""
    problems: list[Problem] = []
    if method != "points":
        if points is not None:
            remedy = "Take the points away, or the method."
            problems.append(Problem(("points",), f"method {method} takes no points", remedy))
        if log:
            remedy = "Take it away, or give points."
            problems.append(Problem(("log",), "goes with points only", remedy))
        return problems
    return problems if points is None else points_problems(points, log)


def points_problems(points: Points, log: bool) -> list[Problem]:
    """Check that there are two or more points, values rising, scores 0 to 100."""
    if len(points) < 2:
        remedy = "Write points: [[0.5, 0], [2, 100]], say."
        return [Problem(("points",), "needs at least 2 points", remedy)]
    problems = []
    for i, (value, score) in enumerate(points):
        if not 0 <= score <= 100:
            problems.append(Problem(("points", i, 1), "is a score, and must be from 0 to 100"))
        if log and value <= 0:
            remedy = "Take log away, or write positive values."
            what = "must be above 0, because log: true takes its logarithm"
            problems.append(Problem(("points", i, 0), what, remedy))
        if i and value <= points[i - 1][0]:
            remedy = "List the points by value, smallest first, each value once."
            what = f"must be more than the value before it, {points[i - 1][0]:g}"
            problems.append(Problem(("points", i, 0), what, remedy))
    return problems


def bound_problems(below: float | None, above: float | None) -> list[Problem]:
    """Check that a test has exactly one bound."""
    if below is None and above is None:
        return [Problem((), "has no bound", "Write below: or above:, what triggers the gate.")]
    if below is not None and above is not None:
        return [Problem(("above",), "stands beside below", "Keep one; write two gates for both.")]
    return []


def gate_problems(
    indicator: str | None, below: float | None, above: float | None, has_all_of: bool
) -> list[Problem]:
    """Check that a gate is one test, or all of several, and not both."""
    if not has_all_of:
        if indicator is None:
            remedy = "Write indicator: and below: or above:, or all_of: with a list of such tests."
            return [Problem((), "says no indicator", remedy)]
        return bound_problems(below, above)
    beside = {"indicator": indicator, "below": below, "above": above}
    return [
        Problem((key,), "stands beside all_of", "Put it into the list, or take it away.")
        for key, value in beside.items()
        if value is not None
    ]


def repeated_indicators(groups: Mapping[str, Iterable[str]]) -> list[Problem]:
    """Check that no indicator stands in two groups. ``groups`` maps a group to its indicators."""
    first: dict[str, str] = {}
    problems = []
    for group, indicators in groups.items():
        for indicator in indicators:
            if indicator in first:
                what = f"stands in group {first[indicator]!r} too"
                path = (group, "indicators", indicator)
                problems.append(Problem(path, what, "Keep it in one group.", at_key=True))
            first.setdefault(indicator, group)
    return problems


def weight_problems(weights: Mapping[str, tuple[float, Mapping[str, float]]]) -> list[Problem]:
    """Check that weight arrives somewhere. ``weights``: group to its weight and its indicators'."""
    problems = []
    for group, (weight, inside) in weights.items():
        if weight > 0 and inside and not any(value > 0 for value in inside.values()):
            what = "has weight, but all of its indicators have weight 0"
            remedy = "Give one of them weight, or the group weight 0."
            problems.append(Problem((group,), what, remedy))
    if not problems and not any(weight > 0 for weight, _ in weights.values()):
        problems.append(Problem((), "no weight is positive", "Give one group a weight."))
    return problems


def exclusion_problems(codes: Sequence[str], excluded: Sequence[str]) -> list[Problem]:
    """Check that each excluded code or range lies inside a listed code, and leaves some of it."""
    from sectorscan.sources import naics
    from sectorscan.sources.code_lists import expand, nothing_left

    listed = [code for text in codes for code in expand(text)]
    problems = []
    for i, text in enumerate(excluded):
        parts = expand(text)
        outside = [p for p in parts if not any(naics.contains(code, p) for code in listed)]
        if outside:
            named = text if len(parts) == 1 else f"{text} ({', '.join(outside)})"
            what = f"{named} isn't inside any code of naics: there is nothing to take out"
            problems.append(Problem(("except", i), what, _beside(text, codes)))
    out = [code for text in excluded for code in expand(text)]
    if not problems and out and all(nothing_left(code, out) for code in listed):
        remedy = "Take fewer codes out."
        problems.append(Problem(("except",), "takes out everything that naics lists", remedy))
    return problems


def _beside(text: str, codes: Sequence[str]) -> str:
    whole = [code for code in codes if covers(text, code)]
    if whole:
        return f"It holds {', '.join(whole)}: take that out of naics instead."
    return "Take it away, or list the code that holds it under naics."


def name_problems(names: Sequence[str], noun: str) -> list[Problem]:
    """Check that a list of named things has any, and no name twice (case doesn't tell apart)."""
    seen: set[str] = set()
    problems = []
    for i, name in enumerate(names):
        if name.casefold() in seen:
            what = f"{name!r} is the name of another {noun} too"
            problems.append(Problem((i, "name"), what, f"Give each {noun} its own name."))
        seen.add(name.casefold())
    if not names:
        problems.append(Problem((), "is an empty list", f"Write at least one {noun}."))
    return problems
