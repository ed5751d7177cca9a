"""Bundles as they are written: ranges, and what is taken out."""

import pytest

from sectorscan.config.loader import sectors_of
from sectorscan.sources.code_lists import expand, gaps, nothing_left


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("311-316", ("311", "312", "313", "314", "315", "316")),
        ("3361-3363", ("3361", "3362", "3363")),
        ("31-33", ("31-33",)),
        ("44-45", ("44-45",)),
        ("42-49", ("42", "44-45", "48-49")),
        ("51-53", ("51", "52", "53")),
        ("48-48", ("481", "482", "483", "484", "485", "486", "487", "488")),
        ("722", ("722",)),
        ("999", ("999",)),
        ("519-523", ("519", "521", "522", "523")),
    ],
)
def test_ranges_are_expanded_against_the_naics_table(text, codes):
    assert expand(text) == codes


def test_a_cut_sector_gives_its_three_digit_codes():
    assert expand("31-32") == (*expand("311-316"), *expand("321-327"))


def test_numbers_inside_a_range_that_are_no_code():
    assert gaps("311-321") == ("317", "318", "319", "320")
    assert gaps("3361-3369") == ("3367", "3368")
    assert gaps("11-23") == ("12", "13", "14", "15", "16", "17", "18", "19", "20")
    assert gaps("31-33") == gaps("722") == gaps("311111-311999") == ()


def test_an_entry_keeps_what_was_written(loaded):
    result = loaded(
        "sectors: {list: [{name: A, naics: ['311-313', '325'], except: 3254, areas: '39041'}]}"
    )
    (sector,) = sectors_of(result)
    assert sector.naics == ("311", "312", "313", "325")
    assert (sector.written, sector.excluded) == (("311-313", "325"), ("3254",))
    assert sector.codes == ("311-313", "325")
    assert sector.areas == ("39041",)


def test_the_hash_of_a_config_depends_on_what_is_taken_out(loaded):
    text = "sectors: {{list: [{{name: A, naics: 325{}}}]}}"
    whole, less = loaded(text.format("")), loaded(text.format(", except: 3254"))
    assert whole.sha256 != less.sha256


def test_what_takes_out_all_of_a_code():
    assert nothing_left("3254", ["32541"])  # its only industry
    assert nothing_left("3254", ["325"])
    assert not nothing_left("325", ["3254"])
    assert not nothing_left("325", ["722"])
