"""Variations of a ranking: the same as ranking again with a config that says so."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.robustness.test_draws import holey, reweighted, withheld_panel
from tests.scoring.conftest import indicator_table, scoring_config

from sectorscan.config.models import Scale
from sectorscan.indicators.compute import compute
from sectorscan.robustness.draws import Drawing, blocks, placed, pool, scores_at
from sectorscan.robustness.value_draws import draw
from sectorscan.robustness.variations import NotComputableError, Variation, varied
from sectorscan.robustness.weight_draws import WEIGHTS
from sectorscan.scoring.rank import rank

SCALES = ("points", "minmax", "zscore", "percentile", "rank")
MISSING = ("renormalise", "neutral", "worst", "exclude")
GATES = ({"indicator": "employment", "below": 1500, "effect": "exclude"},)
MEANS = ("arithmetic", "geometric")


def scored(base, weights=None):
    """Return the scores of a pool by sector, those of one draw; -inf unranked."""
    weights = base.matrix.weights[None, :] if weights is None else weights
    return dict(zip(base.ids, scores_at(base, weights, {}, len(weights))[0], strict=True))


def plainly(table, config):
    """Return the scores of a ranking by sector, -inf unranked, those out by a gate left away."""
    ranking = rank(table, config)
    return {
        sector.id: score if place else -np.inf
        for sector, score, place in zip(
            ranking.matrix.sectors, ranking.score, ranking.rank, strict=True
        )
    }


def same(base, table, config, left_out=()):
    expected = plainly(table, config)
    got = scored(base)
    assert set(expected) - set(got) <= {
        name for name, score in expected.items() if np.isneginf(score)
    }
    assert not set(got) & set(left_out)
    for name, score in got.items():
        assert score == pytest.approx(expected[name], abs=1e-9), name


def on_scale(config, method):
    """Return the config with one scale method for all; its points become rising or falling."""
    criteria = {}
    for name, group in config.criteria.items():
        indicators = {
            key: one.model_copy(
                update={
                    "scale": Scale(method=method),
                    "direction": one.direction
                    if one.scale.method != "points"
                    else ("max" if one.scale.points[-1][1] > one.scale.points[0][1] else "min"),
                }
            )
            for key, one in group.indicators.items()
        }
        criteria[name] = group.model_copy(update={"indicators": indicators})
    return config.model_copy(update={"criteria": criteria})


def without(table, sector):
    """Return the table without one sector's row."""
    kept = [place for place, one in enumerate(table.sectors) if one.id != sector]
    columns = {name: table.value[kept, k] for k, name in enumerate(table.ids)}
    return indicator_table(columns, names=[table.sectors[place].id for place in kept])


@pytest.mark.parametrize("start", SCALES)
@pytest.mark.parametrize("method", SCALES[1:])
@pytest.mark.parametrize("missing", MISSING)
def test_another_scale_is_ranking_again_with_it(table, config, start, method, missing):
    built, settings_ = holey(table, config, start, missing, "arithmetic")
    base = varied(pool(rank(built, settings_), settings_), Variation(scale=method))
    same(base, built, on_scale(settings_, method))


@pytest.mark.parametrize("start", SCALES)
@pytest.mark.parametrize("aggregation", MEANS)
@pytest.mark.parametrize("missing", MISSING)
def test_another_mean_or_missing_rule_is_ranking_again_with_it(
    table, config, start, aggregation, missing
):
    built, settings_ = holey(table, config, start, "renormalise", "arithmetic")
    variation = Variation(aggregation=aggregation, missing=missing)
    base = varied(pool(rank(built, settings_), settings_), variation)
    changed = settings_.model_copy(update={"aggregation": aggregation, "missing": missing})
    same(base, built, changed)


@pytest.mark.parametrize("start", SCALES)
@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_sector_left_out_is_as_good_as_never_given(table, config, start, missing, seed):
    built, settings_ = holey(table, config, start, missing, "geometric", seed)
    whole = pool(rank(built, settings_), settings_)
    for sector in whole.ids:
        base = varied(whole, Variation(without_sector=sector))
        same(base, without(built, sector), settings_, [sector])


