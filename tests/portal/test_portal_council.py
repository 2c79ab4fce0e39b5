"""The council's pages against what the desks themselves find, and what these pages never show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from html import unescape
from typing import Any

import pytest
from council_scenes import FOLDER, PAGES, council_copy, drilled, explained, read, shipped_council
from page_scenes import Scene, in_force, matter_open, opened, table
from register_texts import shipped_register
from test_portal_pages import read as parsed
from test_portal_pages import strays
from world import DAY, load_charter

from architrave.desks.dialogues.calendar import announcements, gaps, held, kept
from architrave.desks.dialogues.council import council
from architrave.desks.errors import BadInput
from architrave.desks.evidence import differences
from architrave.desks.exercises.past import read_past, runs_by_year
from architrave.desks.interoperability.hubs import hubs
from architrave.desks.launches.counts import by_month, by_year
from architrave.desks.launches.evidence import assess
from architrave.desks.launches.reading import Family
from architrave.institution.acts import Pledge, Silence
from architrave.portal.council.consultations_context import MONTHS, consultations_page
from architrave.portal.council.council_data import CouncilData
from architrave.portal.council.dialogues_context import dialogues_page
from architrave.portal.council.exercises_context import exercises_page, runs_of_all
from architrave.portal.council.interoperability_context import (
    illustrated_hubs,
    interoperability_page,
)
from architrave.portal.council.launches_context import YEARS, launches_page
from architrave.portal.council.overview_context import council_page
from architrave.portal.council.pages_charts import BarChart, TallyRow
from architrave.portal.council.plan_context import plan_page
from architrave.portal.formats import plain
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES, say

SIZES = {
    "council": 4_000,
    "council/exercises": 20_000,
    "council/exercises/plan": 20_000,
    "council/dialogues": 20_000,
    "council/interoperability": 4_000,
    "council/consultations": 3_000,
    "council/launches": 20_000,
}
every = pytest.mark.parametrize("language", LANGUAGES)


@cache
def data() -> CouncilData:
    return shipped_council()


@cache
def scene() -> Scene:
    return drilled()


def copy_in(language: str = "en") -> Copy:
    return council_copy(scene(), language, data())


def as_of(day: date, language: str = "en") -> Copy:
    """The same copy on an earlier or later day."""
    now = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000)
    return replace(copy_in(language), now=now)


def without_marks(text: str) -> str:
    return re.sub(r"<[^>]+>", "", unescape(text))


def heights_follow(chart: BarChart, rows: tuple[TallyRow, ...]) -> None:
    """Each bar stands for the number of its row, from zero."""
    counts = [int(re.sub(r"\D.*", "", row.count.replace(",", ""))) for row in rows]
    assert len(chart.bars) == len(rows)
    most = max(counts)
    assert chart.most == f"{most:,}"
    longest = max(bar.height for bar in chart.bars)
    for bar, count in zip(chart.bars, counts, strict=True):
        assert bar.height == round(count * longest / most)
        assert bar.y + bar.height == chart.base


# -- where there is a council, and where there is none --------------------------------------------


@every
def test_every_page_is_whole_in_its_language_and_names_no_machine(
    screen: Callable[..., Any], language: str
) -> None:
    shown = replace(screen(scene().world), beside=data())
    for path in PAGES:
        page = shown.page(f"/{language}/{path}")
        reading = parsed(page)
        assert (reading.faults, reading.open) == ([], []), path
        assert len(set(reading.ids)) == len(reading.ids), path
        assert page.count("<h1") == 1, path
        assert "<title>DEMO · " in page, path
        assert strays(" ".join(reading.text), language) == [], path
        assert len(page) > SIZES[path], path
        assert f'href="/{language}/council" aria-current="page"' in page, path


@every
def test_no_page_has_code_or_style_in_it_and_a_chart_says_what_it_shows(
    screen: Callable[..., Any], language: str
) -> None:
    shown = replace(screen(scene().world), beside=data())
    drawn = 0
    for path in PAGES:
        answer = shown.answer(f"/{language}/{path}")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], path
        page = answer.content.decode()
        assert "<script" not in page, path
        for tag, attribute, value in parsed(page).attributes:
            assert tag not in {"style", "iframe", "object", "embed"}, path
            assert attribute != "style", path
            assert not attribute.startswith("on"), path
            if attribute == "href":
                assert value.startswith(("/", "#", "https://", "http://")), (path, value)
        for drawing in re.findall(r"<svg[^>]*>", page):
            assert re.search(r'role="img" aria-label="[^"]{20,}"', drawing), path
            drawn += 1
    assert drawn >= 6


@pytest.mark.parametrize("path", PAGES)
def test_a_copy_without_the_tables_has_no_page_and_no_link(
    screen: Callable[..., Any], path: str
) -> None:
    shown = screen(scene().world)
    shown.page(f"/en/{path}", status=404)
    assert 'href="/en/council' not in shown.page("/en/")


def test_another_charter_has_no_council() -> None:
    rivers = load_charter("src/architrave/sim/rivers.toml")
    assert read(charter=rivers) is None
    assert data().bodies(rivers) == ()


def test_the_bodies_are_the_one_that_the_file_names_and_those_below_it() -> None:
    found = data().bodies(load_charter())
    assert [body.id for body in found if body.id == data().body] == [data().body]
    assert all(body.id == data().body or body.parent == data().body for body in found)
    assert len(found) >= 2


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("council.toml", "charter = 'trilateral'\nbody = 'NOBODY'\n", "council.toml: "),
        ("council.toml", "charter = 'trilateral'\n", "council.toml: body"),
        ("council.toml", "not toml", "council.toml: "),
        ("council.toml", "charter = 'trilateral'\nbody = 'TDC'\n[cakes]\n", "council.toml: "),
        ("../research/dialogues.csv", "series\n", "dialogues.csv, line 1"),
        ("../research/dialogues.csv", None, "council.toml: the file ../research/dialogues.csv"),
        ("../research/provocations.csv", "date,kind,count,source\n,,,\nx,y,1,z\n", "line 3"),
        ("illustrative_plan.json", "{}", "illustrative_plan.json: "),
        ("meetings_after_launches.json", '{"desk": "launches"}', "meetings_after_launches.json: "),
        ("../research/exercise_links.csv", "series\nSECRET\n", "exercise_links.csv, line 2: "),
        ("../interoperability/functions.csv", "id\n", "functions.csv, line 1"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(path: str, text: str | None, place: str) -> None:
    with pytest.raises(BadInput) as fault:
        read({path: text})
    said = str(fault.value)
    assert place in said
    assert said.endswith(".")
    assert "\n" not in said


def test_a_plan_that_was_not_written_leaves_only_its_page_out() -> None:
    found = read({"illustrative_plan.json": None})
    assert found is not None
    copy = council_copy(scene(), "en", found)
    assert plan_page(copy) is None
    page = exercises_page(copy)
    assert page is not None
    assert page.plan_href == ""
    assert all("plan" not in tab.href for tab in page.tabs)


# -- the overview and the consultations -----------------------------------------------------------


@every
def test_the_overview_has_the_charter_s_bodies_and_what_is_before_them(language: str) -> None:
    copy = council_copy(matter_open(), language, data())
    page = council_page(copy)
    assert page is not None
    charter = copy.charter
    assert page.proposed
    assert [block.id for block in page.bodies] == [one.id for one in data().bodies(charter)]
    assert [len(block.seats) for block in page.bodies] == [
        len(one.seats) for one in data().bodies(charter)
    ]
    assert page.bodies[0].sources
    assert [row.symbol for row in page.open] == ["TDC/2027/JPN/1"]
    assert page.withheld == say("council-withheld", language, n="0")
    assert page.drills == say("council-drills-none", language)
    assert {place.link.href for place in page.places} == {f"/{language}/{one}" for one in PAGES[1:]}
    assert all(place.about for place in page.places)


def test_duties_of_other_bodies_are_not_the_council_s() -> None:
    # The text in force there is of another body.
    copy = council_copy(in_force(), "en", data())
    page = council_page(copy)
    assert page is not None
    assert (page.duties, page.open) == ((), ())
    other = council_copy(in_force(), "en", replace(data(), body="ESFBT"))
    elsewhere = council_page(other)
    assert elsewhere is not None
    assert [row.code for row in elsewhere.duties]
    assert all(row.matter.href.startswith("/en/matters/ESFBT/") for row in elsewhere.duties)


def test_what_is_owed_stands_by_its_day_the_earliest_and_so_the_overdue_first() -> None:
    scene = opened()
    world = scene.world
    # Of the first text one is overdue once a week has passed; the second is due between.
    days = [["2028-06-30", "2027-01-05"], ["2027-09-30"]]
    for text in days:
        pledges = [
            Pledge(f"p{at}", "KOR/ESFBT", due, world.words(due), "once")
            for at, due in enumerate(text)
        ]
        table(scene, "KOR", "ESFBT", "4(2)", pledges=pledges,
              silence=Silence("4(2)", world.now + 2 * DAY))  # fmt: skip
    world.settle()
    world.now += 7 * DAY
    world.settle(20)
    page = council_page(council_copy(scene, "en", replace(data(), body="ESFBT")))
    assert page is not None
    promised = [plain(row.what).removesuffix(" (en)") for row in page.duties]
    assert promised == sorted(one for text in days for one in text)
    assert promised[0] < scene.today() < promised[1]


@every
def test_requests_show_their_legs_and_the_slowest_of_a_month(language: str) -> None:
    page = consultations_page(copy_in(language))
    assert page is not None
    assert [plain(one.link.text) for one in page.requests] == ["TDC/2027/KOR/8", "TDC/2027/KOR/7"]
    waiting, drill = page.requests
    assert (waiting.drill, drill.drill) == (False, True)
    assert [leg.code for leg in drill.legs] == ["answered", "answered"]
    assert all(leg.answered and leg.received for leg in drill.legs)
    assert [leg.code for leg in waiting.legs] == ["open", "open"]
    assert all(leg.answered is None for leg in waiting.legs)
    assert drill.points == say("council-points", language, n="1", all="1")
    assert waiting.points == ""
    # The record began this month: of those before it nothing is said.
    assert 1 <= len(page.months) < MONTHS
    assert [month.held for month in page.months] == ["1"] + ["0"] * (len(page.months) - 1)
    slowest = str(page.months[0].slowest)
    assert re.search(r"(?<!\d)6\d(?!\d)", slowest), slowest


@every
def test_a_word_on_why_a_line_failed_is_no_slow_answer(language: str) -> None:
    found = explained()
    page = consultations_page(council_copy(found, language, data()))
    assert page is not None
    slowest = str(page.months[0].slowest)
    assert say("leg-explained", language) in slowest
    assert re.search(r"[1-9]\d{3}|[1-9],\d{3}", slowest) is None, slowest


# -- exercises ------------------------------------------------------------------------------------


@every
def test_the_public_past_is_the_desk_s(language: str) -> None:
    copy = copy_in(language)
    page = exercises_page(copy)
    assert page is not None
    texts = data().exercises
    assert texts is not None
    past = read_past(texts, shipped_register(), copy.today())
    blocks = {block.id: block for block in (*page.all_parties, *page.some_parties)}
    assert set(blocks) == {one.id for one in past.series}
    for one in past.series:
        block = blocks[one.id]
        assert len(block.runs) == len(one.runs)
        assert [len(promise.periods) for promise in block.promises] == [
            len(one.states[promise.id]) for promise in one.promises
        ]
        assert [period.state for promise in block.promises for period in promise.periods] == [
            state.state for promise in one.promises for state in one.states[promise.id]
        ]
        assert all(run.source.href for run in block.runs)
    assert page.chart is not None
    heights_follow(page.chart, page.years)
    everybody = frozenset(copy.charter.party_ids)
    told: dict[int, int] = {}
    for one in past.series:
        if everybody <= set(one.parties):
            for year, runs in runs_by_year(one).items():
                told[year] = told.get(year, 0) + len(runs)
    assert {int(plain(row.label)): int(row.count) for row in page.years if row.count != "0"} == told
    assert sum(runs_of_all(past, everybody).values()) == sum(told.values())


@pytest.mark.parametrize("day", [date(2018, 5, 1), date(2025, 9, 16), date(2026, 11, 26)])
def test_nothing_ahead_of_a_named_exercise_or_meeting_is_shown(day: date) -> None:
    copy = as_of(day)
    page = exercises_page(copy)
    assert page is not None
    meetings = dialogues_page(copy)
    assert meetings is not None
    seen = [
        *(str(run.when) for block in page.all_parties for run in block.runs),
        *(str(run.when) for block in page.some_parties for run in block.runs),
        *(str(row.when) for one in meetings.dialogues for row in one.meetings),
        *(row.planned.iso for one in meetings.dialogues for row in one.announced),
        *(row.held.iso for one in meetings.dialogues for row in one.announced if row.held),
        page.newest.iso,
    ]
    days = [one for text in seen for one in re.findall(r"\d{4}-\d\d-\d\d", text)]
    assert days
    assert max(days) <= day.isoformat()


def test_a_day_that_is_announced_and_still_ahead_is_not_shown() -> None:
    # The fourth meeting of one series was put off from the 4th and announced for the 10th of a
    # month after this day; both days were public before.
    day = date(2024, 12, 1)
    ahead = [row for row in data().meetings if row.when.first > day and row.status != "held"]
    page = dialogues_page(as_of(day))
    assert ahead
    assert page is not None
    shown = {row.planned.iso for one in page.dialogues for row in one.announced}
    assert shown
    assert shown.isdisjoint(str(row.when) for row in ahead)


@every
def test_the_plan_is_illustrative_in_heading_title_and_drawing_and_has_no_date(
    screen: Callable[..., Any], language: str
) -> None:
    word = {"ko": "예시", "ja": "例示", "en": "llustrative"}[language]
    shown = replace(screen(scene().world), beside=data())
    page = shown.page(f"/{language}/council/exercises/plan")
    main = page[page.index("<main") : page.index("</main>")]
    (title,) = re.findall(r"<title>(.*?)</title>", page)
    (heading,) = re.findall(r"<h1>(.*?)</h1>", main)
    (drawing,) = re.findall(r"<svg.*?</svg>", main, re.DOTALL)
    assert word in title
    assert word in heading
    assert word in drawing[: drawing.index(">")], "the drawing's own name"
    assert word in without_marks(drawing)
    assert all(word in caption for caption in re.findall(r"<caption>(.*?)</caption>", main))
    assert "<time" not in main
    text = without_marks(re.sub(r'href="[^"]*"', "", main))
    assert not re.search(r"\d{4}-\d\d|\d{4}\. \d|\d{4}年\d|\d [A-Z][a-z]+ \d{4}", text)
    plan = data().plan
    assert plan is not None
    row = next(one for one in plan.rows if one.year == 2)
    assert say("council-plan-week", language, year="2", week=str(row.week)) in text


@every
def test_the_plan_s_drawing_and_table_have_the_same_rows(language: str) -> None:
    page = plan_page(copy_in(language))
    plan = data().plan
    assert page is not None
    assert plan is not None
    assert len(page.rows) == len(page.chart.bars) == len(plan.rows)
    assert len(page.chart.names) == len(page.bases) == len(plan.series)
    rows = sorted(plan.rows, key=lambda row: (row.year, row.week, row.series))
    for shown, bar, row in zip(page.rows, page.chart.bars, rows, strict=True):
        week = say("council-plan-week", language, year=str(row.year), week=str(row.week))
        assert (shown.when, shown.days) == (week, str(row.days))
        line = [one.id for one in plan.series].index(row.series)
        assert bar.y == page.chart.names[line].y + 3
        assert page.chart.years[row.year - 1].x <= bar.x
        assert bar.x < page.chart.width
    mark = {"ko": "(예시)", "ja": "（例示）", "en": "(illustrative)"}[language]
    assert all(plain(row.series).endswith(mark) for row in page.rows)


def test_a_plan_has_no_feed_and_no_row_in_the_calendar(screen: Callable[..., Any]) -> None:
    shown = replace(screen(scene().world), beside=data())
    for address in ("/feeds/en/all.atom", "/feeds/en/calendar.ics", "/en/calendar"):
        assert "Freedom Edge (illustrative)" not in shown.page(address)


# -- dialogues ------------------------------------------------------------------------------------


@every
def test_dialogues_are_the_desk_s(language: str) -> None:
    copy = copy_in(language)
    page = dialogues_page(copy)
    assert page is not None
    today, rows = copy.today(), data().meetings
    assert [one.id for one in page.dialogues] == [series.id for series in data().series]
    for block, series in zip(page.dialogues, data().series, strict=True):
        assert plain(block.name) == series.names[language]
        assert len(block.meetings) == len(held(series, rows, today))
        planned = announcements(series, rows, today)
        told = [one for one in planned if one.slipped or one.state != "held"]
        assert [row.planned.iso for row in reversed(block.announced)] == [
            str(one.row.when) for one in told
        ]
        assert sum(bool(row.slipped) for row in block.announced) == sum(
            one.slipped is not None for one in planned
        )
        between = gaps(series, rows, today)
        assert len(block.gaps) == len(between)
        assert [bool(row.note) for row in block.gaps] == [one.beyond is not None for one in between]
        assert [one.state for one in block.periods] == [
            one.state.value for one in kept(series, rows, today)
        ]
        assert block.chart is not None
        heights_follow(block.chart, block.gaps)
        assert [bar.marked for bar in block.chart.bars] == [bool(row.note) for row in block.gaps]
        assert all(row.source.href.startswith("http") for row in block.meetings)
    expected = council(shipped_register(), today)
    assert [len(one.periods) for one in page.promises] == [len(row.states) for row in expected]


# -- interoperability -----------------------------------------------------------------------------


@every
def test_no_level_of_the_parties_is_shown_and_all_are_counted(
    screen: Callable[..., Any], language: str
) -> None:
    function = "warning-data"
    scores = (
        "function,first,second,level,evidence,assessor,on,to,basis\n"
        f"{function},KOR,JPN,3,a visit at noon,KOR/TDC,2026-05-01,,assessed\n"
        f"{function},USA,JPN,2,a visit at noon,USA/TDC,2026-05-01,public,assessed\n"
    )
    found = read({"../interoperability/scores.csv": scores})
    assert found is not None
    page = interoperability_page(council_copy(scene(), language, found))
    assert page is not None
    assert page.withheld == say("council-withheld", language, n="2")
    shown = replace(screen(scene().world), beside=found)
    for path in PAGES:
        text = shown.page(f"/{language}/{path}")
        assert "a visit at noon" not in text, path
    main = shown.page(f"/{language}/council/interoperability")
    before = main[main.index('id="functions"') : main.index('id="scale"')]
    assert not re.search(r">[0-4]<", before)


def test_a_standard_is_shown_only_as_a_public_source_says() -> None:
    found = read(
        {
            "../interoperability/standards.csv": "id,name\ns,A form\n",
            "../interoperability/statuses.csv": (
                "standard,nation,status,on,source,basis\n"
                "s,KOR,ratified,2024-01-02,https://example.org/a,assessed\n"
                "s,JPN,ratified,2024-01-02,a paper in a drawer,assessed\n"
            ),
        }
    )
    assert found is not None
    page = interoperability_page(council_copy(scene(), "en", found))
    assert page is not None
    (row,) = page.standards
    assert [(one.word, one.source is not None) for one in row.nations] == [
        (say("status-ratified", "en"), True) if plain(one.party) == "ROK" else
        (say("status-none-seen", "en"), False)
        for one in row.nations
    ]  # fmt: skip
    assert sum(one.source is not None for one in row.nations) == 1


@every
def test_the_comparison_of_hubs_is_the_illustration_s_and_says_so(
    screen: Callable[..., Any], language: str
) -> None:
    copy = copy_in(language)
    page = interoperability_page(copy)
    made_up = data().illustration
    assert page is not None
    assert made_up is not None
    assert set(made_up.parties).isdisjoint(copy.charter.party_ids)
    worked = illustrated_hubs(made_up)
    assert [mission.id for mission in made_up.missions]
    assert [plain(one.name) for one in page.missions] == [name for _, name, _ in worked]
    for block, (_, _, found) in zip(page.missions, worked, strict=True):
        assert [(row.party, row.mission, row.with_all) for row in block.hubs] == [
            (one.party, str(one.mission), str(one.with_all)) for one in found
        ]
    # Nothing that only two of the made-up parties may read takes part.
    assert len(worked[1][2]) == len(hubs(made_up.missions[1], {}, made_up.parties))
    assert str(worked[1][2][0].with_all) == "0–2"
    shown = replace(screen(scene().world), beside=data())
    main = shown.page(f"/{language}/council/interoperability")
    part = main[main.index('id="hubs"') :]
    word = {"ko": "예시", "ja": "例示", "en": "llustrative"}[language]
    assert word in part[: part.index("</h2>")]
    assert all(word in caption for caption in re.findall(r"<caption[^>]*>(.*?)</caption>", part))


# -- launches -------------------------------------------------------------------------------------


@every
def test_launches_are_the_desk_s_and_their_bars_the_table_s(language: str) -> None:
    launches = data().launches
    page = launches_page(copy_in(language))
    assert launches is not None
    assert page is not None
    years = by_year(launches.counts)
    assert [(row.year, int(row.total)) for row in reversed(page.years)] == [
        (str(year.year), year.total) for year in years
    ]
    assert [[int(one) for one in row.records] for row in reversed(page.years)] == [
        [year.records.get(family, 0) for family in Family] for year in years
    ]
    assert len(page.families) == len(Family)
    totals = tuple(TallyRow(row.year, row.total, "") for row in reversed(page.years))
    heights_follow(page.years_chart, totals)
    first = years[-1].year - YEARS
    months = [one for one in by_month(launches.counts) if one.first.year > first]
    assert [int(row.count) for row in page.months] == [one.total for one in months]
    assert [bool(row.note) for row in page.months] == [one.burst for one in months]
    assert [bar.marked for bar in page.months_chart.bars] == [one.burst for one in months]
    assert any(one.burst for one in months)
    heights_follow(page.months_chart, page.months)


def test_the_comparison_that_is_shipped_is_what_the_desk_finds_today() -> None:
    shipped = json.loads((FOLDER / "meetings_after_launches.json").read_text(encoding="utf-8"))
    content = (FOLDER / "../research/provocations.csv").read_text(encoding="utf-8")
    found = assess(content, shipped_register(), load_charter().party_ids)
    for name in ("layers", "parameters", "result"):
        assert differences(json.loads(json.dumps(found.document))[name], shipped[name]) == ()


@every
def test_the_comparison_says_not_settled_with_the_desk_s_numbers(language: str) -> None:
    page = launches_page(copy_in(language))
    launches = data().launches
    assert page is not None
    assert launches is not None
    assert page.compared is not None
    assert launches.compared is not None
    result = launches.compared["result"]
    assert page.compared.answer == say("compared-not-settled", language)
    seen, shuffled = page.compared.rows
    assert seen.count == f"{100 * result['soon'] / result['meetings']:.0f}%"
    assert str(result["soon"]) in plain(seen.note)
    assert f"{100 * result['low']:.0f}%" in shuffled.count
    assert f"{100 * result['high']:.0f}%" in shuffled.count
    assert str(result["left_out"]) in page.compared.left_out
    assert "CSIS Beyond Parallel" in page.caveat


def test_a_comparison_of_other_tables_is_not_shown_as_this_copy_s() -> None:
    rows = "date,kind,count,source\n2020-01-02,missile:srbm,1,https://example.org/list\n"
    found = read({"../research/provocations.csv": rows})
    assert found is not None
    page = launches_page(council_copy(scene(), "en", found))
    assert page is not None
    assert page.compared is None
    assert (page.years[0].year, page.years[0].total) == ("2020", "1")


# -- kept pages -----------------------------------------------------------------------------------


def test_a_kept_page_is_let_go_when_the_tables_are_others(screen: Callable[..., Any]) -> None:
    shown = replace(screen(scene().world), beside=data())
    first = shown.page("/en/council/launches")
    assert shown.page("/en/council/launches") == first
    other = read(
        {
            "../research/provocations.csv": (
                "date,kind,count,source\n2020-01-02,missile:srbm,1,https://example.org/list\n"
            )
        }
    )
    second = replace(shown, beside=other).page("/en/council/launches")
    assert "example.org" in second
    assert "example.org" not in first


def test_every_text_of_the_shipped_tables_is_said_in_each_language() -> None:
    data = shipped_council()
    assert data is not None
    assert data.plan is not None
    assert data.exercises is not None
    past = read_past(data.exercises, shipped_register(), date(2026, 11, 26))
    texts = {text for one in past.series for text in (one.name, one.domain, one.usual_months)}
    texts |= {
        text
        for one in data.plan.series
        for text in (one.name, one.cadence, one.days, one.months, one.left_out)
    }
    texts |= {one.note for one in (*data.series, *data.meetings)}
    missing = sorted(text for text in texts - {""} if set(data.words.get(text, {})) < {"ko", "ja"})
    assert missing == []
    # A wording that has changed is no longer said: nothing stale is shown.
    assert "Freedom Edge." not in data.words
    for language in ("ko", "ja"):
        here = copy_in(language)
        bare, worded = plan_page(replace(here, council=replace(data, words={}))), plan_page(here)
        assert bare is not None
        assert worded is not None
        assert all('lang="en"' in str(row.series) for row in bare.bases)
        assert not any("lang=" in str(row.series) for row in worded.bases)
        assert (bare.translated, bool(worded.translated)) == ("", True)
