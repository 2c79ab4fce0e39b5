"""`architrave supply trade`: who supplies whom, from files of trade as they are downloaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from architrave.cli.desk_tables import LONGEST_TABLE
from architrave.cli.evidence_verbs import Fields
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.supply_resource_verb import named_parties
from architrave.cli.supply_verbs import AsJson, basis_json, basis_lines, write_assessed

if TYPE_CHECKING:
    from architrave.desks.supply.trade.mirror import Mirrored
    from architrave.desks.supply.trade.supplying import Priced, Supplied

    _Answer = tuple[Supplied, Sequence[Mirrored], Sequence[Supplied]]

__all__ = ["trade"]

_TOP = 5
_TOLD = {
    "reconciled": "one figure made of both reports",
    "importer": "by its own reports",
    "exporter": "by the reports of those who sell",
}
_OTHER_ASIA = (
    "S19 is 'Other Asia, not elsewhere specified' (code 490): trade with places that have no "
    "code of their own in these statistics. It is counted as one supplier, as printed."
)

Stage = Annotated[
    list[str] | None, typer.Option(help="A stage of a chain, such as sem_hf; repeatable.")
]
Top = Annotated[int | None, typer.Option(min=1, max=50, help="How many suppliers; else 5.")]
Extract = Annotated[
    Path | None,
    typer.Option(help="Only write the rows of these stages and codes to a new folder."),
]


@plainly
def trade(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="BACI with its country codes, or UN Comtrade: CSV."),
    ],
    party: Annotated[
        list[str] | None, typer.Option(help="Who imports; else the charter's parties.")
    ] = None,
    year: Annotated[
        list[int] | None, typer.Option(help="A year; else the newest told. May be repeated.")
    ] = None,
    stage: Stage = None,
    code: Annotated[
        list[str] | None, typer.Option(help="A six-digit code; several are taken as one.")
    ] = None,
    top: Top = None,
    extract: Extract = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Who supplies whom: shares, concentration, value by weight, and where both ends differ."""
    from architrave.desks.supply.trade.assessing import QUESTION, supplied_document
    from architrave.desks.supply.trade.concordance import shipped_concordance
    from architrave.desks.supply.trade.mirror import mirrored
    from architrave.desks.supply.trade.reading import opened_trade
    from architrave.desks.supply.trade.supplying import supplies, trade_basis

    known, stages, codes = shipped_concordance(), tuple(stage or ()), tuple(code or ())
    chosen = known.chosen(stages, codes)
    if extract is not None:
        _require_only_rows({"--party": party, "--year": year, "--top": top, "--fields": fields,
                            "--json": as_json or None})  # fmt: skip
        wanted = {code for one in chosen for code in one.codes} if stages else known.codes
        _extract(files, frozenset(wanted) | set(codes), extract)
        return
    shown = top or _TOP
    parties, years = named_parties(party), tuple(year or ())
    found = opened_trade(files, known, known.codes | set(codes))
    if fields is not None:
        _must_travel(files)
        asked = {"stages": stages, "codes": codes, "years": years, "top": shown}
        write_assessed(fields, QUESTION, (found, known), parties=parties, **asked)
    said = supplies(found, parties, chosen, years)
    if not said:
        raise Unclear(f"the files tell nothing of imports of {', '.join(parties)} in these codes.")
    answers = [
        (
            one,
            mirrored(found, (one.party,), one.covered, one.year)[:shown],
            supplies(found, (one.party,), (one.covered,), found.years),
        )
        for one in said
    ]
    silent, basis = _silent(said, parties), trade_basis(found)
    if as_json:
        rows = [
            {
                "party": one.party, "year": one.year, "stages": list(one.covered.stages),
                **supplied_document(one, shown), "wider": list(one.covered.wider),
                "mirror": [_mirror_json(row) for row in rows],
                "by_year": [_year_json(each) for each in series],
            }
            for one, rows, series in answers
        ]  # fmt: skip
        print_json({"basis": basis_json(basis), "supplied": rows, "nothing_told": silent})
        return
    print_lines(basis_lines(basis, {"parties": parties, "stages": stages, "codes": codes}))
    print_lines(_all_lines(answers, shown))
    for name, who in silent.items():
        print_lines(paragraph(f"{name}: nothing is told of imports of {', '.join(who)}.", 0))


def _require_only_rows(given: Mapping[str, object]) -> None:
    """Unclear for an option that says something of an answer where none is given."""
    for option, typed in given.items():
        if typed is not None:
            raise Unclear(
                f"--extract only writes rows, and {option} is of an answer: leave {option} out, "
                "and ask for the answer from the files written."
            )


def _silent(said: Sequence[Supplied], parties: Sequence[str]) -> dict[str, list[str]]:
    """By what is told of anybody: the parties of whom nothing is, which is not the same as none."""
    told: dict[str, set[str]] = {}
    for one in said:
        told.setdefault(one.covered.name, set()).add(one.party)
    found = {name: [one for one in parties if one not in who] for name, who in told.items()}
    return {name: who for name, who in found.items() if who}


