"""Papers of the scenes, and what their files hold when other programs open them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from page_scenes import SCENES, copy_of
from pypdf import PdfReader
from test_portal_pages import scene_of
from world import ROOT

from architrave.institution.register import Register, read_register
from architrave.portal.papers import fonts
from architrave.portal.papers.charter_paper import charter_paper
from architrave.portal.papers.docx_paper import docx_of
from architrave.portal.papers.matter_paper import matter_paper
from architrave.portal.papers.model import Paper, plain_text, texts_of
from architrave.portal.papers.pdf_paper import pdf_of
from architrave.portal.papers.register_paper import register_paper
from architrave.portal.reading import Copy

_WITHOUT = ("unfounded", "opened", "for_two", "released_later", "remarked")
WITH_MATTER = [name for name in SCENES if name not in _WITHOUT]
LACKING = [
    language
    for language, names in fonts.FAMILIES.items()
    if not set(names) & set(fonts.found().families())
]
with_fonts = pytest.mark.skipif(
    bool(LACKING), reason=f"no font for {', '.join(LACKING)} here: install fonts-noto-cjk"
)


@cache
def the_register() -> Register:
    folder = ROOT / "data" / "register"
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}
    return read_register(files, frozenset({"KOR", "JPN", "USA"}))


def copy_in(name: str, language: str) -> Copy:
    scene = scene_of(name)
    three = len(scene.world.parties) == 3
    return copy_of(scene, scene.world.parties[0], language, the_register() if three else None)


@cache
def matter_of(name: str, language: str) -> Paper:
    """The paper of the first matter of a scene."""
    copy = copy_in(name, language)
    paper = matter_paper(copy, copy.told.matters[0].symbol)
    assert paper is not None
    return paper


@cache
def paper_of(kind: str, name: str, language: str) -> Paper:
    """The paper of the charter or the register."""
    copy = copy_in(name, language)
    paper = charter_paper(copy) if kind == "charter" else register_paper(copy)
    assert paper is not None
    return paper


@cache
def word_file(paper: Paper) -> bytes:
    return docx_of(paper)


@cache
def pdf_file(paper: Paper) -> bytes:
    return pdf_of(paper)


def said(paper: Paper) -> str:
    """All words of a paper, a text on each line."""
    return "\n".join(plain_text(text) for block in paper.blocks for text in texts_of(block))


def word_document(paper: Paper) -> Any:
    return docx.Document(io.BytesIO(word_file(paper)))


def word_texts(document: Any) -> Iterator[str]:
    """Every paragraph and every cell of a Word document, in order."""
    breaks = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    for paragraph in document.element.body.iter(qn("w:p")):
        yield "".join(
            (one.text or "") if one.tag == qn("w:t") else breaks.get(one.tag, "")
            for one in paragraph.iter()
        )


def reader(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


@cache
def lines_of(made: bytes) -> list[str]:
    """Every line of a PDF as it is set."""
    return [line for page in reader(made).pages for line in page.extract_text().split("\n")]


def run_together(text: str) -> str:
    """A text without its spaces and line breaks: a program that reads a PDF guesses those."""
    return re.sub(r"[\s\u200b]+", "", text)


def tags_of(made: bytes) -> list[str]:
    """The tags of a PDF in the order of reading, each as often as it stands."""
    found: list[str] = []

    def walk(element: Any) -> None:
        element = element.get_object()
        if isinstance(element, list):
            for one in element:
                walk(one)
        elif isinstance(element, dict):
            if "/S" in element:
                found.append(str(element["/S"]))
            if "/K" in element:
                walk(element["/K"])

    walk(reader(made).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found
