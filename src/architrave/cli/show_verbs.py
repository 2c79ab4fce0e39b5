"""`architrave show NODE WHAT`: a matter with its versions, a consultation, or one line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from architrave.charter.explain import rule_text
from architrave.charter.phrases import phrase
from architrave.charter.rules import read_rule
from architrave.cli.alert_rows import alert_lines, alert_sheet
from architrave.cli.evidence import tlog_proof
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.log_verbs import what_it_is
from architrave.cli.look import Look, in_english, look
from architrave.cli.meeting_rows import clock_lines, meeting_lines, meeting_sheet, meeting_text
from architrave.cli.picture_rows import picture_lines
from architrave.cli.show_rows import (
    ConsultationSheet,
    Explained,
    LineSheet,
    MatterSheet,
    PositionRow,
    VersionRow,
    consultation_sheet,
    line_sheet,
    matter_sheet,
)
from architrave.cli.status_verbs import banner, sure, waiting_lines
from architrave.cli.suspension_rows import suspension_text
from architrave.institution.acts import Alerted, Consulted, Convened
from architrave.portal.composing.finding import (
    act_found,
    fact_at,
    line_found,
    standing_found,
    symbol_fact,
)
from architrave.portal.composing.instants import utc
from architrave.portal.composing.meeting_fields import meeting_found
from architrave.portal.words import say, say_of
from architrave.record.entries import Tip

__all__ = ["consultation_lines", "show"]


@plainly
def show(
    node: Annotated[str, typer.Argument(help="A node's folder or a capital.")],
    what: Annotated[str, typer.Argument(help="A symbol, a name, or a line such as KOR:12.")],
    proof: Annotated[
        Path | None, typer.Option(help="Write a .tlog-proof of the line, and the line beside it.")
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="As it stood then.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """A matter with its versions, positions and ticks; a consultation; or one line."""
    it = look(node, as_of)
    tip, lines, value = _found(it, what)
    if proof is not None:
        _write_proof(it, tip, proof)
    if as_json:
        print_json(value)
        return
    print_lines(banner(it, as_of is not None))
    typer.echo("")
    print_lines(lines)
    if proof is not None:
        print_lines(paragraph(f"Proof written: {proof}; the line itself: {_beside(proof)}.", 0))


def _found(look: Look, what: str) -> tuple[Tip, Iterator[str], Mapping[str, object]]:
    """What is meant: the line that began it, its lines on the screen and its JSON value."""
    named = symbol_fact(look, what)
    if named is not None and isinstance(named.act, Consulted):
        consultation = consultation_sheet(look, named)
        return named.tip, consultation_lines(look, consultation), asdict(consultation)
    if named is not None and isinstance(named.act, Alerted):
        warned = alert_sheet(look, named)
        return named.tip, alert_lines(look, warned), asdict(warned)
    if named is not None and isinstance(named.act, Convened):
        meeting = meeting_sheet(look, meeting_found(look, what, "show"))
        return named.tip, meeting_lines(look, meeting), asdict(meeting)
    if named is not None:
        matter = matter_sheet(look, standing_found(look, named))
        return named.tip, _matter(look, matter), asdict(matter)
    tip = line_found(look, what) or act_found(look, what).tip
    line = line_sheet(look, tip, fact_at(look, tip))
    return tip, _line(look, line), asdict(line)


def _beside(proof: Path) -> Path:
    return proof.with_name(proof.name + ".entry")


def _write_proof(look: Look, tip: Tip, proof: Path) -> None:
    for file in (proof, _beside(proof)):
        if file.exists():
            raise Unclear(f"{file}: the file is there already; name another.")
    data, entry = tlog_proof(look, tip)
    proof.write_bytes(data)
    _beside(proof).write_bytes(entry)


# A matter


def _matter(look: Look, one: MatterSheet) -> Iterator[str]:
    stage = one.standing or say_of("stage", one.stage, "en")
    shown = one.versions[one.shown - 1]
    yield heading(f"{one.symbol}  {stage}, {sure(one.final)}")
    yield from paragraph(in_english(shown.title))
    body = look.charter.body(one.body)
    name = body.name["en"]
    tabled = f"{look.capital(one.tabled_by)}, {utc(one.tabled_at)}"
    if body.proposed:
        name = say("body-proposed", "en", name=name)
    rows = [
        (say("matter-body", "en"), name),
        (say("matter-tabled-by", "en"), tabled),
        (say("matter-readers", "en"), _readers(look, one.to)),
    ]
    yield from table(rows)
    for row in one.suspensions:
        yield from paragraph(suspension_text(look, row))
    for version in one.versions:
        yield ""
        yield from _version(look, version)
    if one.explained is not None:
        yield ""
        yield from _explained(shown, one.explained)
    if one.awaiting:
        yield ""
        yield heading(say("awaiting-title", "en"))
        yield from waiting_lines(look, one.awaiting)
    yield from _erased(one.erased)


def _erased(notes: tuple[str, ...]) -> Iterator[str]:
    if notes:
        yield ""
        yield heading(say("erased-title", "en"))
        yield from paragraph(say("erased-text", "en"))
    for note in notes:
        yield from paragraph(note, 4)


def _readers(look: Look, to: tuple[str, ...]) -> str:
    return say("released-public", "en") if to == ("public",) else look.capitals(to)


_COURSES = {
    "open": "The charter runs so once this stands and an officer has said so (amended).",
    "due": "It stands. The charter runs so once an officer of any capital says so (amended).",
    "done": "The charter has run so since an officer said so.",
    "overtaken": "The charter that it would change has been amended since: nothing comes of it.",
}


def _version(look: Look, one: VersionRow) -> Iterator[str]:
    stage = say_of("stage", one.stage, "en") if one.stage != "in-force" else "decided"
    yield heading(f"{say('version-n', 'en', n=one.number)}  {stage}")
    kind = f"{phrase(one.instrument, 'en')}; {phrase(one.nature, 'en')}"
    rule = read_rule(one.rule)
    article = look.cite(one.article)
    by = f"{look.capital(one.by)}, {utc(one.at)} (line {one.line})"
    rows = [
        ("Put forward by", by),
        (say("matter-instrument", "en"), kind),
        (say("matter-rule", "en"), f"{article}: {rule_text(rule, 'en')}" if rule else article),
        ("Text", in_english(one.summary)),
    ]
    rows += [
        ("Commitment", f"{row['owner']} by {row['due']} ({row['cadence']}): {_what(row)}")
        for row in one.commitments
    ]
    yield from table(rows)
    if one.amends is not None:
        yield from table([("Would change", change) for change in one.amends.changes])
        yield from paragraph(_COURSES[one.amends.course])
    if one.expiry is not None:
        yield from paragraph(f"{say('silence-expiry', 'en')}: {look.clocks(one.expiry)}")
        yield from table(_silences(look, one), 4, fixed=0)
    yield from _ticks(look, one)
    for position in (*one.positions, *one.earlier_objections):
        left = "" if position in one.positions else " (earlier)"
        yield from _position(look, position, left)


def _what(row: Mapping[str, object]) -> str:
    what = row["what"]
    return in_english(what) if isinstance(what, Mapping) else ""


def _silences(look: Look, one: VersionRow) -> Iterator[tuple[str, str]]:
    together: dict[str, list[str]] = {}
    for run in one.silence:
        if run.kept:
            text = say("silence-kept", "en")
        elif run.received is None:
            text = say("silence-not-begun", "en")
        elif run.ends is None:
            text = "its period cannot be counted: the charter lists no holidays for that year"
        else:
            text = f"{say('silence-ends', 'en')} {look.clocks(run.ends)}"
        together.setdefault(text, []).append(run.party)
    for text, parties in together.items():
        yield look.capitals(parties), text


def _ticks(look: Look, one: VersionRow) -> Iterator[str]:
    names = [look.capital(party) for party in one.has_all]
    first = ["✓" if one.has_all[party] else "·" for party in one.has_all]
    second = ["✓" if one.knows[party] else "·" for party in one.has_all]
    yield from table(
        [
            ("", *names),
            (say("tick-has-all", "en"), *first),
            (say("tick-knows", "en"), *second),
        ],
        fixed=1 + len(names),
    )


def _position(look: Look, one: PositionRow, left: str) -> Iterator[str]:
    stated = f"{look.capital(one.party)}: {phrase(one.position, 'en')}{left}"
    yield from paragraph(f"{stated} (line {one.line}, {sure(one.final)})")
    if one.reason:
        yield from paragraph(f"{say('position-reason', 'en')}: {in_english(one.reason)}", 4)
    if one.remedy:
        yield from paragraph(f"{say('position-remedy', 'en')}: {in_english(one.remedy)}", 4)


def _explained(shown: VersionRow, one: Explained) -> Iterator[str]:
    yield heading(say("why-title", "en"))
    for line in one.text:
        deep = len(line) - len(line.lstrip())
        yield from paragraph(line.strip(), 2 + deep // 2)
    if one.decided and shown.stage == "silence-running":
        yield from paragraph("Each capital's own period has still to run.")


# A consultation


def consultation_lines(look: Look, one: ConsultationSheet) -> Iterator[str]:
    """A consultation on the screen."""
    state = say_of("kind", "closed", "en") if one.closed else "consultation open"
    yield heading(f"{one.symbol}  {state}, {sure(one.final)}")
    if one.drill:
        yield from paragraph(say("drill-note", "en"))
    asked = say("consultation-asked", "en", party=look.capital(one.asked_by), at=utc(one.asked_at))
    yield from paragraph(f"{asked} ({look.charter.body(one.body).name['en']})")
    rows = [
        (say("consultation-ground", "en"), in_english(one.ground)),
        (say("consultation-facts", "en"), in_english(one.facts)),
        (say("consultation-wish", "en"), in_english(one.wish)),
    ]
    yield from table(rows)
    for answer in one.answers:
        said = say("consultation-answer", "en", party=look.capital(answer.party), at=utc(answer.at))
        yield from paragraph(f"{said} (line {answer.line}): {in_english(answer.text)}")
    if one.closed is not None:
        yield from paragraph(f"Closed, {utc(one.closed.at)}: {in_english(one.closed.text)}")
    yield from clock_lines(look, one.clock)
    for meeting in one.meetings:
        yield from paragraph(f"{meeting.symbol}: {meeting_text(look, meeting)}", 4)
    if one.awaiting:
        need = "drill-awaits" if one.closed is not None else "consultation-awaits"
        yield from paragraph(say(need, "en", parties=look.capitals(one.awaiting)))
    if one.unproven:
        yield ""
        word = say_of("need", "repair", "en")
        yield from paragraph(f"{look.capitals(one.unproven)}: {word}.")
    yield from picture_lines(look, one.picture)
    yield from _erased(one.erased)


# One line


def _line(look: Look, one: LineSheet) -> Iterator[str]:
    line = one.line
    yield heading(f"Line {line.line} of the minute book of {look.capital(line.party)}")
    yield from paragraph(f"{what_it_is(look, line)} ({sure(line.final)})")
    if line.void:
        under = f" under {look.cite(line.article)}" if line.article else ""
        yield from paragraph(f"Not admitted{under}: {line.void}")
    if line.erased:
        yield from paragraph(line.erased)
    seen = ", ".join(
        f"{look.capital(party)} to line {one.has_seen[party]}"
        for party in look.order
        if party in one.has_seen
    )
    rows = [
        ("Book", one.book),
        ("Claims the time", utc(one.times.claimed)),
        ("Had seen", seen or "nothing of the others"),
        ("Signed with", f"{one.node_key} (the key of that copy)"),
    ]
    if one.seal:
        rows += [
            ("Fingerprint of the sealed text", one.seal),
            ("Who may read it", _readers(look, line.to) if line.to else "not named"),
        ]
    yield from table(rows)
    yield from _evidence(look, one)
    if one.act is not None:
        yield ""
        yield heading(f"Record entry {line.name}")
        for text in json.dumps(one.act, ensure_ascii=False, indent=1, sort_keys=True).split("\n"):
            yield from paragraph(text)


def _evidence(look: Look, one: LineSheet) -> Iterator[str]:
    found = one.times
    before = (
        f"not before {utc(found.not_before)} (the newest line that it had seen)"
        if found.not_before is not None
        else "not before: it had seen no line of the others"
    )
    after = (
        f"not after {utc(found.not_after)} (the latest co-signature needed)"
        if found.not_after is not None
        else "not after: not yet co-signed by every other capital"
    )
    yield from paragraph(f"When: {before}; {after}.")
    if found.outside:
        yield from paragraph(
            "The time that it claims lies OUTSIDE this interval; clocks may differ by two minutes."
        )
    for row in one.received:
        if row.line is None or row.at is None:
            yield from paragraph(f"{look.capital(row.party)} has not acknowledged it.", 4)
        else:
            first = f"line {row.line}, {utc(row.at)}"
            yield from paragraph(f"{look.capital(row.party)} has it: {first}", 4)
