"""A titled table with its meaning: the same for a terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sectorscan.reports import view
from sectorscan.reports.markdown import markdown_table
from sectorscan.reports.page import Column, Page
from sectorscan.reports.text import markdown_text

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, paragraphs, and a table (none where there are no rows).

    ``right`` are the places of columns to align right; titles may have two lines.
    """

    title: str
    notes: tuple[str, ...]
    titles: tuple[str, ...] = ()
    rows: Sequence[tuple[str, ...]] = ()
    right: frozenset[int] = frozenset()


def show_section(section: Section, page: Page) -> None:
    """Print a section on a terminal: the widest columns of text give way."""
    page.heading(section.title)
    for note in section.notes:
        page.paragraph(note)
    if not section.rows:
        return
    page.line()
    page.table(
        [
            Column(
                title,
                [row[place] for row in section.rows],
                right=place in section.right,
                flexible=place not in section.right,
                wraps=place not in section.right,
            )
            for place, title in enumerate(section.titles)
        ]
    )


def section_markdown(section: Section) -> Iterator[str]:
    """Yield a section's lines of Markdown."""
    yield from (f"## {markdown_text(section.title)}", "")
    for note in section.notes:
        yield from (markdown_text(note), "")
    if section.rows:
        titles = [title.replace("\n", " ") for title in section.titles]
        yield from markdown_table(titles, section.rows, section.right)


def show_report(
    heading: str, sections: Iterable[Section], console: Console, *, synthetic: bool
) -> None:
    """Print a report that is a heading and sections on a terminal."""
    page = Page(console)
    page.paragraph(heading, style="bold")
    if synthetic:
        page.paragraph(view.SYNTHETIC_BANNER, style="bold yellow")
    for section in sections:
        show_section(section, page)


def report_markdown(heading: str, sections: Iterable[Section], *, synthetic: bool) -> str:
    """Return a report that is a heading and sections as Markdown."""
    lines = [f"# {markdown_text(heading)}", ""]
    if synthetic:
        lines += [f"> **{view.SYNTHETIC_BANNER}**", ""]
    for section in sections:
        lines += section_markdown(section)
    return "\n".join(lines).rstrip("\n") + "\n"
