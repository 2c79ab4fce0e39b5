"""Every page of every scene, in three languages: whole, escaped, without script or stray."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

import pytest
from page_scenes import NASTY, SCENES, Scene

from architrave.portal.words import LANGUAGES

VOID = {"meta", "link", "br", "rect", "path", "img", "hr", "input"}
CHECKS = [("script", "type", "module"), ("script", "src", "/static/portal/verify/page.js")]
FOLLOWS = [
    ("script", "src", "/static/portal/follow.js"),
    ("script", "defer", ""),
    ("script", "src", "/static/django_htmx/htmx-2.min.js"),
    ("script", "defer", ""),
]


def scripts_of(path: str) -> list[tuple[str, str, str]]:
    """The scripts that the page at a path may name: all are files of this node."""
    place = path.partition("?")[0]
    if place == "verify":
        return CHECKS
    if place == "verify/since":
        return [CHECKS[0], ("script", "src", "/static/portal/verify/since_page.js")]
    return FOLLOWS if place in ("", "search") or place.startswith("rules/") else []


@cache
def scene_of(name: str) -> Scene:
    """Each scene is played once; pages change nothing in it."""
    return SCENES[name]()


class Reading(HTMLParser):
    """What a page holds: its visible text, its links, and every fault of its form."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and tag == "a":
                self.links.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: str) -> Reading:
    reading = Reading()
    reading.feed(page)
    reading.close()
    return reading


@dataclass(frozen=True)
class Drawn:
    """The pages of a scene in one language by path, and what each holds."""

    scene: Scene
    language: str
    pages: dict[str, str]
    readings: dict[str, Reading]


Drawer = Callable[[str, str], Drawn]


@pytest.fixture(scope="module")
def last() -> dict[tuple[str, str], Drawn]:
    """What was drawn last: all tests of one scene and language come one after the other."""
    return {}


@pytest.fixture
def drawer(screen: Callable[..., object], last: dict[tuple[str, str], Drawn]) -> Drawer:
    def of(name: str, language: str) -> Drawn:
        if (name, language) not in last:
            last.clear()
            last[name, language] = draw(name, language)
        return last[name, language]

    def draw(name: str, language: str) -> Drawn:
        scene = scene_of(name)
        shown = screen(scene.world, with_register=len(scene.world.parties) == 3)
        pages = {}
        for path in scene.paths():
            if path.partition("/")[0] == "register" and len(scene.world.parties) != 3:
                continue
            pages[path] = shown.page(f"/{language}/{path}")
        return Drawn(scene, language, pages, {path: read(page) for path, page in pages.items()})

    return of


# A parameter of the module's scope: pytest runs all tests of a scene together.
@pytest.fixture(
    scope="module", params=[f"{name}-{language}" for name in SCENES for language in LANGUAGES]
)
def which(request: pytest.FixtureRequest) -> tuple[str, str]:
    name, _, language = request.param.rpartition("-")
    return name, language


@pytest.fixture
def drawn(drawer: Drawer, which: tuple[str, str]) -> Drawn:
    return drawer(*which)


every = pytest.mark.parametrize("language", LANGUAGES)


def test_every_page_is_whole_and_says_in_which_language_it_is(
    drawn: Drawn,
) -> None:
    for path, page in drawn.pages.items():
        reading = drawn.readings[path]
        assert (reading.faults, reading.open) == ([], []), path
        assert f'<html lang="{drawn.language}">' in page
        assert len(set(reading.ids)) == len(reading.ids), path
        assert page.count("<h1") == 1, path


def test_nothing_is_fetched_from_elsewhere_and_no_other_script_runs(
    drawn: Drawn,
) -> None:
    for path, page in drawn.pages.items():
        scripts = [one for one in drawn.readings[path].attributes if one[0] == "script"]
        assert scripts == scripts_of(path), path
        assert re.findall(r"<script[^>]*>(?!</script>)", page) == [], f"{path}: code in the text"
        for tag, attribute, value in drawn.readings[path].attributes:
            assert tag not in {"iframe", "object", "embed", "style"}, path
            assert attribute != "style", path
            if tag == "form":
                # A form only asks for a page of this node, by its address. What is pasted may be
                # too long for that: it is sent as a body, which changes nothing.
                methods = ("get", "post") if path.startswith("verify/since") else ("get",)
                assert attribute != "method" or value in methods, path
                assert attribute != "action" or value.startswith((f"/{drawn.language}/", "#")), path
            assert not attribute.startswith("on"), path
            if attribute == "src" or (attribute == "href" and tag == "link"):
                feed = f"/feeds/{drawn.language}/all.atom"
                assert value.startswith("/static/") or value == feed, path
            if attribute == "href":
                assert value.startswith(("/", "#", "http://", "https://")), (path, value)


