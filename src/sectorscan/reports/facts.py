"""Sentences for scripts: each as text, and the numbers that it says, unrounded beside as shown."""

from __future__ import annotations

from collections.abc import Iterable

from sectorscan.advice.model import Sentence
from sectorscan.reports import view
from sectorscan.reports.json_text import Record, number
from sectorscan.reports.words import fact_text


def said(sentence: Sentence) -> str:
    """Return a sentence as one line of text."""
    return view.paragraph([sentence])


def fact_records(sentences: Iterable[Sentence]) -> list[Record]:
    """Return each number once, in the order in which the sentences say them."""
    seen: dict[tuple[str, str, float], Record] = {}
    for sentence in sentences:
        for fact in sentence.facts.values():
            text = fact_text(fact)
            record = {
                "id": fact.id,
                "value": number(fact.value),
                "unit": fact.unit,
                "shown": text,
            }
            seen.setdefault((fact.id, text, fact.value), record)
    return list(seen.values())
