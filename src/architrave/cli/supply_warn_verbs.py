"""`architrave supply warn check|notices`: what crosses a threshold, once, and the alert of it."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.cli.act_verbs import ActAnswer, Way, answer_lines, entered
from architrave.cli.alert_verbs import alert_tree
from architrave.cli.faults import Unclear, plainly, text_of
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.look import Look, look
from architrave.cli.supply_verbs import AsJson
from architrave.portal.composing.fields import typed_fields

if TYPE_CHECKING:
    from architrave.desks.supply.warning.fired import Fired

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True, help="Thresholds on series and notices: what fires, once, and the alert."
)

Sheet = Annotated[str | None, typer.Option(help="Of a workbook (.xlsx): which sheet.")]
Log = Annotated[Path | None, typer.Option("--log", help="What has fired; written to.")]
Test = Annotated[bool, typer.Option("--test", help="Fire now, as a test that owes nothing.")]
ForNode = Annotated[
    str | None, typer.Option("--alert", help="Raise an alert from this node for what is new.")
]
InBody = Annotated[str | None, typer.Option(help="The body that is warned, for example ESF.")]
Put = Annotated[
    list[str] | None, typer.Option("--set", help="A field of the alert; may be repeated.")
]
Fields = Annotated[Path | None, typer.Option("--fields", help="Fields of the alert, in a file.")]
ForSeat = Annotated[str | None, typer.Option(help="The seat for which the alert is signed.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Ask; write nothing.")]


class Raising:
    """What is to become of that which fires: the log, and the alert if one was asked for."""

    def __init__(
        self,
        log: Path | None,
        node: str | None,
        body: str | None,
        given: tuple[list[str] | None, Path | None],
        seat: str | None,
        dry_run: bool,
    ) -> None:
        if node is None and (body is not None or any(given) or seat is not None):
            raise Unclear("--body, --set, --fields and --seat are of an alert: name its --alert.")
        if node is not None and (body is None or log is None):
            raise Unclear("--alert: say which --body is warned, and the --log of what has fired.")
        self.log, self.body, self.dry_run = log, body or "", dry_run
        self.it: Look | None = look(node) if node is not None else None
        self.tree = typed_fields("alerted", given[0] or [], given[1]) if node is not None else {}
        self.seat = seat

    def raised(
        self, new: Sequence[Fired], evidence: dict[str, str], on: Sequence[Fired] = ()
    ) -> tuple[list[Fired], ActAnswer | None]:
        """Enter the alert of what is new, if one is asked for, then write what fired to the log.

        In that order: what was not admitted has not fired, and what was said twice is entered once.
        What fired comes back with the alert's symbol. `on` is written with it, and fires nothing.
        """
        answer = None
        if new and self.it is not None:
            given = {"evidence": evidence, **self.tree}
            tree = alert_tree(self.it, self.body, given, any(one.test for one in new))
            # A test is asked for each time; the same warning is entered once, as by any verb.
            way = Way(seat=self.seat, dry_run=self.dry_run, again=new[0].test)
            answer = entered(self.it, "alerted", tree, way)
        admitted = answer is None or answer.admitted
        if answer is not None and admitted and not self.dry_run:
            new = [replace(one, alert=answer.symbol) for one in new]
        if (new or on) and self.log is not None and admitted and not self.dry_run:
            _append(self.log, [*new, *on])
        return list(new), answer


@app.command()
@plainly
def check(
    file: Annotated[Path, typer.Argument(help="period, value, unit, currency, year: CSV, .xlsx.")],
    threshold: Annotated[
        list[str], typer.Option(help="'level >= 120', 'change 3 >= 20%'; may be repeated.")
    ],
    name: Annotated[str | None, typer.Option(help="What the series is called in the log.")] = None,
    sheet: Sheet = None,
    log: Log = None,
    test: Test = False,
    alert: ForNode = None,
    body: InBody = None,
    put: Put = None,
    fields: Fields = None,
    seat: ForSeat = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Where a series crosses a threshold, and which of these crossings had not fired before."""
    from architrave.desks.supply.warning.fired import new_of_series, trial_of
    from architrave.desks.supply.warning.series import read_series
    from architrave.desks.supply.warning.thresholds import measured, threshold_of

    lines = list({str(line): line for line in map(threshold_of, threshold)}.values())
    place, content, digest = _content(file, sheet)
    series = read_series(name or file.stem, place, content, digest)
    raising = Raising(log, alert, body, (put, fields), seat, dry_run)
    with _alone(log, dry_run):
        before, at = _read_log(log), _now()
        watched = [new_of_series(series, line, before, at) for line in lines]
        new = [one for found in watched for one in found.new]
        if test:
            new = [trial_of(series.name, str(line), series.digest, at) for line in lines]
        on = [one for found in watched for one in found.on]
        new, answer = raising.raised(new, {file.name: series.digest}, on)
    unmeasured = [
        str(line) for line in lines if all(one is None for _, one in measured(series, line))
    ]
    found = [
        (str(line), one.first.text, one.last.text, one.measure)
        for line, there in zip(lines, watched, strict=True)
        for one in there.crossings
    ]
    unknown = sum(one.value is None for one in series.points)
    head = (
        f"{series.name}: {len(series.points)} periods to {series.points[-1].period}, "
        f"{unknown} not known; {series.unit}, {series.currency}, {series.year}"
    )
    if as_json:
        keys = ("threshold", "first", "last", "measure")
        basis: dict[str, object] = {
            "name": series.name,
            "unit": series.unit,
            "currency": series.currency,
        }
        basis |= {"year": series.year, "digest": series.digest, "unknown": unknown}
        crossed = [dict(zip(keys, one, strict=True)) for one in found]
        _print(new, answer, {"series": basis, "crossings": crossed, "unmeasured": unmeasured})
        return
    print_lines([heading(head)])
    rows = [(line, f"{first} – {last}", f"{value:.9g}") for line, first, last, value in found]
    print_lines(table(rows) if rows else ["  No threshold is crossed."])
    for line in unmeasured:
        print_lines(paragraph(f"{line}: of no period is it known, so it says nothing.", 2))
    print_lines(_lines(raising, new, answer))


