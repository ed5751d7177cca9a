"""The split against one written anew from docs/changes.md: plain loops, every order, no tables.

Indicators, scales, aggregation, gates and the mean over all 24 orders are written out here from
the documented formulas; of the program only ``split`` and the builders of its inputs are used.
"""

import math
from functools import cache
from itertools import pairwise, permutations
from statistics import NormalDist

import numpy as np
import pytest
from tests.refresh.changing import CODES, CRITERIA, METHODS, POINTS, tables_of

from sectorscan.config.loader import LoadedConfig
from sectorscan.config.models import Config, CriterionConfig, GateConfig, GroupConfig, Scale
from sectorscan.refresh.split import STEPS, State, split

NAN = math.nan


class World:
    """One run: figures by (area, code, year), a period, and settings, drawn at random."""

    def __init__(self, years, period, figures, settings):
        self.years, self.period, self.figures, self.settings = years, period, figures, settings

    def state(self):
        codes = [code for code in CODES if (0, code) in self.figures]
        jobs = np.array([[self.figures[at, code][0] for code in codes] for at in (0, 1)])
        pay = np.array([[self.figures[at, code][1] for code in codes] for at in (0, 1)])
        tables = tables_of(jobs, pay, self.years, codes)
        return State(tables, configured(self.settings), self.period, None)

    def at(self, year):
        """Return {code: (jobs, wages)} of the region and of the nation in a year."""
        y = self.years.index(year)
        found = []
        for area in (0, 1):
            one = {
                c: (f[0][y], f[0][y] * f[1][y]) for (a, c), f in self.figures.items() if a == area
            }
            found.append(one)
        return found


def configured(settings):
    groups = {}
    for name, weight in settings["weights"].items():
        method = settings["methods"][name]
        scale = Scale(points=POINTS[name]) if method == "points" else Scale(method=method)
        groups[f"group of {name}"] = GroupConfig(
            weight=weight, indicators={name: CriterionConfig(weight=1, scale=scale)}
        )
    gates = tuple(
        GateConfig(indicator="employment", below=bound, effect="exclude")
        for bound in settings["gates"]
    )
    config = Config(criteria=groups, gates=gates, **settings["rules"])
    return LoadedConfig(config=config, name="config.yaml", sha256="0" * 64, positions={})


def vintages(old, new, d, r):
    """Return each year's figures: shared years from old or new by r, the others by d."""
    shared = set(old.years) & set(new.years)
    kept = {year: (old, new)[r].at(year) for year in shared}
    owner = (old, new)[d]
    kept |= {year: owner.at(year) for year in owner.years if year not in shared}
    return kept, owner.period


def indicators(years, period):
    """Return {code: {indicator: value}} of every code whose jobs are known in the end year."""
    base, end = period
    region0, _ = years[base]
    region1, nation1 = years[end]
    total_jobs = sum(e for e, _ in region1.values() if e == e)
    total_wages = sum(w for _, w in region1.values() if w == w)
    nation_jobs = sum(e for e, _ in nation1.values())
    found = {}
    for code, (e1, w1) in region1.items():
        if e1 != e1:
            continue
        e0 = region0.get(code, (NAN, NAN))[0]
        nation = nation1.get(code, (NAN, NAN))[0]
        found[code] = {
            "employment": e1,
            "location_quotient": (e1 / total_jobs) / (nation / nation_jobs),
            "employment_cagr_pct": 100 * ((e1 / e0) ** (1 / (end - base)) - 1),
            "pay_vs_region": (w1 / e1) / (total_wages / total_jobs),
            "employment_share_pct": 100 * e1 / total_jobs,
        }
    return found


