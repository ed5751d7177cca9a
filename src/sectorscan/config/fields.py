"""The kinds of values in the config: text as YAML gives it, turned into numbers and codes.

Every scalar of the YAML arrives as text (``01001`` is a county), so each kind converts and says
in plain words what it would have liked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, LiteralString, NamedTuple, NoReturn

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

LARGEST_WEIGHT = 1e12
LARGEST_NUMBER = 1e15

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_CODE = re.compile(r"\d{2,6}", re.ASCII)
_RANGE = re.compile(r"(\d{2,6})-(\d{2,6})", re.ASCII)
# Control characters, line separators, and marks that turn the direction of text: harmless in no
# name, harmful on a terminal. Lone surrogates can't be written at all.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNSAFE_HEADER = re.compile(_UNSAFE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b\x0c\x0e-\x1f"))
_LONGEST_TEXT = 300


class Problem(NamedTuple):
    """One thing that is wrong inside a model: where (keys below the model), what, remedy.

    ``at_key`` points at the key itself, not at its value.
    """

    path: tuple[str | int, ...]
    what: str
    remedy: str = ""
    at_key: bool = False


def refuse(*problems: Problem) -> NoReturn:
    """Raise one pydantic error that carries several problems, so that all are said at once.

    Raises
    ------
    PydanticCustomError
        Always.
    """
    text = "; ".join(f"{problem.what} {problem.remedy}".strip() for problem in problems)
    context: dict[str, Any] = {"text": text, "problems": tuple(problems)}
    kind = "problems"
    template: LiteralString = "{text}"
    raise PydanticCustomError(kind, template, context)


def is_safe(text: str) -> bool:
    """Say whether text can be shown anywhere: one line, no control or direction characters."""
    return not _UNSAFE.search(text)


def as_number(value: object) -> object:
    """Turn text into a float; anything else is left for pydantic."""
    if isinstance(value, bool):
        refuse(Problem((), "must be a number"))
    if not isinstance(value, str):
        return value
    text = value.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    remedy = "Write it with digits and a decimal point, such as 0.5."
    if text.endswith("%"):
        bare = text.rstrip("% ")
        remedy = f"Write it without the percent sign: {bare}, or as a share where 1 is all of it."
    elif _NUMBER.fullmatch(text.replace(",", "")):
        remedy = f"Write it without commas: {text.replace(',', '')}."
    refuse(Problem((), "must be a number", remedy))


def as_whole(value: object) -> object:
    """Turn text into an int; anything else is left for pydantic."""
    if isinstance(value, bool):
        refuse(Problem((), "must be a whole number"))
    if not isinstance(value, str):
        return value
    text = value.strip()
    if _WHOLE.fullmatch(text):
        return int(text)
    remedy = "Write it with digits alone."
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text, re.ASCII):
        remedy = f"Write it without commas: {text.replace(',', '')}."
    refuse(Problem((), "must be a whole number", remedy))


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "True", "TRUE"}:
        return True
    if isinstance(value, str) and value in {"false", "False", "FALSE"}:
        return False
    refuse(Problem((), "must be true or false"))


def as_path(text: str) -> str:
    """Return a path as every system takes it: Windows's backslashes as slashes."""
    return text.strip().replace("\\", "/")


def _one_line(value: str) -> str:
    _check_text(value, _UNSAFE)
    return value.strip()


def _header(value: str) -> str:
    # A spreadsheet's header may hold a line break.
    _check_text(value, _UNSAFE_HEADER)
    return value


def _check_text(value: str, unsafe: re.Pattern[str]) -> None:
    if not value.strip():
        refuse(Problem((), "is empty", "Write a name or code, or take the key away."))
    if len(value) > _LONGEST_TEXT:
        refuse(Problem((), f"is {len(value):,} characters long, more than {_LONGEST_TEXT}"))
    if unsafe.search(value):
        what = "holds a line break or a character that can't be shown"
        remedy = "Write it on one line, with ordinary characters; a path goes in single quotes."
        refuse(Problem((), what, remedy))


def _one_or_many(value: object) -> object:
    """Let one code stand for a list of one."""
    return (value,) if isinstance(value, str) else value


