"""Other people's text can't become a formula, markup, a control sequence or a second line."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.reports.text import _unfit, csv_text, markdown_text, plain

ANY_TEXT = st.text(max_size=60)


@given(ANY_TEXT)
def test_plain_text_is_one_printable_line(text):
    line = plain(text)
    assert not [c for c in line if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert line == line.strip()
    assert plain(line) == line


def test_what_python_calls_printable_is_fit():
    """Such text isn't looked at character by character."""
    printable = [char for char in map(chr, range(0x110000)) if char.isprintable()]
    assert not [char for char in printable if _unfit(char)]


@given(ANY_TEXT)
def test_csv_text_never_starts_like_a_formula(text):
    assert not csv_text(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\x00=1", "＝1+1"]
)
def test_formulas_get_an_apostrophe(text):
    assert csv_text(text).startswith("'")


@pytest.mark.parametrize("text", ["Food, beverage", "31-33", "A = B", "", "'quoted"])
def test_harmless_text_stays_as_it_is(text):
    assert csv_text(text) == text


@given(ANY_TEXT)
def test_markdown_text_holds_no_bare_markup(text):
    escaped = markdown_text(text)
    assert "<" not in escaped
    assert ">" not in escaped
    bare = escaped.replace("\\\\", "")
    for mark in "|`*_[]":
        assert bare.count(mark) == bare.count("\\" + mark)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a | b", "a \\| b"),
        ("# head", "\\# head"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("1.90", "1.90"),
        ("-2.1 %", "-2.1 %"),
        ("===", "\\==="),
        ("R&D", "R&amp;D"),
        ("http://x.example", "http:\\//x.example"),
        ("two\n\nparagraphs", "two paragraphs"),
        ("\x1b[31mred\u202e", "\\[31mred"),
    ],
)
def test_markdown_text_examples(text, escaped):
    assert markdown_text(text) == escaped
