"""One broken config a failure, and the words that its message must hold."""

from pathlib import Path

import pytest

from sectorscan.config.loader import load_config
from sectorscan.errors import ConfigError

FOLDER = Path(__file__).resolve().parents[1] / "bad_configs"

CASES = {
    "a_list": ["a_list.yaml:1:1", "keys and values"],
    "a_word": ["keys and values"],
    "alias": [":1:9", "an anchor (&)", ":2:12", "an alias (*)", "Write the value out"],
    "alias_bomb": [":2:8", "an alias (*) isn't allowed"],
    "benchmark_all_and_more": ["benchmark:", "'all'", "stands alone"],
    "bundle_code_inside_code": ["sectors.list[0].naics[1]", "311 is part of 31-33", "twice"],
    "bundle_except_everything": [":5:", "sectors.list[0].except: takes out everything"],
    "bundle_except_misspelt": [":3:", "excpt: is not a key here. Did you mean 'except'?"],
    "bundle_except_outside": [
        ":3:58: sectors.list[0].except[1]: 3111 isn't inside any code of naics",
        "sectors.list[1].except[0]: 311 isn't inside",
        "It holds 3118: take that out of naics instead",
    ],
    "bundle_names_twice": ["sectors.list[1].name", "'health care' is the name of another"],
    "bundle_not_naics": ["'food'", "'722.0'", "Write 722.", "'30-33'", "2 to 6 digits"],
    "bundle_ranges": [
        ":3:25: sectors.list[0].naics[0]: the range 316-311 doesn't rise",
        "Write the lower code first: 311-316.",
        "the range '311-320' ends at 320, which NAICS hasn't got",
        "The codes between are 311 to 316.",
        "'311-3169' doesn't look like a NAICS code",
        "sectors.list[3].naics[1]: 3118 is part of 311-316",
    ],
    "bundle_without_codes": ["sectors.list[0].naics: is missing"],
    "bundles_absent": [":1:20: sectors.bundles: is no such file", "sectors-common.yaml"],
    "bundles_written_here": ["sectors.bundles: must be the name of a file", "go under list:"],
    "colon_in_text": [":2:21", "a second ': '", "quotes"],
    "column_unknown": ["columns.employmnt", "Did you mean 'employment'?"],
    "control_character": ["region.name", "can't be shown"],
    "coverage_over_one": ["min_coverage: must be at most 1", "'70'"],
    "deep": ["more than 20 levels"],
    "direction_with_points": ["direction: min doesn't go with points", "falling scores"],
    "draws_too_many": ["draws: must be a whole number", "spread: must be less than 1", "seed"],
    "draws_negative": ["draws: must be at least 0"],
    "duplicate_key": [":3:1", "the key outputs stands here twice", "line 2"],
    "empty_value": ["region.name: is empty", "region.areas[0]: is empty", "readiness: is empty"],
    "everything_at_once": [
        ":2:1: regoin: is not a key here. Did you mean 'region'?",
        ":3:16: period.base: 2023 is after the end, 2020",
        ":6:13: criteria.growth.weight: must be a number (found 'lots')",
        ":8:46: criteria.growth.indicators.employment_cagr_vs_region_pp.weight: must be at least 0",
        ":9:7: criteria.growth.indicators.my_own: has no scale",
        ":11:5: gates[0]: has no bound",
        ":12:16: outputs.top: must be a whole number (found 'five')",
    ],
    "extends_itself": [":1:10: extends: goes in a circle"],
    "extends_list": ["extends: must be a preset's name or a file"],
    "extends_unknown": ["is no preset and no file", "Did you mean 'balanced'?"],
    "gate_all_of_empty": ["gates[0].all_of: is an empty list"],
    "gate_effect_unknown": ["effect: must be exclude, hold or caution", "Did you mean 'exclude'?"],
    "gate_with_both_forms": ["indicator: stands beside all_of", "below: stands beside all_of"],
    "gate_with_two_bounds": ["gates[0].above: stands beside below", "two gates"],
    "gate_without_bound": [":2:5: gates[0]: has no bound", "below:", "above:"],
    "gate_without_indicator": ["gates[0]: says no indicator"],
    "gates_not_a_list": ["gates: must be a list"],
    "group_empty": ["criteria.growth.indicators: has no indicator", "null"],
    "group_of_zero_weights": ["criteria.growth: has weight, but all of its indicators"],
    "indentation": [":3:9", "check the indentation"],
    "indicator_beside_weight": [":4:5", "one level deeper, under indicators:"],
    "indicator_in_two_groups": [":9:7", "stands in group 'growth' too", "one group"],
    "key_in_the_wrong_place": ["top: is not", "under outputs", "draws: is not", "under robustness"],
    "level_and_bundles": ["sectors.bundles: stands beside level", "Keep one"],
    "level_unknown": ["sectors.level: must be sector, 3-digit", "Did you mean '3-digit'?"],
    "limits_backwards": [":3:38", "limits.pay_vs_region: runs from 1.2 down to 0.8"],
    "limits_of_what_is_not_scored": ["pay_vs_regin: is no criterion", "'pay_vs_region'?"],
    "merge_key": [":2:3", "a merge key (<<) isn't allowed"],
    "misspelt_indicator": [":5:7", "Did you mean 'pay_vs_region'?"],
    "no_default_points": ["employment: has no default points", "minmax"],
    "not_text": ["not_text.yaml: isn't a text file", "UTF-8"],
    "own_indicator_without_scale": ["broadband_share: has no scale", "your own needs a scale"],
    "period_backwards": ["2023 is after the end, 2020"],
    "period_half": ["period.end: is missing"],
    "period_quarter_five": ["period.quarter", "4"],
    "period_quarter_half": ["period.base: is missing"],
    "period_in_words": ["period: must be two years or one", "'last year'"],
    "plan_nobody_can_carry": [
        ":3:13: plan.capacity: must be at least 1",
        ":4:10: plan.years: must be a whole number (found 'many')",
        ":5:23: plan.weights.economic: must be at least 0",
        ":5:27: plan.weights.early_wins: is not a key here. Did you mean 'early_win'?",
    ],
    "plan_weights_all_zero": [":3:3: plan.weights: has weights that are all 0"],
    "points_and_method": ["log: must be true or false (found 'yes')"],
    "points_log_of_zero": ["points[0][0]: must be above 0", "logarithm"],
    "points_not_pairs": [":5:44", "must be a pair: [value, score]", "points[2]"],
    "points_not_rising": [":5:53", "more than the value before it, 1", ":5:62", "smallest first"],
    "points_only_one": ["needs at least 2 points"],
    "points_score_over_100": ["points[0][1]", "'-5'", "points[1][1]", "from 0 to 100"],
    "region_area_twice": [":1:36: region.areas[2]: '39041' is listed twice"],
    "region_empty": ["region.areas: is an empty list"],
    "regions_every_unknown": [
        ":1:18: regions.every: must be county, state, msa or area",
        "'county'",
    ],
    "regions_half": [":1:1: regions: names no regions", "states: goes with every"],
    "regions_names_twice": [":4:14: regions.list[1].name", "'north' is the name of another region"],
    "regions_none": [":1:10: regions: is an empty list", "at least one region"],
    "regions_states": ["regions.states: goes with every", ":1:36: regions.states[1]: is no state"],
    "regions_twice_over": [
        ":2:45: regions[0].areas[2]: '98001' is listed twice",
        ":3:19: regions[1].area: is not a key here. Did you mean 'areas'?",
    ],
    "regions_two_ways": [":1:59: regions.every: stands beside list", "Keep one"],
    "removes_what_is_not_there": ["no inherited group", "Did you mean 'job_quality'?"],
    "scalar_for_group": ["criteria.growth: must be keys and values"],
    "readiness_of_nothing": [
        "readiness: is an empty list",
        ":2:8: as_of: must be a date",
        "such as 2026-11-22",
    ],
    "scorecard_blocks_at_the_top": ["scorecard.champions.blocks_launch_at", "less than 4"],
    "scorecard_key_misspelt": [
        ":2:15: scorecard.champions.wieght: is not a key here. Did you mean 'weight'?",
        "scorecard.convenor.question: is missing",
    ],
    "scorecard_level_missing": ["scorecard.child_care.levels", "must be 0, 1, 2, 3 or 4"],
    "scorecard_removes_what_is_not_there": [
        ":2:3: scorecard.earlywin: there is no inherited question",
        "Did you mean 'early_win'?",
    ],
    "scorecard_without_questions": ["scorecard: has no question left"],
    "scale_method_unknown": ["scale.method: must be points, minmax", "Did you mean 'minmax'?"],
    "tab": [":2:1", "spaces, never with tabs"],
    "tag": [":1:9", "a tag (!) isn't allowed"],
    "top_not_whole": ["outputs.top: must be a whole number (found '2.5')"],
    "two_documents": [":2:1: a second document"],
    "unclosed_bracket": [":1:17", "a bracket or brace isn't closed"],
    "unclosed_quote": [":1:17", "a quote is opened and never closed"],
    "unknown_key": [":2:1: aggregtion: is not a key here. Did you mean 'aggregation'?"],
    "unknown_key_nested": [":5:27", "wieght: is not a key here. Did you mean 'weight'?"],
    "version_2": ["version: must be 1"],
    "weight_comma": ["without commas: 1000"],
    "weight_missing": [":2:3: criteria.growth.weight: is missing"],
    "weight_nan": ["'nan'", "'.inf'", "must be a finite number (found '1e999')"],
    "weight_negative": ["criteria.growth.weight: must be at least 0 (found '-5')"],
    "weight_not_a_number": [":3:13: criteria.concentration.weight: must be a number"],
    "weight_percent": ["without the percent sign: 25, or as a share"],
    "weights_all_zero": ["criteria: no weight is positive"],
    "windows_path": [":2:", "backslash inside double quotes", "single quotes"],
    "yes_is_text": ["scale.log: must be true or false (found 'on')"],
}


def test_every_broken_config_has_its_words():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(CASES)


@pytest.mark.parametrize("name", sorted(CASES))
def test_message(name):
    with pytest.raises(ConfigError) as caught:
        load_config(FOLDER / f"{name}.yaml")
    message = str(caught.value)
    for words in CASES[name]:
        assert words in message
    assert str(FOLDER) not in message, "a message names the file, never its folder"
    assert "pydantic" not in message
    assert "Input should" not in message


@pytest.mark.parametrize("name", sorted(CASES))
def test_no_message_is_said_twice(name):
    with pytest.raises(ConfigError) as caught:
        load_config(FOLDER / f"{name}.yaml")
    messages = [str(finding) for finding in caught.value.findings]
    assert len(messages) == len(set(messages))


def test_a_misspelt_key_is_one_mistake_not_two():
    with pytest.raises(ConfigError) as caught:
        load_config(FOLDER / "unknown_key_nested.yaml")
    assert len(caught.value.findings) == 1
