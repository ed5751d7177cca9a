"""``explain`` lists parts against the region's pay, neighbours, the mix, and what was summed."""

import json

import pytest

COLUMBUS = "data/qcew/columbus_oh_annual_2020_2023"


@pytest.fixture
def explained(run, shared, tmp_path):
    config = tmp_path / "board.yaml"
    config.write_text(
        "region: ['39041', '39049', '39089']\nbenchmark: all\nperiod: '2022:2023'\nsectors: {list: "
        "[{name: Chemistry, naics: ['325', '326'], except: '3254'}, {name: Food, naics: ['7225']}]}"
    )

    def call(sector, *more):
        code, out, err = run("explain", sector, shared(COLUMBUS), "-c", config, *more)
        assert code == 0, err
        return out

    return call


def test_parts_and_what_was_summed(explained):
    found = json.loads(explained("Chemistry", "--format", "json"))
    assert found["sector"]["naics"] == ["325", "326"]
    assert found["sector"]["naics_except"] == ["3254"]
    assert found["summed"] == ["3251", "3252", "3253", "3255", "3256", "3259", "326"]
    assert {part["id"] for part in found["parts"]} <= set(found["summed"])
    for part in found["parts"]:
        if part["above_region"] is not None:
            assert part["above_region"] == (part["pay_vs_region"] > 1)
        assert part["avg_annual_pay_low"] is None or (
            part["avg_annual_pay_low"] <= part["avg_annual_pay"]
        )
    text = explained("Chemistry")
    assert "NAICS 325, 326 except 3254; summed from 3251, 3252, 3253, 3255, 3256, 3259, 326" in text
    assert "Pay above the average of $" in text


def test_the_mix_is_the_difference(explained):
    found = json.loads(explained("Chemistry", "--format", "json"))
    growth = {one["id"]: one for one in found["mix"]}["employment_cagr_pct"]
    assert growth["mix"] == pytest.approx(growth["of_sum"] - growth["of_parts"])
    own = {one["id"]: one["value"] for one in found["sector"]["indicators"]}
    assert growth["of_sum"] == pytest.approx(own["employment_cagr_pct"])
    weight = sum(part["employment_base"] for part in found["parts"])
    by_hand = sum(
        part["employment_base"] / weight * 100 * (part["employment"] / part["employment_base"] - 1)
        for part in found["parts"]
        if part["employment_base"]
    )
    assert growth["of_parts"] == pytest.approx(by_hand)
    assert "Mix inside it" in explained("Chemistry")
    assert "## Mix inside it" in explained("Chemistry", "--format", "markdown")


def test_a_low_wage_sector_has_neighbours(explained):
    found = json.loads(explained("Food", "--format", "json"))
    assert not any(part["above_region"] for part in found["parts"])
    text = explained("Food")
    assert "None of its parts with known pay is above the average of $" in text
    assert found["neighbours"] == [] or "Better paid beside it" in text
    for one in found["neighbours"]:
        assert one["id"].startswith("72")
        assert one["pay_vs_region"] > 1
