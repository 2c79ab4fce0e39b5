"""The answers of the API: of the schema, whole, the same in every capital, and nothing sealed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import pytest
from data_scenes import (
    ALL,
    SAME,
    SECRETS,
    addresses,
    has_register,
    scene_of,
    unlinked,
    up,
    value,
    whole_of,
)
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator, ValidationError
from page_scenes import NASTY

from architrave.institution.register import Register
from architrave.node.connections import CONNECTIONS
from architrave.node.runtime import current
from architrave.portal.data import api, data_books, data_query, data_views, data_whole
from architrave.portal.data.api import ANSWERS, manual, schema
from architrave.portal.data.api_matters import Matter
from architrave.portal.data.api_rows import Index
from architrave.portal.data.data_values import instant
from architrave.portal.words import LANGUAGES, say

Get = Callable[..., HttpResponse]
in_each_scene = pytest.mark.parametrize("name", list(ALL))
SCHEMA = schema()
CLASSES = {"Index": Index, **{one.kind.__name__: one.kind for one in ANSWERS}}


@pytest.fixture
def node(screen: Callable[..., Any]) -> Callable[..., Get]:
    """The node of a party in a scene: an address to its answer."""

    def of(name: str, party: str = "") -> Get:
        world = scene_of(name).world
        shown = screen(world, party or up(world)[0], with_register=has_register(world))
        return shown.answer

    return of


def checked(found: Any, kind: str) -> None:
    Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{kind}"}]}).validate(found)


# -- form -------------------------------------------------------------------------------------


@in_each_scene
def test_every_answer_fits_the_schema_and_its_class(
    node: Callable[..., Get], register: Register, name: str
) -> None:
    get = node(name)
    for address, kind in addresses(whole_of(name, up(scene_of(name).world)[0], register)):
        answer = get(address)
        assert answer.status_code == 200, address
        checked(value(answer), kind)
        # Read strictly and written again it is the same: it holds no field beside the class.
        read = msgspec.json.decode(answer.content, type=CLASSES[kind])
        assert data_whole.encoded(read) == answer.content, address


def test_the_schema_is_one_and_is_served(node: Callable[..., Get]) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    answer = node("opened")("/api/1/schema.json")
    assert answer["Content-Type"].startswith("application/schema+json")
    assert answer.json() == SCHEMA
    assert SCHEMA["$defs"]["Matter"]["properties"]["public"]["description"]


def test_an_answer_that_lacks_a_field_or_has_a_wrong_one_does_not_fit(
    node: Callable[..., Get],
) -> None:
    found = value(node("matter_open")("/api/1/matters"))
    del found["matters"][0]["article"]
    with pytest.raises(ValidationError):
        checked(found, "Matters")
    with pytest.raises(ValidationError):
        checked({"books": [{"party": 1}]}, "Books")


def test_every_field_of_every_class_says_what_it_is() -> None:
    kinds = api._reached(list(CLASSES.values()))
    assert len({one.__name__ for one in kinds}) == len(kinds)
    assert {one.__name__ for one in kinds} == set(SCHEMA["$defs"])
    silent = [
        f"{kind.__name__}.{one.name}"
        for kind in kinds
        for one in fields(kind)
        if not one.metadata.get("help")
    ]
    assert silent == []


def test_the_manual_of_the_api_is_current() -> None:
    root = Path(__file__).parents[2]
    assert (root / "docs" / "api.md").read_text(encoding="utf-8") == manual()


def test_the_index_names_every_address_and_says_how_many_requests_are_answered(
    node: Callable[..., Get],
) -> None:
    found = value(node("opened", "KOR")("/api/1/"))
    assert found["copy_of"] == "KOR"
    assert [one["address"] for one in found["resources"]] == [f"/api/1{o.path}" for o in ANSWERS]
    assert all(one["about"].endswith(".") and len(one["about"]) > 10 for one in found["resources"])
    assert set(found["rate"]) == set(found["licence"]) == set(LANGUAGES)
    assert all(str(CONNECTIONS) in text for text in found["rate"].values())
    get = node("opened")
    for address in (found["schema"], found["dump"], *found["tables"]):
        assert get(address).status_code == 200, address


# -- content ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAME)
def test_capitals_with_the_same_record_answer_the_same_but_for_their_name(
    node: Callable[..., Get], register: Register, name: str
) -> None:
    parties = up(scene_of(name).world)
    assert len(parties) > 1
    for address, kind in addresses(whole_of(name, parties[0], register)):
        answers = {}
        for party in parties:
            found = value(node(name, party)(address))
            if kind == "Index":
                assert found.pop("copy_of") == party
            answers[party] = found
        assert all(found == answers[parties[0]] for found in answers.values()), address


def test_no_answer_depends_on_the_clock(register: Register) -> None:
    scene = scene_of("in_force")
    before = whole_of("in_force", "KOR", register)
    scene.world.now += 400 * 86_400_000
    try:
        assert whole_of("in_force", "KOR", register) == before
    finally:
        scene.world.now -= 400 * 86_400_000


def test_of_a_sealed_text_only_its_being_there_and_its_readers_are_told(
    node: Callable[..., Get], register: Register
) -> None:
    for party in scene_of("for_two").world.parties:
        get = node("for_two", party)
        for address, _ in addresses(whole_of("for_two", party, register)):
            text = get(address).content.decode()
            assert [secret for secret in SECRETS if secret in text] == [], (party, address)
        lines = value(get("/api/1/books/JPN"))["lines"]
        sealed = [one for one in lines if one["what"] == "sealed"]
        assert [one["readers"] for one in sealed] == [["JPN", "KOR"]]
        assert [(one["kind"], one["subject"], one["public"]) for one in sealed] == [
            (None, "", False)
        ]


def test_the_peers_of_two_could_have_told_the_secret(register: Register) -> None:
    """The test above can fail: those two nodes do hold the words."""
    world = scene_of("for_two").world
    held = {party: world.disks[party].bytes() for party in world.parties}
    told = {party for party, data in held.items() if SECRETS[0].encode() in data}
    assert told == {"JPN", "KOR"}


def test_erased_words_are_told_nowhere_and_their_erasing_is(
    node: Callable[..., Get], register: Register
) -> None:
    get, symbol = node("erased"), scene_of("erased").symbols[0]
    for address, _ in addresses(whole_of("erased", "KOR", register)):
        assert "the words that go" not in get(address).content.decode(), address
    found = value(get(f"/api/1/matters/{symbol}"))
    assert [(one["party"], one["cause"]["code"]) for one in found["erased"]] == [("JPN", "law")]
    lines = value(get("/api/1/books/JPN"))["lines"]
    assert [one["erased"]["party"] for one in lines if one["erased"]] == ["JPN"]


def test_nasty_texts_stay_text_in_every_language(node: Callable[..., Get]) -> None:
    scene = scene_of("matter_open")
    answer = node("matter_open")(f"/api/1/matters/{scene.symbols[0]}")
    found = value(answer)
    assert found["brief"]["title"] == scene.world.words(NASTY)
    assert answer["X-Content-Type-Options"] == "nosniff"
    given = {one["party"]: one["reason"] for one in found["versions"][0]["positions"]}
    assert given == {"USA": scene.world.words(NASTY), "KOR": {}}


def test_each_outcome_names_its_article_and_whether_it_is_final(
    node: Callable[..., Get],
) -> None:
    symbol = scene_of("in_force").symbols[0]
    found = msgspec.json.decode(node("in_force")(f"/api/1/matters/{symbol}").content, type=Matter)
    version = found.versions[0]
    assert (version.article.number, found.brief.stage.code) == ("4(2)", "in-force")
    charter = scene_of("in_force").world.charter
    assert version.article.cite == {one: charter.citation("4(2)", one) for one in LANGUAGES}
    assert version.silence is not None
    assert version.silence.article.number == "4(2)"
    assert all(one.has_all and one.knows for one in version.ticks)
    assert found.brief.final
    assert {one.id: one.state.code for one in found.commitments}["p"] == "held"
    assert [one.party for one in found.notices] == ["USA"]
    refused = msgspec.json.decode(
        node("refused")(f"/api/1/matters/{scene_of('refused').symbols[0]}").content, type=Matter
    )
    assert [one.kind.code for one in refused.refused] == ["withdrew-matter"]
    assert refused.refused[0].reason["en"]


def test_what_parties_say_of_a_row_is_told_as_theirs_alone(
    node: Callable[..., Get], register: Register
) -> None:
    get, world = node("remarked"), scene_of("remarked").world
    promise, event = unlinked(register), register.events[0]
    found = value(get(f"/api/1/register/{promise.id}"))
    said = found["promise"]["remarks"]
    assert [(one["party"], one["kind"]["code"], one["state"]) for one in said] == [
        ("KOR", "corrected", "held")
    ]
    assert (said[0]["text"], said[0]["present"]) == (world.words(NASTY), True)
    # The word of one capital makes no promise held: it is reported.
    period = found["promise"]["periods"][0]
    assert (period["state"]["code"], period["reason"]) == ("reported", "seat-report")
    without = value(node("opened")(f"/api/1/register/{promise.id}"))["promise"]["periods"][0]
    assert without["state"]["code"] in ("none-found", "not-known")
    contested = value(get(f"/api/1/register/{event.id}"))["event"]["remarks"]
    assert [(one["party"], one["present"]) for one in contested] == [("JPN", False)]
    assert found["promise"] in value(get("/api/1/register"))["promises"]
    assert set(found["cite"]) == set(LANGUAGES)
    assert all(found["promise"]["digest"] in text for text in found["cite"].values())


def test_a_consultation_is_told_to_its_end(node: Callable[..., Get]) -> None:
    found = value(node("remarked")("/api/1/consultations"))["consultations"]
    assert [(one["symbol"], one["awaiting"], one["final"]) for one in found] == [
        ("TDC/2027/KOR/9", [], True)
    ]
    assert [one["party"] for one in found[0]["answers"]] == ["USA"]
    assert found[0]["closed"]["text"]["ko"] == "done (ko)"
    still = value(node("matter_open")("/api/1/consultations"))["consultations"]
    assert [(one["closed"], one["awaiting"]) for one in still] == [(None, ["JPN"])]
    lines = value(node("remarked")("/api/1/books/KOR"))["lines"]
    kinds = {one["kind"]["code"] for one in lines if one["subject"] == "TDC/2027/KOR/9"}
    assert kinds == {"consulted", "closed"}


def test_a_second_history_is_told_beside_the_first(node: Callable[..., Get]) -> None:
    found = value(node("two_histories")("/api/1/books"))
    assert {one["party"]: one["stopped"] for one in found["books"]} == {
        "JPN": False, "KOR": False, "USA": True,
    }  # fmt: skip
    pages = {
        party: value(node("two_histories", party)("/api/1/books/USA")) for party in ("JPN", "KOR")
    }
    last = {party: page["lines"][-1]["root"] for party, page in pages.items()}
    others = {party: [one["root"] for one in p["other_history"]] for party, p in pages.items()}
    # What one shows first, the other shows second.
    assert others == {"JPN": [last["KOR"]], "KOR": [last["JPN"]]}
    assert last["JPN"] != last["KOR"]


def test_a_time_that_no_calendar_has_is_told_as_the_last() -> None:
    assert instant(2**53).year == instant(253_402_300_800_000).year == 9999
    assert instant(1_798_761_600_123).isoformat() == "2027-01-01T00:00:00.123000+00:00"
    assert instant(0).utcoffset() is not None


# -- pages and filters ------------------------------------------------------------------------


def walked(get: Get, address: str, rows: str) -> list[Any]:
    found, seen = [], set()
    while address:
        assert address not in seen
        seen.add(address)
        page = value(get(address))
        assert page["page"] == len(seen)
        found += page[rows]
        address = page["next"]
    assert len(seen) == page["pages"]
    return found


def test_the_pages_of_a_book_hold_every_line_once(
    node: Callable[..., Get], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_books, "LINES", 3)
    for name in ("in_force", "unfounded", "two_histories"):
        get = node(name)
        for book in value(get("/api/1/books"))["books"]:
            lines = walked(get, book["address"], "lines")
            assert [one["number"] for one in lines] == list(range(1, book["size"] + 1))
            assert book["pages"] == max(1, -(-book["size"] // 3))
        if name == "two_histories":
            others = walked(get, "/api/1/books/USA", "other_history")
            assert len({one["root"] for one in others}) == len(others) > 0


@pytest.mark.parametrize("query", ["", "body=TDC", "party=KOR", "year=2027", "stage=open"])
def test_the_pages_of_the_matters_hold_every_matter_once(
    node: Callable[..., Get], monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(data_whole, "MATTERS", 2)
    monkeypatch.setattr(data_views, "MATTERS", 2)
    matters = walked(node("formulas"), f"/api/1/matters?{query}", "matters")
    symbols = [one["symbol"] for one in matters]
    assert sorted(symbols) == sorted(scene_of("formulas").symbols)
    assert len(symbols) > 4


@pytest.mark.parametrize(
    ("query", "count"),
    [
        *(("party=JPN", 1), ("party=USA", 0), ("party=KOR", 1), ("body=ESFBT", 0)),
        *(("body=TDC&party=KOR", 1), ("year=2026", 0), ("stage=in-force", 0), ("stage=open", 2)),
    ],
)
def test_filters_leave_out_what_does_not_fit(
    node: Callable[..., Get], query: str, count: int
) -> None:
    found = value(node("party_down")(f"/api/1/matters?{query}"))
    assert (found["total"], len(found["matters"]), found["next"]) == (count, count, "")


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("matters?colour=red", "'colour': "),
        ("matters?page=0", "page: "),
        ("matters?page=2", "page: there is one page"),
        ("matters?page=x", "page: "),
        ("matters?page=1&page=1", "page: is given more than once"),
        ("matters?page=99999999999999999999", "page: "),
        ("matters?page=%EF%BC%91", "page: "),
        ("matters?body=NOBODY", "body: expected one of "),
        ("matters?year=27", "year: "),
        ("matters?party=jpn", "party: expected one of "),
        ("matters?stage=done", "stage: expected one of "),
        ("matters?stage=" + "x" * 900, "stage: "),
        ("matters?%3Cscript%3E=1", "'<script>': "),
        ("books/USA?page=9", "page: there is one page"),
        ("books/USA?size=9", "'size': "),
        ("books?page=1", "'page': "),
        ("institution?language=ko", "'language': "),
        ("?x=1", "'x': "),
        ("schema.json?x", "'x': "),
        ("dump.zip?x", "'x': "),
        ("matters?" + "&".join(f"a{n}=1" for n in range(1_200)), "query: too many"),
    ],
)
def test_a_query_that_cannot_be_is_answered_with_one_sentence(
    node: Callable[..., Get], address: str, begins: str
) -> None:
    answer = node("matter_open")(f"/api/1/{address}")
    said = value(answer)["error"]
    assert (answer.status_code, said.startswith(begins)) == (400, True), said
    assert "\n" not in said
    assert said.endswith(".")
    assert len(said) < 400
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "address",
    [
        *("/api", "/api/", "/api/2/", "/api/1/nothing", "/api/1/matters/TDC/2027/JPN/99"),
        *("/api/1/matters/", "/api/1/register/ev-none", "/api/1/books/jpn", "/api/1/books/%3Cb%3E"),
        *("/data/nothing.csv", "/data/matters.xls", "/data/", "/data/matters", "/data/../x.csv"),
    ],
)
def test_an_unknown_thing_is_answered_with_one_sentence(
    node: Callable[..., Get], address: str
) -> None:
    answer = node("matter_open")(address)
    said = value(answer)["error"]
    assert (answer.status_code, said.endswith("."), "\n" in said) == (404, True, False)


def test_the_examples_of_the_manual_run(node: Callable[..., Get]) -> None:
    asked = re.findall(r"^curl .*?https://node\.example(\S+)$", manual(), re.M)
    assert len(asked) > 2
    get = node("in_force")
    for address in asked:
        assert get(address).status_code == 200, address
    assert value(get("/api/1")) == value(get("/api/1/"))


def test_a_copy_without_a_register_has_none(node: Callable[..., Get]) -> None:
    assert node("five_parties")("/api/1/register").status_code == 404


# -- how it is served -------------------------------------------------------------------------

FILES = ("/api/1/", "/api/1/matters", "/api/1/dump.zip", "/api/1/schema.json", "/data/seats.csv")


@pytest.mark.parametrize("address", FILES)
def test_an_answer_is_named_by_its_digest_and_sent_once(
    node: Callable[..., Get], address: str
) -> None:
    get = node("opened")
    first = get(address)
    again = get(address, **{"if-none-match": f'W/"x", {first["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Access-Control-Allow-Origin"]) == (first["ETag"], "*")
    assert get(address, **{"if-none-match": '"other"'}).status_code == 200
    head = Client().head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert head["Content-Length"] == first["Content-Length"] == str(len(first.content))


@pytest.mark.parametrize("address", [*FILES, "/api/1/nothing", "/api/1/matters?page=x"])
def test_anyone_may_read_from_anywhere_and_nothing_is_remembered(
    node: Callable[..., Get], address: str
) -> None:
    answer = node("opened")(address, cookie="who=me", authorization="Bearer x")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert not answer.cookies


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
@pytest.mark.parametrize("address", ["/api/1/matters", "/data/seats.csv", "/api/none"])
def test_data_are_for_reading(node: Callable[..., Get], address: str, method: str) -> None:
    node("opened")("/api/1/")
    answer = getattr(Client(), method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert value(answer)["error"].startswith("method: ")


def test_a_copy_that_has_stopped_says_so(node: Callable[..., Get]) -> None:
    node("opened")("/api/1/")
    current().stopped = "the disk is full"
    for address in FILES:
        answer = Client().get(address)
        if address == "/api/1/schema.json":
            continue  # needs nothing of the copy
        assert answer.status_code == 503, address
        assert "disk" not in value(answer)["error"]


def test_an_answer_is_read_under_the_lock_and_encoded_after(
    node: Callable[..., Get], monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []
    encode = data_views.encoded

    def encoding(found: object) -> bytes:
        held.append(current().lock._is_owned())
        return encode(found)

    monkeypatch.setattr(data_views, "encoded", encoding)
    assert node("opened")("/api/1/books").status_code == 200
    assert held == [False]


def test_the_rate_is_said_in_each_language_as_the_index_says_it() -> None:
    for language in LANGUAGES:
        assert str(CONNECTIONS) in say("data-rate", language, n=CONNECTIONS)
    assert f"{CONNECTIONS}\n  connections" in manual()


def test_a_value_in_a_sentence_is_not_too_long() -> None:
    assert len(data_query._said("x" * 10_000)) < 60
