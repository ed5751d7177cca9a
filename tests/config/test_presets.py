"""The shipped presets against the table of shipped criteria, and the common sectors."""

import json
import re

import pytest

from sectorscan.config.bundles import as_sectors, read_bundles
from sectorscan.config.fields import covers
from sectorscan.config.known import DECLARED, check_known
from sectorscan.config.loader import load_config, sectors_of
from sectorscan.config.presets import preset_names
from sectorscan.errors import ConfigError
from sectorscan.indicators.registry import REGISTRY
from sectorscan.sources import naics
from sectorscan.sources.revisions import same_content
from sectorscan.tables.resources import bundled

COMMON = bundled("configs", "sectors-common.yaml")

# indicator: (points, weight in balanced, weight in comprehensive), as the table of criteria has it
TABLE = {
    "employment_share_pct": ([(0.25, 0), (1, 50), (5, 100)], 12, 10),
    "establishments": ([(10, 0), (25, 50), (100, 100)], 8, 6),
    "location_quotient": ([(0.5, 0), (1, 50), (1.25, 75), (2, 100)], 20, 14),
    "employment_cagr_vs_region_pp": ([(-2, 0), (0, 50), (3, 100)], 12, 8),
    "recent_growth_vs_region_pp": ([(-2, 0), (0, 50), (3, 100)], 6, 4),
    "competitive_rate_pp": ([(-2, 0), (0, 50), (3, 100)], 6, 4),
    "projected_growth_vs_region_pp": ([(-1, 0), (0, 50), (1.5, 100)], 6, 10),
    "pay_vs_region": ([(0.6, 0), (0.8, 35), (1, 60), (1.5, 100)], 20, 10),
    "pay_vs_benchmark": ([(0.7, 0), (1, 60), (1.3, 100)], 10, None),
    "new_hire_pay_vs_threshold": ([(0.8, 0), (1, 60), (1.3, 100)], None, 8),
    "real_pay_cagr_pct": ([(-1, 0), (0, 40), (2, 100)], None, 4),
    "openings_vs_region": ([(0.7, 0), (1, 50), (1.5, 100)], None, 6),
    "workers_55_plus_vs_region_pp": ([(-8, 0), (0, 50), (8, 100)], None, 4),
    "middle_skill_vs_region": ([(0.5, 0), (1, 50), (1.5, 100)], None, 7),
    "traded_share": ([(0, 0), (1, 100)], None, 5),
}


def effective(name):
    """Return the effective weights in percent: group's share times the share inside it."""
    criteria = load_config(name).config.criteria
    total = sum(group.weight for group in criteria.values())
    return {
        indicator: 100 * group.weight / total * criterion.weight
        / sum(c.weight for c in group.indicators.values())
        for group in criteria.values()
        for indicator, criterion in group.indicators.items()
    }  # fmt: skip


def group_weights(name):
    return {group: body.weight for group, body in load_config(name).config.criteria.items()}


def test_the_promised_presets_are_shipped():
    assert preset_names() == (
        "balanced", "comprehensive", "equal-groups", "four-core", "job-quality", "rural", "urban",
    )  # fmt: skip


@pytest.mark.parametrize("name", preset_names())
def test_preset_loads_ranks_and_is_known_without_tables(name):
    loaded = load_config(name)
    assert loaded.name == name
    assert loaded.folder is None
    assert loaded.given == frozenset()
    assert sum(effective(name).values()) == pytest.approx(100)
    assert len(loaded.config.gates) == 5
    check_known(loaded, ())


@pytest.mark.parametrize(("name", "column"), [("balanced", 1), ("comprehensive", 2)])
def test_effective_weights_are_the_table_s(name, column):
    expected = {i: row[column] for i, row in TABLE.items() if row[column] is not None}
    assert effective(name) == pytest.approx(expected)


@pytest.mark.parametrize("name", ["balanced", "comprehensive"])
def test_points_are_the_table_s(name):
    for group in load_config(name).config.criteria.values():
        for indicator, criterion in group.indicators.items():
            assert list(criterion.scale.points) == TABLE[indicator][0]
            assert criterion.scale.log == (indicator == "employment_share_pct")


def test_default_points_are_the_table_s():
    for indicator, (points, *_) in TABLE.items():
        if indicator in DECLARED:
            assert list(DECLARED[indicator].points) == points
        else:
            assert list(REGISTRY[indicator].default_points) == points
    assert not set(DECLARED) & set(REGISTRY)