@every
def test_the_page_that_checks_runs_one_script_of_this_copy_and_hides_what_needs_it(
    drawer: Drawer, language: str
) -> None:
    page = drawer("opened", language).pages["verify"]
    found = [one for one in read(page).attributes if one[0] == "script"]
    assert found == CHECKS
    assert re.search(r"<section data-check [^>]* hidden>", page)
    assert page.index("<section data-check") < page.index("<template>") < page.index("<script")


def test_what_a_capital_wrote_is_escaped(
    drawn: Drawn,
) -> None:
    for path, page in drawn.pages.items():
        known = [one for one in scripts_of(path) if one[1] == "src"]
        assert page.count("<script") == len(known), path
        assert "alert(&amp;" not in page, f"{path}: escaped twice"


def test_a_text_with_markup_and_braces_is_shown_as_it_was_written(
    drawer: Drawer,
) -> None:
    text = "".join(drawer("matter_open", "en").readings["matters/TDC/2027/JPN/1"].text)
    assert f"{NASTY} (en)" in text


def test_a_demonstration_says_so_on_every_page(
    drawn: Drawn,
) -> None:
    for path, page in drawn.pages.items():
        assert "<title>DEMO · " in page, path
        assert '<p class="demo"' in page, path


# Words that name things of the machine room. Letters of the same script before or after make
# another word of them (プログラム, 프로그램).
STRAYS = {
    "en": re.compile(
        r"\b(?:acts?|acted|nodes?|logs?|logged|seals?|witness(?:es|ed)?|heartbeats?|equivocation"
        r"|merkle|checkpoints?|receipts?)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(r"공식 행위|노드|(?<![가-힣])로그|봉인|입회자|증인|체크포인트|서버"),
    "ja": re.compile(
        r"公式行為|ノード|(?<![ァ-ヶー])ログ(?![ァ-ヶー])|封印|立会者|証人|チェックポイント|サーバー"
    ),
}


def strays(text: str, language: str) -> list[str]:
    patterns = [STRAYS["en"], *([STRAYS[language]] if language != "en" else [])]
    return [hit.group() for pattern in patterns for hit in pattern.finditer(text)]


def test_no_word_of_the_machine_room_strays_onto_a_page(
    drawn: Drawn,
) -> None:
    for path in drawn.pages:
        if path != "glossary":  # its terms are those very words, and their forms to avoid
            text = " ".join(drawn.readings[path].text)
            assert strays(text, drawn.language) == [], path


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The act was refused.", "en"),
        ("Two nodes", "en"),
        ("a sealed text and its seal", "en"),
        ("노드를 시작", "ko"),
        ("로그를 본다", "ko"),
        ("ログを見る", "ja"),
        ("封印された", "ja"),
    ],
)
def test_a_planted_stray_is_found(text: str, language: str) -> None:
    assert strays(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("프로그램", "ko"), ("プログラム", "ja"), ("in fact a catalogue, sealed text", "en")],
)
def test_another_word_with_the_same_letters_is_no_stray(text: str, language: str) -> None:
    assert strays(text, language) == []


def test_every_link_to_a_page_leads_to_one(drawn: Drawn, screen: Callable[..., object]) -> None:
    scene, language = drawn.scene, drawn.language
    shown = screen(scene.world, with_register=len(scene.world.parties) == 3)
    known = {f"/{language}/{path}": one.ids for path, one in drawn.readings.items()}
    for path, reading in drawn.readings.items():
        for link in reading.links:
            if not link.startswith((f"/{language}/", "#")):
                continue
            address, _, anchor = link.partition("#")
            address = address or f"/{language}/{path}"
            if address == f"/{language}/register" and "register" not in drawn.pages:
                continue
            if address not in known:
                known[address] = read(shown.page(address)).ids
            assert not anchor or anchor in known[address], (path, link)