@pytest.mark.parametrize("start", SCALES)
@pytest.mark.parametrize("missing", MISSING)
def test_a_criterion_left_out_is_as_good_as_deleted(table, config, start, missing):
    built, settings_ = holey(table, config, start, missing, "arithmetic")
    whole = pool(rank(built, settings_), settings_)
    for criterion in "abcd":
        criteria = {
            name: group.model_copy(
                update={
                    "indicators": {k: one for k, one in group.indicators.items() if k != criterion}
                }
            )
            for name, group in settings_.criteria.items()
        }
        base = varied(whole, Variation(without_criterion=criterion))
        same(base, built, settings_.model_copy(update={"criteria": criteria}))


def test_a_criterion_alone_in_its_group_gives_its_weight_to_the_other_groups(table, config):
    groups = {"x": (3, ["a"]), "y": (1, ["b", "c"])}
    settings_ = config({"a": 1, "b": 1, "c": 3}, groups=groups)
    ranking = rank(table({"a": [9.0, 1.0], "b": [50.0, 10.0], "c": [20.0, 60.0]}), settings_)
    base = varied(pool(ranking, settings_), Variation(without_criterion="a"))
    np.testing.assert_allclose(base.matrix.weights, [0, 0.25, 0.75])
    assert scored(base) == pytest.approx({"s000": 27.5, "s001": 47.5})


def test_the_only_criterion_and_the_only_sector_cannot_be_left_out(table, config):
    settings_ = config({"a": 1, "b": 0})
    base = pool(rank(table({"a": [10.0], "b": [1.0]}), settings_), settings_)
    with pytest.raises(NotComputableError, match="no other criterion has a weight"):
        varied(base, Variation(without_criterion="a"))
    with pytest.raises(NotComputableError, match="no other sector is there"):
        varied(base, Variation(without_sector="s000"))


@pytest.mark.parametrize("aggregation", MEANS)
@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("method", SCALES[1:])
def test_many_weights_at_once_are_a_plain_loop(table, config, method, missing, aggregation):
    built, settings_ = holey(table, config, "points", "renormalise", "arithmetic")
    variation = Variation(scale=method, missing=missing, aggregation=aggregation)
    base = varied(pool(rank(built, settings_), settings_), variation)
    weights = WEIGHTS["any"](np.random.default_rng(3), base.hierarchy, 20, 0.25)
    many = scores_at(base, weights, {}, 20)
    assert len({tuple(np.argsort(row)) for row in many}) > 1
    changed = on_scale(settings_, method).model_copy(
        update={"aggregation": aggregation, "missing": missing}
    )
    for row, effective in zip(many, weights, strict=True):
        expected = plainly(built, reweighted(changed, effective))
        np.testing.assert_allclose(row, [expected[name] for name in base.ids], atol=1e-9)


@pytest.mark.parametrize("method", SCALES)
@pytest.mark.parametrize("left_out", [None, "s001", "s002"])
def test_withheld_figures_are_drawn_under_a_variation_as_by_themselves(
    panel_of, config_of, method, left_out
):
    """A draw of figures scored under a variation: the same table, those figures put in."""
    settings_ = config_of(gates=GATES)
    built = compute(withheld_panel(panel_of))
    whole = pool(rank(built, settings_), settings_)
    base = varied(whole, Variation(scale=method, without_sector=left_out))
    drawn = draw(np.random.default_rng(1), base.figures, 12)
    got = scores_at(base, base.matrix.weights[None, :], placed(base, drawn), 12)
    # s001 alone has anything to draw.
    assert (len(np.unique(got, axis=0)) > 1) == (left_out != "s001")
    for place in range(12):
        value = built.value.copy()
        for name, one in drawn.items():
            value[one.rows, built.column(name)] = one.values[place]
        kept = [k for k, sector in enumerate(built.sectors) if sector.id != left_out]
        again = replace(
            built,
            sectors=tuple(built.sectors[k] for k in kept),
            value=value[kept],
            low=value[kept],
            high=value[kept],
            status=built.status[kept],
        )
        config = settings_ if method == "points" else config_of(method=method, gates=GATES)
        expected = plainly(again, config)
        np.testing.assert_allclose(got[place], [expected[n] for n in base.ids], atol=1e-7)


