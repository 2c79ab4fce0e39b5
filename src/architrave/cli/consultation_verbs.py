"""`architrave consultation …`: the times of a request as evidence, and lines to take.

To ask, to answer, to read a point and to close are record entries: `architrave act` makes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from architrave.cli.consult_times import consultation_found, times_of
from architrave.cli.consultation_rows import (
    ElapsedRow,
    LegTimesRow,
    LineRow,
    MomentRow,
    TimedSheet,
    TimingsSheet,
    line_rows,
    timings_sheet,
)
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.look import Look, in_english, look
from architrave.cli.show_rows import consultation_sheet
from architrave.cli.show_verbs import consultation_lines
from architrave.cli.signing import node_clock
from architrave.cli.status_verbs import banner
from architrave.desks.consultation.lines import lines_to_take
from architrave.institution.acts import Text
from architrave.portal.composing.fields import require_languages, typed_fields
from architrave.portal.composing.finding import matter_found
from architrave.portal.composing.instants import instant, utc
from architrave.portal.words import say_of

__all__ = ["app", "length", "node_now", "write_fields"]

app = typer.Typer(
    no_args_is_help=True, help="A consultation: the times of each leg, and lines to take."
)

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
NodeNamed = Annotated[str, typer.Argument(help="A node's folder or a capital.")]


@app.command()
@plainly
def show(
    node: NodeNamed,
    symbol: Annotated[str, typer.Argument(help="The symbol of a request to consult.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="As it stood then.")] = None,
    as_json: AsJson = False,
) -> None:
    """A request, when each was reached and answered, the shared picture, and lines to take."""
    it = look(node, as_of)
    asked = consultation_found(it, symbol)
    sheet = TimedSheet(
        consultation_sheet(it, asked),
        timings_sheet(times_of(it, asked)),
        line_rows(it, asked.name),
    )
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(banner(it, as_of is not None))
    typer.echo("")
    print_lines(consultation_lines(it, sheet.consultation))
    print_lines(_times(it, sheet.timings))
    print_lines(_lines_to_take(it, sheet.lines))


def _times(look: Look, sheet: TimingsSheet) -> Iterator[str]:
    yield ""
    yield heading("Times, as others' books bear them out")
    yield from _moment("asked", sheet.asked, None)
    for leg in sheet.legs:
        yield from paragraph(f"{look.capital(leg.party)}: {say_of('leg', leg.state, 'en')}")
        yield from _leg(leg)
    if sheet.closed is not None:
        yield from _moment("closed", sheet.closed, None)


def _leg(leg: LegTimesRow) -> Iterator[str]:
    yield from _moment("has the request", leg.received, leg.received_after)
    yield from _moment("answered", leg.answered, leg.answered_after)
    yield from _moment("its answer is final", leg.final, None)


def _moment(what: str, one: MomentRow | None, after: ElapsedRow | None) -> Iterator[str]:
    if one is None:
        return
    ends = [utc(ms) if ms is not None else "not known" for ms in (one.not_before, one.not_after)]
    told = f"{utc(one.claimed)} (line {one.line}); not before {ends[0]}, not after {ends[1]}"
    if one.outside:
        told += "; the claim lies outside"
    if after is not None:
        told += f"; {length(after)} after the request"
    yield from paragraph(f"{what}: {told}", 4)


def length(one: ElapsedRow) -> str:
    """How long something took: as claimed, at least, at most."""
    most = _seconds(one.at_most) if one.at_most is not None else "not known"
    return f"{_seconds(one.claimed)} claimed, {_seconds(one.at_least)} to {most}"


def _seconds(ms: int) -> str:
    """A length of time: 0.3 s, 5 min, 26.0 h."""
    if ms < 60_000:
        return f"{ms / 1000:.1f} s"
    return f"{ms // 60_000} min" if ms < 3_600_000 else f"{ms / 3_600_000:.1f} h"


def _lines_to_take(look: Look, rows: tuple[LineRow, ...]) -> Iterator[str]:
    if rows:
        yield ""
        yield heading("Lines to take, and repairs")
    for row in rows:
        stage = say_of("stage", row.stage, "en")
        title = in_english(row.versions[-1].title)
        yield from table([(row.symbol, stage, title)], fixed=1)
        for one in row.versions:
            what = ", ".join(one.changed) or "the first text"
            by = f"{look.capital(one.by)}, {utc(one.at)}"
            yield from paragraph(f"version {one.number} ({by}): {what}", 4)
            yield from paragraph(in_english(one.summary), 6)
        if row.replaces:
            yield from paragraph(f"in the place of {row.replaces}", 4)
        if row.replaced_by:
            yield from paragraph(f"replaced by {', '.join(row.replaced_by)}", 4)
        if row.awaiting:
            yield from paragraph(f"awaits {look.capitals(row.awaiting)}", 4)


@app.command()
@plainly
def lines(
    node: NodeNamed,
    symbol: Annotated[str, typer.Argument(help="The symbol of a request to consult.")],
    file: Annotated[Path, typer.Argument(help="title and summary in TOML or JSON.")],
    out: Annotated[Path, typer.Option(help="Where the fields for `act` are written.")],
    instrument: Annotated[str, typer.Option(help="What kind of text it is.")] = "note",
    expiry: Annotated[str | None, typer.Option(help="When the silence ends.")] = None,
    replaces: Annotated[str, typer.Option(help="Lines that these take the place of.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write the fields of lines to take under the shortest silence that the charter permits."""
    it = look(node)
    asked = consultation_found(it, symbol)
    title, summary = _words(it, file)
    draft = lines_to_take(
        it.charter,
        asked,
        title,
        summary,
        node_now(it),
        instrument,
        instant(expiry, it.charter, "--expiry") if expiry is not None else None,
        matter_found(it, replaces).name if replaces else "",
    )
    fields = {
        "body": symbol.strip().upper().partition("/")[0],
        "article": draft.article,
        "wording": msgspec.to_builtins(draft.wording),
        "silence": msgspec.to_builtins(draft.silence),
    }
    write_fields(out, fields)
    if as_json:
        print_json({**fields, "period": str(draft.period)})
        return
    until = it.clocks(draft.silence.expiry)
    told = f"Silence of at least {draft.period} under {it.cite(draft.article)}, until {until}."
    print_lines(paragraph(told, 0))
    typer.echo(f"Next: architrave act {node} tabled --file {out}")


def _words(look: Look, file: Path) -> tuple[Text, Text]:
    tree = typed_fields("tabled", [], file)
    wording = tree.get("wording", {})
    missing = [one for one in ("title", "summary") if one not in wording]
    if missing or set(tree) != {"wording"} or set(wording) != {"title", "summary"}:
        raise Unclear(f"{file}: expected title and summary, each in every language, and no more.")
    require_languages(tree, look.charter.languages, str(file))
    return wording["title"], wording["summary"]


def write_fields(file: Path, fields: dict[str, object]) -> None:
    """Write the fields of an act for `architrave act --file`; Unclear if the file is there."""
    if file.exists():
        raise Unclear(f"{file}: the file is there already; name another.")
    if file.suffix != ".json":
        raise Unclear(f"{file}: expected a name that ends in .json.")
    file.write_text(json.dumps(fields, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def node_now(look: Look) -> int:
    """The clock (ms) of the running node, or the instant at which its copy was read."""
    url = look.reading.folder.addresses(look.reading.founding)[look.party]
    return node_clock(url) or look.at
