"""The board shows what the desk finds: bars and rows alike, clashes, rules, tempo, proposals."""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from board_scenes import EDITION, TODAY, Desk, example_folder, sandbox_folder, screen_of

from architrave.desks.exercises.clashes import clashes, clashes_of_part
from architrave.desks.exercises.gates import gates
from architrave.desks.exercises.replanning import Move as Shift
from architrave.desks.exercises.replanning import Replanned
from architrave.desks.exercises.trials import as_plan, trial
from architrave.portal.board import board_pages
from architrave.portal.board.board_context import board_page, gates_of
from architrave.portal.board.chart import LANE, LEFT, STEP
from architrave.portal.board.forces_context import forces_page
from architrave.portal.board.laying import Bench, Found, laid_again
from architrave.portal.board.pages_board import BoardBar
from architrave.portal.board.piece_context import piece_named, piece_page
from architrave.portal.words import LANGUAGES, say

ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SCENES = {"example": example_folder, "sandbox": sandbox_folder}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(example_folder(tmp_path))


@pytest.fixture
def sandbox(tmp_path: Path) -> Desk:
    return Desk(sandbox_folder(tmp_path))


def drawn_day(page: object, bar: BoardBar, first_year: int) -> tuple[date, date]:
    """First and last day of a bar, read from the drawing alone."""
    found = []
    for span in bar.spans:
        tops = [(float(one.y), one) for one in page.chart.years]  # type: ignore[attr-defined]
        number = max(place for place, (y, _) in enumerate(tops) if y <= float(span.y))
        begin = round((float(span.x) - LEFT) / STEP)
        length = max(1, round(float(span.width) / STEP))
        first = date(first_year + number, 1, 1) + timedelta(days=begin)
        found.append((first, first + timedelta(days=length - 1)))
    return found[0][0], found[-1][1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCENES)
