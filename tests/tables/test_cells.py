import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.tables.cells import Quantity, to_numbers

JOBS = Quantity(least=0, most=1e9, whole=True)
MONEY = Quantity(dollars=True)
PERCENT = Quantity(percent=True, ratio=True)
OPEN = Quantity(percent=True, dollars=True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12345", 12345.0),
        ("12,345", 12345.0),
        ("1,234,567.5", 1234567.5),
        ("$52,300", 52300.0),
        ("$ 52,300.25", 52300.25),
        ("USD 52300", 52300.0),
        ("3.2%", 3.2),
        ("(3.2%)", -3.2),
        ("(120)", -120.0),
        ("($1,200)", -1200.0),
        ("$(5)", -5.0),
        ("-$5", -5.0),
        ("1.2E+4", 12000.0),
        ("\u2212" + "5", -5.0),
        ("12\u00a0345", 12345.0),
        ("12\u202f345", 12345.0),
        ("12 345", 12345.0),
        (" 7 ", 7.0),
        ("'7", 7.0),
        ("+7", 7.0),
        (".5", 0.5),
    ],
)
def test_numbers_as_people_write_them(text, number):
    found = to_numbers([text, "x"], OPEN)
    assert found.value[0] == number
    assert not found.withheld[0]
    assert list(found.wrong.values()) == [[1]]


@pytest.mark.parametrize("text", ["", " ", "N/A", "NA", "n/a", "null", "n.a.", "#N/A", "nan", "."])
def test_blanks_are_missing_not_withheld(text):
    found = to_numbers([text, "1"], JOBS)
    assert np.isnan(found.value[0])
    assert not found.withheld[0]
    assert found.wrong == {}


@pytest.mark.parametrize(
    "text", ["(D)", "D", "*", "N", "ND", "S", "(S)", "-", "\u2014", "n.d.", "Suppressed"]
)
def test_withheld_marks_leave_everything_open(text):
    found = to_numbers([text, "1"], JOBS)
    assert np.isnan(found.value[0])
    assert found.withheld.tolist() == [True, False]
    assert found.below[0] == np.inf


@pytest.mark.parametrize(
    ("text", "most"),
    [("<10", 9), ("< 10", 9), ("<1,000", 999), ("<=9", 9), ("\u22649", 9), ("less than 10", 9)],
)
def test_below_is_an_interval(text, most):
    found = to_numbers([text], JOBS)
    assert found.withheld[0]
    assert found.below[0] == most


def test_below_in_dollars_reaches_the_bound():
    assert to_numbers(["<$10", "<10"], MONEY).below.tolist()[1] == 10


@pytest.mark.parametrize(
    ("text", "quantity", "words"),
    [
        ("3%", JOBS, "percent"),
        ("$3", JOBS, "dollar"),
        ("ten", JOBS, "not a number"),
        ("1_000", JOBS, "not a number"),
        ("12-", JOBS, "not a number"),
        ("1,23,456", JOBS, "not a number"),
        ("12 34", JOBS, "not a number"),
        ("(-5)", JOBS, "not a number"),
        ("infinity", JOBS, "infinite"),
        ("1e999", JOBS, "infinite"),
        ("#DIV/0!", JOBS, "spreadsheet error"),
        ("12,34", JOBS, "decimal mark"),
        ("1,234", PERCENT, "decimal mark"),
    ],
)
def test_what_is_no_number_is_said(text, quantity, words):
    found = to_numbers(["1", text], quantity)
    assert np.isnan(found.value[1])
    [(problem, at)] = found.wrong.items()
    assert words in problem
    assert at == [1]


def test_decimal_commas_throughout_are_read_and_said():
    found = to_numbers(["0,85", "1,25", "2", "1.234,5"], Quantity(ratio=True))
    assert found.value.tolist() == [0.85, 1.25, 2, 1234.5]
    assert found.decimal_comma
    assert found.wrong == {}


def test_decimal_commas_beside_points_are_a_contradiction():
    found = to_numbers(["0,85", "1.25"], Quantity())
    assert [at for at in found.wrong.values()] == [[0]]


@given(st.lists(st.floats(-1e12, 1e12, allow_nan=False), min_size=1, max_size=30))
def test_marks_don_t_change_a_number(numbers):
    plain = to_numbers([repr(number) for number in numbers], OPEN)
    fixed = [f"{number:.6f}" for number in numbers]
    marked = [f"{abs(number):,.6f}" for number in numbers]
    marked = [
        f"(${text})" if float(f) < 0 else f"${text}" for f, text in zip(fixed, marked, strict=True)
    ]
    assert plain.value.tolist() == numbers
    assert to_numbers(marked, OPEN).value.tolist() == [float(text) for text in fixed]


@given(st.lists(st.text(max_size=12), max_size=20))
def test_any_text_is_a_number_missing_withheld_or_wrong(texts):
    found = to_numbers(texts, OPEN)
    wrong = {at for positions in found.wrong.values() for at in positions}
    for at in range(len(texts)):
        assert np.isfinite(found.value[at]) or np.isnan(found.value[at])
        assert not (np.isfinite(found.value[at]) and (found.withheld[at] or at in wrong))


def test_points_in_a_semicolon_file_are_in_doubt():
    assert to_numbers(["12.345", "7"], JOBS, semicolon=True).wrong.keys() == {
        "the point could be a decimal mark or a thousands mark."
    }
    assert list(to_numbers(["12.345", "(D)"], JOBS, semicolon=True).wrong.values()) == [[0]]
    assert to_numbers(["12.345", "7.5"], JOBS, semicolon=True).value.tolist() == [12.345, 7.5]
    assert to_numbers(["12.345", "7"], JOBS).value.tolist() == [12.345, 7]
    assert to_numbers(["1.345"], PERCENT, semicolon=True).value.tolist() == [1.345]