def _all_lines(answers: Sequence[_Answer], top: int) -> Iterator[str]:
    noted: set[str] = set()
    for one, rows, series in answers:
        yield from _lines(one, rows, top)
        if len(series) > 1:
            yield from paragraph(f"By year: {'; '.join(map(_year_line, series))}.")
        yield from (
            line
            for note in one.covered.wider
            if note not in noted
            for line in paragraph(f"Note: {note}.")
        )
        noted.update(one.covered.wider)
        yield ""
    if any(who.name == "S19" for one, _, _ in answers for who in one.suppliers):
        yield from paragraph(_OTHER_ASIA, 0)
    yield from paragraph(
        "A code holds more than a stage of a chain: each note says what. Whose figures these are "
        "stands above each; nothing is forecast.", 0,
    )  # fmt: skip


def _lines(one: Supplied, rows: Sequence[Mirrored], top: int) -> Iterator[str]:
    part = "" if one.months == 12 else f", {one.months} of 12 months"
    yield heading(
        f"{one.party} {one.year}{part}: {one.covered.name}, {_millions(one.total.value)} million "
        f"US$, {_TOLD[one.teller.value]}"
    )
    yield from table(
        [
            ("", "of 100", "million US$", "US$ per kg"),
            *(
                (
                    who.name,
                    f"{who.share:.1f}",
                    _millions(who.priced.value),
                    "several codes" if len(one.by_code) > 1 else _unit(who.priced),
                )
                for who in one.suppliers[:top]
            ),
            *_rest(one, top),
        ]
    )
    yield f"  Index: {_index(one)} (10,000: one supplier)."
    if not one.of_all:
        yield from paragraph(
            "No row of all partners together is there, or one below their sum: shares are of the "
            "suppliers in these files, and the index likewise."
        )
    if len(one.by_code) > 1:
        each = (f"{code} {_unit(priced)}" for code, priced in one.by_code.items())
        yield from paragraph(f"US$ per kg, code by code: {', '.join(each)}.")
    if rows:
        yield "  Both ends, million US$:"
        yield from table(
            [
                ("", "importer says", "exporter says", "difference", "of it re-exports"),
                *((row.supplier, *_figures(row)) for row in rows),
            ]
        )


def _index(one: Supplied) -> str:
    low, high = (f"{round(bound):,}" for bound in one.index)
    return low if low == high else f"{low} to {high}"


def _year_line(one: Supplied) -> str:
    first = one.suppliers[0] if one.suppliers else None
    largest = f"{first.name} {first.share:.1f}" if first else "no supplier named"
    part = "" if one.months == 12 else f", {one.months} of 12 months"
    return f"{one.year} {largest}, index {_index(one)}, {_TOLD[one.teller.value]}{part}"


def _year_json(one: Supplied) -> dict[str, Any]:
    first = one.suppliers[0] if one.suppliers else None
    return {
        "year": one.year,
        "told_by": one.teller.value,
        "months": one.months,
        "value": one.total.value,
        "largest": first.name if first else None,
        "share": first.share if first else None,
        "index": list(one.index),
    }


def _rest(one: Supplied, top: int) -> Iterator[tuple[str, str, str, str]]:
    others = one.suppliers[top:]
    if others:
        value = sum(who.priced.value for who in others)
        share = sum(who.share for who in others)
        yield f"{len(others)} others", f"{share:.1f}", _millions(value), ""
    if one.unnamed:
        value = one.total.value * one.unnamed / 100
        yield "no supplier named", f"{one.unnamed:.1f}", _millions(value), ""


def _figures(row: Mirrored) -> tuple[str, ...]:
    difference = _known(row.difference) if row.same_months else "other months"
    return _known(row.importer_says), _known(row.exporter_says), difference, _known(row.again)


def _known(value: float | None) -> str:
    return "not told" if value is None else _millions(value)


def _unit(priced: Priced) -> str:
    if priced.unit_value is None:
        return "no weight told"
    part = priced.weighed / priced.value if priced.value else 1.0
    return f"{priced.unit_value:,.2f}" + ("" if part > 0.995 else f" (of {part:.0%})")


def _millions(value: float) -> str:
    return f"{value / 1e6:,.1f}" if abs(value) >= 1e5 else f"{value / 1e6:,.3g}"


def _mirror_json(row: Mirrored) -> dict[str, Any]:
    return {
        "supplier": row.supplier,
        "importer_says": row.importer_says,
        "exporter_says": row.exporter_says,
        "difference": row.difference,
        "same_months": row.same_months,
        "again": row.again,
    }


def _extract(files: Sequence[Path], codes: frozenset[str], folder: Path) -> None:
    from architrave.desks.supply.trade.sources import extract_of, files_at

    if folder.exists():
        raise Unclear(f"{folder}: something lies there already; nothing was written.")
    texts = {file.name: extract_of(file, codes) for path in files for file in files_at(path)}
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    print_lines(paragraph(f"{folder} holds {len(texts)} files with the rows of these codes.", 0))


def _must_travel(files: Sequence[Path]) -> None:
    """Another capital takes tables in UTF-8 up to a size; it could work out no others again."""
    from architrave.desks.supply.trade.sources import files_at

    for path in files:
        why = ""
        if len(files_at(path)) > 1 or path.is_dir() or path.stat().st_size > LONGEST_TABLE:
            why = "too large"
        else:
            try:
                path.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                why = "no UTF-8"
        if why:
            raise Unclear(
                f"{path.name}: {why}, so it could not be worked out again elsewhere; write the "
                "rows of its codes with --extract FOLDER, and give the files in it."
            )
