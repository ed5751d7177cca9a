"""What somebody changed in a config: as it is written, and nothing that only follows from it."""

import pytest

from sectorscan.config.loader import load_config
from sectorscan.refresh.settings import settings_between, weights_between
from sectorscan.reports.changes_settings import config_words, setting_words
from sectorscan.scan.changes import Changes, RunHead

BASE = """\
version: 1
extends: balanced
region: {name: Here, areas: ["98001"]}
"""
LABELS = {"location_quotient": "concentration", "employment": "jobs", "pay_vs_region": "pay"}


def between(folder, old, new, *, rated=True):
    loaded = []
    for name, text in (("old", old), ("new", new)):
        (folder / f"{name}.yaml").write_text(BASE + text, encoding="utf-8")
        loaded.append(load_config(folder / f"{name}.yaml"))
    settings = tuple(settings_between(*loaded, rated=rated))
    weights = tuple(weights_between(*(each.config for each in loaded)))
    head = RunHead("2025-11-01", "2025-11-01", "1", "Here", 2020, 2023, "0" * 64)
    return Changes(
        head, head, (), (), (), 0, settings, weights, LABELS, competitive=False, as_of=""
    )


def told(changes):
    return [setting_words(changes, one) for one in changes.settings]


def test_one_weight_is_one_setting(tmp_path):
    changes = between(tmp_path, "", "criteria: {job_quality: {weight: 40}}\n")
    assert told(changes) == [
        "job quality's weight from 30 to 40 (30 % of all weights, now 36.4 %); all others weigh "
        "less, in proportion"
    ]
    assert len(changes.weights) > 5, "what follows from it stands apart"
    assert sum(one.new - one.old for one in changes.weights) == pytest.approx(0, abs=1e-12)
    assert config_words(changes) == "changed weights"


OWN = "criteria: {%s: {weight: 5, indicators: {mine: {weight: 1, scale: {method: minmax}}}}}\n"
SAME = "criteria: {concentration: {indicators: {location_quotient: {scale: {points: [%s]}}}}}\n"


def test_a_default_that_is_written_out_is_no_change(tmp_path):
    points = "[0.5, 0], [0.75, 25], [1, 50], [1.25, 75], [2, 100]"
    ours = load_config("balanced").config.criteria["concentration"].indicators["location_quotient"]
    if ours.scale is not None and ours.scale.points is not None:
        points = ", ".join(f"[{x:g}, {y:g}]" for x, y in ours.scale.points)
    assert between(tmp_path, "", f"{SAME % points}min_coverage: 0.7\n").settings == ()


@pytest.mark.parametrize(
    ("new", "moves", "words"),
    [
        ("plan: {capacity: 3}\n", "nothing", "plan: capacity from 2 to 3"),
        ("plan: {weights: {early_win: 20}}\n", "nothing",
         "the plan's weight of early win from 15 to 20"),
        ("robustness: {seed: 7}\n", "nothing", "robustness: seed from 1 to 7"),
        ("outputs: {top: 7}\n", "nothing", "the shortlist's length from 5 to 7"),
        ("min_coverage: 0.5\n", "scores", "the least share of known weight from 70 % to 50 %"),
        ("aggregation: geometric\n", "scores",
         "how scores are added up from arithmetic to geometric"),
        ("benchmark: [98001, 98003]\n", "scores", "the benchmark from the default to 98001, 98003"),
        (OWN % "digital", "scores", "the group digital is new (mine) (4.8 % of all weights)"),
        ("criteria: {job_quality: null}\n", "scores",
         "the group job quality is gone (pay, pay_vs_benchmark) (30 % of all weights)"),
        ("criteria: {job_quality: {indicators: {pay_vs_region: {scale: {method: rank}}}}}\n",
         "scores", "now rank"),
        ("sectors: {list: [{name: Health, naics: [\"621\"]}]}\n", "scores",
         "the candidates: every industry of a level, now 1 named sector"),
        ("scorecard: {champions: {weight: 30}}\n", "readiness",
         "the scorecard's question champions: its weight from 20 to 30"),
        ('scorecard: {champions: {levels: {"2": Other words.}}}\n', "readiness",
         "the scorecard's question champions: other words for level 2"),
        ("scorecard: {champions: {blocks_launch_at: 2}}\n", "readiness",
         "the scorecard's question champions: the level that bars a launch from 1 to 2"),
        ("scorecard: {early_win: null}\n", "readiness", "the question Early win is gone"),
    ],
)  # fmt: skip
def test_each_setting_is_told_with_what_it_moves(tmp_path, new, moves, words):
    changes = between(tmp_path, "", new)
    (one,) = changes.settings
    assert one.moves == moves
    assert words in told(changes)[0]
    back = between(tmp_path, new, "")
    assert [each.name for each in back.settings] == [one.name]


GATES = "gates: [{indicator: employment, below: %s, effect: exclude}%s]\n"


def test_gates_are_told_old_and_new(tmp_path):
    more = ", {indicator: pay_vs_region, below: 0.8, effect: hold}"
    changes = between(tmp_path, GATES % (200, ""), GATES % (400, more))
    assert told(changes) == [
        "“jobs below 200: not ranked” is now “jobs below 400: not ranked”",
        "new is “pay below 0.8: ranked, but held back from launch”",
    ]
    assert config_words(changes) == "weights", "gates move no score of a ranked sector"
    gone = between(tmp_path, GATES % (200, more), GATES % (200, ""))
    assert told(gone) == ["gone is “pay below 0.8: ranked, but held back from launch”"]
    assert between(tmp_path, GATES % (200, more), GATES % (200, more)).settings == ()


def test_named_sectors_are_told_by_name(tmp_path):
    old = (
        'sectors: {list: [{name: Health, naics: ["621", "622"]}, {name: Metal, naics: ["332"]}]}\n'
    )
    new = 'sectors: {list: [{name: Office, naics: ["541"]}, {name: Health, naics: ["621"]}]}\n'
    assert told(between(tmp_path, old, new)) == [
        "the NAICS codes of Health from 621, 622 to 621",
        "the sector Metal is gone",
        "the sector Office is new",
    ]


def test_a_scorecard_that_one_run_does_not_use_is_no_setting(tmp_path):
    assert between(tmp_path, "", "scorecard: {early_win: null}\n", rated=False).settings == ()


def test_hostile_names_stay_text(tmp_path):
    (words,) = told(between(tmp_path, "", OWN % "'=HYPERLINK(1) <b>'"))
    assert words.startswith("the group =HYPERLINK(1) <b> is new")
