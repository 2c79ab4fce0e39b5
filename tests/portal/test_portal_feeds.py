"""Feeds: whole for every reader, the same entries in every copy, and nothing that is sealed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

import pytest
from feed_reading import LANG, atom, json_feed, links, paragraphs, terms, text
from page_scenes import (
    NASTY,
    SCENES,
    Scene,
    copy_of,
    for_two,
    in_force,
    opened,
    silence_broken,
    silence_running,
    table,
    unfounded,
)
from test_portal_pages import read, scene_of
from world import ROOT

from architrave.institution import acts
from architrave.institution.acts import KINDS
from architrave.institution.register import Register
from architrave.portal.feeds.feed_bytes import atom_bytes, json_bytes
from architrave.portal.feeds.feed_entries import LONGEST, feed
from architrave.portal.feeds.feed_rows import Feed
from architrave.portal.feeds.feed_topics import ALL, TOPIC_OF, TOPICS
from architrave.portal.words import FAMILIES, LANGUAGES, say_of

every = pytest.mark.parametrize("language", LANGUAGES)
in_each_scene = pytest.mark.parametrize("name", list(SCENES))
TOGETHER = [name for name in SCENES if name not in ("party_down", "two_faces")]


def feed_of(
    scene: Scene,
    party: str,
    topic: str = ALL,
    language: str = "en",
    body: str = "",
    register: Register | None = None,
) -> Feed:
    found = feed(copy_of(scene, party, language, register), topic, body)
    assert found is not None
    return found


# -- every feed ---------------------------------------------------------------------------------


@every
@in_each_scene
def test_every_feed_is_whole(name: str, language: str, register: Register) -> None:
    scene = scene_of(name)
    party = scene.world.parties[0]
    given = register if len(scene.world.parties) == 3 else None
    for body in ("", *(one.id for one in scene.world.charter.bodies)):
        for topic in (ALL, *TOPICS):
            found = feed_of(scene, party, topic, language, body, given)
            root = atom(atom_bytes(found).decode())
            value = json_feed(json_bytes(found).decode())
            assert root.get(LANG) == value["language"] == language
            entries = root.findall("{http://www.w3.org/2005/Atom}entry")
            assert [text(one, "id") for one in entries] == [one["id"] for one in value["items"]]
            for one in entries:
                assert topic == ALL or topic in terms(one)


@in_each_scene
def test_the_topics_share_out_all_entries(name: str) -> None:
    scene = scene_of(name)
    party = scene.world.parties[0]
    whole = {one.uid for one in feed_of(scene, party).entries}
    parts = [one.uid for topic in TOPICS for one in feed_of(scene, party, topic).entries]
    assert len(set(parts)) == len(parts)
    assert whole <= set(parts)
    assert len(whole) == min(LONGEST, len(parts))


def test_every_kind_has_a_topic_and_every_topic_a_word() -> None:
    assert set(TOPIC_OF) == set(KINDS.values())
    assert set(TOPIC_OF.values()) == set(TOPICS)
    assert list(FAMILIES["topic"]) == [ALL, *TOPICS]


@pytest.mark.parametrize("name", TOGETHER)
def test_every_capital_and_language_names_the_same_entries_alike(name: str) -> None:
    scene = scene_of(name)
    told = {
        tuple((one.uid, one.published, one.updated) for one in found.entries)
        for party in scene.world.parties
        for language in LANGUAGES
        for found in [feed_of(scene, party, ALL, language)]
    }
    assert len(told) == 1


def test_a_feed_is_named_by_its_body_topic_and_language() -> None:
    scene = scene_of("opened")
    names = [
        feed_of(scene, "KOR", topic, language, body).uid
        for topic in (ALL, *TOPICS)
        for language in LANGUAGES
        for body in ("", "TDC", "ESFBT")
    ]
    assert len(set(names)) == len(names)
    assert feed_of(scene, "KOR").uid == feed_of(scene, "USA").uid


@every
def test_every_entry_leads_to_its_page(screen: Callable[..., Any], language: str) -> None:
    scene = scene_of("in_force")
    shown = screen(scene.world, "KOR")
    root = atom(shown.page(f"/feeds/{language}/all.atom"))
    pages: dict[str, list[str]] = {}
    for entry in root.findall("{http://www.w3.org/2005/Atom}entry"):
        (href,) = links(entry, "alternate")
        assert href.startswith(f"http://kor.example:4001/{language}/")
        address, _, anchor = href.removeprefix("http://kor.example:4001").partition("#")
        if address not in pages:
            pages[address] = read(shown.page(address)).ids
        assert not anchor or anchor in pages[address], href
    assert any("/matters/" in page for page in pages)
    assert any("/record/" in page for page in pages)
    assert any("/register" in page for page in pages)


# -- what an entry says -------------------------------------------------------------------------


def test_an_entry_says_whether_it_is_official_derived_or_compiled(register: Register) -> None:
    found = feed_of(scene_of("in_force"), "JPN", register=register).entries
    kinds = {one.kind: one.kind_word for one in found}
    assert kinds == {
        "official": "Official record entry",
        "derived": "Follows from the record and the charter",
        "compiled": "Compiled from public reports",
    }
    compiled = [one for one in found if one.kind == "compiled"]
    assert {(one.author, one.sure, one.published) for one in compiled} == {
        (register.header.attribution["en"], None, None)
    }
    assert all(one.source for one in compiled)


@every
def test_a_row_of_the_register_is_told_in_the_readers_language_and_marked_as_translated(
    language: str, register: Register
) -> None:
    found = feed_of(scene_of("in_force"), "JPN", "register", language, register=register).entries
    rows = {one.href.rpartition("/")[2]: one for one in found}
    assert rows
    columns = {event.id: ("title", "summary") for event in register.events}
    columns |= {promise.id: ("text", "body") for promise in register.promises}
    for name, entry in rows.items():
        title, more = (register.worded(name, one, language) for one in columns[name])
        assert title.language == language
        assert str(entry.title).endswith(title.text.split("\n")[0])
        assert more.text in map(str, entry.lines)
        marked = say_of("rendering", "provisional", language) in entry.lines
        assert marked == (language != "en")


def test_a_text_that_stands_is_news_although_no_line_says_so() -> None:
    scene = scene_of("in_force")
    (one,) = [one for one in feed_of(scene, "KOR", "decisions").entries if one.kind == "derived"]
    assert str(one.title) == "DEMO · in effect: ESFBT/2027/KOR/1"
    assert one.published is not None
    matter = next(iter(scene.world.peers["KOR"].state.matters))
    assert one.published > scene.world.stand("KOR", matter).tabled.t
    assert "derived" not in {
        row.kind for row in feed_of(scene_of("silence_running"), "KOR", "decisions").entries
    }


def test_an_entry_on_which_something_bears_says_so() -> None:
    before = {one.uid: one for one in feed_of(silence_running(), "JPN", "decisions").entries}
    after = feed_of(silence_broken(), "JPN", "decisions")
    root = atom(atom_bytes(after).decode())
    (old,) = before.values()
    changed = {one.uid: one for one in after.entries}[old.uid]
    assert (old.since, old.updated) == ((), old.published)
    assert changed.published == old.published
    assert changed.updated > old.updated
    assert len(changed.since) == 1
    assert changed.since[0].startswith("Since then: new version, ")
    entry = next(
        one
        for one in root.findall("{http://www.w3.org/2005/Atom}entry")
        if text(one, "id") == old.uid
    )
    assert "changed" in terms(entry)
    assert paragraphs(entry)[-1] == changed.since[0]
    assert text(entry, "updated") > text(entry, "published")


def test_erased_words_leave_the_feed_and_the_entry_says_so() -> None:
    scene = silence_running()
    world = scene.world
    matter = next(iter(world.peers["JPN"].state.matters))
    world.act("KOR", "ESFBT", acts.Erased, act=matter, cause="law")
    world.settle()
    found = feed_of(scene, "USA", "decisions")
    assert b"alert(" not in atom_bytes(found) + json_bytes(found)
    assert found.entries[0].since[0].startswith("Since then: words erased, ")


def test_a_remark_marks_the_row_that_it_is_about(register: Register) -> None:
    scene = opened()
    world, row = scene.world, register.events[0].id
    world.act("JPN", "TDC", acts.Contested, row=row, digest=register.row_digest(row),
              reason=world.words("not so"))  # fmt: skip
    world.settle()
    found = feed_of(scene, "KOR", "register", register=register).entries
    about = [one for one in found if one.since]
    assert [one.href.rpartition("/")[2] for one in about] == [row]
    assert about[0].since[0].startswith("Since then: row of the register contested, ")
    assert {one.kind for one in found} == {"official", "compiled"}
    assert [one.kind for one in feed_of(scene, "KOR", "register", "en", "TDC").entries] == [
        "official"
    ]


def test_nobody_who_holds_a_seat_is_named_in_a_feed() -> None:
    scene = scene_of("opened")
    assert "first holder" not in atom_bytes(feed_of(scene, "KOR", "record")).decode()


def test_what_is_not_received_by_all_is_provisional() -> None:
    scene = opened()
    table(scene, "KOR", "TDC", "3(1)", "text")
    (one,) = feed_of(scene, "KOR", "decisions").entries
    assert one.sure == ("provisional", "provisional")
    scene.world.settle()
    (one,) = feed_of(scene, "KOR", "decisions").entries
    assert one.sure == ("final", "final")


def test_what_was_not_admitted_is_in_no_feed() -> None:
    scene = scene_of("refused")
    kinds = [str(one.title) for one in feed_of(scene, "JPN").entries]
    assert not any("matter withdrawn" in title for title in kinds)


# -- what must not be there, and what must not break --------------------------------------------


@every
def test_what_two_share_is_in_no_feed_of_anybody(screen: Callable[..., Any], language: str) -> None:
    scene = for_two()
    name = next(
        name
        for name, facts in scene.world.peers["KOR"].state.acts.items()
        if isinstance(facts[0].act, acts.Deposited)
    )
    secret = feed_of(scene, "USA", "record", language)
    for party in scene.world.parties:
        shown = screen(scene.world, party)
        for file in ("all.atom", "all.json", "record.atom", "TDC/record.json", "TDC/all.atom",
                     "calendar.ics", "TDC/calendar.ics"):  # fmt: skip
            page = shown.page(f"/feeds/{language}/{file}")
            assert "a secret of two" not in page, (party, file)
            assert "secret.example" not in page, (party, file)
            assert name not in page
            assert "ab" * 32 not in page
        assert len(feed_of(scene, party, "record", language).entries) == len(secret.entries)


@every
def test_texts_reach_the_reader_as_they_were_written(language: str) -> None:
    found = feed_of(scene_of("matter_open"), "KOR", "consultations", language)
    root = atom(atom_bytes(found).decode())
    for entry in root.findall("{http://www.w3.org/2005/Atom}entry"):
        assert f"{NASTY} ({language})" in paragraphs(entry)
    for one in json_feed(json_bytes(found).decode())["items"]:
        assert f"{NASTY} ({language})" in one["content_text"].split("\n")


def test_no_letter_of_a_text_breaks_a_feed() -> None:
    scene = opened()
    table(scene, "KOR", "TDC", "3(1)", "]]>\x00\x0b\x1b&#0;</content>￾<![CDATA[가あ")
    scene.world.settle()
    found = feed_of(scene, "JPN", "decisions", "ja")
    (entry,) = atom(atom_bytes(found).decode()).findall("{http://www.w3.org/2005/Atom}entry")
    assert "]]>&#0;</content><![CDATA[가あ (ja)" in paragraphs(entry)


@pytest.fixture(scope="module")
def long_record() -> Scene:
    """Two hundred papers and five, deposited one after the other."""
    scene = opened()
    world = scene.world
    for number in range(2 * LONGEST + 5):
        world.act("KOR", "TDC", acts.Deposited, title=world.words(f"paper {number}"),
                  digest="ab" * 32, source="archive")  # fmt: skip
        world.now += 1_000
    return scene


def test_a_long_record_begins_with_its_newest_entries(long_record: Scene) -> None:
    found = feed_of(long_record, "KOR", "record").entries
    assert len(found) == LONGEST
    assert f"paper {2 * LONGEST + 4} (en)" in found[0].lines
    assert f"paper {LONGEST + 5} (en)" in found[-1].lines


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_who_was_away_reads_on_until_everything_was_read_once(
    screen: Callable[..., Any], long_record: Scene, kind: str
) -> None:
    """From page to page as a reader's program does, by the links alone."""
    shown = screen(long_record.world, "KOR", False)
    address, seen, names = f"/feeds/ja/record.{kind}", [], set()
    pages = 0
    while address:
        body = shown.page(address)
        pages += 1
        if kind == "atom":
            root = atom(body)
            seen += [text(one, "id") for one in root.findall("{http://www.w3.org/2005/Atom}entry")]
            names.add(text(root, "id"))
            (own,) = links(root, "self")
            assert own == f"http://kor.example:4001{address}"
            assert links(root, "first") == ["http://kor.example:4001/feeds/ja/record.atom"]
            (last,) = links(root, "last")
            onward = links(root, "next")
            assert (own == last) == (not onward)
            back = links(root, "previous")
            assert len(back) == (pages > 1)
        else:
            value = json_feed(body)
            seen += [one["id"] for one in value["items"]]
            names.add(value["_architrave"]["id"])
            assert value["feed_url"] == "http://kor.example:4001/feeds/ja/record.json"
            onward = [value["next_url"]] if "next_url" in value else []
        (further,) = onward or [""]
        address = further.removeprefix("http://kor.example:4001")
    assert pages == 3
    assert len(names) == 1
    assert len(seen) == len(set(seen)) >= 2 * LONGEST + 5
    facts = long_record.world.peers["KOR"].state.acts
    assert {uuid5(UUID(long_record.world.founding.id[:32]), f"act/{name}").urn
            for name, several in facts.items()
            if TOPIC_OF[type(several[0].act)] == "record"} == set(seen)  # fmt: skip


