"""Loading, extending, and what a resolved config remembers."""

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.config.loader import load_config, sectors_of
from sectorscan.config.models import Config, Scale
from sectorscan.config.overrides import Overrides
from sectorscan.errors import ConfigError

OWN_CRITERIA = """
criteria:
  wealth:
    weight: 3
    indicators:
      pay_vs_region: {weight: 1}
"""


def test_every_default_is_filled_in():
    config = load_config().config
    assert config.min_coverage == 0.7
    assert config.robustness.draws == 10000
    assert config.outputs.top == 5
    assert all(c.scale for g in config.criteria.values() for c in g.indicators.values())


def test_interface_example_loads(loaded, write):
    """The example of the interface's Config section, verbatim but for comments."""
    result = loaded("""\
        version: 1
        region:
          name: Central Ohio
          areas: ["39041", "39045", "39049"]
        benchmark: US000
        ownership: private
        lq_base: same-ownership
        period: {base: 2020, end: 2023}
        sectors:
          level: 3-digit
        criteria:
          concentration:
            weight: 14
            indicators:
              location_quotient: {weight: 1, scale: {points: [[0.5, 0], [1, 50], [1.25, 75], [2, 100]]}}
          job_quality:
            weight: 22
            indicators:
              pay_vs_region: {weight: 10, scale: {points: [[0.6, 0], [0.8, 35], [1, 60], [1.5, 100]]}}
              my_own_indicator: {weight: 4, direction: min, scale: {method: minmax}}
        aggregation: arithmetic
        missing: renormalise
        min_coverage: 0.7
        gates:
          - {indicator: employment, below: 200, effect: exclude}
          - {all_of: [{indicator: employment_cagr_pct, below: 0}, {indicator: projected_growth_pct, below: 0}], effect: hold}
        readiness: scorecard.xlsx
        robustness: {draws: 10000, seed: 1, weights: near, spread: 0.25}
        outputs: {top: 5}
        """)  # noqa: E501
    config = result.config
    assert list(config.criteria) == ["concentration", "job_quality"]
    assert config.criteria["job_quality"].indicators["my_own_indicator"].direction == "min"
    assert [gate.effect for gate in config.gates] == ["exclude", "hold"]
    assert config.gates[1].all_of[1].indicator == "projected_growth_pct"
    assert result.readiness == (result.folder / "scorecard.xlsx",)
    assert result.positions["criteria", "concentration", "weight"] == (13, 13, "board.yaml")
    assert result.positions["gates", "0", "below"] == (25, 36, "board.yaml")


def test_criteria_stand_alone_and_balanced_gates_hold(loaded):
    config = loaded(OWN_CRITERIA).config
    assert list(config.criteria) == ["wealth"]
    assert config.gates == load_config("balanced").config.gates
    assert len(config.gates) == 5


@pytest.mark.parametrize("gates", ["gates: []", "gates: null", "gates:"])
def test_gates_are_taken_away(loaded, gates):
    assert loaded(f"{OWN_CRITERIA}\n{gates}\n").config.gates == ()
    assert loaded(f"extends: rural\n{gates}\n").config.gates == ()


def test_without_criteria_those_of_balanced_hold(loaded):
    config = loaded("region: {areas: A}\ncriteria:\n").config
    assert config.criteria == load_config("balanced").config.criteria


def test_registry_scale_is_filled_in(loaded):
    config = loaded("""\
        criteria:
          size:
            weight: 1
            indicators:
              employment_share_pct: {weight: 1}
              establishments: {weight: 1, scale: {log: true}}
              traded_share: {weight: 1, scale: {method: points}}
        """).config
    scales = {name: c.scale for name, c in config.criteria["size"].indicators.items()}
    assert scales["employment_share_pct"] == Scale(points=((0.25, 0), (1, 50), (5, 100)), log=True)
    assert scales["establishments"] == Scale(points=((10, 0), (25, 50), (100, 100)), log=True)
    assert scales["traded_share"].points == ((0, 0), (1, 100))


