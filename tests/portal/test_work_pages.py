"""The pages behind the door: who is signed in sees and does what their seat may, and no more."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from council_scenes import drilled
from django.http import HttpRequest, HttpResponse
from django.test import Client
from page_scenes import Scene, table
from world import World, seed

import architrave.portal as portal
from architrave.charter.rules import Position
from architrave.desks.evidence import Assessment
from architrave.desks.tabling import document_with
from architrave.institution.acts import (
    Closed,
    Consulted,
    Convened,
    Deposited,
    Positioned,
    Revised,
    WithdrewMatter,
    Wording,
    document_of,
)
from architrave.node.runtime import Runtime, install
from architrave.peer.effects import Answer
from architrave.portal.composing.composer import meant
from architrave.portal.words import LANGUAGES, say
from architrave.portal.workspace.desk import desk_views, form_context
from architrave.portal.workspace.desk.own_copy import DeskHeld, OwnCopy
from architrave.portal.workspace.officers import Officer
from architrave.record import canonical
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct, sign_act

ME = Officer("JPN", "JPN/TDC", "first holder", "ja", True)
SECRET = "a text for two capitals"
SIGNING = Path(portal.__file__).parent / "static" / "portal" / "workspace" / "signing.mjs"


def sealed_scene() -> tuple[Scene, str, str]:
    """A scene with a matter, and a paper for two capitals; the matter's and a request's symbol."""
    scene = drilled()
    world = scene.world
    article = world.charter.article_for("TDC", "decide", "note", "political")
    assert article is not None
    to = sorted(world.origin(one) for one in ("JPN", "USA"))
    table(scene, "USA", "TDC", article.number, "a note")
    title = world.words(SECRET)
    world.act("USA", "TDC", Deposited, to=to, title=title, digest="5e" * 32, source="an archive")
    world.settle()
    return scene, scene.symbols[-1], "TDC/2027/KOR/8"


class Desk:
    """A signed-in officer's browser at their own copy."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch, officer: Officer) -> None:
        self.world, self.officer = world, officer
        peer = world.peers[officer.party]

        def submit(act: SealedAct) -> Answer:
            answers = world.perform(officer.party, peer.command(1, act))
            return answers[0]

        install(Runtime(peer, lambda: world.now, submit))
        monkeypatch.setattr("architrave.portal.workspace.at_work.is_here", lambda: True)
        for module in ("desk_views", "officers"):
            monkeypatch.setattr(
                f"architrave.portal.workspace.{'desk.' if module == 'desk_views' else ''}"
                f"{module}.officer_of",
                lambda _request: officer,
            )
        self.client = Client()

    def page(self, address: str, given: dict[str, str] | None = None, status: int = 200) -> str:
        ask = self.client.get if given is None else self.client.post
        response: HttpResponse = ask(address, given) if given is not None else ask(address)
        assert response.status_code == status, response.content.decode()[-600:]
        assert response["Cache-Control"] == "no-store"
        return response.content.decode()


@pytest.fixture
def desk(portal: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, str, str]:
    scene, sealed, asked = sealed_scene()
    return Desk(scene.world, monkeypatch, ME), sealed, asked


@pytest.mark.parametrize("language", ["ko", "ja", "en"])
def test_each_page_stands_in_each_language(desk: tuple[Desk, str, str], language: str) -> None:
    it, sealed, asked = desk
    for path in (
        "work",
        "work/council",
        "work/forms/consult",
        f"work/forms/position?about={sealed}",
    ):
        assert f'<html lang="{language}">' in it.page(f"/{language}/{path}")
    waits = it.page(f"/{language}/work")
    assert asked in waits
    assert f"forms/acknowledge?about={asked.replace('/', '%2F')}" in waits


