"""Names of indicators, and choices that deserve a caution."""

import pytest

from sectorscan.config.hygiene import hygiene_cautions
from sectorscan.config.known import check_known, default_scales
from sectorscan.config.loader import load_config
from sectorscan.errors import ConfigError

OWN = """\
criteria:
  access:
    weight: 1
    indicators:
      broadband_pct: {weight: 1, scale: {method: minmax}}
gates:
  - {indicator: broadband_pct, below: 5, effect: caution}
  - all_of:
      - {indicator: pay_vs_regoin, below: 0.8}
    effect: caution
"""


def test_names_that_nothing_gives_are_listed_with_their_places(loaded):
    with pytest.raises(ConfigError) as caught:
        check_known(loaded(OWN), ())
    assert [str(finding).partition(". ")[0] for finding in caught.value.findings] == [
        "board.yaml:5:7: criteria.access.indicators.broadband_pct: 'broadband_pct' is no "
        "indicator, and no given indicators.csv has it",
        "board.yaml:7:6: gates[0].indicator: 'broadband_pct' is no indicator, and no given "
        "indicators.csv has it",
        "board.yaml:9:10: gates[1].all_of[0].indicator: 'pay_vs_regoin' is no indicator, and no "
        "given indicators.csv has it",
    ]
    assert "Did you mean 'pay_vs_region'?" in str(caught.value)


def test_names_of_the_indicators_table_are_known(loaded):
    check_known(loaded(OWN), {"broadband_pct", "pay_vs_regoin"})
    with pytest.raises(ConfigError, match="Did you mean 'broadband_pc'"):
        check_known(loaded(OWN), {"broadband_pc", "pay_vs_regoin"})


def test_what_a_preset_declares_is_known_without_figures(loaded):
    text = "extends: comprehensive\ncriteria: {linkage: {indicators: {traded_share: {weight: 9}}}}"
    check_known(loaded(text), ())
    assert "traded_share" in default_scales()


def test_the_same_information_twice_is_a_caution(loaded):
    text = """\
        extends: balanced
        criteria:
          growth: {{indicators: {{location_quotient_change: {{weight: {}, scale: {{method: rank}}}}}}}}
        """  # noqa: E501
    (caution,) = hygiene_cautions(loaded(text.format(3)).config)
    assert "location_quotient_change and competitive_rate_pp carry the same" in caution
    assert hygiene_cautions(loaded(text.format(0)).config) == ()


def test_presets_are_hygienic():
    for name in ("balanced", "comprehensive", "rural"):
        assert hygiene_cautions(load_config(name).config) == ()


def test_a_region_against_itself_is_a_caution(loaded):
    config = loaded("region: {areas: ['39041']}\nbenchmark: '39041'\n").config
    assert hygiene_cautions(config) == (
        "The benchmark is the region itself: every location quotient is 1.",
    )