def test_pages_have_the_same_names_in_every_copy(long_record: Scene) -> None:
    long_record.world.settle()
    told = []
    for party in long_record.world.parties:
        pages = [feed(copy_of(long_record, party), "record", "", one) for one in (1, 2, 3)]
        told.append([[entry.uid for entry in page.entries] for page in pages if page is not None])
    assert told[0] == told[1] == told[2]
    assert [len(page) for page in told[0]][:2] == [LONGEST, LONGEST]


@pytest.mark.parametrize("page", ["0", "4", "-1", "x", "", "１", "1" * 30, "01"])
def test_a_page_that_there_is_not_is_told_in_words(
    screen: Callable[..., Any], long_record: Scene, page: str
) -> None:
    shown = screen(long_record.world, "KOR", False)
    for kind in ("atom", "json"):
        shown.page(f"/feeds/en/record.{kind}?page={page}", 404)


def test_a_feed_of_one_page_names_no_other() -> None:
    found = feed_of(opened(), "KOR")
    root = atom(atom_bytes(found).decode())
    assert [links(root, rel) for rel in ("first", "next", "previous", "last")] == [[]] * 4
    assert "next_url" not in json_feed(json_bytes(found).decode())


def test_before_any_book_is_begun_a_feed_is_empty_and_whole() -> None:
    found = feed_of(unfounded(), "KOR")
    assert found.entries == ()
    assert text(atom(atom_bytes(found).decode()), "updated") == "1970-01-01T00:00:00Z"