def test_extends_merges_mappings_and_replaces_lists(loaded):
    balanced = load_config("balanced").config
    config = loaded("""\
        extends: balanced
        criteria:
          growth: {weight: 10}
          job_quality:
            indicators:
              pay_vs_benchmark: null
              pay_vs_region: {scale: {points: [[1, 0], [2, 100]]}}
          concentration: null
          mine:
            weight: 5
            indicators: {broadband: {weight: 1, scale: {method: rank}}}
        gates:
          - {indicator: employment, below: 50, effect: hold}
        """).config
    assert list(config.criteria) == ["scale", "growth", "job_quality", "mine"]
    assert config.criteria["growth"].weight == 10
    assert config.criteria["growth"].indicators == balanced.criteria["growth"].indicators
    assert list(config.criteria["job_quality"].indicators) == ["pay_vs_region"]
    pay = config.criteria["job_quality"].indicators["pay_vs_region"]
    assert (pay.weight, pay.scale.points) == (20, ((1, 0), (2, 100)))
    assert [gate.below for gate in config.gates] == [50]


def test_a_method_puts_inherited_points_out_of_force(loaded):
    config = loaded("""\
        extends: balanced
        criteria:
          scale: {indicators: {employment_share_pct: {scale: {method: percentile}}}}
        """).config
    scale = config.criteria["scale"].indicators["employment_share_pct"].scale
    assert scale == Scale(method="percentile")


def test_bundles_put_an_inherited_level_out_of_force(loaded, write):
    write("sectors: {level: 4-digit}\n", "house.yaml")
    result = loaded("extends: house.yaml\nsectors: {bundles: sectors-common.yaml}\n")
    assert result.config.sectors.level is None
    assert len(sectors_of(result)) > 10


def test_chain_of_files_each_with_its_own_place(write):
    write("extends: rural\nreadiness: cards.xlsx\noutputs: {top: 9}\n", "state/house.yaml")
    path = write("extends: state/house.yaml\noutputs: {top: 3}\n")
    result = load_config(path)
    assert result.config.outputs.top == 3
    assert result.config.criteria["concentration"].weight == 10
    assert result.config.extends is None
    assert result.readiness == (path.parent / "state" / "cards.xlsx",)
    assert result.positions["readiness",] == (2, 12, "house.yaml")
    assert result.positions["outputs", "top"] == (2, 16, "board.yaml")
    assert ("outputs", "top") in result.given
    assert ("readiness",) in result.given
    assert ("criteria", "concentration", "weight") not in result.given


def test_a_mistake_in_the_inherited_file_names_that_file(write):
    write("outputs: {top: many}\n", "house.yaml")
    path = write("extends: house.yaml\nmissing: wrost\n")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert "house.yaml:1:16: outputs.top" in str(caught.value)
    assert "board.yaml:2:10: missing" in str(caught.value)
    assert "Did you mean 'worst'?" in str(caught.value)


def test_two_files_in_a_circle(write):
    write("extends: b.yaml\n", "a.yaml")
    with pytest.raises(ConfigError, match=r"b\.yaml extends a\.yaml extends b\.yaml"):
        load_config(write("extends: a.yaml\n", "b.yaml"))


def test_chain_length_is_limited(write):
    for i in range(12):
        write(f"extends: c{i + 1}.yaml\n", f"c{i}.yaml")
    write("version: 1\n", "c12.yaml")
    with pytest.raises(ConfigError, match="more than 10 configs"):
        load_config(write("extends: c0.yaml\n"))


def test_null_over_an_inherited_scalar_is_the_default(loaded, write):
    write("min_coverage: 0.2\nbenchmark: '39000'\n", "house.yaml")
    config = loaded("extends: house.yaml\nmin_coverage: null\nbenchmark:\n").config
    assert (config.min_coverage, config.benchmark) == (0.7, None)


@pytest.mark.parametrize(
    "text",
    ["region: 51760", "region: [51760]", "region: {areas: 51760}", "region: {areas: ['51760']}"],
)
def test_one_area_as_people_write_it(loaded, text):
    assert loaded(text).config.region.areas == ("51760",)


