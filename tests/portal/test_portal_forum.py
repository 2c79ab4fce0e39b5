"""The forum's pages against the file of figures: the same numbers, drawn as wide as they are."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from typing import Any

import pytest
from council_scenes import shipped_council
from forum_scenes import FOLDER, PAGES, forum_copy, read, shipped_forum
from page_scenes import Scene, in_force, matter_open, opened
from test_portal_pages import read as parsed
from test_portal_pages import strays
from world import load_charter

from architrave.desks.errors import BadInput
from architrave.portal.beside import Beside
from architrave.portal.formats import plain
from architrave.portal.forum.chains_context import UNKNOWN, chains_page, makers_of, share_text
from architrave.portal.forum.exposure_context import exposure_page, regions_in_order
from architrave.portal.forum.figures_file import TOLD
from architrave.portal.forum.forum_data import ForumData, forum_in
from architrave.portal.forum.forum_frame import COMMAND, in_hundred
from architrave.portal.forum.lanes import WIDE
from architrave.portal.forum.matrix import LONGEST
from architrave.portal.forum.overview_context import forum_page
from architrave.portal.forum.sankey import PER_PERCENT
from architrave.portal.forum.shocks_context import change_text, changes_of, shocks_page
from architrave.portal.papers.desk_data import tables_in
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES, say

every = pytest.mark.parametrize("language", LANGUAGES)


@cache
def data() -> ForumData:
    return shipped_forum()


@cache
def scene() -> Scene:
    return opened()


def copy_in(language: str = "en") -> Copy:
    return forum_copy(scene(), language, data())


def shown_in(screen: Callable[..., Any], party: str = "") -> Any:
    return replace(screen(scene().world, party), beside=Beside(None, data()))


def figures() -> dict[str, Any]:
    """The file as it lies there, read by nothing of ours."""
    found: dict[str, Any] = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))
    return found


def years() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "years.json").read_text(encoding="utf-8"))
    return found


# -- where there is a forum, and where there is none -------------------------------------------


@every
def test_every_page_is_whole_in_its_language_and_says_its_years_first(
    screen: Callable[..., Any], language: str
) -> None:
    shown = shown_in(screen)
    for path in PAGES:
        page = shown.page(f"/{language}/{path}")
        reading = parsed(page)
        assert (reading.faults, reading.open) == ([], []), path
        assert len(set(reading.ids)) == len(reading.ids), path
        assert page.count("<h1") == 1, path
        assert strays(" ".join(reading.text), language) == [], path
        assert f'href="/{language}/forum" aria-current="page"' in page, path
        main = page[page.index("<main") :]
        (first,) = re.findall(r"<p[^>]*>(.*?)</p>", main, re.DOTALL)[:1]
        assert first.startswith(dated(path, language)), path
        assert say("forum-compiled", language) in unescape(first), path
        listed = layers_of(path)
        by_year = years()["layers"] if path == "forum/exposure" else []
        assert re.findall(r'class="digest">([0-9a-f]{64})<', page) == [
            one["digest"] for one in (*listed, *by_year)
        ], path
        newest = [say("forum-newest", language, year=one["newest"]) for one in listed]
        assert re.findall(r"<dt>([^<]+)</dt><dd><span[^>]*>[^<]+</span> <code", page) == newest


def layers_of(path: str) -> list[dict[str, Any]]:
    """What a page's figures are of: the first page is of all, chains of shares, the rest of one."""
    layers: list[dict[str, Any]] = figures()["layers"]
    of_chains = [one for one in layers if one["source"] == "public sources, by row"]
    tables = [one for one in layers if one not in of_chains]
    assert (len(of_chains), len(tables)) == (2, 1)
    newest = years()["layers"][-1:]
    return {
        "forum": layers + newest, "forum/chains": of_chains, "forum/exposure": tables + newest,
    }.get(path, tables)  # fmt: skip


def dated(path: str, language: str) -> str:
    result = figures()["result"]
    table = result["exposure"]["year"]
    found = [one["year"] for stages in result["chains"].values() for one in stages if one["year"]]
    ends = {"first": min(found), "last": max(found)}
    match path:
        case "forum":
            return say("forum-dated", language, table=table, **ends)
        case "forum/chains":
            return say("forum-dated-chains", language, **ends)
        case _:
            return say("forum-dated-table", language, table=table)


