"""The page on checking in a real browser, and what its script may do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from exports import Files, usual, usual_export

import architrave.portal as portal
from architrave.portal.words import LANGUAGES, say, table

STATIC = Path(portal.__file__).parent / "static" / "portal"
SCRIPTS = sorted((STATIC / "verify").glob("*.js"))
DRIVER = Path(__file__).parent / "chromium.mjs"
LINE = {"book", "n"}  # what a refusal of one line is given, by the name `line`


def script() -> str:
    """All modules of the page, one after another."""
    return "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)


def reasons() -> list[tuple[str, set[str]]]:
    """Each place where a module gives a reason: the reason's key, and what its blanks are given."""
    given = r"\(\s*\"([a-z0-9-]+)\"(?:,\s*(?:\{([^}]*)\}|(line)))?,?\s*\)"
    calls = re.findall(rf"(?:\brefuse|new Unread){given}", script())
    values = re.findall(r'\bkey: "([a-z-]+)", values: \{([^}]*)\}', script())
    found = [(key, LINE if line else _names(inner)) for key, inner, line in calls]
    return found + [(key, _names(inner)) for key, inner in values]


def _names(inner: str) -> set[str]:
    return {one.partition(":")[0].strip() for one in inner.split(",") if one.strip()}


def test_every_phrase_of_the_script_stands_on_the_page() -> None:
    templates = STATIC.parents[1] / "templates" / "portal"
    page = "".join(
        (templates / f"{name}.html").read_text(encoding="utf-8")
        for name in ("verify", "since", "verify_phrases", "verify_reasons")
    )
    brought = set(re.findall(r'data-phrase="([^"]+)"', page))
    asked = set(re.findall(r'(?:found\.)?holds\(\s*"([a-z-]+)"', script()))
    asked |= set(re.findall(r'(?:found\.)?\badd\("[a-z]+", "([a-z-]+)"', script()))
    asked |= set(re.findall(r'say\("([a-z-]+)"', script()))
    asked |= {"cosigner", "mldsa"}
    asked |= {f"state-{one}" for one in ("good", "bad", "missing", "unchecked")}
    asked |= {f"verdict-{one}" for one in ("good", "bad", "open", "unread")}
    asked |= {f"why-{key}" for key, _ in reasons()}
    assert asked == brought
    assert all(f"in-browser-{one}" in table() for one in brought)


def test_a_reason_is_given_what_its_sentence_has_blanks_for() -> None:
    assert len(reasons()) == len(
        re.findall(r"\brefuse\((?!key,)|new Unread\(|\bkey: \"[a-z-]+\", values", script())
    )
    odd = [
        (key, values)
        for key, values in reasons()
        if set(re.findall(r"\{([a-z]+)\}", table()[f"in-browser-why-{key}"]["en"])) != values
    ]
    assert odd == []


def test_no_particle_follows_a_blank_of_a_reason() -> None:
    whole = {"ko": r"(?<=: )\{[a-z]+\}(?=[,)]|$)", "ja": r"(?<=：)\{[a-z]+\}(?=[、）]|$)"}
    odd = [
        (key, language)
        for key, values in reasons()
        for language, alone in whole.items()
        if len(re.findall(alone, table()[f"in-browser-why-{key}"][language])) != len(values)
    ]
    assert odd == []


def test_the_script_asks_nobody_else_and_writes_no_markup() -> None:
    assert re.findall(r"fetch\(([^,)]*)", script()) == ["`/record/${path}`"]
    for word in ("http:", "https:", "innerHTML", "insertAdjacent", "eval(", "import(", "cookie"):
        assert word not in script(), word
    assert "localStorage" not in script()


def browsed(
    screen: Callable[..., Any], files: Files, language: str, press: bool = True, old: bool = False
) -> dict[str, Any]:
    """What Chromium shows of the page when it is opened, and after the button was pressed."""
    browser = shutil.which("chromium")
    if browser is None or shutil.which("node") is None:
        pytest.skip("chromium and node are needed to open the page as a reader does")
    world = usual()
    shown = screen(world)
    answer = shown.answer(f"/{language}/verify")
    policy = answer["Content-Security-Policy"]
    static = {
        f"/static/portal/{path.relative_to(STATIC).as_posix()}": path.read_bytes()
        for path in (*SCRIPTS, STATIC / "pages.css", STATIC / "mark.svg")
    }
    held = {f"/record/{path}": data for path, data in files.items()}
    held |= static | {f"/{language}/verify": answer.content}
    with serving(held, policy) as (address, asked):
        given = {
            "browser": browser,
            "address": f"{address}/{language}/verify",
            "press": press,
            "typed": world.founding.id,
            "old": old,
        }
        done = subprocess.run(
            ["node", str(DRIVER)],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found | {"asked": asked}


@contextmanager
def serving(held: Files, policy: str) -> Iterator[tuple[str, list[str]]]:
    """A web server that has these files and no others, with the paths it was asked for."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            data = held.get(self.path)
            self.send_response(404 if data is None else 200)
            self.send_header("Content-Security-Policy", policy)
            self.send_header("X-Content-Type-Options", "nosniff")
            kinds = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
            plain = "text/html" if self.path.endswith("/verify") else "application/octet-stream"
            self.send_header("Content-Type", kinds.get(self.path.rpartition(".")[2], plain))
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.slow
def test_in_a_browser_the_button_checks_every_book_and_asks_this_copy_alone(
    screen: Callable[..., Any],
) -> None:
    found = browsed(screen, usual_export(usual().parties[0]), "ko")
    assert found["before"] == {"section": True, "able": True, "unable": False}
    assert found["status"] == table()["in-browser-verdict-good"]["ko"]
    assert len(found["rows"]) == 29
    assert {one.split(" ")[0] for one in found["rows"]} == {"확인됨"}
    assert not any("{" in one for one in found["rows"])
    assert found["faults"] == []
    assert "/record/founding.json" in found["asked"]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_browser_a_changed_byte_is_shown_in_words(
    screen: Callable[..., Any], language: str
) -> None:
    files = dict(usual_export(usual().parties[0]))
    path = "kor/checkpoint"
    lines = files[path].splitlines(keepends=True)
    letter = b"B" if lines[-1][-40:-39] == b"A" else b"A"
    files[path] = files[path][:-40] + letter + files[path][-39:]
    found = browsed(screen, files, language)
    assert found["status"] == table()["in-browser-verdict-bad"][language]
    fault = table()["in-browser-state-bad"][language]
    ((row, why),) = [
        (row, why)
        for row, why in zip(found["rows"], found["why"], strict=True)
        if row.startswith(f"{fault} ")
    ]
    name = usual().founding.members[-1].cosigner.name
    assert why == say("in-browser-why-cosignature", language, name=name)
    assert row.endswith(why)
    if language == "en":
        assert "ROK: co-signature of" in row


@pytest.mark.slow
def test_a_browser_without_ed25519_gets_one_sentence(screen: Callable[..., Any]) -> None:
    found = browsed(screen, {}, "ja", press=False, old=True)
    assert found["before"] == {"section": True, "able": False, "unable": True}
    assert not any(path.startswith("/record/") for path in found["asked"])