@app.command()
@plainly
def notices(
    file: Annotated[Path, typer.Argument(help="date, issuer, hs, measure, source: CSV or .xlsx.")],
    hs: Annotated[list[str], typer.Option(help="An HS code that is watched; may be repeated.")],
    sheet: Sheet = None,
    log: Log = None,
    test: Test = False,
    alert: ForNode = None,
    body: InBody = None,
    put: Put = None,
    fields: Fields = None,
    seat: ForSeat = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Which notices touch goods that are watched, and which of these had not fired before."""
    from architrave.desks.supply.warning.fired import new_of_notices, trial_of
    from architrave.desks.supply.warning.notices import read_notices, touched, watch_of

    watch = watch_of(hs)
    place, content, digest = _content(file, sheet)
    found = touched(read_notices(place, content), watch)
    raising = Raising(log, alert, body, (put, fields), seat, dry_run)
    with _alone(log, dry_run):
        at = _now()
        new = list(new_of_notices(found, watch, _read_log(log), digest, at))
        if test:
            new = [trial_of("notices", f"hs {';'.join(watch)}", digest, at)]
        new, answer = raising.raised(new, {file.name: digest})
    if as_json:
        rows = [
            {
                "date": one.notice.day.isoformat(),
                "issuer": one.notice.issuer,
                "hs": list(one.notice.goods),
                "measure": one.notice.measure,
                "source": one.notice.source,
                "id": one.notice.id,
                "codes": list(one.codes),
            }
            for one in found
        ]
        _print(new, answer, {"digest": digest, "notices": rows})
        return
    print_lines([heading(f"Notices that touch {', '.join(watch)}: {len(found)}")])
    print_lines(
        table(
            [
                (one.notice.day.isoformat(), one.notice.issuer,
                 f"{';'.join(one.notice.goods)}: {one.notice.measure}")
                for one in found
            ],
            fixed=2,
        )
    )  # fmt: skip
    days = {one.notice.id: one.notice.day.isoformat() for one in found}
    print_lines(_lines(raising, new, answer, days))


def _content(file: Path, sheet: str | None) -> tuple[str, str, str]:
    """What a refusal calls a table, its text, and the SHA-256 of the file."""
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if file.suffix.casefold() == ".xlsx":
        from architrave.desks.supply.warning.sheets import read_sheet

        return *read_sheet(file.name, content, sheet), digest
    if sheet is not None:
        raise Unclear(f"{file}: --sheet is of a workbook (.xlsx).")
    try:
        return file.name, content.decode(), digest
    except UnicodeDecodeError as fault:
        raise Unclear(f"{file}: the file is not written in UTF-8.") from fault


@contextmanager
def _alone(log: Path | None, dry_run: bool) -> Iterator[None]:
    """Hold the log from reading to writing: two runs at once would each fire the same.

    Unclear where another run holds it.
    """
    if log is None or dry_run:
        yield
        return
    with open(log.with_name(f"{log.name}.lock"), "a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unclear(f"{log}: another run is at work on this log; try again.") from None
        yield


def _read_log(log: Path | None) -> tuple[Fired, ...]:
    from architrave.desks.supply.warning.fired import read_fired

    return read_fired(log.name, text_of(log)) if log is not None and log.exists() else ()


def _append(log: Path, new: Iterable[Fired]) -> None:
    from architrave.desks.supply.warning.fired import line_of

    with log.open("a+", encoding="utf-8", newline="\n") as paper:
        lines = "".join(line_of(one) for one in new)
        paper.seek(0)
        before = paper.read()
        # Some editor may have taken away the end of the last line.
        paper.write(("\n" if before and not before.endswith("\n") else "") + lines)
        paper.flush()
        os.fsync(paper.fileno())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _print(new: Sequence[Fired], answer: ActAnswer | None, value: dict[str, object]) -> None:
    said = asdict(answer) if answer is not None else None
    print_json({**value, "fired": [asdict(one) for one in new], "alert": said})
    if answer is not None and not answer.admitted:
        raise typer.Exit(1)


def _lines(
    raising: Raising,
    new: Sequence[Fired],
    answer: ActAnswer | None,
    days: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """What fires now, and what became of the alert; exit status 1 if that was not admitted.

    `days` are those of notices, by id: an id tells nobody anything.
    """
    yield ""
    if not new:
        yield from paragraph("Nothing fires: what is crossed has fired before, or nothing is.", 0)
    for one in new:
        place = (days or {}).get(one.place, one.place)
        test = "a test, and nothing is owed" if one.test else f"{place}, {one.measure}"
        yield from paragraph(f"Fires: {one.subject}, {one.line}: {test}", 0)
    if any(not one.test for one in new) and raising.log is None:
        yield from paragraph("No --log is named, so the same fires each time.", 0)
    if new and raising.log is not None and not raising.dry_run:
        if answer is None or answer.admitted:
            yield from paragraph(f"Written to {raising.log}.", 0)
    if answer is not None and raising.it is not None:
        yield from answer_lines(raising.it, answer)
        if not answer.admitted:
            raise typer.Exit(1)
