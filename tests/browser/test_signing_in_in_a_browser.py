"""An officer is invited, makes a passkey, signs out and signs in again, in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from architrave.cli.demo.stage import Stage
from architrave.portal.words import say
from tests.browser.chromium import NARROW
from tests.browser.crawl import Site
from tests.browser.looking import barriers, looking, pale_words, small_targets, too_wide
from tests.browser.three_nodes import HOME_OF

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PARTY = HOME_OF["en"]
BY_PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def invited(stage: Stage, seat: str) -> str:
    """The address that the verb prints."""
    folder = str(stage.nodes[PARTY].folder)
    verb = ["officer", "invite", folder, seat, "--json"]
    command = [sys.executable, "-m", "architrave.cli.main", *verb]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return str(json.loads(done.stdout)["address"])


def signed_in_the_browser(page: Page, origin: str, key: Path) -> None:
    """A drill is asked for, and signed by the officer's own key without its leaving the page."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.goto(f"{origin}/en/work/forms/consult")
    page.select_option("select[name=body]", "TDC")
    page.check("input[name=drill]")
    for name in ("ground", "facts", "wish"):
        for language in ("ko", "ja", "en"):
            page.fill(f"[name='{name}.{language}']", "A drill of the line.")
    page.get_by_role("button", name=say("work-next", "en")).click()
    page.wait_for_selector("#sign:not([hidden])")
    assert say("work-would", "en") in page.inner_text("main")
    page.set_input_files("#key-file", key)
    page.click("#sign-go")
    page.wait_for_url(f"{origin}/en/work/give")
    assert say("work-stored", "en") in page.inner_text("main")
    secret = key.read_text(encoding="ascii").strip()
    assert secret
    assert not any(secret in one for one in sent), "the key stays with the officer"


def test_an_officer_makes_a_passkey_and_signs_in_with_it(browser: Browser, stage: Stage) -> None:
    address = invited(stage, f"{PARTY}/TDC")
    origin = f"http://localhost:{stage.nodes[PARTY].port}"
    assert address.startswith(f"{origin}/en/work/enter/")
    site = Site(origin, "en")
    found: list[str] = []
    with looking(browser, site, NARROW) as look:
        page = look.page
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": BY_PASSKEY})
        page = look.at(address.removeprefix(origin))
        page.get_by_role("button", name=say("work-invited-go", "en")).click()
        page.wait_for_url(f"{origin}/en/work/keys")
        page.fill("#new-name", "of this desk")
        page.get_by_role("button", name=say("work-key-add", "en")).click()
        page.wait_for_selector("text=of this desk")
        found += [*too_wide(page), *small_targets(page)]
        page.get_by_role("button", name=say("work-leave", "en")).click()
        page.wait_for_url(f"{origin}/en/work/enter")
        found += [*too_wide(page), *small_targets(page)]
        assert look.left_behind() == [], "signing out leaves nothing at the reader's"
        page.get_by_role("button", name=say("work-enter-go", "en")).click()
        page.wait_for_url(f"{origin}/en/work/")
        assert f"{PARTY}/TDC" in page.inner_text("main")
        (cookie,) = page.context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
        page.context.new_page().goto(f"{origin}/en/matters")
        assert page.context.cookies() == [cookie], "a public page changes no cookie"
        key = stage.nodes[PARTY].folder / "keys" / "officers" / f"{PARTY}.TDC.key"
        signed_in_the_browser(page, origin, key)
        found += [*too_wide(page), *small_targets(page), *look.stray]
        kept = page.context.cookies()
    with looking(browser, site, NARROW, bypass_csp=True) as look:
        look.page.context.add_cookies(kept)
        for path in (
            *("/en/work/", "/en/work/keys", "/en/work/enter", "/en/work/council"),
            *("/en/work/forms/consult", "/en/work/forms/table"),
        ):
            page = look.at(path)
            found += [*too_wide(page), *barriers(page)[0], *pale_words(page)[0]]
    assert found == []


@pytest.mark.parametrize(
    ("status", "phrase"), [(429, "work-too-often"), (403, "work-again"),
                           (500, "work-said-failed")]
)  # fmt: skip
def test_what_keeps_a_passkey_from_being_asked_for_is_said(
    browser: Browser, stage: Stage, status: int, phrase: str
) -> None:
    site = Site(f"http://localhost:{stage.nodes[PARTY].port}", "en")
    with looking(browser, site, NARROW) as look:
        page = look.at("/en/work/enter")
        page.route("**/passkey", lambda route: route.fulfill(status=status, body="no"))
        button = page.get_by_role("button", name=say("work-enter-go", "en"))
        button.click()
        page.wait_for_selector(f"text={say(phrase, 'en')}")
        assert button.is_enabled(), "it can be tried again"
