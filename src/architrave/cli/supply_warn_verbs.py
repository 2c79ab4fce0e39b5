"""`architrave supply warn check|notices`: what crosses a threshold, once, and the alert of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
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

    def raised(self, new: Sequence[Fired], evidence: dict[str, str]) -> ActAnswer | None:
        """Enter the alert of what is new, if one is asked for, then write what fired to the log.

        In that order: what was not admitted has not fired, and what was said twice is entered once.
        """
        answer = None
        if new and self.it is not None:
            given = {"evidence": evidence, **self.tree}
            tree = alert_tree(self.it, self.body, given, any(one.test for one in new))
            answer = entered(self.it, "alerted", tree, Way(seat=self.seat, dry_run=self.dry_run))
        admitted = answer is None or answer.admitted
        if new and self.log is not None and admitted and not self.dry_run:
            symbol = answer.symbol if answer is not None else ""
            _append(self.log, [replace(one, alert=symbol) for one in new])
        return answer


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
    from architrave.desks.supply.warning.thresholds import threshold_of

    lines = [threshold_of(one) for one in threshold]
    place, content, digest = _content(file, sheet)
    series = read_series(name or file.stem, place, content, digest)
    raising = Raising(log, alert, body, (put, fields), seat, dry_run)
    before, at = _read_log(log), _now()
    watched = [new_of_series(series, line, before, at) for line in lines]
    new = [one for found in watched for one in found.new]
    if test:
        new = [trial_of(series.name, str(line), series.digest, at) for line in lines]
    answer = raising.raised(new, {file.name: series.digest})
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
        _print(new, answer, {"series": basis, "crossings": crossed})
        return
    print_lines([heading(head)])
    rows = [(line, f"{first} – {last}", f"{value:.6g}") for line, first, last, value in found]
    print_lines(table(rows) if rows else ["  No threshold is crossed."])
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
    at = _now()
    new = list(new_of_notices(found, watch, _read_log(log), digest, at))
    if test:
        new = [trial_of("notices", f"hs {';'.join(watch)}", digest, at)]
    answer = raising.raised(new, {file.name: digest})
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
    print_lines(_lines(raising, new, answer))


def _content(file: Path, sheet: str | None) -> tuple[str, str, str]:
    """What a refusal calls a table, its text, and the SHA-256 of the file."""
    if file.suffix != ".xlsx":
        if sheet is not None:
            raise Unclear(f"{file}: --sheet is of a workbook (.xlsx).")
        text = text_of(file)
        return file.name, text, hashlib.sha256(file.read_bytes()).hexdigest()
    from architrave.desks.exercises.workbook import read_workbook

    content = file.read_bytes()
    sheets = read_workbook(file.name, content)
    if sheet is None and len(sheets) != 1:
        raise Unclear(f"{file}: it has {len(sheets)} sheets ({', '.join(sheets)}); name --sheet.")
    chosen = sheet if sheet is not None else next(iter(sheets))
    if chosen not in sheets:
        raise Unclear(f"{file}: there is no sheet {chosen!r}; it has {', '.join(sheets)}.")
    return chosen, sheets[chosen], hashlib.sha256(content).hexdigest()


def _read_log(log: Path | None) -> tuple[Fired, ...]:
    from architrave.desks.supply.warning.fired import read_fired

    return read_fired(log.name, text_of(log)) if log is not None and log.exists() else ()


def _append(log: Path, new: Iterable[Fired]) -> None:
    from architrave.desks.supply.warning.fired import line_of

    with log.open("a", encoding="utf-8") as paper:
        paper.write("".join(line_of(one) for one in new))
        paper.flush()
        os.fsync(paper.fileno())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _print(new: Sequence[Fired], answer: ActAnswer | None, value: dict[str, object]) -> None:
    said = asdict(answer) if answer is not None else None
    print_json({**value, "fired": [asdict(one) for one in new], "alert": said})
    if answer is not None and not answer.admitted:
        raise typer.Exit(1)


def _lines(raising: Raising, new: Sequence[Fired], answer: ActAnswer | None) -> Iterator[str]:
    """What fires now, and what became of the alert; exit status 1 if that was not admitted."""
    yield ""
    if not new:
        yield from paragraph("Nothing fires: what is crossed has fired before, or nothing is.", 0)
    for one in new:
        test = "a test, and nothing is owed" if one.test else f"{one.place}, {one.measure}"
        yield from paragraph(f"Fires: {one.subject}, {one.line}: {test}", 0)
    if new and raising.log is not None and not raising.dry_run:
        if answer is None or answer.admitted:
            yield from paragraph(f"Written to {raising.log}.", 0)
    if answer is not None and raising.it is not None:
        yield from answer_lines(raising.it, answer)
        if not answer.admitted:
            raise typer.Exit(1)