def test_balanced_stays_above_coverage_on_plain_qcew():
    """What needs projections or the benchmark's base year carries at most 25 % together."""
    weights = effective("balanced")
    assert weights["projected_growth_vs_region_pp"] + weights["competitive_rate_pp"] <= 25


def test_shifts_of_the_other_presets():
    balanced, rural = effective("balanced"), effective("rural")
    assert group_weights("four-core") == dict.fromkeys(group_weights("balanced"), 25)
    assert len(set(group_weights("equal-groups").values())) == 1
    assert set(effective("equal-groups")) == set(effective("comprehensive"))
    assert group_weights("job-quality")["job_quality"] == 45
    assert sum(group_weights("job-quality").values()) == 100
    assert rural["establishments"] > balanced["establishments"]
    assert rural["location_quotient"] < balanced["location_quotient"]
    assert effective("urban") == balanced


def test_default_gates():
    gates = load_config().config.gates
    tests = [
        [(t.indicator, t.below, t.above) for t in gate.all_of or (gate,)] + [gate.effect]
        for gate in gates
    ]
    assert tests == [
        [("employment", 200, None), "exclude"],
        [("employment_share_pct", 0.5, None), "exclude"],
        [("establishments", 10, None), "exclude"],
        [("employment_cagr_pct", 0, None), ("projected_growth_pct", 0, None), "hold"],
        [("pay_vs_region", 0.8, None), "caution"],
    ]


@pytest.mark.parametrize("name", [*preset_names(), "sectors-common"])
def test_every_key_has_a_comment(name):
    """A comment stands above each key, or above the block whose lines it explains."""
    comment = False
    text = bundled("configs", f"{name}.yaml").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            comment = True
        elif re.match(r"^( {2}| {6})?[a-z_]+:", line) and not re.match(
            r"^ *(weight|indicators|scale|naics|level|draws|seed|weights|spread|top):", line
        ):
            assert comment, line
            comment = False


CODE_LINE = re.compile(r"^ +- \"([\d-]+)\" +# (.+)$", re.MULTILINE)
LEFT_OUT = re.compile(r"^# {3}(\d+) +(.+)$", re.MULTILINE)
OLD, NEW = " (until NAICS 2017)", " (NAICS 2022 only)"


def test_every_common_code_has_its_title_and_says_where_it_left_naics_2022():
    lines = CODE_LINE.findall(COMMON.read_text(encoding="utf-8"))
    assert [code for code, _ in lines] == [c for e in read_bundles(COMMON) for c in e.naics]
    for code, comment in lines:
        entry = naics.table()[code]
        old, new = 2022 not in entry.vintages, 2017 not in entry.vintages
        assert comment == entry.title + (OLD if old else NEW if new else ""), code


def test_old_and_new_numbers_of_common_sectors_hold_the_same():
    """Growth from before 2022 to after is that of the same establishments (retail is whole)."""
    for sector in as_sectors(read_bundles(COMMON)):
        assert all(same_content(sector.naics, year, 2023) for year in (2019, 2021, 2022)), sector


def test_what_is_in_no_common_sector_is_listed_at_the_end():
    codes = [code for entry in read_bundles(COMMON) for code in entry.naics]

    def outside(code):
        if any(naics.contains(own, code) for own in codes):
            return []
        if not any(naics.contains(code, own) for own in codes):
            return [code]
        return [c for part in naics.table() if naics.parent(part) == code for c in outside(part)]

    left = [c for code in naics.SECTOR_CODES if code != "99" for c in outside(code)]
    told = LEFT_OUT.findall(COMMON.read_text(encoding="utf-8"))
    assert told == [(code, naics.title(code)) for code in sorted(left)]
    assert all(2022 in naics.table()[code].vintages for code in left)


def test_common_sectors_are_known_disjoint_and_closed_over_vintages(shared):
    titles = {}
    for year in (2017, 2022):
        path = shared(f"data/naics/naics_{year}.json")
        levels = json.loads(path.read_text(encoding="utf-8"))["taxonomies"].values()
        titles[year] = {entry["id"] for level in levels for entry in level}
    codes = [code for entry in read_bundles(COMMON) for code in entry.naics]
    first = {code: code.partition("-")[0] for code in codes}
    assert all(first[code] in titles[2017] | titles[2022] for code in codes)
    only_old = {code for code in codes if first[code] not in titles[2022]}
    only_new = {code for code in codes if first[code] not in titles[2017]}
    assert (only_old, only_new) == ({"5111", "5112", "515"}, {"5131", "5132", "516"})


