"""Papers: Word documents and tagged PDFs hold what the pages hold, in three languages."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from docx.oxml.ns import qn
from page_scenes import NASTY, Scene, copy_of, table, wording
from paper_reading import (
    WITH_MATTER,
    copy_in,
    lines_of,
    matter_of,
    paper_of,
    pdf_file,
    reader,
    run_together,
    said,
    tags_of,
    with_fonts,
    word_document,
    word_file,
    word_texts,
)
from rivers import rivers
from test_portal_pages import strays
from world import World

from architrave.portal.papers.charter_paper import charter_paper
from architrave.portal.papers.docx_paper import LOCALES, docx_of
from architrave.portal.papers.matter_paper import matter_paper
from architrave.portal.papers.model import (
    Heading,
    Listing,
    Mark,
    Paper,
    Paragraph,
    Run,
    Table,
    Verbatim,
    plain_text,
    script_of,
    texts_of,
    visible,
)
from architrave.portal.papers.pdf_paper import pdf_of
from architrave.portal.papers.text_paper import text_of
from architrave.portal.words import LANGUAGES, say

MARKUP = '#panic("x") $a^2$ \\ #read("/x") [b] _c_ *d* @e <f> // g ` - 1. == "{page}" \'q\' -- ---'


def plain(language: str, *blocks: object, title: str = "T") -> Paper:
    head = Heading(1, (Run(title, language),))
    return Paper("p", language, title, "A/1", "", "I", 1_800_000_000_000, (head, *blocks))


def headings(paper: Paper) -> list[tuple[int, str]]:
    return [(one.level, plain_text(one.text)) for one in paper.blocks if isinstance(one, Heading)]


every = pytest.mark.parametrize("language", LANGUAGES)
in_each_scene = pytest.mark.parametrize("name", WITH_MATTER)
of_each_kind = pytest.mark.parametrize("kind", ["charter", "register"])


# -- what a paper says ------------------------------------------------------------------------


@every
@in_each_scene
def test_a_matter_is_told_whole(name: str, language: str) -> None:
    copy, paper = copy_in(name, language), matter_of(name, language)
    words, matter = said(paper), copy.told.matters[0]
    assert paper.symbol == matter.symbol in words
    for known in (copy.state.founding.id, copy.charter.digest, *copy.addresses.values()):
        assert known in words
    for version in matter.versions:
        assert plain_text_of(copy.line(version.version.fact.tip)) in words
    for word in ("positions-title", "check-title", "paper-speaks-for-none", "tick-has-all"):
        assert say(word, language) in words
    assert copy.say("demo-banner") in words
    marks = [one.signs for one in paper.blocks if isinstance(one, Mark)]
    assert len(marks) == 1
    assert re.fullmatch(f"[▮▯]{{{len(copy.order)}}}", marks[0])


def plain_text_of(shown: object) -> str:
    return re.sub(r"<[^>]+>", "", str(shown))


@every
@in_each_scene
def test_headings_leave_no_level_out(name: str, language: str) -> None:
    levels = [level for level, _ in headings(matter_of(name, language))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@every
@in_each_scene
def test_no_word_of_the_machine_room_strays_into_a_paper(name: str, language: str) -> None:
    texts = [
        plain_text(text)
        for block in matter_of(name, language).blocks
        if not isinstance(block, Verbatim)
        for text in texts_of(block)
    ]
    assert strays(" ".join(texts), language) == []


@every
@of_each_kind
def test_charter_and_register_are_told_whole(kind: str, language: str) -> None:
    copy, words = copy_in("in_force", language), said(paper_of(kind, "in_force", language))
    assert copy.state.founding.id in words
    if kind == "charter":
        assert all(copy.cite(one.number) in words for one in copy.charter.articles)
        assert all(copy.of(one.name) in words for one in copy.charter.bodies)
        assert say("bodies-proposed-text", language) in words
    else:
        assert copy.register is not None
        for row, column in (
            *((one.id, "text") for one in copy.register.promises),
            *((one.id, "title") for one in copy.register.events),
        ):
            assert copy.register.worded(row, column, language).text in words
        assert say("paper-working-reference", language) in words
        assert words.count(say("compiled", language)) >= len(copy.register.events)


@every
def test_a_sealed_text_is_in_no_paper(language: str) -> None:
    papers = [paper_of(kind, "for_two", language) for kind in ("charter", "register")]
    papers += [matter_of(name, language) for name in WITH_MATTER]
    for paper in papers:
        assert not re.search("a secret of two|secret.example", said(paper))


def test_a_matter_for_fewer_readers_has_no_paper_even_in_their_own_copies() -> None:
    scene = Scene(World(rivers(5)))
    world = scene.world
    world.open("BASIN", "FERRY")
    to = sorted(world.origin(party) for party in ("ALD", "BOR", "CAS"))
    text = wording(world, "boats only", "plan", "binding")
    matter = table(scene, "ALD", "FERRY", "2(3)", to=to, wording=text)
    world.settle()
    for party in world.parties:
        copy = copy_of(scene, party)
        assert (world.found(party, matter) is not None) == (party in ("ALD", "BOR", "CAS"))
        assert matter_paper(copy, scene.symbols[0]) is None
        assert "boats only" not in said(charter_paper(copy))


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_a_text_in_another_language_is_marked_and_the_mark_explained(language: str) -> None:
    words = said(matter_of("five_parties", language))
    assert " [en]" in words
    assert say("paper-other-tongue", language, code="en", tongue="English") in words
    assert "[en]" not in said(matter_of("in_force", language))


def test_the_time_of_a_paper_is_the_record_s_and_not_the_clock_s() -> None:
    copy = copy_in("matter_open", "en")
    later = replace(copy, now=copy.now + 86_400_000)
    symbol = copy.told.matters[0].symbol
    assert matter_paper(copy, symbol) == matter_paper(later, symbol)


# -- Word -------------------------------------------------------------------------------------


@every
@in_each_scene
def test_a_word_document_holds_every_text_and_every_heading(name: str, language: str) -> None:
    check_word(matter_of(name, language))


@every
@of_each_kind
def test_so_do_those_of_the_charter_and_the_register(kind: str, language: str) -> None:
    check_word(paper_of(kind, "in_force", language))


def check_word(paper: Paper) -> None:
    document = word_document(paper)
    held = set(word_texts(document))
    for block in paper.blocks:
        if isinstance(block, Verbatim):
            assert "\n".join(block.lines) in held
            continue
        for text in texts_of(block):
            assert plain_text(text) in held
    assert [
        (int(one.style.name[-1]), one.text)
        for one in document.paragraphs
        if one.style.name.startswith("Heading ")
    ] == headings(paper)
    styles = {one.style.name for one in document.paragraphs}
    if any(isinstance(one, Listing) for one in paper.blocks):
        assert styles & {"List Bullet", "List Number"}
    for one in document.tables:
        assert one.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    head, foot = document.sections[0].header, document.sections[0].footer
    assert head.paragraphs[0].text.startswith("DEMO · ")
    assert paper.institution in foot.paragraphs[0].text
    fields = [one.get(qn("w:instr")) for one in foot._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    told = document.core_properties
    assert (told.title, told.language) == (paper.title[:255], LOCALES[paper.language])
    assert told.created == told.modified
    assert told.created.timestamp() * 1000 == pytest.approx(paper.stamp, abs=1000)


@every
def test_a_word_document_names_its_language_and_its_east_asian_font(language: str) -> None:
    document = word_document(matter_of("in_force", language))
    defaults = document.styles.element.find(qn("w:docDefaults"))
    lang, face = (next(defaults.iter(qn(name))) for name in ("w:lang", "w:rFonts"))
    assert lang.get(qn("w:val")) == LOCALES[language]
    assert lang.get(qn("w:eastAsia")) == (LOCALES[language] if language != "en" else None)
    assert face.get(qn("w:eastAsia")) == ("Batang" if language == "ko" else "Yu Mincho")
    # A style with fonts of its own would undo that.
    own = [one.name for one in document.styles if any(one.element.iter(qn("w:rFonts")))]
    assert own == []


def test_a_run_in_another_language_says_so_and_gets_its_font() -> None:
    runs = (Run("회의 ", "ko"), Run("会議", "ja"), Run(" meeting", "en"))
    document = word_document(plain("ko", Paragraph(runs)))
    lang = [one._r.find(f"{qn('w:rPr')}/{qn('w:lang')}") for one in document.paragraphs[1].runs]
    assert lang[0] is None
    assert (lang[1].get(qn("w:val")), lang[1].get(qn("w:eastAsia"))) == ("ja-JP", "ja-JP")
    assert lang[2].get(qn("w:val")) == "en-GB"
    fonts = document.paragraphs[1].runs[1]._r.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert fonts.get(qn("w:eastAsia")) == "Yu Mincho"


@every
def test_equal_papers_are_equal_word_documents(language: str) -> None:
    paper = matter_of("matter_open", language)
    assert docx_of(paper) == word_file(paper)


# -- PDF --------------------------------------------------------------------------------------


@with_fonts
@every
@in_each_scene
def test_a_pdf_holds_every_text_of_a_matter(name: str, language: str) -> None:
    paper = matter_of(name, language)
    check_pdf(paper)
    held = run_together(" ".join(lines_of(pdf_file(paper))))
    assert run_together(paper.title) in held
    assert paper.symbol in held
    for level, text in headings(paper):
        assert run_together(text) in held, level


@with_fonts
@every
@of_each_kind
def test_a_pdf_holds_charter_and_register(kind: str, language: str) -> None:
    check_pdf(paper_of(kind, "in_force", language))


def check_pdf(paper: Paper) -> None:
    made = pdf_file(paper)
    found = reader(made)
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).split("-")[0] == paper.language
    assert found.metadata is not None
    assert found.metadata.title == paper.title
    xmp = root["/Metadata"].get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert b"<pdfaid:part>2</pdfaid:part>" in xmp
    tags = tags_of(made)
    for level in (1, 2, 3):
        wanted = [one for one, _ in headings(paper) if one == level]
        assert tags.count(f"/H{level}") == len(wanted)
    tables = [one for one in paper.blocks if isinstance(one, Table)]
    assert tags.count("/Table") == len(tables)
    assert tags.count("/TH") == sum(len(one.head) for one in tables)
    assert tags.count("/L") == len([one for one in paper.blocks if isinstance(one, Listing)])
    # Most words of every text are found again; a program that reads a PDF hyphenates its own way.
    held = run_together(" ".join(lines_of(made)))
    words = {word for word in re.findall(r"[가-힣ぁ-んァ-ヶ一-鿿]{2,4}", said(paper))}
    lost = [word for word in words if word not in held]
    assert len(lost) <= len(words) // 10, lost


@with_fonts
@every
def test_equal_papers_are_equal_pdfs(language: str) -> None:
    paper = matter_of("matter_open", language)
    assert pdf_of(paper) == pdf_file(paper)


@with_fonts
@every
def test_a_text_that_looks_like_markup_stays_a_text(language: str) -> None:
    text = (Run(MARKUP, language),)
    paper = plain(
        language,
        Paragraph(text),
        Listing((text,)),
        Table(text, (text,), ((text,),), (1,)),
        Verbatim((MARKUP,), language),
        title=MARKUP,
    )
    held = run_together(" ".join(lines_of(pdf_of(paper))))
    # Title, paragraph, entry, caption, head, cell and verbatim.
    assert held.count(run_together(MARKUP)) >= 7
    assert MARKUP in list(word_texts(word_document(paper)))


@with_fonts
@every
def test_the_nasty_text_of_a_scene_is_on_paper_letter_by_letter(language: str) -> None:
    held = run_together(" ".join(lines_of(pdf_file(matter_of("matter_open", language)))))
    assert run_together(NASTY) in held


@with_fonts
def test_a_korean_line_breaks_between_words_only() -> None:
    text = "국가안보실과 외교부는 협의결과를 존중하며, 어절을 나누지 않습니다. " * 40
    lines = lines_of(pdf_of(plain("ko", Paragraph((Run(text, "ko"),)))))
    words, set_words = set(text.split()), [word for line in lines for word in line.split()]
    assert len([line for line in lines if script_of(line)]) > 10
    assert {word for word in set_words if script_of(word)} == words


@with_fonts
def test_no_japanese_line_begins_or_ends_where_it_must_not() -> None:
    text = "きゃりー、ニュース、「キャッチャー」（コンピューター）。各々々、ッャュョ。" * 40
    lines = lines_of(pdf_of(plain("ja", Paragraph((Run(text, "ja"),)))))
    japanese = [line.strip() for line in lines if script_of(line) == "ja"]
    assert len(japanese) > 10
    assert [line for line in japanese if line[0] in "、。」）ー々ゃゅょッャュョ"] == []
    assert [line for line in japanese if line[-1] in "「（"] == []


@with_fonts
def test_a_letter_that_no_font_has_stands_as_its_number() -> None:
    many = "".join(chr(0x1F300 + place) for place in range(300))
    for text, expected in (
        ("a \ue000 b", "[U+E000]"),
        ("비밀\u202e없음\x07", "[U+202E]"),
        (many, "[U+1F300]"),
        ("가" + "\U000f0000", "[U+F0000]"),
    ):
        words = (Run(visible(text), "ko"),)
        held = run_together(" ".join(lines_of(pdf_of(plain("ko", Paragraph(words))))))
        assert expected in held


@with_fonts
@pytest.mark.parametrize("sign", ["a", "!", "가", "漢"])
def test_a_word_without_end_is_set(sign: str) -> None:
    made = pdf_of(plain("ja", Verbatim((sign * 40_000,), "ja")))
    held = run_together(" ".join(lines_of(made)))
    assert held.count(sign) >= 40_000


@pytest.mark.parametrize(
    ("text", "script"),
    [("회의 会議", "ko"), ("会議する", "ja"), ("会議", "han"), ("meeting", ""), ("ｶﾅ", "ja")],
)
def test_a_script_is_told(text: str, script: str) -> None:
    assert script_of(text) == script


# -- plain text -------------------------------------------------------------------------------


@every
@in_each_scene
def test_plain_text_holds_every_text_of_a_matter(name: str, language: str) -> None:
    paper = matter_of(name, language)
    made = text_of(paper)
    assert made == text_of(paper)
    lines = made.decode("utf-8").split("\n")
    assert lines[0].startswith("DEMO · ")
    held = "\n".join(lines)
    for block in paper.blocks:
        for text in texts_of(block):
            for line in plain_text(text).split("\n"):
                assert line in held
