"""What is shown of a page where somebody shares a link to it: in the page's language, from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from page_scenes import SCENES, copy_of, in_force, opened

from architrave.institution.register import Register
from architrave.portal.register.register_context import row_page
from architrave.portal.shortened import ABOUT, TITLE, columns
from architrave.portal.words import LANGUAGES, say

LOCALES = {"ko": "ko_KR", "ja": "ja_JP", "en": "en_US"}
every = pytest.mark.parametrize("language", LANGUAGES)


class Head(HTMLParser):
    """The title and the meta fields of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.title, self.meta, self.inside = "", {}, False
        self.spoken: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside = tag == "title"
        if tag == "meta":
            for kind in ("name", "property"):
                if given.get(kind):
                    name = str(given[kind])
                    assert name not in self.meta, name
                    self.meta[name] = str(given["content"])
                    self.spoken[name] = given.get("lang") or ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        self.title += data if self.inside else ""


@every
@pytest.mark.parametrize("row", ["cm-leaders-annual", "ev-campdavid"])
def test_a_row_is_shared_by_its_words_in_the_reader_s_language(
    screen: Callable[..., Any], register: Register, row: str, language: str
) -> None:
    head = Head(screen(opened().world).page(f"/{language}/register/{row}"))
    title = register.worded(row, "text" if row.startswith("cm") else "title", language)
    about = register.worded(row, "text" if row.startswith("cm") else "summary", language)
    shown = head.meta["og:title"].removeprefix("DEMO · ").removesuffix("…")
    assert " ".join(title.text.split()).startswith(shown)
    assert head.title == f"{head.meta['og:title']} · {say('product', language)}"
    assert row not in head.title
    told = head.meta["og:description"]
    assert told == head.meta["description"]
    assert told.startswith(say("compiled", language))
    assert about.text[:20] in told
    assert head.meta["og:locale"] == LOCALES[language]
    assert head.spoken["description"] == ""


def test_a_row_that_is_not_translated_says_in_which_language_it_is_shared(
    register: Register,
) -> None:
    bare = replace(register, translations={})
    page = row_page(copy_of(opened(), "KOR", "ko", bare), "ev-campdavid")
    assert page is not None
    assert page.frame.about_language == "en"
    assert columns(page.frame.title) <= TITLE


@every
def test_pages_that_are_shared_say_what_they_are_about(
    screen: Callable[..., Any], language: str
) -> None:
    scene = in_force()
    shown = screen(scene.world)
    seen = set()
    for path in (
        f"matters/{scene.symbols[0]}",
        "bodies",
        "rules/3(1)",
        "record/kor",
        "record/kor/1",
    ):
        head = Head(shown.page(f"/{language}/{path}"))
        assert head.meta["og:title"] in head.title
        assert 0 < columns(head.meta["description"]) <= ABOUT
        seen.add(head.meta["description"])
    assert len(seen) == 4
    assert scene.symbols[0] in Head(shown.page(f"/{language}/matters/{scene.symbols[0]}")).title


@pytest.mark.parametrize("name", list(SCENES))
def test_a_preview_asks_nobody_and_is_escaped(screen: Callable[..., Any], name: str) -> None:
    scene = SCENES[name]()
    shown = screen(scene.world, "", False)
    for path in [f"matters/{one}" for one in scene.tabled()] + [""]:
        page = shown.page(f"/ja/{path}")
        head = Head(page)
        assert "og:image" not in head.meta
        assert head.meta["og:type"] == "website"
        assert "<script>" not in page.partition("</head>")[0]