def scaled(x, reference, name, method):
    """Return 0-100 of a value among the reference values of those that pass, itself perhaps in."""
    known = [v for v in reference if v == v]
    if x != x:
        return NAN
    if method == "points":
        xs, ys = zip(*POINTS[name], strict=True)
        for (a, s), (b, t) in pairwise(POINTS[name]):
            if a <= x <= b:
                return s + (t - s) * (x - a) / (b - a)
        return ys[0] if x < xs[0] else ys[-1]
    if len(known) < 2 or max(known) - min(known) <= 1e-12 * max(map(abs, known)):
        return 50.0
    mean = sum(known) / len(known)
    below, equal = sum(v < x for v in known), sum(v == x for v in known)
    inside = x in known
    if method == "minmax":
        out = 100 * (x - min(known)) / (max(known) - min(known))
    elif method == "zscore":
        sd = math.sqrt(sum((v - mean) ** 2 for v in known) / (len(known) - 1))
        out = 100 * NormalDist().cdf((x - mean) / sd)
    elif method == "percentile":
        out = 100 * (below + equal / 2) / len(known)
    else:
        assert inside or method == "rank"
        out = 100 * below / (len(known) - 1)
    return min(max(out, 0.0), 100.0)


def score(code, values, settings):
    """Return a candidate's score among all of ``values``, NaN where it has none."""
    weights, rules = settings["weights"], settings["rules"]
    total = sum(weights.values())
    playing = [n for n in weights if any(v[n] == v[n] for v in values.values())]
    played = sum(weights[n] for n in playing)

    def coverage(v):
        return sum(weights[n] for n in playing if v[n] == v[n]) / played if played else 0.0

    def passes(v):
        gated = any(v["employment"] < bound for bound in settings["gates"])
        return not gated and coverage(v) >= rules["min_coverage"] - 1e-9

    own = values[code]
    if coverage(own) < rules["min_coverage"] - 1e-9:
        return NAN
    reference = [v for v in values.values() if passes(v)]
    parts = {n: scaled(own[n], [v[n] for v in reference], n, settings["methods"][n])
             for n in weights}  # fmt: skip
    known = {n: s for n, s in parts.items() if s == s}
    share = {n: w / total for n, w in weights.items()}
    policy = rules["missing"]
    if policy == "exclude" and any(n not in known and share[n] > 0 for n in playing):
        return NAN
    if policy in ("neutral", "worst"):
        known |= {n: {"neutral": 50.0, "worst": 0.0}[policy] for n in weights if n not in known}
    weighed = sum(share[n] for n in known)
    if not weighed:
        return NAN
    share = {n: share[n] / weighed for n in known}
    if rules["aggregation"] == "arithmetic":
        return sum(share[n] * known[n] for n in known)
    return math.exp(sum(share[n] * math.log(1 + 0.99 * known[n]) for n in known))


def by_hand(old, new, code):
    """Return the score at each of the sixteen states, and each step's mean over all orders."""
    tables = {(d, r): indicators(*vintages(old, new, d, r)) for d in (0, 1) for r in (0, 1)}
    settings = (old.settings, new.settings)

    @cache
    def at(taken):
        d, r, c, p = (step in taken for step in STEPS)
        own = tables[d, r]
        if code not in own:
            return NAN
        return score(code, {**tables[p, p], code: own[code]}, settings[c])

    orders = list(permutations(STEPS))
    parts = dict.fromkeys(STEPS, 0.0)
    for order in orders:
        for place, step in enumerate(order):
            gain = at(frozenset(order[: place + 1])) - at(frozenset(order[:place]))
            parts[step] += gain / len(orders)
    return at(frozenset()), at(frozenset(STEPS)), parts


def drawn(rng, methods, codes, rules):
    names = [CRITERIA[n] for n in sorted(rng.permutation(4)[: rng.integers(2, 5)])]
    return {
        "weights": {n: round(rng.uniform(0.5, 10), 2) for n in names},
        "methods": {n: str(rng.choice(methods)) for n in CRITERIA},
        "gates": [float(round(rng.uniform(300, 1500)))] if rng.random() < 0.5 else [],
        "rules": rules,
    }


def rules_of(rng, policies):
    return {
        "missing": str(rng.choice(policies)),
        "aggregation": str(rng.choice(["arithmetic", "geometric"])),
        "min_coverage": float(rng.choice([0, 0.5, 0.7])),
    }


def figures_of(rng, years, codes, holes):
    found = {}
    for code in codes:
        jobs = rng.uniform(200, 5000, len(years)).round()
        if holes:
            jobs[rng.random(len(years)) < 0.15] = NAN
        found[0, code] = (jobs, rng.uniform(20_000, 120_000, len(years)).round())
        found[1, code] = (rng.uniform(2e5, 5e5, len(years)).round(),
                          rng.uniform(20_000, 120_000, len(years)).round())  # fmt: skip
    return found