def test_every_bar_is_its_row(tmp_path: Path, name: str, language: str) -> None:
    screen = screen_of(SCENES[name](tmp_path), language)
    page = board_page(screen)
    assert page.chart is not None
    rows = {row.id: row for row in page.rows}
    assert [bar.id for bar in page.chart.bars] == [row.id for row in page.rows]
    assert len(rows) == len(page.rows) > 3
    for bar in page.chart.bars:
        first, last = drawn_day(page, bar, screen.first.year)
        row = rows[bar.id]
        assert (screen.day(first), screen.day(last)) == (row.first, row.last), bar.id
        assert (bar.lane, bar.days) == (row.lane, row.days)
        assert screen.day_at(int(bar.day)) == first
        names = [one for year in page.chart.years[:1] for one in year.lanes]
        top = float(page.chart.years[first.year - screen.first.year].lanes[0].y)
        lane = names[int((float(bar.spans[0].y) - top) // LANE)]
        assert lane.name == row.lane_name
        assert bar.label.startswith(str(row.name))
        assert float(bar.hold.width) >= 24
        assert float(bar.hold.height) >= 24


def test_a_label_says_what_when_and_who(tmp_path: Path) -> None:
    page = board_page(screen_of(example_folder(tmp_path)))
    assert page.chart is not None
    assert (
        "North Wind (illustrative) 2031, 23 June 2031 to 4 July 2031, host ROK"
        in [bar.label for bar in page.chart.bars]
    )  # fmt: skip


def test_gates_and_approvals_are_those_of_the_desk(tmp_path: Path) -> None:
    screen = screen_of(example_folder(tmp_path), today=date(2031, 4, 10))
    tables = screen.tables
    placed = next(one for one in tables.plan if one.edition == EDITION and not one.part)
    assert tables.calendars is not None
    found = gates(tables.programme, placed, tables.calendars, screen.today, tables.products)
    assert [(one.kind, one.day) for one in gates_of(screen, placed)] == [
        (one.kind, one.day) for one in found
    ]
    page = board_page(screen)
    row = next(row for row in page.rows if row.id == EDITION)
    assert [gate.day for gate in row.gates] == [screen.day(one.day) for one in found]
    assert {str(one.party): one.code for one in row.approvals} == {
        "Japan": "approved",
        "ROK": "approved",
        "United States": "pending",
    }
    assert page.chart is not None
    bar = next(bar for bar in page.chart.bars if bar.id == EDITION)
    assert sorted(mark.state for mark in bar.marks) == ["approved", "approved", "pending"]
    inside = [one for one in found if one.day.year >= 2031]
    mine = [mark for mark in page.chart.gates if "North Wind (illustrative) 2031:" in mark.title]
    assert len(mine) == len(inside)


def test_a_new_place_shows_the_clashes_and_rules_of_the_desk(tmp_path: Path) -> None:
    screen = screen_of(example_folder(tmp_path))
    tables = screen.tables
    piece = piece_named(screen, {"of": EDITION})
    assert piece is not None
    to = date(2031, 6, 2)
    page = piece_page(screen, piece, to)
    assert page.trial is not None
    series = tables.programme.series["north-wind"]
    found = clashes(
        tables.programme, series, to, tables.plan, tables.calendars, tables.occasions, EDITION
    )
    assert [str(row.what) for group in page.trial.clashes for row in group.rows] == [
        one.what for one in found
    ]
    assert {group.kind for group in page.trial.clashes} == {"Public holiday", "Election"}
    assert [one.rule for one in page.trial.broken] == ["Blackout"]
    assert "vote-2031" in str(page.trial.broken[0].sentence)
    assert (page.trial.may_keep, page.trial.may_open) == (False, False)


def test_a_part_is_tried_alone(tmp_path: Path) -> None:
    screen = screen_of(example_folder(tmp_path))
    tables = screen.tables
    piece = piece_named(screen, {"of": f"{EDITION}#boarding"})
    assert piece is not None
    to = date(2031, 10, 18)
    page = piece_page(screen, piece, to)
    assert page.trial is not None
    found = clashes_of_part(
        tables.programme, EDITION, "boarding", to, tables.plan, tables.calendars, tables.occasions
    )
    assert [str(row.what) for group in page.trial.clashes for row in group.rows] == [
        one.what for one in found
    ]
    assert found
    assert not any(EDITION in one.what for one in found)
    assert page.trial.may_keep
    assert [one.reason for one in page.past] == ["heat (illustrative)"]


def test_a_plan_that_lacks_an_edition_is_not_judged(desk: Desk) -> None:
    plan = desk.folder / "plan.csv"
    lines = plan.read_text(encoding="utf-8").splitlines(keepends=True)
    plan.write_text("".join(lines[:-1]), encoding="utf-8")
    page = desk.tried(EDITION, 200)
    assert say("board-unjudged", "en") in page.words
    assert 'value="day"' not in page.text
    assert desk.keep(page).status == 422


def test_days_are_counted_against_tempo_and_double_bookings_name_both_rows(desk: Desk) -> None:
    page = forces_page(screen_of(desk.folder))
    by_name = {force.name: force for force in page.forces}
    larch = by_name["Larch squadron (illustrative)"]
    assert [year.text for year in larch.years] == ["12 of 60 days"] * 3
    assert page.twice == ()
    row = "east-wind/2031.2,2031-10-20,2031-03-01,KOR/TDCWL,a slip of the pen,,2031-04-23,\n"
    with (desk.folder / "postponements.csv").open("a", encoding="utf-8") as table:
        table.write(row)
    (desk.folder / "forces.csv").write_text(
        (desk.folder / "forces.csv").read_text(encoding="utf-8").replace(",40,", ",6,"), "utf-8"
    )
    got = desk.get("en/forces")
    both = "east-wind/2031.1 (plan.csv, line 3) and east-wind/2031.2 (postponements.csv, line 3)"
    assert both in got.words
    assert "7 of 6 days above" in got.words
    assert "Force and its rest" in desk.get("en/").words


# A sandbox


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sandbox_shows_no_date_and_says_that_it_is_illustrative(
    sandbox: Desk, language: str
) -> None:
    of = "elm-wind/2.1"
    pages = [
        sandbox.get(f"{language}/"),
        sandbox.get(f"{language}/forces"),
        sandbox.tried(of, 366 + 200, language),
        sandbox.tried(of, 70, language),
        sandbox.get(f"{language}/piece?of={of}&year=2&week=30"),
    ]
    mark = say("board-illustrative-mark", language)
    for page in pages:
        assert page.status == 200
        assert not ISO.search(page.text)
        assert "datetime=" not in page.text
        assert 'type="date"' not in page.text
        assert re.search(rf"<title>{mark}", page.text)
        assert re.search(rf"<h1>{mark}", page.text)
        assert say("board-week", language, year=2, week=13) in page.words
    svg = pages[0].text.partition("<svg viewBox")[2] or pages[0].text
    assert f'end">{mark}</text>' in pages[0].text
    assert svg


def test_a_sandbox_is_moved_by_year_and_week(sandbox: Desk) -> None:
    page = sandbox.get("en/piece?of=elm-wind/2.1&year=2&week=30")
    assert "year 2, week 30" in page.words
    kept = sandbox.follow(sandbox.keep(page, decided=""))
    assert "year 2, week 13 → year 2, week 30" in kept.words
    assert not ISO.search(kept.text)
    broken = sandbox.get("en/piece?of=elm-wind/2.1&year=1&week=20")
    assert "Period" in broken.words
    assert not ISO.search(broken.text)


# Laying out again


def test_what_laying_again_moves_is_shown_with_its_reason_and_kept_as_rows(desk: Desk) -> None:
    asked: list[int] = []

    def search(tables: object) -> Found:
        asked.append(1)
        plan = as_plan(screen.tables.programme, screen.tables.plan)
        shift = Shift("east-wind/2031.2", "", date(2031, 10, 20), date(2031, 10, 13))
        return Found(Replanned(plan, (shift,), (), True))

    screen = screen_of(desk.folder)
    desk = Desk(desk.folder, Bench(search))
    before = (desk.folder / "postponements.csv").read_bytes()
    page = desk.follow(desk.send("en/again", desk.get("en/").hidden))
    assert say("board-least", "en", n=1) in page.words
    assert "20 October 2031 13 October 2031 7 days earlier it makes room" in page.words
    refused = desk.send("en/accept", {**page.hidden, "seat": "S", "decided": "2031-01-10"})
    assert (refused.status, asked) == (422, [1])
    assert say("board-needs-reason", "en") in refused.words
    assert (desk.folder / "postponements.csv").read_bytes() == before
    said = {"reason": "room is made", "seat": "S", "decided": "2031-01-10"}
    kept = desk.follow(desk.send("en/accept", {**page.hidden, **said}))
    assert "13 October 2031" in kept.words
    added = (desk.folder / "postponements.csv").read_bytes().removeprefix(before)
    assert added == b"east-wind/2031.2,2031-10-20,2031-01-10,S,room is made,,2031-10-13,\n"


def test_the_planner_itself_lays_out_around_what_was_moved(desk: Desk) -> None:
    pytest.importorskip("ortools", reason="laying out needs OR-Tools")
    desk.follow(desk.keep(desk.tried(EDITION, 200), how="open"))
    found = laid_again(screen_of(desk.folder).tables)
    assert isinstance(found.result, Replanned)
    (move,) = found.result.moves
    assert (move.edition, move.before) == (EDITION, date(2031, 6, 23))
    assert move.after >= date(2031, 1, 1) + timedelta(days=200)


def test_a_first_plan_is_written_and_needs_no_reason(sandbox: Desk) -> None:
    plan = screen_of(sandbox.folder).tables.plan
    (sandbox.folder / "plan.csv").unlink()
    programme = screen_of(sandbox.folder).tables.programme
    sandbox = Desk(sandbox.folder, Bench(lambda tables: Found(as_plan(programme, plan))))
    empty = sandbox.get("en/")
    assert say("board-empty", "en") in empty.words
    page = sandbox.follow(sandbox.send("en/again", empty.hidden))
    assert 'name="reason"' not in page.text
    kept = sandbox.follow(sandbox.send("en/accept", page.hidden))
    assert "year 2, week 13" in kept.words
    assert screen_of(sandbox.folder).tables.plan == plan


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (Found(no_solver=True), say("board-no-solver", "en")),
        (Found(fault="The plan lacks x."), "It could not be laid out: The plan lacks x."),
        (Found(), say("board-undecided", "en")),
    ],
)
def test_where_nothing_is_found_one_sentence_says_why(
    desk: Desk, found: Found, sentence: str
) -> None:
    desk = Desk(desk.folder, Bench(lambda tables: found))
    page = desk.follow(desk.send("en/again", desk.get("en/").hidden))
    assert sentence in page.words
    assert 'name="reason"' not in page.text
    dropped = desk.follow(desk.send("en/drop", page.hidden))
    assert dropped.status == 200
    assert desk.get(f"en/proposal?number={page.hidden['number']}").status == 404


