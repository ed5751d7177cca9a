"""The sentences that boards know, and the right words for each sign and size."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sectorscan.advice.recommend import recommend
from sectorscan.advice.wording import area_noun
from sectorscan.reports.words import render

NAN = math.nan


def said(toy, changes=None, place=0, kind="summary", swings=(), panel=None, config=None):
    """Return what is said of one sector once some of its figures are changed."""
    rows = []
    for row in toy.INDICATORS:
        cells = list(row[3:])
        cells[place] = (changes or {}).get(row[0], cells[place])
        rows.append((*row[:3], *cells))
    config = config or toy.toy_config()
    ranking = toy.ranked(toy.toy_table(rows, panel), config)
    advice = recommend(ranking, swings)[place]
    found = getattr(advice, kind)
    return " ".join(map(render, found)) if isinstance(found, tuple) else render(found)


def test_the_patterns_of_the_brief(toy):
    summary = said(toy)
    assert (
        "employs 12,340 people (4.1 % of private covered jobs) at 812 establishments; "
        "1.9 times as concentrated here as nationally"
    ) in summary
    assert "pays $71,200, 18 % above the regional average of $60,300" in summary
    assert (
        "Of 1,120 jobs gained since 2020, 640 reflect local performance beyond national and "
        "industry trends." in summary
    )
    cautions = said(toy, place=1, kind="cautions")
    assert "Jobs lie between 1,010 and 1,390: two of six counties are withheld." in cautions


def test_not_shortlisted(toy):
    reason = said(toy, {"employment": 320}, place=2, kind="reason")
    assert reason == "not shortlisted: 9 establishments where 10 are needed"
    wish = said(toy, {"employment": 320}, place=2, kind="would_qualify_if")
    assert wish.startswith("it had 10 establishments or more; on its present figures it would rank")


def test_one_of_a_thing_is_singular(toy):
    summary = said(toy, {"employment": 1, "establishments": 1, "employment_change": 1,
                         "competitive_effect": 1}, place=2)  # fmt: skip
    assert "employs 1 person (" in summary
    assert "at 1 establishment." in summary
    assert "Of 1 job gained since 2020, 1 reflects local performance" in summary


CHANGES = {
    (1120, 640): "Of 1,120 jobs gained since 2020, 640 reflect local performance beyond",
    (1120, 1420): "It gained 1,120 jobs since 2020 although national and industry trends pointed "
    "to a loss: local performance came out 1,420 above them.",
    (1120, -300): "It gained 1,120 jobs since 2020, 300 fewer than national and industry trends "
    "would have brought.",
    (-1120, -640): "Of 1,120 jobs lost since 2020, 640 reflect local performance short of "
    "national and industry trends.",
    (-1120, -1420): "It lost 1,120 jobs since 2020 although national and industry trends pointed "
    "to a gain: local performance fell 1,420 short of them.",
    (-1120, 300): "It lost 1,120 jobs since 2020, 300 fewer than national and industry trends "
    "would have cost.",
    (1120, 0): "It gained 1,120 jobs since 2020, what national and industry trends would have "
    "brought too.",
    (0, 250): "It has as many jobs as in 2020; national and industry trends would have cost 250.",
    (0, -250): "It has as many jobs as in 2020; national and industry trends would have added 250.",
    (0, 0): "It has as many jobs as in 2020, as national and industry trends would have it.",
    (-1120, NAN): "It lost 1,120 jobs since 2020. With",
    (0, NAN): "It has as many jobs as in 2020. With",
}


@pytest.mark.parametrize(("change", "local"), CHANGES)
def test_a_change_in_jobs_by_its_signs(toy, change, local):
    summary = said(toy, {"employment_change": change, "competitive_effect": local})
    assert CHANGES[change, local] in summary


QUOTIENTS = {
    2.34: "; 2.3 times as concentrated here as nationally.",
    1.24: "; 1.24 times as concentrated here as nationally.",
    0.97: "; about as concentrated here as nationally (location quotient 0.97).",
    0.62: "; less concentrated here than nationally (location quotient 0.62).",
    0.0012: "; less concentrated here than nationally (location quotient 0.001).",
    NAN: "at 812 establishments. It pays",
}


@pytest.mark.parametrize("quotient", QUOTIENTS)
def test_concentration(toy, quotient):
    assert QUOTIENTS[quotient] in said(toy, {"location_quotient": quotient})


PAY = {
    1.18: ", 18 % above the regional average of $60,300.",
    0.6949: ", 31 % below the regional average of $60,300.",
    1.003: ", in line with the regional average of $60,300.",
    1.006: ", 0.6 % above the regional average of $60,300.",
    2.31: ", 2.3 times the regional average of $60,300.",
    NAN: "It pays $71,200. Jobs",
}


@pytest.mark.parametrize("ratio", PAY)
def test_pay(toy, ratio):
    assert PAY[ratio] in said(toy, {"pay_vs_region": ratio})


GROWTH = {
    3.2: "Jobs grew 3.2 % a year from 2020 to 2023, against 2.6 % in the region as a whole.",
    -1.2: "Jobs shrank 1.2 % a year from 2020 to 2023, while the region as a whole grew 2.6 % a "
    "year.",
    0.01: "Jobs were flat from 2020 to 2023, while the region as a whole grew 2.6 % a year.",
    2.62: "Jobs grew 2.6 % a year from 2020 to 2023, about as in the region as a whole.",
}


@pytest.mark.parametrize("rate", GROWTH)
def test_growth(toy, rate):
    assert GROWTH[rate] in said(toy, {"employment_cagr_pct": rate})


def test_nationally_only_where_the_benchmark_is_the_nation(toy):
    state = said(toy, panel=toy.toy_panel(benchmark="39000"))
    assert "1.9 times as concentrated here as in the benchmark area." in state
    assert "beyond benchmark and industry trends" in state
    both = said(toy, panel=toy.toy_panel(benchmark="39000, 51000"))
    assert "as concentrated here as in the benchmark areas." in both
    everywhere = said(toy, panel=toy.toy_panel(benchmark="all"))
    assert "as concentrated here as in all areas together." in everywhere
    assert not any("nation" in text for text in (state, both, everywhere))


def test_covered_jobs_are_private_only_where_the_ownership_is(toy):
    assert "(4.1 % of covered jobs)" in said(toy, panel=toy.toy_panel(ownership="all"))


def test_a_bundle_with_its_own_areas_is_compared_with_those(toy):
    panel = toy.toy_panel()
    own = replace(panel.sectors[0], areas=("39041",))
    panel = replace(panel, sectors=(own, *panel.sectors[1:]))
    assert ", 18 % above the average of its own areas. Jobs" in said(toy, panel=panel)


@pytest.mark.parametrize(
    ("place", "kind", "words"),
    [
        (0, "strengths", "Outgrowing its own areas: job growth from 2020 to 2023 0.6 percentage "
                         "points a year above that of its own areas."),
        (3, "cautions", "Pay is 62 % below the average of its own areas; pair it with its "
                        "better-paid parts: Special Food Services ($63,400)."),
    ],
)  # fmt: skip
def test_a_bundles_own_areas_are_named_in_reasons_and_cautions(toy, place, kind, words):
    panel = toy.toy_panel()
    sectors = tuple(replace(sector, areas=("39041",)) for sector in panel.sectors)
    assert words in said(toy, place=place, kind=kind, panel=replace(panel, sectors=sectors))


def test_a_score_that_rests_on_estimates_is_told_with_its_range(toy):
    cautions = said(toy, place=1, kind="cautions")
    assert "rests on estimates: with its uncertain figures at their worst or at their best" in (
        cautions
    )
    assert "rests on estimates" not in said(toy, place=0, kind="cautions")


def test_a_flat_sector_is_not_in_decline(toy):
    flat = {"employment_cagr_pct": -0.02, "employment_cagr_vs_region_pp": -2.6}
    concerns = said(toy, flat, kind="concerns")
    assert "Growing more slowly than the region: jobs were flat" in concerns
    assert "decline" not in concerns


def test_who_has_the_reason_code_size_is_not_called_small(toy):
    share = {"employment_share_pct": (4.2, 4.3, 4.4)}
    assert "Small: about 0.4 %" in said(toy, place=1, kind="concerns")
    scale = {"points": [[4, 0], [8, 100]]}
    config = toy.toy_config(criteria={"scale": {"weight": 1, "indicators": {
        "employment_share_pct": {"weight": 1, "scale": scale}}}})  # fmt: skip
    concerns = said(toy, share, place=1, kind="concerns", config=config)
    assert concerns == ""


def test_an_estimate_is_told_as_one(toy):
    summary = said(toy, place=1)
    assert "employs about 1,190 people (0.4 % of" in summary
    assert "It pays about $64,300, 7 % above the regional average" in summary


def test_an_open_end_is_told_as_at_least(toy):
    cautions = said(toy, {"employment": (1010, 1187.5, math.inf)}, place=1, kind="cautions")
    assert "Jobs number at least 1,010: two of six counties are withheld." in cautions


WITHHELD = {
    (1, 6): "one of six counties is withheld.",
    (6, 6): "all six counties are withheld.",
    (1, 1): "the figure is withheld.",
    (2, 2): "both counties are withheld.",
    (1, 3): "one of three counties with this industry is withheld.",
    (0, 6): "some of the figures are withheld.",
}


@pytest.mark.parametrize(("withheld", "present"), WITHHELD)
def test_how_many_counties_are_withheld(toy, withheld, present):
    panel = toy.toy_panel(
        withheld_areas=np.array([0, withheld, 0, 0]), areas_with_rows=np.array([6, present, 1, 6])
    )
    assert WITHHELD[withheld, present] in said(toy, place=1, kind="cautions", panel=panel)


def test_counts_past_twelve_are_figures(toy):
    panel = toy.toy_panel(
        areas=tuple(f"390{n}" for n in range(10, 25)),
        withheld_areas=np.array([0, 2, 0, 0]),
        areas_with_rows=np.array([15, 15, 1, 15]),
    )
    cautions = said(toy, place=1, kind="cautions", panel=panel)
    assert "2 of 15 counties are withheld." in cautions


AREAS = {
    ("39041", "39045"): "counties",
    ("51760", "51041"): "localities",
    ("39000",): "areas",
    ("C1814",): "areas",
    (): "areas",
}


@pytest.mark.parametrize("codes", AREAS)
def test_what_the_areas_are_called(codes):
    assert area_noun(codes)[1] == AREAS[codes]


def test_what_is_missing_is_said_with_its_reason(toy):
    cautions = said(toy, place=2, kind="cautions")
    assert "Figures are known for 55 % of the weight; not known here: concentration," in cautions
    assert "(the benchmark has no such industry)." in cautions
    assert "nan" not in said(toy, place=2).lower()


def test_low_pay_names_the_better_paid_parts(toy):
    cautions = said(toy, place=3, kind="cautions")
    assert cautions.startswith(
        "Pay is 62 % below the regional average of $60,300; pair it with its better-paid parts: "
        "Special Food Services ($63,400)."
    )


def test_low_pay_without_better_paid_parts(toy):
    panel = toy.toy_panel()
    low = replace(panel, segments=(*panel.segments[:3], panel.segments[3][:1]))
    cautions = said(toy, place=3, kind="cautions", panel=low)
    assert "and none of its parts with known pay is above it." in cautions
    unknown = replace(panel, segments=())
    cautions = said(toy, place=3, kind="cautions", panel=unknown)
    assert "what its parts pay is not known." in cautions


def test_a_bound_inside_what_is_known(toy):
    cautions = said(
        toy, {"establishments": (7, 12, 14)}, place=1, kind="cautions"
    )  # fmt: skip
    assert (
        "The bound of 10 for number of establishments lies inside what is known (7 to 14); it was "
        "judged at the estimate of 12." in cautions
    )


def test_a_hold_names_both_declines(toy):
    rows = (*toy.INDICATORS,
            ("projected_growth_pct", "Projected", "%/year", 1, -0.42, NAN, -1))  # fmt: skip
    config = toy.toy_config()
    ranking = toy.ranked(toy.toy_table(rows), config)
    first = render(recommend(ranking)[3].cautions[0])
    assert first == (
        "Held back from launch: jobs shrank 1.6 % a year from 2020 to 2023 and jobs are projected "
        "to shrink 1.0 % a year."
    )


def test_one_establishment_more_or_fewer(toy):
    swing = toy.Swung("311", 1, 1, 3, 1.874, 1.88, 1.62, True, True)
    cautions = said(toy, kind="cautions", swings=[swing])
    assert "One establishment fewer would move it from rank 1 to rank 3." in cautions
    assert (
        "Its location quotient of 1.87 would be 1.88 with one establishment more and 1.62 with "
        "one establishment fewer." in cautions
    )
    out = toy.Swung("311", 1, 1, 0, 1.874, 1.88, 1.62, False, False, True)
    assert "One establishment fewer would take it out of the ranking." in said(
        toy, kind="cautions", swings=[out]
    )
    into = toy.Swung("483", 0, 2, 0, NAN, NAN, NAN, False, False, True)
    assert "One establishment more would bring it into the ranking, at rank 2." in said(
        toy, place=2, kind="cautions", swings=[into]
    )


def test_a_near_miss_shows_how_near(toy):
    reason = said(toy, {"employment": 199.6, "establishments": 20}, place=2, kind="reason")
    assert reason == "not shortlisted: 199.6 jobs where 200 are needed"


def test_a_tie_is_stated_with_whom(toy):
    rows = [(*row[:3], row[3], row[3], *row[5:]) for row in toy.INDICATORS]
    config = toy.toy_config()
    ranking = toy.ranked(toy.toy_table(rows), config)
    last = render(recommend(ranking)[0].summary[-1])
    assert last.endswith("it shares rank 1 of 3 with Transportation Equipment Manufacturing.")


def test_coverage_and_missing_have_their_own_reasons(toy):
    thin = said(toy, {"employment": 320, "establishments": 20}, 2, "reason",
                config=toy.toy_config(min_coverage=0.7))  # fmt: skip
    assert thin.startswith("not shortlisted: 55 % of the weight is known where 70 % is needed")
    strict = toy.toy_config(missing="exclude", gates=[])
    reason = said(toy, place=1, kind="reason", config=strict)
    assert reason.startswith("not shortlisted: recent job growth not known, and the config leaves")
    assert said(toy, place=1, kind="would_qualify_if", config=strict).startswith(
        "recent job growth were known"
    )
