"""`architrave register …`: check a register before it is used, and see how its promises stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.cli.faults import Unclear, plainly, text_of
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.look import Look, in_english, look
from architrave.cli.places import node_folder
from architrave.cli.shipped import shipped
from architrave.institution.acts import document_of, kind_of
from architrave.institution.promises import PeriodState, assess, counts, is_late
from architrave.institution.register import (
    COMMITMENTS,
    EVENTS,
    FULFILMENTS,
    HEADER,
    TRANSLATIONS,
    UNNAMED,
    RegisterError,
    RegisterFault,
    read_register,
)
from architrave.institution.register_rows import Promise, Register
from architrave.institution.remarks import Remark, promise_reports, remarks
from architrave.portal.composing.finding import nearest
from architrave.portal.words import say_of

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="The register of facts compiled from public reports.")

_FILES = (HEADER, EVENTS, COMMITMENTS, FULFILMENTS, UNNAMED, TRANSLATIONS)


@app.command()
@plainly
def check(
    folder: Annotated[Path, typer.Argument(help="Holds the five files of a register.")],
    charter: Annotated[Path | None, typer.Option(help="Whose parties may be named.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Check a register: every fault with its file and line. Nothing is changed."""
    try:
        found = read_register(_texts(folder), _parties(charter))
    except RegisterError as fault:
        if as_json:
            print_json({"sound": False, "faults": [_fault(one) for one in fault.faults]})
        else:
            for one in fault.faults:
                typer.echo(f"{folder / one.file}, line {one.line}, {one.field}: {one.message}.")
        raise typer.Exit(2) from fault
    number = counts(found)
    if as_json:
        reach = found.sources_reach.isoformat()
        print_json({"sound": True, **number, "digest": found.digest, "sources_reach": reach})
        return
    listed = ", ".join(f"{count} {name}" for name, count in number.items())
    typer.echo(f"Sound: {listed}. Sources reach to {found.sources_reach.isoformat()}.")
    typer.echo(f"Digest (SHA-256): {found.digest}")


def _fault(one: RegisterFault) -> dict[str, object]:
    return {"file": one.file, "line": one.line, "field": one.field, "message": one.message}