def _codes(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        refuse(Problem((), "is an empty list", "Write at least one code."))
    twice = _repeated(value)
    if twice:
        refuse(*(Problem((i,), f"{value[i]!r} is listed twice", "Keep one.") for i in twice))
    return value


def _naics(value: tuple[str, ...]) -> tuple[str, ...]:
    problems = [Problem((i,), *wrong) for i, code in enumerate(value) if (wrong := _no_naics(code))]
    problems = problems or [
        Problem((i,), f"{inner} is part of {outer}: its jobs would be counted twice", "Keep one.")
        for i, inner in enumerate(value)
        for outer in value
        if inner != outer and covers(outer, inner)
    ]
    return refuse(*problems) if problems else value


def covers(code: str, other: str) -> bool:
    """Say whether a NAICS code or range holds a part of ``other``, or all of it: 722 is in 72."""
    from sectorscan.sources import naics
    from sectorscan.sources.code_lists import expand

    inner = expand(other)
    return any(naics.contains(outer, part) for outer in expand(code) for part in inner)


def _no_naics(code: str) -> tuple[str, str] | None:
    """Return what is wrong with a code or range, and the remedy; None where nothing is."""
    if _CODE.fullmatch(code):
        return None
    ends = _RANGE.fullmatch(code)
    if ends is None or len(ends[1]) != len(ends[2]):
        return f"{code!r} doesn't look like a NAICS code", _naics_remedy(code)
    if ends[1] >= ends[2]:
        what = f"the range {code} doesn't rise"
        return what, f"Write the lower code first: {ends[2]}-{ends[1]}."
    from sectorscan.sources.code_lists import expand, is_code

    unknown = [end for end in ends.groups() if not is_code(end)]
    if not unknown:
        return None
    held = expand(code)
    remedy = f"The codes between are {held[0]} to {held[-1]}." if held else ""
    return f"the range {code!r} ends at {' and '.join(unknown)}, which NAICS hasn't got", remedy


def _naics_remedy(code: str) -> str:
    if re.fullmatch(r"\d{2,6}\.0+", code, re.ASCII):
        return f"Write {code.partition('.')[0]}."
    return "Codes have 2 to 6 digits; the ends of a range as many as each other: 311-316."


def _repeated(values: Iterable[str]) -> list[int]:
    seen: set[str] = set()
    repeated = []
    for index, value in enumerate(values):
        if value in seen:
            repeated.append(index)
        seen.add(value)
    return repeated


def _benchmark(value: object) -> object:
    if isinstance(value, str):
        return _one_line(value)
    if isinstance(value, list | tuple):
        for index, code in enumerate(value):
            if not isinstance(code, str):
                refuse(Problem((index,), "must be an area code"))
        codes = _codes(tuple(_one_line(code) for code in value))
        if len(codes) > 1 and "all" in codes:
            remedy = "Write benchmark: all, or the areas' codes."
            refuse(Problem((), "'all' stands for every area given, so it stands alone", remedy))
        return codes
    refuse(Problem((), "must be an area's code, a list of codes, or all"))


def _points(value: object) -> object:
    """Check the shape of the points, so that nobody reads about tuples."""
    if not isinstance(value, list | tuple):
        example = "Write points: [[0.5, 0], [1, 50], [2, 100]]."
        refuse(Problem((), "must be a list of [value, score] pairs", example))
    problems = [
        Problem((index,), "must be a pair: [value, score]")
        for index, pair in enumerate(value)
        if not isinstance(pair, list | tuple) or len(pair) != 2
    ]
    if problems:
        refuse(*problems)
    return value


_CODE_SCHEMA = {"type": ["string", "integer"]}
_CODES_SCHEMA = {"anyOf": [_CODE_SCHEMA, {"type": "array", "items": _CODE_SCHEMA, "minItems": 1}]}

Weight = Annotated[
    float, Field(ge=0, le=LARGEST_WEIGHT, allow_inf_nan=False), BeforeValidator(as_number)
]
Number = Annotated[
    float,
    Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, allow_inf_nan=False),
    BeforeValidator(as_number),
]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, AfterValidator(_one_line), WithJsonSchema(_CODE_SCHEMA)]
Header = Annotated[str, AfterValidator(_header), WithJsonSchema(_CODE_SCHEMA)]
Codes = Annotated[
    tuple[Text, ...],
    AfterValidator(_codes),
    BeforeValidator(_one_or_many),
    WithJsonSchema(_CODES_SCHEMA),
]
NaicsCodes = Annotated[
    tuple[Text, ...],
    AfterValidator(_codes),
    AfterValidator(_naics),
    BeforeValidator(_one_or_many),
    WithJsonSchema(_CODES_SCHEMA),
]
Benchmark = Annotated[
    str | tuple[str, ...], BeforeValidator(_benchmark), WithJsonSchema(_CODES_SCHEMA)
]
Points = Annotated[tuple[tuple[Number, Number], ...], BeforeValidator(_points)]