def worlds(seed, methods=METHODS, policies=("renormalise", "neutral", "worst", "exclude"),
           holes=True, came=True, revised=True, reset=True, leaving=(0, 2)):  # fmt: skip
    """Return an old and a new world that differ in figures, years, candidates and settings."""
    rng = np.random.default_rng(seed)
    every = (2019, 2020, 2021, 2022, 2023)
    codes = list(CODES)
    figures = figures_of(rng, every, codes, holes)
    later = {key: (jobs.copy(), pay.copy()) for key, (jobs, pay) in figures.items()}
    if revised:
        for jobs, pay in later.values():
            touched = rng.random(len(every)) < 0.5
            jobs[touched] = (jobs[touched] * rng.uniform(0.7, 1.4, touched.sum())).round()
            pay[touched] = (pay[touched] * rng.uniform(0.7, 1.4, touched.sum())).round()
    spans = ((0, 4), (1, 5)) if came else ((0, 4), (0, 4))
    settings = drawn(rng, methods, codes, rules_of(rng, policies))
    others = drawn(rng, methods, codes, rules_of(rng, policies)) if reset else settings
    pair = []
    for (first, end), source, set_as in zip(spans, (figures, later), (settings, others),
                                            strict=True):  # fmt: skip
        gone = rng.choice(codes, size=rng.integers(*leaving), replace=False) if revised else ()
        cut = {
            key: (jobs[first:end], pay[first:end])
            for key, (jobs, pay) in source.items()
            if key[1] not in gone
        }
        years = every[first:end]
        pair.append(World(years, (years[0], years[-1]), cut, set_as))
    return pair


def check_split(old, new):
    """Hold every part against the one by hand; return the parts and how many are whole."""
    found = split(old.state(), new.state(), CODES)
    assert found.why_not == ""
    whole = 0
    for place, code in enumerate(CODES):
        before, after, parts = by_hand(old, new, code)
        assert found.before[place] == pytest.approx(before, abs=1e-9, nan_ok=True), code
        assert found.after[place] == pytest.approx(after, abs=1e-9, nan_ok=True), code
        ours = found.parts[:, place]
        if np.isfinite(ours).all():
            assert ours == pytest.approx([parts[step] for step in STEPS], abs=1e-9), code
            assert ours.sum() == pytest.approx(after - before, abs=1e-9)
            whole += 1
        else:
            assert any(math.isnan(part) for part in parts.values()), code
    return found.parts, whole


@pytest.mark.parametrize("seed", range(50))
def test_every_part_is_the_one_by_hand(seed):
    check_split(*worlds(seed))


def test_most_of_them_are_whole():
    assert sum(check_split(*worlds(seed))[1] for seed in range(100, 104)) > 8


@pytest.mark.parametrize(
    ("what", "part"),
    [
        ({"came": False, "revised": False}, "config"),
        ({"came": False, "reset": False}, "revision"),
        ({"revised": False, "reset": False}, "data"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_what_alone_changed_has_the_whole_change(seed, what, part):
    """Under points: with scales that depend on the candidates, these move too."""
    old, new = worlds(seed, ("points",), ("renormalise", "neutral", "worst"), holes=False, **what)
    parts, whole = check_split(old, new)
    at = STEPS.index(part)
    assert whole >= 4
    assert np.nanmax(np.abs(parts[at])) > 0.01
    assert np.nanmax(np.abs(np.delete(parts, at, axis=0))) <= 1e-9


@pytest.mark.parametrize("seed", range(200, 204))
def test_under_points_candidates_that_come_and_go_move_nobody(seed):
    old, new = worlds(seed, ("points",), ("renormalise", "neutral", "worst"), leaving=(1, 2))
    assert old.figures.keys() != new.figures.keys()
    parts, _ = check_split(old, new)
    competitors = parts[STEPS.index("competitors")]
    assert (competitors[np.isfinite(competitors)] == 0).all()