# -- how they are asked for ---------------------------------------------------------------------

FILES = {
    "calendar.ics": "text/calendar; charset=utf-8",
    "all.atom": "application/atom+xml; charset=utf-8",
    "TDC/decisions.json": "application/feed+json; charset=utf-8",
}


@every
@pytest.mark.parametrize(("file", "kind"), FILES.items())
def test_a_feed_is_sent_once(
    screen: Callable[..., Any], file: str, kind: str, language: str
) -> None:
    scene = opened()
    shown, address = screen(scene.world, "KOR"), f"/feeds/{language}/{file}"
    first = shown.answer(address)
    assert (first.status_code, first["Content-Type"]) == (200, kind)
    assert (first["Content-Language"], first["Cache-Control"]) == (language, "no-cache")
    assert not first.cookies
    for header, value in (
        ("if-none-match", first["ETag"]),
        ("if-modified-since", first["Last-Modified"]),
    ):
        again = shown.answer(address, **{header: value})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    table(scene, "JPN", "TDC", "3(1)", "news")
    table(scene, "KOR", "ESFBT", "4(2)", silence=acts.Silence("4(2)", scene.world.now + 10**9))
    scene.world.settle()
    for header, value in (
        ("if-none-match", first["ETag"]),
        ("if-modified-since", first["Last-Modified"]),
    ):
        assert shown.answer(address, **{header: value}).status_code == 200


