"""The pages behind the door: who is signed in sees and does what their seat may, and no more."""

from __future__ import annotations

import base64
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
from architrave.institution.acts import Deposited, Positioned, document_of
from architrave.node.runtime import Runtime, install
from architrave.peer.effects import Answer
from architrave.portal.composing.composer import meant
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