def test_what_is_sealed_for_others_is_not_shown(
    desk: tuple[Desk, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    it, _, _ = desk
    assert SECRET in it.page("/en/work/council")
    other = Desk(it.world, monkeypatch, replace(ME, party="KOR", seat="KOR/TDC"))
    assert SECRET not in other.page("/en/work/council")
    other.page("/en/work/forms/position?about=TDC/2027/KOR/99", status=404)


def test_who_has_left_the_seat_reads_and_has_no_form(
    desk: tuple[Desk, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    it, _, asked = desk
    past = Desk(it.world, monkeypatch, replace(ME, acts=False))
    page = past.page(f"/en/work/forms/acknowledge?about={asked}")
    assert "This seat has passed to another." in page
    assert '<form class="desk"' not in page
    words = {f"answer.{one}": "heard" for one in ("ko", "ja", "en")}
    assert "data-message" not in past.page("/en/work/forms/acknowledge", {"about": asked, **words})


def test_a_marked_text_is_refused_by_its_marking_and_not_shown_again(
    desk: tuple[Desk, str, str],
) -> None:
    it, _, asked = desk
    given = {"about": asked, "answer.ko": "x", "answer.ja": "x", "answer.en": "TOP SECRET plum"}
    page = it.page("/en/work/forms/acknowledge", given)
    assert "TOP SECRET" in page
    assert "plum" not in page
    assert "data-message" not in page


def test_a_position_is_composed_as_at_the_terminal_and_a_signed_one_is_stored(
    desk: tuple[Desk, str, str],
) -> None:
    it, sealed, _ = desk
    world, size = it.world, it.world.peers["JPN"].history.main(it.world.origin("JPN")).size
    page = it.page(
        "/ko/work/forms/position", {"about": sealed, "version": "1", "position": "concur"}
    )
    assert page.count(sealed) > 0
    message = base64.b64decode(re.findall(r'data-message="([^"]+)"', page)[0])
    key = world.officer("JPN", "TDC")
    copy = OwnCopy(world.peers["JPN"], "en", world.now, None, {})
    tree = {"matter": sealed, "version": "1", "position": "concur"}
    same = meant(
        DeskHeld(copy), "positioned", tree, None, world.now,
        lambda _body: ("JPN/TDC", key.public.text),
    ).act  # fmt: skip
    assert message == form_context.message_of(copy, same)
    assert isinstance(same, Positioned)
    assert same.position is Position.CONCUR
    assert world.peers["JPN"].history.main(world.origin("JPN")).size == size
    data = sign_act(document_of(same), world.founding.id, key)
    given = it.page("/ko/work/give", {"signed": base64.b64encode(data).decode()})
    assert f"JPN:{size + 1}" in unescape(given) or str(size + 1) in given
    assert world.peers["JPN"].history.main(world.origin("JPN")).size == size + 1
    again = it.page("/en/work/give", {"signed": base64.b64encode(data).decode()}, 409)
    assert "the same record entry stands in the record already" in again
    it.page("/en/work/give", {"signed": "AAAA"}, 400)


def test_a_form_without_its_token_is_refused(desk: tuple[Desk, str, str]) -> None:
    from django.middleware.csrf import CsrfViewMiddleware

    it, _, asked = desk

    def posted(request: HttpRequest) -> HttpResponse:
        return HttpResponse("let in")

    page = it.page(f"/en/work/forms/acknowledge?about={asked}")
    assert "csrfmiddlewaretoken" in page
    request = HttpRequest()
    request.method = "POST"
    refused = CsrfViewMiddleware(posted).process_view(request, desk_views.form, (), {})
    assert refused is not None
    assert refused.status_code == 403


def test_the_browser_signs_as_our_own_key_does() -> None:
    if shutil.which("node") is None:
        pytest.skip("node is not here, so the script of the page cannot run")
    key, message = PrivateKey(seed("officer")), canonical.dump({"a": "나무 🌳"})
    script = f"""
import {{ canSign, isBy, seedIn, signed }} from "file://{SIGNING}";
import {{ fromBase64, toBase64 }} from "file://{SIGNING.parents[1]}/verify/bytes.js";
const message = fromBase64("{base64.b64encode(message).decode()}");
const made = await signed("{seed("officer").hex()}\\n", message);
const by = await isBy("{key.public.text}", made, message);
const other = await isBy("{PrivateKey(seed("other")).public.text}", made, message);
console.log([await canSign(), toBase64(made), by, other, seedIn('{{"kdf":1}}')].join(" "));
"""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    made = base64.b64encode(key.sign(message)).decode()
    assert done.stdout.strip() == f"true {made} true false"


def plan_text(*rows: object) -> str:
    told = json.dumps({"kind": "exercise-programme", "plan": list(rows)})
    # What JSON cannot say of itself is said as a party could write it.
    return told.replace('"ENDLESS"', "1e400")


def tabled(it: Desk, text: str) -> str:
    """A political note of this text, tabled by a party to all; its name."""
    world = it.world
    article = world.charter.article_for("TDC", "decide", "note", "political")
    assert article is not None
    scene = Scene(world, [f"TDC/2027/USA/{n}" for n in range(40)])
    wording = Wording(world.words("t"), world.words("s"), "note", "political", text)
    name = table(scene, "USA", "TDC", article.number, wording=wording)
    world.settle()
    return name


GOOD = {"first": "2029-03-01", "days": 5, "edition": "one edition", "host": "JPN"}


@pytest.mark.parametrize(
    "row",
    [
        {**GOOD, "days": "ENDLESS"},
        {**GOOD, "days": True},
        {**GOOD, "days": 10**30},
        {**GOOD, "days": -4},
        {**GOOD, "first": 20290301},
        {**GOOD, "first": "9999-12-31", "days": 400},
        {"days": 5},
    ],
)
def test_a_plan_that_is_none_shows_no_plan_and_the_page_stands(
    desk: tuple[Desk, str, str], row: dict[str, object]
) -> None:
    it, _, _ = desk
    tabled(it, plan_text(GOOD, row))
    page = it.page("/en/work/council")
    assert "No plan was tabled in a matter" in page
    assert "one edition" not in page


def test_a_level_that_is_none_is_not_assessed(desk: tuple[Desk, str, str]) -> None:
    it, _, _ = desk
    result = {
        "voice:KOR-JPN": {"state": "assessed", "level": True, "age": True},
        "data:KOR-JPN": {"state": "assessed", "level": 2, "age": 3},
        "chat:KOR-JPN": {"state": "assessed", "level": 9, "age": []},
    }
    found = Assessment("interoperability", "levels", (), {"today": "2027-01-01"}, result, {})
    tabled(it, document_with([found]))
    page = it.page("/en/work/council")
    rows = re.findall(r'<th scope="row">([a-z]+):KOR-JPN</th><td>([^<]*)</td><td>([^<]*)', page)
    told = {name: (level, age) for name, level, age in rows}
    assert told["voice"] == ("not assessed", "")
    assert told["chat"] == ("not assessed", "")
    assert told["data"][1] == "3 days"


def test_a_plan_that_was_withdrawn_is_no_plan_any_more(desk: tuple[Desk, str, str]) -> None:
    it, _, _ = desk
    name = tabled(it, plan_text(GOOD))
    page = it.page("/en/work/council")
    assert "one edition" in page
    it.world.act("USA", "TDC", WithdrewMatter, matter=name, reason=it.world.words("no more"))
    it.world.settle()
    assert "one edition" not in it.page("/en/work/council")


def test_a_form_about_something_of_another_kind_is_absent(desk: tuple[Desk, str, str]) -> None:
    it, sealed, asked = desk
    starts = it.world.now + 10**8
    meeting = "TDC/2027/KOR/31"
    it.world.act(
        "KOR", "TDC", Convened, symbol=meeting, body="TDC", starts=starts, ends=starts + 10**6,
        consultation=it.world.peers["KOR"].state.symbols[asked][0].name,
    )  # fmt: skip
    it.world.settle()
    for form, about in (
        ("position", asked),
        ("retract", asked),
        ("report", meeting),
        ("acknowledge", sealed),
        ("acknowledge", meeting),
        ("close", sealed),
        ("assess", meeting),
    ):
        it.page(f"/en/work/forms/{form}?about={about}", status=404)
        it.page(f"/en/work/forms/{form}", {"about": about}, status=404)


def test_who_asked_may_close_while_others_are_silent_and_any_party_may_read_a_point(
    desk: tuple[Desk, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    it, _, asked = desk
    link = asked.replace("/", "%2F")
    other = it.page("/en/work")
    assert f"forms/close?about={link}" not in other
    assert f"forms/assess?about={link}" in other
    own = Desk(it.world, monkeypatch, replace(ME, party="KOR", seat="KOR/TDC"))
    page = own.page("/en/work")
    assert f"forms/close?about={link}" in page
    assert f"forms/assess?about={link}" in page
    words = it.world.words("not answered")
    drill = it.world.act(
        "KOR", "TDC", Consulted, symbol="TDC/2027/KOR/32", body="TDC", drill=True, ground=words,
        facts=words, wish=words,
    )  # fmt: skip
    it.world.settle()
    page = own.page("/en/work")
    assert "forms/close?about=TDC%2F2027%2FKOR%2F32" in page
    assert "forms/assess?about=TDC%2F2027%2FKOR%2F32" not in page
    it.world.act("KOR", "TDC", Closed, consultation=drill, outcome=words)
    it.world.settle()
    assert "forms/close?about=TDC%2F2027%2FKOR%2F32" not in own.page("/en/work")


def test_the_page_to_sign_says_drill_nature_and_version_in_words(
    desk: tuple[Desk, str, str],
) -> None:
    it, _, _ = desk
    words = {f"{name}.{one}": "w" for name in ("ground", "facts", "wish") for one in LANGUAGES}
    ask = {"body": "TDC", **words}
    assert "no drill: a request to consult" in it.page("/en/work/forms/consult", ask)
    page = it.page("/en/work/forms/consult", {**ask, "drill": "yes"})
    assert "no drill: a request to consult" not in page
    assert f"<dd>{say('drill-title', 'en')}</dd>" in page.replace('<dd class="digest">', "<dd>")
    texts = {f"{name}.{one}": "w" for name in ("title", "summary") for one in LANGUAGES}
    page = it.page("/en/work/forms/table", {"body": "TDC", "instrument": "note", **texts})
    assert "Political document, not legally binding" in page

    name = tabled(it, "first")
    article = it.world.charter.article_for("TDC", "decide", "note", "political")
    assert article is not None
    second = Wording(
        it.world.words("the second title"), it.world.words("s"), "note", "political", "x"
    )
    it.world.act("USA", "TDC", Revised, matter=name, article=article.number, wording=second)
    it.world.settle()
    fact = it.world.peers["JPN"].state.acts[name][0]
    given = {"about": fact.act.symbol, "version": "2", "position": "concur"}
    page = it.page("/en/work/forms/position", given)
    assert "the second title" in page
    assert "<dd>2</dd>" in page.replace('<dd class="digest">', "<dd>")
