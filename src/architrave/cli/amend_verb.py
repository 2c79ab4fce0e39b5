"""`architrave charter amend`: which charter is in force, and what another text would change."""

from __future__ import annotations

import json
from dataclasses import asdict
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from architrave.charter.compare import Change, changes
from architrave.charter.errors import CharterError
from architrave.charter.explain import rule_text
from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import paragraph, print_json, print_lines
from architrave.cli.look import Look, look
from architrave.institution.amendments import (
    INSTRUMENT,
    amended_by,
    attempts,
    in_force,
    shape_fault,
    write_amendment,
)
from architrave.institution.pending import open_matters
from architrave.record.errors import Malformed

__all__ = ["amend", "change_text", "text_in_force"]


@plainly
def amend(
    node: Annotated[str, typer.Argument(help="A node's folder or a capital.")],
    file: Annotated[Path | None, typer.Argument(help="The charter as it would run.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the fields of the amendment there, as JSON.")
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="In force then, as held.")] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Line by line, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say which charter is in force; with a file, what it would change, and write the fields."""
    it = look(node, as_of)
    if file is None:
        if out is not None or diff:
            raise Unclear("charter amend: --out and --diff need the file of the new charter.")
        _tell_in_force(it, as_json)
        return
    if as_of is not None:
        raise Unclear("charter amend: --as-of asks what was in force; leave the file out.")
    text = _read(file)
    try:
        new = parse_charter(text, str(file))
    except CharterError as fault:
        raise Unclear(str(fault)) from None
    base, old = in_force(it.state, it.view)
    changed = shape_fault(old, new)
    if changed:
        raise Unclear(f"{file}: no amendment changes this: {changed}")
    found = list(changes(old, new))
    if new.digest == old.digest:
        raise Unclear(f"{file}: this is the charter in force; nothing would change.")
    if out is not None:
        _write_fields(it, base, text, out)
    if as_json:
        print_json({"amends": base, "charter": new.digest, "changes": [asdict(c) for c in found]})
        return
    print_lines(_sentences(it, old, new, found))
    if diff:
        lines = unified_diff(
            text_in_force(it).splitlines(), text.splitlines(), "in force", str(file), lineterm=""
        )
        typer.echo("\n".join(lines))
    if out is not None:
        told = (
            f"{out} holds the fields. Add a title and a summary in each language, then: "
            f"architrave act {node} tabled --file {out} --set body=…"
        )
        print_lines(paragraph(told, 0))


def change_text(change: Change) -> str:
    """A change in a few words."""
    fields = f" ({', '.join(change.fields)})" if change.fields else ""
    return f"{change.part} {change.name}: {change.how}{fields}"


def text_in_force(it: Look) -> str:
    """The text of the charter in force in a view."""
    last = list(amended_by(it.state, it.view))
    return last[-1][1].text if last else it.reading.folder.charter_text()


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as fault:
        raise Unclear(f"{file}: {fault.strerror or fault}.") from None
    except UnicodeDecodeError:
        raise Unclear(f"{file}: expected UTF-8, found other bytes.") from None


def _write_fields(it: Look, base: str, text: str, out: Path) -> None:
    if out.exists():
        raise Unclear(f"{out}: something lies there already; nothing was written.")
    try:
        document = write_amendment(base, attempts(it.state, it.view, base) + 1, text)
    except Malformed as fault:
        raise Unclear(str(fault)) from None
    wording = {"instrument": INSTRUMENT, "document": document}
    out.write_text(json.dumps({"wording": wording}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _tell_in_force(it: Look, as_json: bool) -> None:
    base, charter = in_force(it.state, it.view)
    done = list(amended_by(it.state, it.view))
    if as_json:
        rows = [
            {"party": fact.party, "line": fact.tip.size, "t": fact.t, "charter": one.charter.digest}
            for fact, one in done
        ]
        print_json({"in_force": base, "charter": charter.digest, "amended": rows})
        return
    text = f"In force: the charter with the digest {charter.digest}, "
    print_lines(paragraph(text + ("as amended." if done else "that of the founding."), 0))
    for fact, one in done:
        told = (
            f"Line {fact.tip.size} of the minute book of {it.capital(fact.party)} says that it "
            f"runs as amended ({one.charter.digest})."
        )
        print_lines(paragraph(told, 2))


def _sentences(it: Look, old: Charter, new: Charter, found: list[Change]) -> list[str]:
    lines = []
    for one in found:
        lines += paragraph(change_text(one), 0)
        if one.part == "article" and "rule" in one.fields:
            lines += [
                f"  {word}: {_rule(charter, one.name)}"
                for word, charter in (("until now", old), ("then", new))
            ]
    if not found:
        lines += paragraph("Only words that are not read change: comments and layout.", 0)
    open_now = [one.standing.symbol for one in open_matters(it.state, it.view)]
    told = "Whatever is on the table is decided under the charter of its tabling"
    lines += paragraph(f"{told}: {', '.join(open_now) or 'nothing is there now'}.", 0)
    return lines


def _rule(charter: Charter, number: str) -> str:
    rule = charter.article(number).rule
    return rule_text(rule, "en") if rule is not None else "none"
