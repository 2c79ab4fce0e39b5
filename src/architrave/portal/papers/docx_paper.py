"""A paper as Word document (DOCX): real styles, so that a reader's own tools find their way.

The language of each text is marked, with fonts for Korean and Japanese, since Han signs are drawn
differently in each. Equal papers give equal bytes: every time in the file is the record's.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from architrave.portal.papers.model import (
    Block,
    Heading,
    Listing,
    Mark,
    Note,
    Paper,
    Paragraph,
    Run,
    Table,
    Text,
    Verbatim,
    script_of,
)

__all__ = ["LOCALES", "docx_of"]

LOCALES = {"ko": "ko-KR", "ja": "ja-JP", "en": "en-GB"}
"""The languages of the screen as Word names them."""

_LATIN = "Times New Roman"
_EAST = {"ko": "Batang", "ja": "Yu Mincho"}
_MONO = "Courier New"
_HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
_MARGIN, _CLOSE = Mm(25), Mm(17)
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # that an archive can name


def docx_of(paper: Paper) -> bytes:
    """The paper as a Word document."""
    document = docx.Document()
    _language(document, paper.language)
    _properties(document, paper)
    _page(document, paper)
    for block in paper.blocks:
        _block(document, block, paper.language)
    if paper.compact:
        _close(document)
    written = io.BytesIO()
    document.save(written)
    return _dated(written.getvalue(), _when(paper))


def _when(paper: Paper) -> datetime:
    return max(_EARLIEST, datetime.fromtimestamp(paper.stamp // 1000, UTC))


def _dated(archive: bytes, when: datetime) -> bytes:
    """The same archive, each part dated by the record instead of the clock."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, when.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return target.getvalue()


# -- the document as a whole ----------------------------------------------------------------


def _language(document: Any, language: str) -> None:
    """The document's own language and fonts, from which every style inherits."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(properties):
        if child.tag in (qn("w:lang"), qn("w:rFonts")):
            properties.remove(child)
    properties.insert(0, _fonts(language))
    properties.append(_lang(language))
    for style in document.styles:
        # The template's headings name fonts of a theme that has none for Korean or Japanese.
        for own in list(style.element.iter(qn("w:rFonts"))):
            own.getparent().remove(own)
    for name in _HEADINGS:
        document.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    document.styles["Normal"].font.size = Pt(10.5)


def _fonts(language: str, latin: str = _LATIN) -> Any:
    fonts = OxmlElement("w:rFonts")
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), latin)
    fonts.set(qn("w:eastAsia"), _EAST.get(language, _EAST["ja"]))
    return fonts


def _lang(language: str) -> Any:
    element = OxmlElement("w:lang")
    locale = LOCALES.get(language, language)
    element.set(qn("w:val"), locale)
    if language in _EAST:
        element.set(qn("w:eastAsia"), locale)
    return element


def _properties(document: Any, paper: Paper) -> None:
    told, when = document.core_properties, _when(paper)
    told.title, told.language = paper.title[:255], LOCALES.get(paper.language, paper.language)
    told.author, told.last_modified_by, told.comments = "Architrave", "Architrave", ""
    told.subject, told.identifier = paper.institution[:255], paper.symbol[:255]
    told.category = paper.banner
    told.created = told.modified = when.replace(tzinfo=None)
    told.revision = 1


def _page(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _CLOSE if paper.compact else _MARGIN
    section.top_margin = section.bottom_margin = _CLOSE if paper.compact else _MARGIN
    head = section.header.paragraphs[0]
    said = [one for one in (paper.banner, paper.symbol or paper.title) if one]
    head.add_run(" · ".join(said)).font.size = Pt(8.5)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run(f"{paper.institution} · ").font.size = Pt(8.5)
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    """A number that Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _close(document: Any) -> None:
    """Set a compact paper small and close."""
    for name in ("Normal", "Caption", "List Bullet", "List Number", *_HEADINGS):
        style = document.styles[name]
        style.paragraph_format.space_before = Pt(5 if name in _HEADINGS else 0)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.line_spacing = 1.0
    document.styles["Normal"].font.size = Pt(9)
    document.styles["Caption"].font.size = Pt(8)
    for name, size in zip(_HEADINGS, (13, 10, 9), strict=True):
        document.styles[name].font.size = Pt(size)
    for table in document.tables:
        for cell in table._cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(6.5 if run.font.no_proof else 8)


# -- blocks ---------------------------------------------------------------------------------


def _block(document: Any, block: Block, language: str) -> None:
    match block:
        case Heading(level, text):
            _runs(document.add_heading(level=level), text, language)
        case Paragraph(text):
            _runs(document.add_paragraph(), text, language)
        case Note(text):
            _runs(document.add_paragraph(style="Caption"), text, language)
        case Listing(entries, numbered):
            style = "List Number" if numbered else "List Bullet"
            for entry in entries:
                _runs(document.add_paragraph(style=style), entry, language)
        case Mark(signs, means):
            document.add_paragraph().add_run(signs).font.size = Pt(16)
            _runs(document.add_paragraph(), means, language)
        case Verbatim(lines, said):
            text = (Run("\n".join(lines), said),)
            _runs(document.add_paragraph(), text, language)
        case Table():
            _table(document, block, language)


def _table(document: Any, block: Table, language: str) -> None:
    if block.caption:
        _runs(document.add_paragraph(style="Caption"), block.caption, language)
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.head), style="Table Grid")
    table.autofit = False
    first = table.rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    first.append(repeated)
    section = document.sections[0]
    whole = section.page_width - section.left_margin - section.right_margin
    widths = [whole * share // sum(block.widths) for share in block.widths]
    heads = tuple(_bold(text) for text in block.head)
    # Asking a table for its rows one by one takes long; a row's cells are asked for once.
    for row, texts in zip(table.rows, (heads, *block.rows), strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            _runs(cell.paragraphs[0], text, language)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _bold(text: Text) -> Text:
    return tuple(Run(run.text, run.language, True, run.code) for run in text)


def _runs(paragraph: Any, text: Text, language: str) -> None:
    for run in text:
        written = paragraph.add_run(run.text)
        written.bold = True if run.strong else None
        properties = written._r.get_or_add_rPr()
        if run.code:
            written.font.no_proof = True
            written.font.size = Pt(8)
            properties.insert(0, _fonts(language, _MONO))
            continue
        # A word of another script inside a text is drawn with that script's own font.
        script = script_of(run.text)
        spoken = script if script in _EAST and run.language not in _EAST else run.language
        if spoken != language:
            properties.insert(0, _fonts(spoken))
        if run.language != language:
            properties.append(_lang(run.language))
