"""Papers as they are asked for: names, links, one at a time, and a sentence where there is none."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from urllib.parse import unquote
from weakref import WeakKeyDictionary

import pytest
import typst
from page_scenes import NASTY
from paper_reading import with_fonts
from test_portal_pages import read, scene_of

from architrave.portal import keeping
from architrave.portal.papers import fonts, links, paper_views, press
from architrave.portal.papers.errors import Busy, CannotSet, NoFonts
from architrave.portal.papers.model import Heading, Paper, Paragraph, Run
from architrave.portal.papers.pdf_paper import pdf_of
from architrave.portal.papers.press import ENDINGS, Press
from architrave.portal.words import LANGUAGES, say

every = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(autouse=True)
def own_press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """A press that has made nothing yet."""
    made = Press(patience=0.01)
    monkeypatch.setattr(paper_views, "press", made)
    return made


@pytest.fixture
def without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which only the compiler's own fonts are found."""
    monkeypatch.setattr(fonts, "found", lambda: typst.Fonts(include_system_fonts=False))


def paper(text: str, language: str = "en") -> Paper:
    run = (Run(text, language),)
    blocks = (Heading(1, run), Paragraph(run))
    return Paper("p", language, text, "", "", "", 1_800_000_000_000, blocks)


# -- what is had ------------------------------------------------------------------------------


@every
def test_pages_lead_to_their_papers(screen: Callable[..., object], language: str) -> None:
    scene = scene_of("matter_open")
    shown = screen(scene.world)
    for path, name in (
        (f"matters/{scene.symbols[0]}", f"matter/{scene.symbols[0]}"),
        ("bodies", "charter"),
        ("register", "register"),
    ):
        found = read(shown.page(f"/{language}/{path}")).links
        for ending in ENDINGS:
            assert f"/papers/{language}/{name}.{ending}" in found


@every
@pytest.mark.parametrize("name", ["matter/{}", "charter", "register"])
@pytest.mark.parametrize(
    ("ending", "begins"),
    [("docx", b"PK"), ("txt", b"DEMO"), pytest.param("pdf", b"%PDF-1.7", marks=with_fonts)],
)
def test_a_paper_is_had_under_a_readable_name(
    screen: Callable[..., object], name: str, language: str, ending: str, begins: bytes
) -> None:
    scene = scene_of("matter_open")
    path = name.format(scene.symbols[0])
    answer = screen(scene.world).answer(f"/papers/{language}/{path}.{ending}")
    assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)
    assert answer.headers["Content-Type"] == ENDINGS[ending]
    assert answer.headers["Content-Language"] == language
    disposition = answer.headers["Content-Disposition"]
    plain = path.removeprefix("matter/").replace("/", "-")
    assert disposition.startswith(f'attachment; filename="{plain}.{language}.{ending}"')
    whole = unquote(disposition.partition("filename*=UTF-8''")[2])
    assert whole.startswith(f"{plain}.{language} ")
    assert whole.endswith(f".{ending}")
    assert not set(whole) & set('/\\:*?"<>|\r\n')
    if path.startswith("matter/"):
        assert "script" in NASTY
        assert "script" in whole


@every
@pytest.mark.parametrize("path", ["matter/TDC/2027/NONE/9.pdf", "register.docx", "matter/.docx"])
def test_where_there_is_no_page_there_is_no_paper(
    screen: Callable[..., object], path: str, language: str
) -> None:
    text = screen(scene_of("matter_open").world, with_register=False).page(
        f"/papers/{language}/{path}", 404
    )
    if path != "matter/.docx":
        assert say("absent-title", language) in text
        assert f'<html lang="{language}">' in text


def test_other_endings_languages_and_methods_are_refused(screen: Callable[..., object]) -> None:
    shown = screen(scene_of("opened").world)
    for path in ("en/charter.html", "fr/charter.pdf", "en/charter", "en/other.pdf"):
        assert shown.answer(f"/papers/{path}").status_code == 404


# -- one at a time, each once -----------------------------------------------------------------


def test_a_paper_is_made_once_and_another_for_other_words() -> None:
    made: list[str] = []
    one = Press(writer=lambda ending: lambda asked: bytes(made.append(asked.title) or 8))
    for text in ("a", "a", "b", "a"):
        assert one.printed(paper(text), "pdf") == bytes(8)
    one.printed(paper("a"), "docx")
    assert made == ["a", "b", "a"]


def test_the_papers_asked_for_last_are_kept() -> None:
    made: list[str] = []
    one = Press(room=16, writer=lambda ending: lambda asked: bytes(made.append(asked.title) or 8))
    for text in ("a", "b", "a", "c", "a", "b"):
        one.printed(paper(text), "pdf")
    assert made == ["a", "b", "c", "b"]


