"""The workspace's door: invited once, in by passkey alone, and only as long as one may."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from page_scenes import matter_open
from passkey_maker import Passkey
from world import World

from architrave.cli.website import apps_here
from architrave.node.configure import Home, configure, settings_for
from architrave.node.folder import ACCOUNTS
from architrave.node.runtime import Runtime, install
from architrave.portal.words import LANGUAGES, say

URLS = "architrave.cli.urls"
SEAT = "KOR/TDC"


@dataclass
class Desk:
    """One capital's node with its workspace."""

    world: World
    folder: Path

    def browser(self) -> Client:
        return Client(enforce_csrf_checks=True, headers={"host": "localhost"})

    def invited(self) -> str:
        from architrave.portal.workspace import invitations
        from architrave.portal.workspace.seats import appointment_now

        peer = self.world.peers["KOR"]
        now = appointment_now(peer.state, peer.view(), SEAT)
        assert now is not None
        return f"/ko/work/enter/{invitations.invite(now)[0]}"

    def entered(self) -> tuple[Client, Passkey]:
        """A browser that has entered by an invitation and registered a passkey."""
        browser, passkey = self.browser(), Passkey()
        assert use(browser, self.invited()).headers["Location"] == "/ko/work/keys"
        assert add(browser, passkey).status_code == 302
        return browser, passkey


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "node.json").write_text(json.dumps({"party": "KOR"}), encoding="utf-8")
    home = Home(tmp_path, "http://kor.example:4001")
    configure(tmp_path / "none.db", URLS, ("architrave.portal",))
    settings = settings_for(tmp_path / "none.db", URLS, apps_here(), home=home)
    accounts = settings.pop("DATABASES")["accounts"]
    before = connections.settings
    connections.settings = connections.configure_settings({**before, "accounts": accounts})
    apps = settings.pop("INSTALLED_APPS")
    # Apps are asked for before the settings on which they insist are in force.
    with override_settings(**settings), override_settings(INSTALLED_APPS=apps):
        from django.core.cache import cache

        from architrave.portal.workspace import begin

        cache.clear()
        begin()
        world = matter_open().world
        runtime = Runtime(world.peers["KOR"], lambda: world.now, lambda _act: None)
        install(runtime)
        yield Desk(world, tmp_path)
        connections["accounts"].close()
    connections.settings = before
    del connections["accounts"]


def word_in(page: HttpResponse) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert found is not None
    return found[1]


def use(browser: Client, address: str) -> HttpResponse:
    """Open an invitation and use it up."""
    word = word_in(browser.get(address))
    return browser.post(address, {"csrfmiddlewaretoken": word})


def add(browser: Client, passkey: Passkey, name: str = "first") -> HttpResponse:
    """Register a passkey on the page for it."""
    word = word_in(browser.get("/ko/work/keys"))
    options = browser.get("/ko/work/keys/options").json()["options"]
    told = {"do": "add", "name": name, "credential": passkey.registered(options)}
    return browser.post("/ko/work/keys", {"csrfmiddlewaretoken": word, **told})


def begun(browser: Client) -> dict[str, Any]:
    """What a passkey is to sign, and the word for the form."""
    return browser.get("/ko/work/passkey").json()


def sign_in(browser: Client, credential: str, word: str) -> HttpResponse:
    told = {"csrfmiddlewaretoken": word, "credential": credential}
    return browser.post("/ko/work/passkey", told)


def test_an_invitation_that_is_only_looked_at_leaves_a_cookie_of_ten_minutes(desk: Desk) -> None:
    browser = desk.browser()
    browser.get(desk.invited())
    (cookie,) = browser.cookies.values()
    assert 0 < int(cookie["max-age"]) <= 600