def test_nothing_varied_is_the_ranking_itself(panel_of, config_of):
    settings_ = config_of()
    ranking = rank(compute(withheld_panel(panel_of)), settings_)
    base = pool(ranking, settings_)
    again = varied(base, Variation())
    np.testing.assert_array_equal(again.scaled, base.scaled)
    drawing = Drawing("near", figures=True, draws=40, seed=2, spread=0.25)
    ((one,),), ((other,),) = (list(blocks(which, [drawing])) for which in (base, again))
    np.testing.assert_array_equal(one, other)


def test_points_fall_back_on_the_registrys_and_are_missing_for_an_own_indicator():
    columns = {"location_quotient": [0.5, 1.25, 2.0], "own": [1.0, 2.0, 3.0]}
    minmax = Scale(method="minmax")
    settings_ = scoring_config({"location_quotient": (1, minmax)})
    base = pool(rank(indicator_table(columns), settings_), settings_)
    points = varied(base, Variation(scale="points"))
    assert list(scored(points).values()) == [0.0, 75.0, 100.0]

    settings_ = scoring_config({"location_quotient": (1, minmax), "own": (1, minmax)})
    base = pool(rank(indicator_table(columns), settings_), settings_)
    with pytest.raises(NotComputableError, match="no points, nor default ones") as fault:
        varied(base, Variation(scale="points"))
    assert fault.value.criteria == ("own",)
    assert varied(base, Variation(scale="zscore", without_criterion="own"))


def test_default_points_are_not_used_against_the_configured_direction():
    """Default points of the location quotient rise; the config says that less is better."""
    settings_ = scoring_config({"location_quotient": (1, Scale(method="minmax"), "min")})
    table = indicator_table({"location_quotient": [0.5, 2.0]})
    base = pool(rank(table, settings_), settings_)
    with pytest.raises(NotComputableError, match="go with the direction") as fault:
        varied(base, Variation(scale="points"))
    assert fault.value.criteria == ("location_quotient",)


@pytest.mark.parametrize("points", [((0, 0), (5, 100), (9, 10)), ((0, 40), (9, 40))])
def test_points_that_bend_or_are_level_have_no_direction(points):
    settings_ = scoring_config({"a": (1, Scale(points=points)), "b": 1})
    table = indicator_table({"a": [1.0, 5.0, 8.0], "b": [1.0, 2.0, 3.0]})
    base = pool(rank(table, settings_), settings_)
    with pytest.raises(NotComputableError, match="whether more or less is better") as fault:
        varied(base, Variation(scale="rank"))
    assert fault.value.criteria == ("a",)


def test_falling_points_say_that_less_is_better():
    settings_ = scoring_config({"a": (1, Scale(points=((0, 100), (10, 0))))})
    base = pool(rank(indicator_table({"a": [1.0, 5.0, 9.0]}), settings_), settings_)
    assert scored(varied(base, Variation(scale="rank"))) == {"s000": 100, "s001": 50, "s002": 0}


@settings(max_examples=60)
@given(st.data())
def test_under_points_a_sector_left_out_changes_no_other_score(data):
    size = data.draw(st.integers(2, 6))
    values = data.draw(
        st.lists(
            st.one_of(st.floats(0, 100), st.just(np.nan)), min_size=2 * size, max_size=2 * size
        )
    )
    built = indicator_table({"a": values[:size], "b": values[size:], "c": [50.0] * size})
    settings_ = scoring_config({"a": 2, "b": 3, "c": 1}, min_coverage=0.5)
    base = pool(rank(built, settings_), settings_)
    out = data.draw(st.sampled_from(base.ids))
    less = varied(base, Variation(without_sector=out))
    if (less.playing == base.playing).all():
        before = scored(base)
        for name, score in scored(less).items():
            assert score == pytest.approx(before[name], abs=1e-9)
