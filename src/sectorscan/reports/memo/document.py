"""A Word document of ours: styles, tables, pictures with words, and the same bytes every time."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sectorscan.reports.text import plain
from sectorscan.tables.bystanders import WORKBOOK_MARK

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table

FONT = "Arial"
INK, BLUE, BANNER, SHADE = "1F2933", "005A8C", "B42318", "E4EDF3"
PICTURE_WIDTH_INCHES = 6.6
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|(?:points?|times|jobs|people|establishments)\b)")
_MARGIN_INCHES = 0.75
_TEXT_POINTS = 9.0
_SPACES = {
    # Size in points, space before and after.
    "Title": (17.0, 0.0, 2.0),
    "Heading 1": (11.5, 6.0, 1.0),
    "Heading 2": (9.5, 4.0, 0.0),
    "List Bullet": (_TEXT_POINTS, 0.0, 1.0),
}


def printed(text: str) -> str:
    """Return plain text whose numbers no line's end parts from their units."""
    return _BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", plain(text))


class Memo:
    """Writes one document from top to bottom."""

    def __init__(self, title: str, subject: str, date: datetime.datetime) -> None:
        import docx

        self.document: Document = docx.Document()
        properties = self.document.core_properties
        properties.title, properties.subject = plain(title)[:255], plain(subject)[:255]
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.category, properties.language = WORKBOOK_MARK, "en-US"
        properties.created = properties.modified = date.replace(tzinfo=None)
        self._date = date
        self._pictures = 0
        _set_page(self.document)
        _set_styles(self.document)

    def heading(self, text: str, level: int) -> None:
        """Add a heading; level 0 is the document's title."""
        self.document.add_heading(printed(text), level)

    def paragraph(self, text: str, *more: tuple[str, str], style: str | None = None) -> None:
        """Add a paragraph; ``more`` are pairs of bold words and the text after them."""
        paragraph = self.document.add_paragraph(printed(text), style)
        for bold, after in more:
            paragraph.add_run(f"{' ' if paragraph.text else ''}{printed(bold)} ").bold = True
            paragraph.add_run(printed(after))

    def banner(self, text: str) -> None:
        """Add a line that nobody overlooks."""
        from docx.shared import RGBColor

        run = self.document.add_paragraph().add_run(printed(text))
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(BANNER)

    def table(
        self,
        titles: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        told: str,
    ) -> None:
        """Add a table whose first row is its header; all but the second column are numbers.

        ``widths`` in inches; ``told`` says to those who don't see it what the table has.
        """
        from docx.shared import Inches

        table = self.document.add_table(rows=1 + len(rows), cols=len(titles), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Inches(width)
        for place, cells in enumerate((titles, *rows)):
            row = table.rows[place]
            _mark_row(row._tr, header=place == 0)
            for column, (text, width) in enumerate(zip(cells, widths, strict=True)):
                _fill(row.cells[column], printed(text), width, header=place == 0, right=column > 1)
        _describe_table(table, plain(told))

    def picture(self, png: bytes, title: str, alt: str) -> None:
        """Add a picture as wide as the text, with words for those who don't see it."""
        from docx.shared import Inches

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Inches(PICTURE_WIDTH_INCHES))
        self._pictures += 1
        properties = shape._inline.docPr
        properties.set("name", f"Picture {self._pictures}")
        properties.set("title", plain(title))
        properties.set("descr", plain(alt))

    def footer(self, text: str) -> None:
        """Set the line at the foot of every page, the page's number after it."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{printed(text)}   Page ")
        _add_field(paragraph.add_run()._r, "PAGE")

    def content(self) -> bytes:
        """Return the document's bytes, its members dated alike."""
        written = io.BytesIO()
        self.document.save(written)
        return redated(written.getvalue(), self._date)


def redated(archive: bytes, date: datetime.datetime) -> bytes:
    """Return a zip file whose members all have the same date."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            member = zipfile.ZipInfo(name, date.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, source.read(name))
    return out.getvalue()


def _set_page(document: Document) -> None:
    from docx.shared import Inches

    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(_MARGIN_INCHES)
    section.top_margin, section.bottom_margin = Inches(0.5), Inches(0.6)
    section.footer_distance = section.header_distance = Inches(0.3)


def _set_styles(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor
    from docx.styles.style import ParagraphStyle

    for name in ("Normal", *_SPACES, "Footer"):
        style = document.styles[name]
        if not isinstance(style, ParagraphStyle):
            continue
        size, before, after = _SPACES.get(name, (_TEXT_POINTS, 0.0, 3.0))
        style.font.name, style.font.size = FONT, Pt(8.0 if name == "Footer" else size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            # A theme's font would win over the one named.
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if name in ("Title", "Heading 1", "Heading 2"):
            style.font.color.rgb = RGBColor.from_string(BLUE if name != "Title" else INK)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.line_spacing = 1.0


def _mark_row(row: BaseOxmlElement, *, header: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: object, text: str, width: float, *, header: bool, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Inches, Pt
    from docx.table import _Cell

    if not isinstance(cell, _Cell):
        raise TypeError(cell)
    cell.width = Inches(width)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size = Pt(8.5)
    if header:
        run.bold = True
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _describe_table(table: Table, told: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), told)
    table._tbl.tblPr.append(description)


def _add_field(run: BaseOxmlElement, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "separate", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run.append(element)