@app.command()
@plainly
def show(
    promise: Annotated[str | None, typer.Argument(help="A promise's id; all if left out.")] = None,
    today: Annotated[str | None, typer.Option(help="As things stood on this date.")] = None,
    add: Annotated[
        list[Path] | None, typer.Option(help="Rows to try out; may be repeated. Nothing is kept.")
    ] = None,
    folder: Annotated[Path | None, typer.Option(help="Another register's folder.")] = None,
    node: Annotated[
        str | None, typer.Option(help="The register that this node holds, and what capitals say.")
    ] = None,
    charter: Annotated[Path | None, typer.Option(help="Whose parties may be named.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """How each promise stands in each of its periods, and why."""
    place = folder or shipped("data/register")
    if node is not None:
        place = node_folder(node) / "register"
        charter = charter or node_folder(node) / "charter.toml"
    texts = _texts(place)
    for file in add or []:
        texts = _with_rows(texts, file)
    found = read_register(texts, _parties(charter))
    day = _day(today)
    chosen = [_promise(found, promise)] if promise is not None else list(found.promises)
    seen = look(node) if node is not None else None
    sheets = [_sheet(found, one, day, seen) for one in chosen]
    if as_json:
        print_json([_value(one) for one in sheets])
        return
    print_lines(_lines(found, sheets, day, promise is not None))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A promise, its states, oldest first, and what capitals say of it, each for itself."""

    promise: Promise
    states: tuple[PeriodState, ...]
    remarks: tuple[dict[str, object], ...]


def _sheet(register: Register, promise: Promise, day: date, seen: Look | None) -> _Sheet:
    if seen is None:
        return _Sheet(promise, assess(register, promise, day), ())
    reports = promise_reports(seen.state, seen.view, register)
    digest = register.row_digest(promise.id)
    said = remarks(seen.state, seen.view, promise.id, digest)
    states = assess(register, promise, day, reports)
    return _Sheet(promise, states, tuple(_remark(seen, one) for one in said))


def _remark(seen: Look, one: Remark) -> dict[str, object]:
    """What a capital says, under the names of the act's own fields."""
    document = document_of(one.act)
    words = next(
        (document[name] for name in ("note", "correction", "reason") if name in document), {}
    )
    return {
        "party": one.fact.party,
        "kind": kind_of(one.act),
        "line": seen.line(one.fact.tip),
        "words": words,
        "state": document.get("state", ""),
        "on": document.get("on", ""),
        "source": document.get("source", ""),
        "of_this_wording": one.present,
    }


def _promise(register: Register, text: str) -> Promise:
    found = register.promise_by_id.get(text)
    if found is None:
        raise Unclear(f"{text!r} is no promise here; {nearest(text, register.promise_by_id)}.")
    return found


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Unclear(f"--today: expected a date such as 2026-03-31, found {text!r}.") from fault


def _texts(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise Unclear(f"{folder}: no folder with a register lies here.")
    return {
        name: (folder / name).read_text(encoding="utf-8")
        for name in _FILES
        if (folder / name).is_file()
    }


def _parties(charter: Path | None) -> frozenset[str]:
    return frozenset(_charter(charter or shipped("charters/trilateral.toml")).party_ids)


def _charter(file: Path) -> Charter:
    return parse_charter(text_of(file), file.name)


def _with_rows(texts: Mapping[str, str], file: Path) -> dict[str, str]:
    """The register's texts with the rows of a CSV file added to the table of the same columns."""
    rows = list(csv.DictReader(io.StringIO(text_of(file))))
    columns = set(rows[0]) if rows else set()
    for name in (EVENTS, COMMITMENTS, FULFILMENTS):
        head = next(csv.reader(io.StringIO(texts.get(name, ""))), [])
        if rows and columns == set(head):
            added = io.StringIO()
            writer = csv.DictWriter(added, head, lineterminator="\n")
            writer.writerows(rows)
            text = texts[name] if texts[name].endswith("\n") else texts[name] + "\n"
            return {**texts, name: text + added.getvalue()}
    raise Unclear(f"{file}: expected rows with the columns of {EVENTS}, or of another table.")


def _value(one: _Sheet) -> dict[str, object]:
    return {
        **one.promise.content(),
        "periods": [
            {
                "first": state.period.first.isoformat(),
                "last": state.period.last.isoformat() if state.period.last else None,
                "state": state.state,
                "late": is_late(state.state),
                "reason": state.reason.key,
                "values": dict(state.reason.values),
                "events": list(state.events),
                "related": list(state.related),
                "sources": list(state.sources),
            }
            for state in one.states
        ],
        "remarks": list(one.remarks),
    }


def _lines(register: Register, sheets: Sequence[_Sheet], day: date, alone: bool) -> Iterator[str]:
    yield heading(in_english(register.header.title))
    yield from paragraph(in_english(register.header.standing), 0)
    reach = register.sources_reach.isoformat()
    yield f"As of {day.isoformat()}; sources reach to {reach}."
    for one in sheets:
        promise = one.promise
        yield ""
        yield heading(f"{promise.id}  {say_of('cadence', promise.cadence, 'en')}")
        yield from paragraph(f"{promise.text} ({promise.body}, promised {promise.made_on})")
        for state in one.states if alone else one.states[-4:]:
            yield from table([_period(state)], 4, fixed=2)
            if alone:
                yield from paragraph(", ".join(state.sources), 6) if state.sources else ()
        for remark in one.remarks:
            yield from paragraph(_remark_line(remark))
        if not one.states:
            yield "    not yet made on that date"
        elif not alone and len(one.states) > 4:
            yield f"    and {len(one.states) - 4} earlier: `register show {promise.id}`"


def _remark_line(remark: Mapping[str, object]) -> str:
    words = remark["words"]
    text = in_english(words) if isinstance(words, dict) and words else ""
    held = f"{remark['state']} in the period of {remark['on']}" if remark["state"] else ""
    earlier = "" if remark["of_this_wording"] else "said of an earlier wording"
    said = "; ".join(part for part in (held, text, str(remark["source"]), earlier) if part)
    return f"{remark['party']} {remark['kind']} ({remark['line']}){': ' if said else ''}{said}"


def _period(state: PeriodState) -> tuple[str, str, str]:
    last = state.period.last.isoformat() if state.period.last else "open"
    reason = say_of("reason", state.reason.key, "en", **dict(state.reason.values))
    span = f"{state.period.first.isoformat()} – {last}"
    return span, say_of("promise", state.state, "en"), reason