@every
def test_every_figure_opens_its_source_date_method_terms_and_signer(
    screen: Callable[..., Any], language: str
) -> None:
    shown = shown_in(screen)
    for path in PAGES:
        page = unescape(shown.page(f"/{language}/{path}"))
        (origin,) = re.findall(r'<details class="origin">(.*?)</details>', page, re.DOTALL)
        listed = layers_of(path)
        named = [layer["name"] in origin for layer in figures()["layers"]]
        assert named == [layer in listed for layer in figures()["layers"]], path
        by_row = path in ("forum", "forum/chains")
        of_table = path != "forum/chains"
        assert ("World Input-Output Database, release of 2013" in origin) == of_table, path
        assert f"<code>{COMMAND}</code>" in origin, path
        told = {
            "terms-table": of_table, "terms-chains": by_row, "source-rows": by_row,
            "method-text": True, "signer-text": True,
        }  # fmt: skip
        for word, there in told.items():
            assert (say(f"forum-{word}", language) in origin) == there, (path, word)


def test_the_command_that_a_page_names_is_that_of_its_manual() -> None:
    manual = (FOLDER.parents[1] / "docs" / "desks" / "forum-pages.md").read_text(encoding="utf-8")
    assert f"$ {COMMAND}\n" in manual


@every
def test_no_page_has_code_or_style_in_it_and_each_drawing_says_what_it_shows(
    screen: Callable[..., Any], language: str
) -> None:
    shown = shown_in(screen)
    drawn: list[str] = []
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
        labels = re.findall(r'<svg[^>]* role="img" aria-label="([^"]{20,})"', page)
        # Most are drawn twice, and a screen shows the one for which it is wide enough.
        twice = page.count('<figure class="chart stacks"')
        assert len(labels) == page.count("<svg") == page.count("<details>") + twice, path
        drawn += labels
    assert len(drawn) >= 12
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("path", PAGES)
def test_a_copy_without_the_figures_has_no_page_and_no_link(
    screen: Callable[..., Any], path: str
) -> None:
    assert read({"figures.json": None}) is None
    for beside in (None, Beside(shipped_council(), None)):
        shown = replace(screen(scene().world), beside=beside)
        shown.page(f"/en/{path}", status=404)
        assert 'href="/en/forum' not in shown.page("/en/")


def test_another_charter_has_no_forum() -> None:
    rivers = load_charter("src/architrave/sim/rivers.toml")
    assert read(charter=rivers) is None
    assert data().bodies(rivers) == ()


def test_the_council_and_the_forum_are_found_beside_a_copy(screen: Callable[..., Any]) -> None:
    council = shipped_council()
    both = Beside(council, data())
    assert forum_in(both) is forum_in(data()) is data()
    assert forum_in(council) is None
    assert tables_in(both) is council.brief
    page = replace(screen(scene().world), beside=both).page("/en/forum")
    assert 'href="/en/council"' in page