def test_a_feed_does_not_change_while_nothing_happens(screen: Callable[..., Any]) -> None:
    scene = in_force()
    shown = screen(scene.world, "KOR")
    before = [shown.answer(f"/feeds/ko/{file}")["ETag"] for file in FILES]
    scene.world.now += 40_000
    assert [shown.answer(f"/feeds/ko/{file}")["ETag"] for file in FILES] == before


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/feeds/en/nothing.atom", "There is no such page"),
        ("/feeds/ja/NATO/all.atom", "該当するページがありません"),
        ("/feeds/ko/TDC/nothing.json", "해당하는 화면이 없습니다"),
        ("/feeds/ko/NATO/calendar.ics", "해당하는 화면이 없습니다"),
        ("/feeds/en/tdc/all.json", "There is no such page"),
        ("/feeds/en/all.rss", "該当するページがありません"),
        ("/feeds/fr/all.atom", "該当するページがありません"),
    ],
)
def test_a_feed_that_there_is_not_is_told_in_words(
    screen: Callable[..., Any], address: str, words: str
) -> None:
    assert words in screen(opened().world).page(address, 404)


def test_the_addresses_and_names_that_the_page_of_feeds_tells_are_right(
    screen: Callable[..., Any],
) -> None:
    told = (ROOT / "docs" / "feeds.md").read_text(encoding="utf-8")
    addresses = re.findall(r"^\| `(/[^`]+)`", told, re.M)
    assert len(addresses) == 7
    scene = silence_running()
    shown = screen(scene.world, "KOR")
    for topic in re.findall(r"^\| `([a-z]+)` \|", told, re.M):
        for address in addresses:
            blanks = {"<language>": "ko", "<body>": "ESFBT", "<topic>": topic}
            for blank, value in blanks.items():
                address = address.replace(blank, value)
            assert shown.answer(address).status_code == 200, address
    matter = next(iter(scene.world.peers["KOR"].state.matters))
    space = UUID(scene.world.founding.id[:32])
    assert f"urn:uuid:{uuid5(space, f'act/{matter}')}" in shown.page("/feeds/ja/all.atom")
    assert f"UID:{uuid5(space, f'date/silence/{matter}/JPN')}" in shown.page(
        "/feeds/ja/calendar.ics"
    )


@every
def test_every_page_tells_of_the_feed_in_its_language(
    screen: Callable[..., Any], language: str
) -> None:
    page = screen(opened().world).page(f"/{language}/matters")
    found = [
        value
        for tag, name, value in read(page).attributes
        if tag == "link" and name == "href" and value.startswith("/feeds/")
    ]
    assert found == [f"/feeds/{language}/all.atom"]
    assert 'rel="alternate" type="application/atom+xml"' in page
