"""Location quotients as BLS publishes them, recomputed on every disclosed row of the real files.

A published quotient is (area's industry / area's total) / (nation's industry / nation's total), all
ownerships below the line, rounded to two decimals. The nation's rows of 2020-2022 and of 2016 are
not among the files, and its 2023 was revised since. But every area's quotient of an industry has
the same national share in it: so one share must give all of them back to the last decimal, and the
shares of the ownerships must add up to one. Rows of an industry that only one area discloses can't
be told wrong this way; they are counted apart. The nation's own rows must have quotients of 1.
"""

import numpy as np
import pandas as pd
import pytest

from sectorscan.indicators.concentration import location_quotient

COLUMBUS = ("data/qcew/columbus_oh_annual_2020_2023", "*.csv")
VERMONT = ("data/qcew/by_area_2016q1_q4_vt", "*.csv")
NATION_2024 = ("data/qcew", "us_annual_2024.csv")
NATION_2024Q1 = ("data/qcew", "us_2024q1_slice.csv")

ANNUAL = ("annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages")
MONTHS = ("month1_emplvl", "month2_emplvl", "month3_emplvl")
QUARTERLY = ("qtrly_estabs", *MONTHS, "total_qtrly_wages")
BY_AREA = ("qtrly_estabs_count", *MONTHS, "total_qtrly_wages")
ROUNDING = 0.005 + 1e-9
INDUSTRY = ["own_code", "industry_code", "year", "qtr"]
AREA = ["area_fips", "year", "qtr"]


@pytest.fixture(scope="module")
def rows(shared):
    read = {}

    def rows_of(source):
        if source not in read:
            folder, pattern = source
            paths = sorted(shared(folder).glob(pattern))
            assert paths
            frames = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths]
            read[source] = pd.concat(frames, ignore_index=True)
        return read[source]

    return rows_of


def disclosed(frame, column):
    """Return the rows whose figure and quotient are published; establishments always are."""
    if "estabs" not in column:
        frame = frame[(frame["disclosure_code"] == "") & (frame["lq_disclosure_code"] == "")]
    frame = frame[frame["disclosure_code"] != "-"]
    return frame.assign(
        figure=frame[column].astype(float), published=frame[f"lq_{column}"].astype(float)
    )


def with_share_of_area(frame, column, own="0"):
    total = frame[(frame["own_code"] == own) & (frame["industry_code"] == "10")]
    totals = total.set_index(AREA)[column].astype(float)
    assert totals.index.is_unique
    some = disclosed(frame, column)
    return some.assign(total=totals.reindex(pd.MultiIndex.from_frame(some[AREA])).to_numpy())


def national_shares(some):
    """Return each row's lowest and highest national share that all areas' quotients allow."""
    share = some["figure"] / some["total"]
    ends = some.assign(
        low=share / (some["published"] + ROUNDING),
        high=np.where(
            some["published"] > ROUNDING, share / (some["published"] - ROUNDING).abs(), np.inf
        ),
    )
    groups = ends.groupby(INDUSTRY)
    return groups["low"].transform("max"), groups["high"].transform("min"), groups["low"].transform(
        "size"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "column", "told", "alone"),
    [
        (COLUMBUS, "annual_avg_estabs", 67776, 1815),
        (COLUMBUS, "annual_avg_emplvl", 27610, 2511),
        (COLUMBUS, "total_annual_wages", 27724, 2496),
        (VERMONT, "qtrly_estabs_count", 14607, 3608),
        (VERMONT, "month1_emplvl", 4047, 4333),
        (VERMONT, "month2_emplvl", 4043, 4339),
        (VERMONT, "month3_emplvl", 4039, 4341),
        (VERMONT, "total_qtrly_wages", 4047, 4339),
    ],
)
def test_one_national_share_reproduces_every_area_s_quotient(rows, source, column, told, alone):
    some = with_share_of_area(rows(source), column)
    nothing = some[some["figure"] == 0]
    assert (nothing["published"] == 0).all()
    some = some[some["figure"] > 0]
    low, high, areas = national_shares(some)
    assert (int((areas > 1).sum()), int((areas == 1).sum())) == (told, alone)
    share = np.where(np.isinf(high), low, (low + high) / 2)
    quotient = location_quotient(
        some["figure"].to_numpy(), some["total"].to_numpy(), share, np.ones(len(some))
    )
    gap = np.abs(quotient - some["published"].to_numpy())
    assert gap[(areas > 1).to_numpy()].max() <= ROUNDING


@pytest.mark.parametrize(
    ("source", "columns"), [(COLUMBUS, ANNUAL), (VERMONT, BY_AREA)], ids=["annual", "quarterly"]
)
def test_the_ownerships_national_shares_add_up_to_one(rows, source, columns):
    for column in columns:
        some = with_share_of_area(rows(source), column)
        some = some[(some["industry_code"] == "10") & (some["figure"] > 0)]
        low, high, _ = national_shares(some)
        shares = some.assign(low=low, high=high).drop_duplicates(INDUSTRY)
        owners = shares[shares["own_code"].isin(list("1235"))].groupby(["year", "qtr"])
        assert (owners.size() == 4).all()
        ends = owners[["low", "high"]].sum()
        assert (ends["low"] <= 1).all()
        assert (ends["high"] >= 1).all()
        whole = shares[shares["own_code"] == "0"]
        assert ((whole["low"] <= 1) & (whole["high"] >= 1)).all()


def test_on_the_private_base_no_national_share_would_do(rows):
    """The check can fail: private totals below the line make the quotients contradictory."""
    some = with_share_of_area(rows(COLUMBUS), "annual_avg_emplvl", own="5")
    some = some[some["figure"] > 0]
    low, high, areas = national_shares(some)
    assert (low > high)[areas > 1].mean() > 0.5


@pytest.mark.parametrize(
    ("source", "columns", "count"),
    [(NATION_2024, ANNUAL, 3883), (NATION_2024Q1, QUARTERLY, 3895)],
    ids=["annual", "quarterly"],
)
def test_the_nation_s_own_quotients_are_one(rows, source, columns, count):
    frame = rows(source)
    for column in columns:
        some = with_share_of_area(frame, column)
        some = some[some["disclosure_code"] == ""]
        assert len(some) == count
        figures, total = some["figure"].to_numpy(), some["total"].to_numpy()
        quotient = location_quotient(figures, total, figures, total)
        # nothing in an industry is 0 / 0: not computable here, 0.00 in the files
        assert np.array_equal(np.isnan(quotient), figures == 0)
        np.testing.assert_allclose(np.nan_to_num(quotient), some["published"], atol=1e-12)