@pytest.mark.parametrize("text", ["2023", "2023:2023", "'2023'", "{base: 2023, end: 2023}"])
def test_one_year(loaded, text):
    period = loaded(f"period: {text}").config.period
    assert (period.base, period.end) == (2023, 2023)


@pytest.mark.parametrize(
    ("text", "benchmark"),
    [
        ("all", "all"),
        ("US000", "US000"),
        ("[39000, 18000]", ("39000", "18000")),
        ("[all]", ("all",)),
    ],
)
def test_benchmark(loaded, text, benchmark):
    assert loaded(f"benchmark: {text}").config.benchmark == benchmark


def test_region_shorthand_merges(loaded, write):
    write("region: '51760'\n", "house.yaml")
    region = loaded("extends: house.yaml\nregion: {name: Richmond}\n").config.region
    assert (region.name, region.areas) == ("Richmond", ("51760",))


def test_hash_is_of_the_resolved_config_wherever_it_lies(write):
    text = "extends: balanced\nreadiness: {}\noutputs: {{top: 4}}\n"
    one = load_config(write(text.format("cards.xlsx"), "one/board.yaml"))
    two = load_config(write(text.format("sub/cards.xlsx"), "two/other.yaml"))
    spelled = load_config(write("outputs: {top: 4.0e0}\n".replace("4.0e0", "4"), "three.yaml"))
    assert one.sha256 == two.sha256
    assert (one.name, two.name) == ("board.yaml", "other.yaml")
    assert spelled.sha256 != one.sha256
    assert load_config("balanced", overrides=Overrides(top=4)).sha256 == spelled.sha256
    assert load_config("balanced").sha256 != spelled.sha256


def test_hash_follows_the_bundles_content(write):
    path = write("sectors: {bundles: ours.yaml}\n")
    write("sectors: [{name: Food, naics: ['311']}]\n", "ours.yaml")
    before = load_config(path).sha256
    write("sectors: [{name: Food, naics: ['312']}]\n", "ours.yaml")
    assert load_config(path).sha256 != before


def test_resolved_config_can_be_written_and_read_again(write):
    config = load_config("comprehensive").config
    text = json.dumps(config.model_dump(mode="json"))
    assert load_config(write(text, "again.yaml")).config == config


def test_loaded_config_is_frozen():
    result = load_config()
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.name = "other"
    with pytest.raises(ValueError, match="frozen"):
        result.config.outputs = None


def test_a_finding_of_another_stage_gets_its_place(loaded):
    result = loaded("region: {name: X, areas: ['39041', '39999']}\n")
    finding = result.finding(("region", "areas", "1"), "isn't in the tables", "Check it.")
    assert str(finding) == "board.yaml:1:36: region.areas[1]: isn't in the tables. Check it."
    assert "board.yaml:1:1" in str(result.finding(("region", "nothing"), "x"))


def test_preset_name_wins_over_a_file_of_that_name(write, monkeypatch):
    path = write("outputs: {top: 9}\n", "rural")
    monkeypatch.chdir(path.parent)
    assert load_config("rural").config.outputs.top == 5
    assert load_config(Path("rural")).config.outputs.top == 9
    assert load_config(Path("urban")).name == "urban"


@given(
    st.dictionaries(
        st.sampled_from(["scale", "concentration", "growth", "job_quality"]),
        st.floats(0.001, 1e6),
        min_size=1,
    )
)
def test_weights_of_options_equal_weights_of_the_file(weights):
    lines = ", ".join(f"{group}: {{weight: {weight!r}}}" for group, weight in weights.items())
    from sectorscan.config.bundles import plain
    from sectorscan.config.merge import merge
    from sectorscan.config.presets import preset_path
    from sectorscan.config.yaml_nodes import Origin, parse, read_text

    base, _ = parse(read_text(preset_path("balanced")), Origin("balanced"))
    questions, _ = parse(read_text(preset_path("scorecard")), Origin("scorecard"))
    base, _ = merge(questions, base)
    over, _ = parse(f"criteria: {{{lines}}}", Origin("board.yaml"))
    merged, _ = merge(base, over)
    assert (
        Config.model_validate(plain(merged))
        == load_config(None, overrides=Overrides(weights=weights)).config
    )
