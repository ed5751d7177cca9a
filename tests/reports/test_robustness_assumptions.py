"""Which assumption matters, in words and for scripts."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from sectorscan.config.loader import load_config
from sectorscan.config.overrides import Overrides
from sectorscan.reports.robustness import render_robustness, show_robustness
from sectorscan.reports.robustness_assumptions import assumption_sections
from sectorscan.robustness.assumptions import MEASURES, Assumption, Assumptions
from sectorscan.robustness.examine import examine
from sectorscan.robustness.sobol import Share
from sectorscan.scan import scan
from sectorscan.tables.resources import bundled


@pytest.fixture(scope="module")
def sample():
    folder = Path(bundled("samples"))
    loaded = load_config(folder / "sample.yaml", overrides=Overrides(draws=50))
    return scan(sorted(folder.glob("*.csv")), loaded)


@pytest.fixture(scope="module")
def examined(sample):
    return examine(sample.ranking, sample.config)


def invented(*, shares, means=(2.0, 0.5, 1.0), **left_out):
    """Return a result from {assumption: {measure: (first, within, total, within)}}."""
    each = [
        Assumption(name, 5, 3, 2, {m: Share(*numbers) for m, numbers in of.items()})
        for name, of in shares.items()
    ]
    each += [Assumption(name, 4, left_out=why) for name, why in left_out.items()]
    if "scale" not in shares and "scale" not in left_out:
        each.append(Assumption("scale", 5, left_out="x"))
    means = dict(zip(MEASURES, means, strict=True))
    return Assumptions(1024, 6144, means, tuple(each), {})


def test_scripts_have_it_unrounded(sample, examined):
    result = json.loads(render_robustness(sample, examined, "json"))["assumptions"]
    found = examined.assumptions
    assert result["rankings"] == found.rankings == result["samples"] * (4 + 2)
    assert result["means"] == dict(found.means)
    for record, one in zip(result["each"], found.each, strict=True):
        assert (record["id"], record["choices"], record["rankings"]) == (
            one.id,
            one.choices,
            one.rankings,
        )
        for name in MEASURES:
            if one.left_out is not None:
                assert record[name] is None
                continue
            share = one.shares[name]
            assert record[name]["first_order"] == share.first
            assert record[name]["first_order_within"] == share.first_within
            assert record[name]["total_order"] == share.total
            assert record[name]["total_order_within"] == share.total_within
            # No more comes from one alone than with others, but for chance; all together is 1.
            slack = share.first_within + share.total_within
            assert share.first <= share.total + slack
    for name in MEASURES:
        taking_part = [one.shares[name] for one in found.each if one.left_out is None]
        assert sum(share.first - share.first_within for share in taking_part) <= 1
        assert sum(share.total + share.total_within for share in taking_part) >= 1


def test_every_number_of_the_table_is_the_results(sample, examined):
    ranks, listed = assumption_sections(sample, examined.assumptions)
    left_open = [one for one in examined.assumptions.each if one.left_out is None]
    for row, one in zip(ranks.rows, left_open, strict=True):
        share = one.shares["rank_change"]
        assert row[1:3] == (f"{one.choices:,}", f"{one.rankings:,}")
        assert row[4] == f"{100 * share.total:.0f} % ± {max(1, 100 * share.total_within):.0f}"
    assert len(listed.rows) == len(left_open)
    assert len(listed.titles) == 6
    assert any("no figure that counts is missing" in note for note in ranks.notes)


def test_without_draws_there_is_none(sample):
    off = sample.config.model_copy(
        update={"robustness": sample.config.robustness.model_copy(update={"draws": 0})}
    )
    shortlist = replace(sample, config=off)
    found = examine(sample.ranking, off)
    assert found.assumptions is None
    assert json.loads(render_robustness(shortlist, found, "json"))["assumptions"] is None
    assert "assumption" not in render_robustness(shortlist, found, "markdown").lower()


def test_estimates_beyond_their_bounds_are_shown_at_them(sample):
    found = invented(
        shares={
            "weights": {"rank_change": (-0.012, 0.02, 0.004, 0.001)},
            "aggregation": {"rank_change": (0.98, 0.03, 1.003, 0.04)},
        }
    )
    ranks, _ = assumption_sections(sample, found)
    assert [row[3:] for row in ranks.rows] == [("~0 % ± 2", "~0 % ± 1"), ("98 % ± 3", "100 % ± 4")]
    assert ranks.notes[0] == "The ranks hang most on the mean (points added or multiplied)."


def test_what_is_too_close_is_said_to_be(sample):
    found = invented(
        shares={
            "weights": {"rank_change": (0.2, 0.05, 0.41, 0.05)},
            "scale": {"rank_change": (0.3, 0.05, 0.48, 0.05)},
            "aggregation": {"rank_change": (0.1, 0.02, 0.2, 0.02)},
        }
    )
    ranks, _ = assumption_sections(sample, found)
    assert (
        ranks.notes[0] == "The ranks hang most on the weights or the scale (how a figure becomes "
        "points): too close to tell apart."
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [(0.0, "it never is"), (0.003, "it hardly ever is"), (0.998, "it nearly always is"),
     (1.0, "it always is")],
)  # fmt: skip
def test_a_shortlist_that_hardly_ever_differs_is_said_to(sample, changed, words):
    found = invented(
        shares={"weights": {"rank_change": (0.2, 0.05, 0.4, 0.05)}}, means=(1, changed, changed)
    )
    _, listed = assumption_sections(sample, found)
    assert any(note.endswith(f": {words}.") for note in listed.notes)
    assert not any("hangs most" in note for note in listed.notes)
    assert listed.titles == ("Assumption", "Different\nshortlists")


def test_a_terminal_of_plain_letters_keeps_the_margin(sample, examined):
    raw = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    show_robustness(sample, examined, Console(file=raw, width=80, color_system=None))
    raw.seek(0)
    text = raw.read()
    assert " % +/- " in text
    assert max(len(line) for line in text.splitlines()) <= 80
