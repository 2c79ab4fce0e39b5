"""Who is let in, what is refused, and what is kept: whole, with a reason, and beside other rows."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from board_scenes import CHARTER, EDITION, HOST, TODAY, Desk, example_folder, serving

from architrave.cli import urls
from architrave.desks.errors import BadInput
from architrave.desks.exercises.postponements import Move, calendar_entries, history
from architrave.portal.board import folder as folders
from architrave.portal.board.board_server import LOCAL, opened_board
from architrave.portal.board.folder import Changed, keep_moves, keep_plan, read_tables
from architrave.portal.words import LANGUAGES, say

TO = 200  # 20 July 2031, which breaks no rule


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(example_folder(tmp_path))


def table(desk: Desk) -> bytes:
    return (desk.folder / "postponements.csv").read_bytes()


def everything(desk: Desk) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in desk.folder.iterdir()}


# Who is let in


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1", "", "localhost:4100"])
def test_another_host_is_not_served(desk: Desk, host: str) -> None:
    got = desk.ask("GET", f"{desk.door.base}/en/", HTTP_HOST=host)
    assert got.status == 421
    assert "North Wind" not in got.text


@pytest.mark.parametrize("path", ["/", "/en/", "/x/en/", "/static/board.css", "/é/"])
def test_without_the_secret_there_is_nothing(desk: Desk, path: str) -> None:
    got = desk.ask("GET", path)
    assert (got.status, got.text) == (404, "There is nothing here.\n")


@pytest.mark.parametrize(
    "told",
    [
        {"HTTP_ORIGIN": "http://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": ""},
        {"HTTP_ORIGIN": f"https://{HOST}"},
        {"CONTENT_TYPE": "text/plain"},
        {"CONTENT_TYPE": "application/json"},
    ],
)
def test_a_form_from_elsewhere_keeps_nothing(desk: Desk, told: dict[str, str]) -> None:
    before, page = table(desk), desk.tried(EDITION, TO)
    body = httpx.QueryParams({**page.hidden, "reason": "r", "seat": "s", "decided": "2031-01-10"})
    path = f"{desk.door.base}/en/keep"
    assert desk.ask("POST", path, str(body), **told).status == 403
    assert table(desk) == before
    assert desk.ask("POST", path, str(body)).status == 303


def test_a_form_without_its_token_keeps_nothing(desk: Desk) -> None:
    before, page = table(desk), desk.tried(EDITION, TO)
    for token in ("", "x", "é", desk.door.secret):
        assert desk.keep(page, token=token).status == 403
    assert table(desk) == before


def test_other_methods_long_bodies_and_unknown_pages_are_refused(desk: Desk) -> None:
    assert desk.ask("PUT", f"{desk.door.base}/en/").status == 405
    assert desk.ask("POST", f"{desk.door.base}/en/keep", "x" * 70_000).status == 413
    for path in ("en/none", "fr/", "en/keep", "static/words.csv", "static/../words.csv"):
        assert desk.get(path).status == 404, path
    assert desk.send("en/", {"token": desk.door.token}).status == 404


@pytest.mark.parametrize("path", ["en/", "en/forces", f"en/piece?of={EDITION}", "en/none", ""])
def test_every_answer_is_strict_and_sets_no_cookie(desk: Desk, path: str) -> None:
    headers = desk.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert not {"Set-Cookie", "Access-Control-Allow-Origin"} & headers.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_address_leads_to_the_readers_language(desk: Desk, language: str) -> None:
    got = desk.ask("GET", f"{desk.door.base}/", HTTP_ACCEPT_LANGUAGE=language)
    assert got.headers["Location"] == f"{desk.door.base}/{language}/"


def test_no_address_of_a_node_leads_to_the_board() -> None:
    found = [str(one.pattern) for one in urls.urlpatterns]
    below = [
        str(one.pattern) for many in urls.urlpatterns for one in getattr(many, "url_patterns", ())
    ]
    assert len(found + below) > 20
    assert [one for one in found + below if "board" in one or "piece" in one] == []


def test_it_listens_on_this_machine_alone_and_answers_there(tmp_path: Path) -> None:
    with serving(example_folder(tmp_path)) as served:
        assert served.server.socket.getsockname()[0] == LOCAL
        assert served.address.startswith(f"http://{LOCAL}:{served.port}/")
        got = httpx.get(served.address, follow_redirects=True)
        assert got.status_code == 200
        assert "North Wind" in got.text
        assert httpx.get(f"http://{LOCAL}:{served.port}/en/").status_code == 404
        again = opened_board(tmp_path / "example", CHARTER)
        assert again.door.secret != served.door.secret
        again.close()
        with pytest.raises(OSError, match="in use"):
            opened_board(tmp_path / "example", CHARTER, served.port)


# What is kept


def test_a_move_is_a_row_behind_the_others_byte_for_byte(desk: Desk) -> None:
    before = everything(desk)
    page = desk.follow(desk.keep(desk.tried(EDITION, TO), reason='fog, "thick"\n one   day'))
    row = f'{EDITION},2031-06-23,2031-01-10,KOR/TDCWL,"fog, ""thick"" one day",,2031-07-20,\n'
    assert table(desk) == before["postponements.csv"] + row.encode()
    after = everything(desk)
    assert after.keys() == before.keys()
    assert [name for name in after if after[name] != before[name]] == ["postponements.csv"]
    assert "20 July 2031 to 31 July 2031" in page.words
    assert 'KOR/TDCWL fog, "thick" one day' in page.words
    assert say("board-kept", "en") in page.words


@pytest.mark.parametrize(
    ("before", "added"),
    [
        (
            "\ufeffedition,was,decided,seat,reason,now\r\n\r\n",
            f"{EDITION},2031-06-23,2031-01-10,KOR/TDCWL,fog,2031-07-20\r\n",
        ),
        (
            "reason , seat,edition,decided,was,note?".replace(",note?", ",now"),
            f"\nfog,KOR/TDCWL,{EDITION},2031-01-10,2031-06-23,2031-07-20\n",
        ),
    ],
)
def test_a_table_keeps_its_own_columns_and_line_ends(desk: Desk, before: str, added: str) -> None:
    (desk.folder / "postponements.csv").write_bytes(before.encode())
    desk.follow(desk.keep(desk.tried(EDITION, TO), reason="fog"))
    assert table(desk) == (before + added).encode()


def test_a_part_within_its_edition_leaves_it_alone(desk: Desk) -> None:
    page = desk.tried("north-wind/2032.1#evening-talk", 536)
    kept = desk.follow(desk.keep(page, reason="fog"))
    assert "14 June 2032 → 20 June 2032" in kept.words
    row = b"north-wind/2032.1,2032-06-14,2031-01-10,KOR/TDCWL,fog,evening-talk,2032-06-20,\n"
    assert table(desk).endswith(row)
    assert "14 June 2032 to 25 June 2032" in desk.get("en/piece?of=north-wind/2032.1").words


def test_what_the_tables_say_stays_text(desk: Desk) -> None:
    nasty = '<script>alert("x")</script>'
    series = desk.folder / "series.csv"
    text = series.read_text(encoding="utf-8")
    series.write_text(text.replace("North Wind", nasty.replace('"', "'")), "utf-8")
    desk.follow(desk.keep(desk.tried(EDITION, TO), reason=nasty, seat=nasty))
    for path in ("en/", "en/forces", f"en/piece?of={EDITION}"):
        page = desk.get(path).text
        assert "<script>" not in page
        assert "&lt;script&gt;" in page


def test_a_folder_without_the_table_gets_one(desk: Desk) -> None:
    (desk.folder / "postponements.csv").unlink()
    desk.follow(desk.keep(desk.tried(EDITION, TO)))
    assert table(desk).startswith(b"edition,was,decided,seat,reason,part,now,not_before\n")


def test_a_table_that_lacks_a_needed_column_is_left_as_it_is(desk: Desk) -> None:
    (desk.folder / "postponements.csv").write_text("edition,was,decided,seat,reason\n", "utf-8")
    before = table(desk)
    got = desk.keep(desk.tried(EDITION, TO))
    assert got.status == 422
    assert "postponements.csv, line 1: a column now is needed" in got.words
    assert table(desk) == before


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"reason": ""}, "board-needs-reason"),
        ({"reason": " \n "}, "board-needs-reason"),
        ({"seat": ""}, "board-needs-seat"),
        ({"decided": ""}, "board-needs-decided"),
        ({"decided": "10 January"}, "board-needs-decided"),
        ({"decided": "9999-12-31", "how": "open"}, "board-needs-decided"),
        ({"to": "173"}, "board-no-day"),
        ({"to": "x"}, "board-no-day"),
        ({"to": "9" * 30}, "board-no-day"),
        ({"to": "-1"}, "board-no-day"),
        ({"to": "100", "how": "open"}, "board-open-later"),
        ({"to": "152"}, "board-broken"),
    ],
)
def test_what_is_wanting_is_refused_with_a_sentence(
    desk: Desk, said: dict[str, str], word: str
) -> None:
    before = everything(desk)
    got = desk.keep(desk.tried(EDITION, TO), **said)
    assert got.status == 422
    assert say(word, "en") in got.words
    assert everything(desk) == before


def test_lead_times_run_from_the_day_of_the_decision(desk: Desk) -> None:
    got = desk.keep(desk.tried(EDITION, TO), decided="2031-06-30")
    assert got.status == 422
    assert "too soon after it was moved" in got.words
    assert say("board-clean", "en") not in got.words


def test_words_that_are_too_long_or_hold_signs_are_refused(desk: Desk) -> None:
    before = table(desk)
    for reason in ("x" * 501, "a\x07b"):
        got = desk.keep(desk.tried(EDITION, TO), reason=reason)
        assert (got.status, say("board-too-long", "en", n=500) in got.words) == (422, True)
    assert table(desk) == before


def test_what_was_typed_stays_when_it_is_refused(desk: Desk) -> None:
    got = desk.keep(desk.tried(EDITION, TO), seat="", reason="<b>fog</b>")
    assert 'value="&lt;b&gt;fog&lt;/b&gt;"' in got.text


def test_a_rule_may_be_broken_by_no_day_but_an_open_day_may_be_kept(desk: Desk) -> None:
    to = 250  # September: in the season of storms
    page = desk.tried(EDITION, to)
    assert "Blackout" in page.words
    assert 'value="open"' in page.text
    assert 'value="day"' not in page.text
    assert desk.keep(page).status == 422
    kept = desk.follow(desk.keep(page, how="open"))
    assert say("board-open-day", "en") in kept.words
    assert table(desk).endswith(b"harbour closed (illustrative),,,2031-09-08\n")
    drawn = desk.get("en/").text
    assert f'class="board-bar edition tentative" href="{desk.door.base}/en/piece' in drawn


def test_taking_back_is_a_row_with_a_reason_and_the_entry_counts_on(desk: Desk) -> None:
    page = desk.follow(desk.keep(desk.tried(EDITION, TO)))
    back = page.text.partition(f"{say('board-back', 'en')}")[0].rpartition('href="')[2]
    tried = desk.ask("GET", back.partition('"')[0].replace("&amp;", "&"))
    assert "23 June 2031 to 4 July 2031 27 days earlier" in tried.words
    assert desk.keep(tried, reason="").status == 422
    assert desk.keep(tried, decided="2031-01-09").status == 422
    kept = desk.follow(desk.keep(tried, reason="the harbour is open again"))
    assert "20 July 2031 → 23 June 2031 decided 10 January 2031" in kept.words
    tables = read_tables(desk.folder, CHARTER)
    assert len(history(tables.moves, EDITION)) == 2
    entries = calendar_entries(tables.programme, tables.first_plan, tables.moves, "x.example")
    assert sorted(one.sequence for one in entries if one.sequence) == [1, 2]
    assert "updates so far: 2" in kept.words


def test_a_part_is_taken_back_into_its_edition(desk: Desk) -> None:
    part = f"{EDITION}#boarding"
    kept = desk.follow(desk.keep(desk.tried(part, 175), reason="cooler", decided="2031-06-03"))
    assert "15 September 2031 → 25 June 2031" in kept.words
    assert say("board-moved", "en", n=2) in kept.words
    desk.follow(desk.keep(desk.tried(EDITION, TO)))
    assert "22 July 2031 to 24 July 2031" in desk.get(f"en/piece?of={EDITION}%23boarding").words
    again = desk.follow(desk.keep(desk.tried(part, 290), decided="2031-06-05"))
    assert "22 July 2031 → 18 October 2031" in again.words


def test_a_table_that_changed_meanwhile_is_not_written_over(desk: Desk) -> None:
    page = desk.tried(EDITION, TO)
    other = desk.folder / "forces.csv"
    other.write_text(other.read_text(encoding="utf-8") + "\n", "utf-8")
    before = everything(desk)
    got = desk.keep(page)
    assert (got.status, say("board-changed", "en") in got.words) == (409, True)
    assert everything(desk) == before


def test_a_change_between_reading_and_writing_is_seen(desk: Desk) -> None:
    tables = read_tables(desk.folder, CHARTER)
    (desk.folder / "new.csv").write_text("a\n", "utf-8")
    before = everything(desk)
    move = Move(EDITION, tables.first_plan[2].first, TODAY, "S", "why", "", None, None)
    with pytest.raises(Changed):
        keep_moves(desk.folder, tables, (move,))
    with pytest.raises(Changed):
        keep_plan(desk.folder, tables, "x")
    assert everything(desk) == before


def test_a_row_that_would_not_be_read_again_is_not_written(desk: Desk) -> None:
    tables = read_tables(desk.folder, CHARTER)
    before = everything(desk)
    wrong = Move(EDITION, TODAY, TODAY, "S", "why", "", tables.first_plan[2].first)
    with pytest.raises(BadInput, match="begins on 2031-06-23 in the plan"):
        keep_moves(desk.folder, tables, (wrong,))
    with pytest.raises(BadInput, match="there is a plan"):
        keep_plan(desk.folder, tables, "edition,first,days\n")
    assert everything(desk) == before


def test_a_write_that_fails_leaves_the_table_and_no_other_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, page = everything(desk), desk.tried(EDITION, TO)

    def full(*_places: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.os, "replace", full)
    got = desk.keep(page)
    assert got.status == 500
    assert say("board-not-written", "en", why="No space left on device") in got.words
    assert everything(desk) == before


def test_tables_that_cannot_be_read_are_one_sentence(desk: Desk) -> None:
    (desk.folder / "plan.csv").write_text("edition,first\n", "utf-8")
    got = desk.get("ko/")
    assert got.status == 422
    assert '<span lang="en">plan.csv, line 1: there is no column days.</span>' in got.text
    (desk.folder / "plan.csv").write_bytes(b"\xff")
    assert "plan.csv: the table is not written in UTF-8." in desk.get("en/").words