def test_an_officer_enters_once_by_invitation_and_then_by_passkey_alone(desk: Desk) -> None:
    address = desk.invited()
    first = desk.browser()
    page = first.get(address)
    for word in (SEAT, "first holder", say("work-invited-go", "ko")):
        assert word in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert use(first, address).status_code == 302
    assert desk.browser().get(address).status_code == 404, "used"
    cookie = first.cookies["architrave-kor"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert 0 < int(cookie["max-age"]) <= 8 * 3_600
    passkey = Passkey()
    assert add(first, passkey).status_code == 302
    leaving = first.get("/ko/work/")
    assert (
        first.post("/ko/work/leave", {"csrfmiddlewaretoken": word_in(leaving)}).status_code == 302
    )
    assert first.get("/ko/work/").headers["Location"] == "/ko/work/enter"
    again = desk.browser()
    told = begun(again)
    answer = sign_in(again, passkey.signed(told["options"]), told["word"])
    assert answer.headers["Location"] == "/ko/work/"
    assert SEAT in again.get("/ko/work/").content.decode()
    kept = (desk.folder / ACCOUNTS).read_bytes()
    assert b"first holder" not in kept
    assert (desk.folder / ACCOUNTS).stat().st_mode & 0o777 == 0o600


def test_what_a_passkey_signed_counts_once_at_this_copy_and_with_its_holder_there(
    desk: Desk,
) -> None:
    _, passkey = desk.entered()
    browser = desk.browser()
    told = begun(browser)
    signed = passkey.signed(told["options"])
    assert sign_in(browser, signed, "x" * 64).status_code == 403, "without the form's word"
    assert sign_in(browser, signed, told["word"]).status_code == 302
    late = desk.browser()
    assert sign_in(late, signed, begun(late)["word"]).status_code == 400, "replayed"
    for change in ({"origin": "https://elsewhere.example"}, {"verifies": False}):
        other = desk.browser()
        told = begun(other)
        for name, value in change.items():
            setattr(passkey, name, value)
        assert sign_in(other, passkey.signed(told["options"]), told["word"]).status_code == 400
        passkey.origin, passkey.verifies = "http://localhost", True
    stranger = desk.browser()
    told = begun(stranger)
    forged = Passkey(id=passkey.id, account=passkey.account)
    assert sign_in(stranger, forged.signed(told["options"]), told["word"]).status_code == 400


@pytest.mark.parametrize(
    "credential",
    ["", "{}", "[]", "7", '"x"', '{"id": 1}', '{"response": {}}', '{"response": []}', "{" * 99],
)
def test_what_is_no_credential_is_refused_in_words(desk: Desk, credential: str) -> None:
    browser = desk.browser()
    answer = sign_in(browser, credential, begun(browser)["word"])
    assert answer.status_code == 400
    assert say("work-passkey-refused", "ko") in answer.content.decode()


def test_a_broken_registration_is_refused_in_words(desk: Desk) -> None:
    browser = desk.browser()
    use(browser, desk.invited())
    word = word_in(browser.get("/ko/work/keys"))
    told = json.loads(Passkey().registered(browser.get("/ko/work/keys/options").json()["options"]))
    whole = told["response"]["attestationObject"]
    for broken in ("", "AA", whole[:40], whole[:100]):
        told["response"]["attestationObject"] = broken
        given = {"do": "add", "credential": json.dumps(told), "csrfmiddlewaretoken": word}
        answer = browser.post("/ko/work/keys", given)
        assert answer.status_code == 400, broken
        assert say("work-key-unmade", "ko") in answer.content.decode()


def test_an_invitation_ends_with_its_time_or_with_the_seat(desk: Desk) -> None:
    from architrave.portal.workspace.models import Invitation

    late = desk.invited()
    Invitation.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert desk.browser().get(late).status_code == 404
    passed = desk.invited()
    desk.world.seat("KOR", "TDC", "second holder")
    page = desk.browser().get(passed)
    assert page.status_code == 404
    assert say("work-invited-passed", "ko") in page.content.decode()


def test_who_held_the_seat_reads_and_does_not_act_and_a_shut_account_is_out(desk: Desk) -> None:
    from architrave.portal.workspace.accounts import listed, shut

    browser, passkey = desk.entered()
    note = say("work-reads-only", "ko")
    assert note not in browser.get("/ko/work/").content.decode()
    desk.world.seat("KOR", "TDC", "second holder")
    page = browser.get("/ko/work/").content.decode()
    assert note in page
    assert "first holder" in page
    # Nor a further way in.
    refused = add(browser, Passkey(), "second")
    assert refused.status_code == 400
    assert say("work-key-unmade", "ko") in refused.content.decode()
    assert [(one.open, one.passkeys) for one in listed()] == [(True, 1)]
    assert shut(SEAT, lambda _one: True) == 0
    assert shut(SEAT) == 1
    assert browser.get("/ko/work/").headers["Location"] == "/ko/work/enter"
    other = desk.browser()
    told = begun(other)
    assert sign_in(other, passkey.signed(told["options"]), told["word"]).status_code == 400
    assert [(one.open, one.passkeys) for one in listed()] == [(False, 0)]


def test_all_passkeys_but_the_last_are_removed_and_only_soon_after_signing_in(desk: Desk) -> None:
    from architrave.portal.workspace.accounts import passkeys_of
    from architrave.portal.workspace.models import Account

    browser, _ = desk.entered()
    account = Account.objects.get()

    def ask(**told: str) -> int:
        word = word_in(browser.get("/ko/work/keys"))
        return browser.post("/ko/work/keys", {"csrfmiddlewaretoken": word, **told}).status_code

    (only,) = passkeys_of(account)
    assert ask(do="remove", key=str(only.pk)) == 400
    assert add(browser, Passkey(), "second").status_code == 302
    assert ask(do="name", key=str(only.pk), name="renamed") == 302
    assert [one.data["name"] for one in passkeys_of(account)] == ["renamed", "second"]
    assert ask(do="remove", key="0") == 400
    assert ask(do="remove", key=str(only.pk)) == 302
    web = browser.session
    web["architrave-entered"] -= 11 * 60
    web.save()
    assert browser.get("/ko/work/keys/options").status_code == 403
    (left,) = passkeys_of(account)
    assert ask(do="name", key=str(left.pk), name="later") == 400


def test_too_many_tries_from_one_place_are_put_off(desk: Desk) -> None:
    browser = desk.browser()
    word = begun(browser)["word"]
    found = [sign_in(browser, "{}", word).status_code for _ in range(11)]
    assert found == [400] * 10 + [429]


def test_no_public_page_nor_the_sign_in_page_sets_a_cookie(desk: Desk) -> None:
    browser, _ = desk.entered()
    for client in (desk.browser(), browser):
        for address in (*matter_open().paths(), "work/enter"):
            client.cookies.load({})
            answer = client.get(f"/en/{address}")
            assert "Set-Cookie" not in str(answer.serialize_headers()), address
            assert not answer.cookies, address
            if address != "work/enter":
                assert "Cookie" not in answer.get("Vary", ""), address


def test_allauth_s_own_pages_are_not_reachable(desk: Desk) -> None:
    for address in ("signup", "login", "password/reset", "email", "mfa/", "accounts/login"):
        for start in ("/", "/ko/work/", "/accounts/"):
            assert desk.browser().get(start + address).status_code == 404, start + address


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_as_address_is_told_to_be_unfit_for_passkeys(desk: Desk, language: str) -> None:
    browser = Client(headers={"host": "127.0.0.1:4001"})
    page = browser.get(f"/{language}/work/enter").content.decode()
    assert say("work-unfit", language) in page
    assert f"http://localhost:4001/{language}/work/enter" in page


def test_without_allauth_the_pages_stand_and_the_door_says_that_it_is_not_here() -> None:
    code = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("allauth", "fido2"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, *a: None if name in ("allauth", "fido2") else real(name, *a)
from architrave.cli.website import URLS, apps_here
assert apps_here() == ("architrave.portal",), apps_here()
from pathlib import Path
from architrave.node.configure import Home, begin, configure
configure(Path("none.db"), URLS, apps_here(), home=Home(Path("."), "http://a.example"))
import logging
logging.basicConfig(level=logging.INFO, stream=sys.stderr)
begin(apps_here())
from django.test import Client
from page_scenes import matter_open
from architrave.node.runtime import Runtime, install
world = matter_open().world
install(Runtime(world.peers["KOR"], lambda: world.now, lambda act: None))
for place in ("work", "work/", "work/enter", "work/enter/x", "work/keys", "work/other"):
    answer = Client().get("/en/" + place)
    assert answer.status_code == 404, place
    assert b"workspace is not installed" in answer.content, place
    assert not answer.cookies
"""
    paths = [one for one in sys.path if one]
    env = {"PYTHONPATH": ":".join(paths), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("officers cannot sign in") == 1