def test_no_job_is_in_two_common_sectors():
    codes = [code for entry in read_bundles(COMMON) for code in entry.naics]
    doubled = [(a, b) for i, a in enumerate(codes) for b in codes[i + 1 :]
               if covers(a, b) or covers(b, a)]  # fmt: skip
    assert doubled == []


def test_boards_usual_sectors_are_there():
    sectors = {sector.id: sector for sector in as_sectors(read_bundles(COMMON))}
    for name in ("Advanced manufacturing", "Health care", "Construction and skilled trades",
                 "Information technology", "Transportation, distribution and logistics",
                 "Hospitality and tourism", "Food and agriculture", "Energy and utilities",
                 "Finance and insurance", "Life sciences and research"):  # fmt: skip
        assert sectors[name].title == name
    assert sectors["Health care"].naics == ("621", "622", "623")
    assert sectors["Health care"].areas is None


def test_a_bundles_file_beside_the_config_wins(write):
    write("sectors: [{name: Ours, naics: 311, areas: 39041}]\n", "sectors-common.yaml")
    sectors = sectors_of(load_config(write("sectors: {bundles: sectors-common.yaml}\n")))
    assert [(s.id, s.naics, s.areas) for s in sectors] == [("Ours", ("311",), ("39041",))]


def test_sectors_written_in_the_config(loaded):
    result = loaded("sectors: {list: [{name: Food, naics: ['722', '3118']}]}")
    assert [(s.id, s.naics) for s in sectors_of(result)] == [("Food", ("722", "3118"))]
    assert sectors_of(load_config()) is None


def test_a_broken_bundles_file_is_listed_with_the_config_s_own_mistakes(write):
    write("sectors:\n  - {name: A, naics: [x]}\n  - {nam: B, naics: ['31']}\n", "ours.yaml")
    with pytest.raises(ConfigError) as caught:
        load_config(write("sectors: {bundles: ours.yaml}\ntop: 3\n"))
    message = str(caught.value)
    assert "ours.yaml:2:23: sectors[0].naics[0]: 'x' doesn't look like a NAICS code" in message
    assert "ours.yaml:3:6: sectors[1].nam: is not a key here. Did you mean 'name'?" in message
    assert "board.yaml:2:1: top" in message


def test_the_scorecard_is_the_table_s():
    questions = load_config().config.scorecard
    assert {name: asked.weight for name, asked in questions.items()} == {
        "champions": 20, "critical_mass": 15, "support_team": 15, "convener": 15,
        "shared_agenda": 10, "landscape": 10, "geography_fit": 5, "outlook": 5, "early_win": 5,
    }  # fmt: skip
    blocking = {name: asked.blocks_launch_at for name, asked in questions.items()}
    assert {name: at for name, at in blocking.items() if at is not None} == {
        "champions": 1, "convener": 0,
    }  # fmt: skip
    for asked in questions.values():
        assert len(set(asked.texts)) == 5
        assert all(text.endswith((".", "?")) for text in (*asked.texts, asked.question))


def test_rural_and_urban_ask_what_matters_there():
    names = ("balanced", "rural", "urban")
    balanced, rural, urban = (load_config(name).config.scorecard for name in names)

    def heavier(other):
        return {name for name in balanced if other[name].weight > balanced[name].weight}

    assert heavier(rural) == {"early_win", "support_team"}
    assert heavier(urban) == {"champions", "landscape", "early_win"}


def test_a_question_changes_key_by_key(loaded):
    config = loaded("""\
        scorecard:
          champions: {levels: {"2": Two leaders have committed.}}
          outlook: null
        """).config
    shipped = load_config().config.scorecard
    assert config.scorecard["champions"].texts[2] == "Two leaders have committed."
    assert config.scorecard["champions"].texts[3] == shipped["champions"].texts[3]
    assert list(config.scorecard) == [name for name in shipped if name != "outlook"]


def test_questions_decide_the_hash_only_where_there_are_ratings(loaded):
    plain, changed = "extends: balanced\n", "scorecard: {outlook: {weight: 9}}\n"
    assert loaded(plain).sha256 == loaded(plain + changed).sha256
    ratings = "readiness: card.xlsx\n"
    assert loaded(plain + ratings).sha256 != loaded(plain + ratings + changed).sha256