def test_no_page_brings_in_what_the_core_is_installed_without() -> None:
    rooms = ("chains", "days", "exposure", "overview", "shocks")
    brought = [f"architrave.portal.forum.{one}_context" for one in rooms]
    brought += ["architrave.portal.beside", "architrave.portal.papers.forum_paper"]
    code = (
        f"import sys, {', '.join(brought)}; "
        "print(sorted({'numpy', 'scipy', 'architrave.desks.supply'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert found.stdout.strip() == "[]"


def bad(change: Callable[[dict[str, Any]], object]) -> str:
    document = figures()
    change(document["result"])
    return json.dumps(document)


def stage(result: dict[str, Any], name: str) -> Any:
    return next(one for stages in result["chains"].values() for one in stages if one["id"] == name)


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("forum.toml", "charter = 'trilateral'\nbody = 'ESF'\n", "forum.toml: figures must"),
        ("forum.toml", "not toml", "forum.toml: this is no TOML"),
        ("forum.toml", "cakes = 1\n", "forum.toml: the key cakes is unknown"),
        ("places.csv", None, "forum.toml: the file places.csv that it names is not there"),
        ("places.csv", "code,en\n", "places.csv, line 1"),
        ("names.csv", "code,en,ko,ja\na,A,,\na,B,,\n", "names.csv, line 3"),
        ("figures.json", "{", "figures.json: this is no JSON"),
        ("figures.json", "{}", "figures.json: "),
        (
            "figures.json",
            bad(lambda it: stage(it, "sem_dram").update(unknown=40.0)),
            "figures.json: sem_dram: the shares and what is unknown add up to 140 in 100",
        ),
        (
            "figures.json",
            bad(lambda it: stage(it, "sem_dram")["shares"].update(KOR=[67.0, 60.0])),
            "figures.json: sem_dram: a share ends before it begins",
        ),
        (
            "figures.json",
            bad(lambda it: it["exposure"]["by_region"]["KOR"]["through"].pop()),
            "figures.json: KOR: 6 shares stand there and 7 regions",
        ),
        (
            "figures.json",
            bad(lambda it: it["exposure"]["mutual"].pop()),
            "figures.json: exposure: a pair of parties is missing",
        ),
        (
            "figures.json",
            bad(lambda it: it["shortage"]["told"].pop("held")),
            "figures.json: shortage: it is not told three times",
        ),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_place(path: str, text: str | None, place: str) -> None:
    with pytest.raises(BadInput) as fault:
        read({path: text})
    said = str(fault.value)
    assert place in said
    assert said.endswith(".")
    assert "\n" not in said


def test_every_name_is_said_in_each_language_and_each_is_used() -> None:
    found = data().figures
    stages = [one for many in found.chains.values() for one in many]
    named = {
        *found.chains, *found.exposure.sectors, *(one.id for one in stages),
        *(one.tier for one in stages), *(one.measure for one in stages if one.measure),
    }  # fmt: skip
    assert set(data().names) == named
    for one in stages:
        assert data().names[one.id]["en"] == one.name
    codes = {who for one in stages for who in one.shares} | set(found.exposure.regions)
    assert set(data().places) == codes - set(load_charter().party_ids)
    for words in (*data().names.values(), *data().places.values()):
        assert set(words) == set(LANGUAGES)


# -- the first page -----------------------------------------------------------------------------


@every
def test_the_first_page_has_the_charter_s_bodies_and_what_is_owed(language: str) -> None:
    page = forum_page(forum_copy(in_force(), language, data()))
    assert page is not None
    charter = load_charter()
    assert page.proposed
    assert say("body-proposed", language, name=plain(charter.body("ESF").name[language])) == plain(
        page.name
    )
    assert [block.id for block in page.bodies] == ["ESF", "ESFSC", "ESFBT"]
    assert page.duties
    assert all(row.matter.href.startswith(f"/{language}/matters/ESFBT/") for row in page.duties)
    assert {place.link.href for place in page.places} == {
        f"/{language}/{one}" for one in (*PAGES[1:], "forum/goods")
    }
    # A matter of the council is not the forum's.
    other = forum_page(forum_copy(matter_open(), language, data()))
    assert other is not None
    assert (other.open, other.duties) == ((), ())


# -- chains -------------------------------------------------------------------------------------

_PATH = re.compile(
    r"M158 ([\d.]+)C\S+ \S+ \S+ \S+ 428 ([\d.]+)V([\d.]+)C\S+ \S+ \S+ \S+ 158 ([\d.]+)Z"
)


@every
def test_bands_are_as_wide_as_the_shares_of_the_file_on_both_sides(language: str) -> None:
    copy = copy_in(language)
    page = chains_page(copy)
    assert page is not None
    drawn = 0
    for chain in page.chains:
        stages = figures()["result"]["chains"][chain.anchor]
        for tier in chain.tiers:
            mine = [one for one in stages if f"{chain.anchor}-{one['tier']}" == tier.anchor]
            shares = []
            for one in mine:
                lows = {who: low for who, (low, _) in one["shares"].items()}
                unknown = {UNKNOWN: one["unknown"]} if one["unknown"] else {}
                known = next(it for it in data().figures.chains[chain.anchor] if it.id == one["id"])
                order = makers_of(copy, [known])
                assert set(order) == set(lows) | set(unknown)
                shares += [{**lows, **unknown}[who] for who in order]
            assert len(tier.chart.bands) == len(shares) == sum(one.span for one in tier.stages)
            for band, share in zip(tier.chart.bands, shares, strict=True):
                found = _PATH.fullmatch(band.path)
                assert found is not None, band.path
                start, end, lower_end, lower_start = (float(one) for one in found.groups())
                assert lower_start - start == pytest.approx(share * PER_PERCENT, abs=0.011)
                assert lower_end - end == pytest.approx(share * PER_PERCENT, abs=0.011)
                drawn += 1
    assert drawn > 120


@every
def test_the_table_of_chains_is_the_file_s_and_the_unknown_is_called_so(language: str) -> None:
    copy = copy_in(language)
    page = chains_page(copy)
    assert page is not None
    unknown = say("forum-unknown", language)
    rows = {
        (chain.anchor, plain(stage.name)): stage
        for chain in page.chains
        for tier in chain.tiers
        for stage in tier.stages
    }
    count = 0
    for chain, stages in figures()["result"]["chains"].items():
        for one in stages:
            row = rows[chain, data().names[one["id"]][language]]
            told = [share.share for share in row.shares if not share.unknown]
            assert sorted(told) == sorted(
                share_text(copy, *pair) for pair in one["shares"].values()
            )
            open_ = [share for share in row.shares if share.unknown]
            assert [plain(share.maker) for share in open_] == [unknown] * bool(one["unknown"])
            if one["unknown"]:
                assert open_[0].share == f"{round(one['unknown'], 2):g}%"
                assert row.shares[-1] is open_[0]
            assert [link.href for link in row.sources] == one["sources"]
            assert row.measured == say("forum-no-figure", language) or row.measured
            count += 1
    assert count == len(rows)


def test_a_range_is_shown_as_one_and_a_stage_without_figures_is_wholly_unknown() -> None:
    page = chains_page(copy_in("en"))
    assert page is not None
    rows = {plain(s.name): s for c in page.chains for t in c.tiers for s in t.stages}
    quartz = rows["High-purity quartz for crucibles"]
    assert [share.share for share in quartz.shares] == ["70–90%", "30%"]
    tools = rows["Integrated assembly tools"]
    assert [(share.share, share.unknown) for share in tools.shares] == [("100%", True)]
    assert tools.measured == say("forum-no-figure", "en")


def test_names_stand_in_the_charter_s_order_and_the_unknown_last() -> None:
    stages = [one for many in data().figures.chains.values() for one in many]
    for party in load_charter().party_ids:
        copy = forum_copy(scene(), "en", data(), party)
        makers = makers_of(copy, stages)
        assert makers[:3] == copy.order
        assert makers[-2:] == ("ROW", UNKNOWN)
        assert list(makers[3:-2]) == sorted(makers[3:-2])


@every
def test_a_drawing_marks_the_unknown_by_hatching_and_not_by_colour_alone(
    screen: Callable[..., Any], language: str
) -> None:
    page = shown_in(screen).page(f"/{language}/forum/chains")
    bands = re.findall(r'<g class="band ([a-z]+)"><title>([^<]+)</title>(<path[^>]*>)</g>', page)
    assert len(bands) == page.count('<g class="band')
    hatched = [path for kind, _, path in bands if kind == UNKNOWN]
    patterns = set(re.findall(r'<pattern id="([^"]+)"', page))
    assert hatched
    assert {re.findall(r'fill="url\(#([^)]+)\)"', one)[0] for one in hatched} <= patterns
    unknown = say("forum-unknown", language)
    assert all((kind == UNKNOWN) == title.startswith(unknown) for kind, title, _ in bands)
    assert not any("url(" in path for kind, _, path in bands if kind != UNKNOWN)


# -- exposure and the example -------------------------------------------------------------------


@every
def test_the_matrix_is_the_file_s_and_its_bars_begin_at_zero(language: str) -> None:
    copy = copy_in(language)
    page = exposure_page(copy)
    assert page is not None
    said = figures()["result"]["exposure"]
    order = regions_in_order(copy, data())
    assert order[:3] == copy.order
    blocks = [(page.regions, [(one, said["by_region"][one]) for one in order])]
    for party, block in zip(copy.order, page.sectors, strict=True):
        cells = [(party, said["by_sector"][f"{party}:{one}"]) for one in said["sectors"]]
        blocks.append((block, cells))
    # One scale for all matrices, so that bars can be told apart across them.
    foreign = [
        share
        for _, rows in blocks
        for region, taken in rows
        for other, share in zip(said["regions"], taken["through"], strict=True)
        if other != region
    ]
    for block, rows in blocks:
        assert len(block.rows) == len(rows)
        places = [said["regions"].index(one) for one in order]
        cells = iter(block.chart.cells)
        for row, (region, taken) in zip(block.rows, rows, strict=True):
            assert list(row.shares) == [in_hundred(taken["through"][at]) for at in places]
            assert list(row.face) == [in_hundred(taken["face"][at]) for at in places]
            for column, at in enumerate(places):
                cell = next(cells)
                assert cell.text == row.shares[column]
                assert cell.own == (said["regions"][at] == region)
                assert cell.x == block.chart.columns[column].x
                if cell.own:
                    assert cell.width == ""
                else:
                    wanted = taken["through"][at] * LONGEST / max(foreign)
                    assert float(cell.width) == pytest.approx(wanted, abs=0.006)


@every
def test_mutual_dependence_is_the_file_s_in_both_directions(language: str) -> None:
    copy = copy_in(language)
    page = exposure_page(copy)
    assert page is not None
    pairs = figures()["result"]["exposure"]["mutual"]
    told = {
        (plain(copy.party(one["of"])), plain(copy.party(one["by"]))): (
            in_hundred(one["supplies"]), in_hundred(one["earns"])
        )
        for one in pairs
    }  # fmt: skip
    assert {
        (plain(row.of), plain(row.by)): (row.supplies, row.earns) for row in page.mutual
    } == told
    assert len(page.mutual) == 6


@every
def test_the_example_is_told_three_times_as_the_file_has_it(language: str) -> None:
    copy = copy_in(language)
    page = shocks_page(copy)
    assert page is not None
    short, regions = figures()["result"]["shortage"], figures()["result"]["exposure"]["regions"]
    order = regions_in_order(copy, data())
    changes = []
    for row, code in zip(page.rows, order, strict=True):
        at = regions.index(code)
        parts = [short["told"][kind][at] / short["output"][at] for kind in TOLD]
        assert tuple(parts) == changes_of(data(), code)
        assert list(row.changes) == [change_text(one) for one in parts]
        assert [int(one.replace(",", "").replace("−", "-")) for one in row.money] == [
            round(short["told"][kind][at]) for kind in TOLD
        ]
        changes += parts
    scale = WIDE.span / (max(0.0, *changes) - min(0.0, *changes))
    assert len(page.chart.bars) == len(changes)
    for bar, change in zip(page.chart.bars, changes, strict=True):
        assert float(bar.width) == pytest.approx(abs(change) * scale, abs=0.006)
        edge = float(bar.x) + float(bar.width) if change < 0 else float(bar.x)
        assert edge == pytest.approx(page.chart.zero, abs=0.011)
        assert bar.number == change_text(change)
    assert [one.assumed for one in page.tellings] == [
        say(f"forum-assumed-{kind}", language) for kind in TOLD
    ]
    # The example names no state: it is of all others together.
    assert set(short["missing"]) == {"ROW:MIN"}


@pytest.mark.parametrize(
    ("part", "said"), [(0.0, "0.0%"), (0.0001, "<0.1%"), (0.0014, "0.1%"), (1.0, "100.0%")]
)
def test_what_is_too_little_to_show_is_not_called_nothing(part: float, said: str) -> None:
    assert in_hundred(part) == said


# -- colours ------------------------------------------------------------------------------------


def light(colour: tuple[float, float, float]) -> float:
    parts = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    found = sorted(
        light(tuple(int(x[i : i + 2], 16) / 255 for i in (1, 3, 5))) for x in (one, other)
    )
    return (found[1] + 0.05) / (found[0] + 0.05)


def test_every_outline_and_text_of_a_drawing_stands_out_in_light_and_dark() -> None:
    static = FOLDER.parents[1] / "src/architrave/portal/static/portal"
    own = (static / "forum.css").read_text(encoding="utf-8")
    themes = re.findall(r":root \{(.*?)\}", (static / "pages.css").read_text("utf-8"), re.DOTALL)
    assert len(themes) >= 2
    for theme in themes[:2]:
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", theme))
        strokes = set(re.findall(r"stroke: var\(--([a-z]+)\)", own))
        texts = set(re.findall(r"\{ fill: var\(--([a-z]+)\); font-size", own)) | {"ink"}
        assert strokes == {"link", "quiet", "warn", "deep"}
        for name in strokes:
            assert contrast(colours[name], colours["paper"]) >= 3, name
        for name in texts:
            assert contrast(colours[name], colours["paper"]) >= 4.5, name