def test_a_search_at_work_makes_nobody_wait_for_its_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_pages, "PATIENCE", 0.0)
    go_on = threading.Event()

    def search(tables: object) -> Found:
        go_on.wait(30)
        raise ZeroDivisionError("a fault of ours")

    bench = Bench(search)
    desk = Desk(desk.folder, bench)
    page = desk.follow(desk.send("en/again", desk.get("en/").hidden))
    assert say("board-at-work", "en") in page.words
    assert say("board-look-again", "en") in page.words
    number = re.findall(r"number=([0-9]+)", page.text)[0]
    said = {"token": desk.door.token, "number": number, "reason": "r", "seat": "s"}
    assert desk.send("en/accept", said).status == 404
    # Whoever asks again while it is at work gets the same search.
    assert f"number={number}" in desk.send("en/again", said).headers["Location"]
    go_on.set()
    proposal = bench.at(int(number))
    assert proposal is not None
    assert proposal.done.wait(30)
    assert "ZeroDivisionError: a fault of ours" in desk.get(f"en/proposal?number={number}").words


def test_a_proposal_for_tables_that_changed_is_not_kept(desk: Desk) -> None:
    shift = Shift("east-wind/2031.2", "", date(2031, 10, 20), date(2031, 10, 13))
    plan = as_plan(screen_of(desk.folder).tables.programme, screen_of(desk.folder).tables.plan)
    found = Found(Replanned(plan, (shift,), (), True))
    desk = Desk(desk.folder, Bench(lambda tables: found))
    page = desk.follow(desk.send("en/again", desk.get("en/").hidden))
    desk.follow(desk.keep(desk.tried(EDITION, 200)))
    kept = (desk.folder / "postponements.csv").read_bytes()
    said = {"reason": "r", "seat": "S", "decided": "2031-01-10"}
    assert desk.send("en/accept", {**page.hidden, **said}).status == 409
    assert (desk.folder / "postponements.csv").read_bytes() == kept


def test_rules_in_conflict_are_named(sandbox: Desk) -> None:
    pytest.importorskip("ortools", reason="laying out needs OR-Tools")
    forces = sandbox.folder / "forces.csv"
    forces.write_text(forces.read_text(encoding="utf-8").replace(",5,0", ",4,0"), "utf-8")
    page = sandbox.follow(sandbox.send("en/again", sandbox.get("en/").hidden))
    while say("board-at-work", "en") in page.words:
        page = sandbox.get(f"en/proposal?number={re.findall('number=([0-9]+)', page.text)[0]}")
    assert say("board-no-plan", "en") in page.words
    assert "elm" in page.words
    assert not ISO.search(page.text)


def test_a_trial_needs_a_day(tmp_path: Path) -> None:
    tables = screen_of(example_folder(tmp_path)).tables
    open_move = tables.moves[0].__class__(EDITION, date(2031, 6, 23), TODAY, "S", "why")
    with pytest.raises(ValueError, match="without a new day"):
        trial(tables.programme, tables.first_plan, tables.moves, open_move)
