"""Options over the config, and how their text is read."""

import pytest

from sectorscan.config.loader import load_config
from sectorscan.config.overrides import Overrides, parse_codes, parse_period, parse_weight
from sectorscan.errors import ConfigError

HOUSE = """
extends: balanced
region: {name: Richmond, areas: ["51760", "51041"]}
sectors: {bundles: sectors-common.yaml}
outputs: {top: 8}
"""


def test_options_win(write):
    options = Overrides(
        region=("39041", "39045"),
        name="Two counties",
        benchmark=("US000",),
        period=(2020, 2023),
        quarter=2,
        level="4-digit",
        ownership="all",
        weights={"job_quality": 40, "establishments": 0.5},
        top=3,
        seed=7,
    )
    result = load_config(write(HOUSE), overrides=options)
    config = result.config
    assert (config.region.name, config.region.areas) == ("Two counties", ("39041", "39045"))
    assert config.benchmark == "US000"
    assert (config.period.base, config.period.end, config.period.quarter) == (2020, 2023, 2)
    assert (config.sectors.level, config.sectors.bundles) == ("4-digit", None)
    assert result.entries is None
    assert config.ownership == "all"
    assert config.criteria["job_quality"].weight == 40
    assert config.criteria["scale"].indicators["establishments"].weight == 0.5
    assert (config.outputs.top, config.robustness.seed) == (3, 7)
    assert {("outputs", "top"), ("period", "base")} <= result.given
    assert ("outputs", "top") not in result.positions


def test_a_quarter_alone_leaves_the_years_to_the_tables_or_the_config(write):
    alone = load_config(None, overrides=Overrides(quarter=3)).config.period
    assert (alone.years, alone.quarter) == (None, 3)
    path = write("period: {base: 2020, end: 2022}")
    both = load_config(path, overrides=Overrides(quarter=3)).config.period
    assert (both.years, both.quarter) == ((2020, 2022), 3)


def test_no_options_change_nothing(write):
    path = write(HOUSE)
    assert load_config(path, overrides=Overrides()) == load_config(path)


def test_another_region_drops_the_name_of_the_old(write):
    region = load_config(write(HOUSE), overrides=Overrides(region=("39041",))).config.region
    assert (region.name, region.areas) == (None, ("39041",))


def test_a_name_alone_keeps_the_areas(write):
    region = load_config(write(HOUSE), overrides=Overrides(name="RVA")).config.region
    assert (region.name, region.areas) == ("RVA", ("51760", "51041"))


def test_benchmark_of_several_areas():
    config = load_config(None, overrides=Overrides(benchmark=("39000", "18000"))).config
    assert config.benchmark == ("39000", "18000")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (Overrides(weights={"job_qualty": 40}), r"--weight: 'job_qualty' is no group.*'job_qual"),
        (Overrides(weights={"broadband": 40}), r"It has scale, employment_share_pct"),
        (Overrides(weights={"growth": -1}), r"--weight growth: must be at least 0"),
        (Overrides(weights={"growth": float("nan")}), r"--weight growth: must be a number"),
        (Overrides(level="3-digits"), r"--level: .*Did you mean '3-digit'\?"),
        (Overrides(top=0), r"--top: .*must be at least 1"),
        (Overrides(seed=-1), r"--seed: .*must be at least 0"),
        (Overrides(ownership="public"), r"--ownership: .*private or all"),
        (Overrides(period=(2023, 2020)), r"--period: .*2023 is after the end, 2020"),
        (Overrides(region=()), r"--region: .*empty list"),
        (Overrides(benchmark=()), r"--benchmark: .*empty list"),
        (Overrides(name="\x1b[2J"), r"--name: .*can't be shown"),
    ],
)  # fmt: skip
def test_an_option_at_fault_is_named(options, words):
    with pytest.raises(ConfigError, match=words) as caught:
        load_config(None, overrides=options)
    assert "\x1b" not in str(caught.value)


def test_options_and_file_are_judged_together(write):
    with pytest.raises(ConfigError) as caught:
        load_config(write("outputs: {tpo: 3}\n"), overrides=Overrides(level="x", weights={"y": 1}))
    assert len(caught.value.findings) == 3


def test_a_name_that_is_group_and_indicator_is_refused(write):
    path = write("""\
        criteria:
          establishments: {weight: 1, indicators: {establishments: {weight: 1}}}
        """)
    with pytest.raises(ConfigError, match="is a group and an indicator"):
        load_config(path, overrides=Overrides(weights={"establishments": 2}))


def test_codes():
    assert parse_codes("39041, 39045") == ("39041", "39045")
    assert parse_codes("US000") == ("US000",)
    assert parse_codes("Bath, OH; Lee, OH") == ("Bath, OH", "Lee, OH")
    assert parse_codes("Bath, OH;") == ("Bath, OH",)


@pytest.mark.parametrize("text", ["", "39041,", ",", ";", "39041,,39045", "39041,39041"])
def test_what_are_no_codes(text):
    with pytest.raises(ValueError, match=r"commas between them|listed twice"):
        parse_codes(text)


@pytest.mark.parametrize(
    ("text", "years"),
    [("2020:2023", (2020, 2023)), ("2023", (2023, 2023)), (" 2020 : 2023 ", (2020, 2023)),
     ("2020-2023", (2020, 2023))],
)  # fmt: skip
def test_period(text, years):
    assert parse_period(text) == years


@pytest.mark.parametrize("text", ["", "20", "2020:", "2020:23", "2020:2021:2022", "２０２０"])
def test_what_is_no_period(text):
    with pytest.raises(ValueError, match="2020:2023, or one"):
        parse_period(text)


def test_period_backwards():
    with pytest.raises(ValueError, match="2023 is after 2020"):
        parse_period("2023:2020")


@pytest.mark.parametrize(
    ("text", "weight"),
    [("job_quality=40", ("job_quality", 40)), ("a = .5", ("a", 0.5)), ("x=y=1e2", ("x=y", 100)),
     ("a=0", ("a", 0))],
)  # fmt: skip
def test_weight(text, weight):
    assert parse_weight(text) == weight


@pytest.mark.parametrize("text", ["", "a", "=4", "a=", "a=-1", "a=nan", "a=inf", "a=1e999", "a=4x"])
def test_what_is_no_weight(text):
    with pytest.raises(ValueError, match=r"such as job_quality=40|a number of 0 or more"):
        parse_weight(text)