def test_one_is_made_one_waits_and_the_next_is_sent_away() -> None:
    begun, go_on, waiting = threading.Event(), threading.Event(), threading.Event()
    made: list[str] = []

    def write(asked: Paper) -> bytes:
        made.append(asked.title)
        begun.set()
        assert go_on.wait(30)
        return b"made"

    one = Press(patience=30, writer=lambda ending: write)
    place = one._printing.acquire

    class Telling:
        """The lock, which tells when a second reader stands before it."""

        def acquire(self, timeout: float) -> bool:
            if begun.is_set():
                waiting.set()
            return place(timeout=timeout)

        release = one._printing.release

    one._printing = Telling()
    found: list[bytes] = []
    readers = [
        threading.Thread(target=lambda: found.append(one.printed(paper("same"), "pdf")))
        for _ in range(2)
    ]
    readers[0].start()
    assert begun.wait(30)
    readers[1].start()
    assert waiting.wait(30)
    with pytest.raises(Busy):
        one.printed(paper("third"), "pdf")
    go_on.set()
    for reader in readers:
        reader.join(30)
    assert (found, made) == ([b"made", b"made"], ["same"])
    assert one.printed(paper("same"), "pdf") == b"made"


def test_a_fault_leaves_the_press_free() -> None:
    def fail(asked: Paper) -> bytes:
        raise CannotSet("no")

    one = Press(patience=0.01, writer=lambda ending: fail)
    for _ in range(4):
        with pytest.raises(CannotSet):
            one.printed(paper("a"), "pdf")


@every
def test_whoever_is_sent_away_is_told_when_to_come_back(
    screen: Callable[..., object], own_press: Press, language: str
) -> None:
    shown = screen(scene_of("opened").world)
    with own_press._printing:
        answer = shown.answer(f"/papers/{language}/charter.docx")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert say("paper-busy", language) in answer.content.decode()


# -- a sentence where there is none -----------------------------------------------------------


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_missing_fonts_are_asked_for_in_one_sentence(
    screen: Callable[..., object],
    without_fonts: None,
    caplog: pytest.LogCaptureFixture,
    language: str,
) -> None:
    shown = screen(scene_of("opened").world)
    with caplog.at_level(logging.WARNING):
        answer = shown.answer(f"/papers/{language}/charter.pdf")
    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Content-Language"]) == (503, language)
    tongue = say("tongue", language)
    assert say("paper-no-font", language, tongue=tongue) in " ".join(read(text).text)
    assert f'href="/{language}/bodies"' in text
    assert (read(text).faults, read(text).open) == ([], [])
    [line] = [one.getMessage() for one in caplog.records if "fonts-noto-cjk" in one.getMessage()]
    assert line.count("\n") == 0
    assert shown.answer(f"/papers/{language}/charter.docx").status_code == 200


def test_a_paper_in_latin_letters_needs_no_other_font(without_fonts: None) -> None:
    assert pdf_of(paper("A paper, café, ▮▮▯")).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "language", "missing"),
    [("회의", "en", ("ko",)), ("会議", "ja", ("ja",)), ("会議", "ko", ("ko",)),
     ("회의 と", "en", ("ko",)), ("会議する", "ko", ("ja",))],
)  # fmt: skip
def test_no_paper_is_made_of_letters_without_a_font(
    without_fonts: None, text: str, language: str, missing: tuple[str, ...]
) -> None:
    with pytest.raises(NoFonts) as found:
        pdf_of(paper(text, language))
    assert found.value.languages == missing


@every
def test_a_text_that_cannot_be_set_is_told(
    screen: Callable[..., object], own_press: Press, language: str
) -> None:
    def fail(asked: Paper) -> bytes:
        raise CannotSet("for a reason")

    own_press.writer = lambda ending: fail
    text = screen(scene_of("opened").world).page(f"/papers/{language}/charter.pdf", 503)
    assert say("paper-unset", language) in text


@every
def test_a_node_without_writers_shows_no_link_and_says_why(
    screen: Callable[..., object], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(press, "find_spec", lambda name: None)
    # What is installed does not change while a copy runs, so a page kept before still names it.
    monkeypatch.setattr(keeping, "_shelves", WeakKeyDictionary())
    assert links.can_write("pdf") is False
    shown = screen(scene_of("opened").world)
    found = [one for one in read(shown.page(f"/{language}/bodies")).links if "/papers/" in one]
    # Plain text needs nobody else's package.
    assert found == [f"/papers/{language}/charter.txt"]
    text = shown.page(f"/papers/{language}/charter.pdf", 503)
    assert say("paper-no-writer", language) in text
