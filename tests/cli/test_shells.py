"""Commands that the program prints, as the shells of each system take them."""

import shlex
from pathlib import PureWindowsPath

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.cli.session import command_line, words


def as_windows_splits(line):
    """Split a command line as C programs on Windows do, quotes without escapes inside."""
    words, word, quoted = [], "", False
    for character in line:
        if character == '"':
            quoted = not quoted
        elif character == " " and not quoted:
            words.append(word)
            word = ""
        else:
            word += character
    return [*words, word]


@pytest.mark.parametrize(
    "words",
    [
        ("sectorscan", "rank", str(PureWindowsPath("C:\\Users\\me\\My Data")), "--period", "1:2"),
        ("sectorscan", "rank", "\\\\server\\share\\R&D (new)", "--region", "39041,39045"),
        ("sectorscan", "rank", "a;b", "$x", "it's", "caf\u00e9"),
    ],
)
def test_every_word_arrives_as_it_is(words):
    windows = command_line(words, windows=True)
    assert as_windows_splits(windows) == list(words)
    # cmd takes no single quotes, and PowerShell nothing else as it is: & ; ( , $.
    bare = [word for word in windows.split('"')[::2] if set("&;(),'") & set(word)]
    assert bare == []
    assert shlex.split(command_line(words, windows=False)) == list(words)


def test_plain_words_stay_plain():
    words = ["sectorscan", "rank", "C:\\qcew\\a-b.csv", "--benchmark", "US000"]
    assert command_line(words, windows=True) == " ".join(words)


def test_init_says_how_to_go_on_in_a_folder_with_a_space(tmp_path, run):
    _, _, err = run("init", tmp_path / "my region")
    (told,) = [line for line in err.splitlines() if line.startswith("next: ")]
    assert told.removeprefix("next: ").partition("  (")[0] == command_line(
        ["sectorscan", "refresh", str(tmp_path / "my region")]
    )


@pytest.mark.parametrize("typed", ["Doña Ana".encode(), "Doña Ana".encode("cp1252")])
def test_a_locale_without_its_letters_loses_no_name(typed, tmp_path, run):
    """Python passes on bytes that the locale can't read: LC_ALL=C, or another code page."""
    escaped = typed.decode("ascii", "surrogateescape")
    assert words(escaped) == "Doña Ana"
    code, _, err = run("init", tmp_path / "p", "--name", escaped, "--region", "35013")
    assert code == 0, err
    assert 'name: "Doña Ana"' in (tmp_path / "p" / "sectorscan.yaml").read_text("utf-8")
    book = tmp_path / "w.xlsx"
    assert run("weights", "new", "--members", escaped, "--out", book)[0] == 0
    assert openpyxl.load_workbook(book).sheetnames[0] == "Doña Ana"
    assert run("areas", escaped)[1].startswith("35013")


@given(st.text())
def test_words_that_are_text_stay_as_they_are(text):
    assert words(text) == text
