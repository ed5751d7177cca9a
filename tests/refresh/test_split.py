"""The split of a score's change: exact, and blind to what didn't change."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.refresh.changing import CODES, CRITERIA, METHODS, random_states

from sectorscan.refresh.mixing import mixed, what_came
from sectorscan.refresh.split import STEPS, indicators_of, scope_in, split
from sectorscan.scoring.rank import rank

DATA, REVISION, CONFIG, COMPETITORS = range(len(STEPS))
methods = st.tuples(*(st.sampled_from(METHODS) for _ in CRITERIA))
policies = st.fixed_dictionaries(
    {
        "missing": st.sampled_from(["renormalise", "neutral", "worst", "exclude"]),
        "aggregation": st.sampled_from(["arithmetic", "geometric"]),
        "min_coverage": st.sampled_from([0.0, 0.5, 0.7]),
    }
)
slowly = settings(deadline=None, max_examples=15)


def of_ranking(state):
    ranking = rank(indicators_of(state.tables, scope_in(state.loaded, state)), state.loaded.config)
    at = {sector.id: place for place, sector in enumerate(ranking.indicators.sectors)}
    ranked = [code in at and ranking.rank[at[code]] > 0 for code in CODES]
    scores = [ranking.score[at[code]] if here else np.nan for code, here in zip(CODES, ranked)]  # noqa: B905
    return np.array(scores)


@slowly
@given(st.integers(0, 10**6), methods, methods, policies, policies, st.booleans())
def test_parts_sum_to_the_change_and_its_ends_are_the_rankings_own(seed, one, two, p, q, holes):
    old, new = random_states(seed, (one, two), (p, q), holes=holes)
    found = split(old, new, CODES)
    assert found.why_not == ""
    change = found.after - found.before
    whole = np.isfinite(found.parts).all(axis=0)
    assert whole.any() or holes
    assert found.parts.sum(axis=0)[whole] == pytest.approx(change[whole], abs=1e-9)
    for state, scores in ((old, found.before), (new, found.after)):
        ranked = of_ranking(state)
        known = np.isfinite(ranked)
        assert scores[known] == pytest.approx(ranked[known], abs=1e-9)


@slowly
@given(st.integers(0, 10**6), methods, st.sampled_from(["arithmetic", "geometric"]))
def test_criteria_sum_to_the_parts(seed, one, aggregation):
    setting = {"aggregation": aggregation}
    old, new = random_states(seed, (one, one), (setting, setting))
    found = split(old, new, CODES)
    assert np.isfinite(found.parts).all()
    assert found.by_criterion.sum(axis=2) == pytest.approx(found.parts, abs=1e-9)


@slowly
@given(st.integers(0, 10**6), policies)
def test_under_points_competitors_move_nothing(seed, policy):
    points = ("points",) * len(CRITERIA)
    if policy["missing"] == "exclude":
        policy = {**policy, "missing": "renormalise"}
    old, new = random_states(seed, (points, points), (policy, policy), holes=True)
    found = split(old, new, CODES)
    known = np.isfinite(found.parts[COMPETITORS])
    assert (found.parts[COMPETITORS][known] == 0).all()
    assert not found.competitive


@slowly
@given(st.integers(0, 10**6), methods)
def test_the_way_back_is_the_same_split_with_the_other_sign(seed, one):
    old, new = random_states(seed, (one, one[::-1]))
    there, back = split(old, new, CODES), split(new, old, CODES)
    assert there.parts == pytest.approx(-back.parts, abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_what_did_not_change_has_no_part(method):
    old, new = random_states(3, ((method,) * 4, (method,) * 4))
    same_config = replace(new, loaded=old.loaded)
    assert (split(old, same_config, CODES).parts[CONFIG] == 0).all()
    same_figures = replace(old, loaded=new.loaded)
    only_config = split(old, same_figures, CODES).parts
    assert only_config[[DATA, REVISION, COMPETITORS]] == pytest.approx(0, abs=1e-12)
    assert np.abs(only_config[CONFIG]).max() > 0.1
    longer = replace(old, tables=mixed(old.tables, new.tables, data=True, revision=False),
                     period=new.period)  # fmt: skip
    assert split(old, longer, CODES).parts[REVISION] == pytest.approx(0, abs=1e-12)
    revised = replace(old, tables=mixed(old.tables, new.tables, data=False, revision=True))
    only_revision = split(old, revised, CODES).parts
    assert only_revision[[DATA, CONFIG]] == pytest.approx(0, abs=1e-12)
    assert np.abs(only_revision[REVISION]).max() > 0


def test_under_minmax_a_rival_that_grows_costs_points():
    """One sector's own figures stay, another's jobs double: all it loses comes from competitors."""
    methods = ("minmax", "points", "points", "points")
    old, _ = random_states(5, (methods, methods))
    employment = old.tables.employment.copy()
    ours = (employment["region"] == "39049") & (employment["industry"] != "10")
    best = employment[ours & (employment["year"] == 2022)].set_index("industry")["employment"]
    rival = best.idxmax()
    nation = (employment["region"] == "US000") & (employment["industry"] == rival)
    employment.loc[nation, ["employment", "employment_low", "employment_high"]] /= 4
    new = replace(old, tables=replace(old.tables, employment=employment))
    found = split(old, new, CODES)
    others = [n for n, code in enumerate(CODES) if code != rival]
    assert found.competitive
    assert found.parts[COMPETITORS][others].min() < -1
    assert found.parts[[DATA, CONFIG]] == pytest.approx(0, abs=1e-12)


def test_mixed_tables_take_years_and_figures_from_where_they_belong():
    old, new = random_states(1, (METHODS[:4], METHODS[:4]))
    longer = mixed(old.tables, new.tables, data=True, revision=False).employment
    revised = mixed(old.tables, new.tables, data=False, revision=True).employment
    assert set(longer["year"]) == {2020, 2021, 2022, 2023}
    assert set(revised["year"]) == {2020, 2021, 2022}
    shared = longer[longer["year"] < 2023].reset_index(drop=True)
    assert shared.equals(old.tables.employment)
    kept = new.tables.employment
    assert revised.equals(kept[kept["year"] < 2023].reset_index(drop=True))
    assert mixed(old.tables, new.tables, data=False, revision=False) is old.tables
    assert mixed(old.tables, new.tables, data=True, revision=True) is new.tables
    same = replace(old.tables, employment=old.tables.employment.copy())
    assert mixed(old.tables, same, data=True, revision=False) is same
    assert mixed(old.tables, same, data=False, revision=True) is same


def test_what_came_in_is_counted():
    old, new = random_states(1, (METHODS[:4], METHODS[:4]))
    came = what_came(old.tables, new.tables, range(2020, 2024), frozenset({"39049"}))
    assert came.new_years == (2023,)
    assert came.revised_years == (2020, 2021, 2022)
    before = old.tables.employment.set_index(["region", "industry", "year"])["employment"]
    after = new.tables.employment.set_index(["region", "industry", "year"])["employment"]
    assert came.revised_rows == int((after.reindex(before.index) != before).sum())
    nothing = what_came(old.tables, old.tables, range(2020, 2024), frozenset({"39049"}))
    assert (nothing.new_years, nothing.revised_years, nothing.revised_rows) == ((), (), 0)


def test_where_the_old_figures_cannot_be_scored_by_the_new_config_it_is_said():
    old, new = random_states(1, (METHODS[:4], METHODS[:4]))
    config = new.loaded.config.model_copy(update={"benchmark": "39000"})
    found = split(old, replace(new, loaded=replace(new.loaded, config=config)), CODES)
    assert "benchmark 39000" in found.why_not
    assert np.isnan(found.parts).all()


def test_a_sector_that_one_run_has_not_got_has_no_parts():
    old, new = random_states(1, (METHODS[:4], METHODS[:4]))
    found = split(old, new, (*CODES, "999"))
    assert np.isnan(found.parts[:, -1]).all()
    assert np.isfinite(found.parts[:, :-1]).all()
