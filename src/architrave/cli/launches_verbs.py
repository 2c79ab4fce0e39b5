"""`architrave launches …`: launches, tests and incidents as a public list has them; no forecast."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from architrave.charter.parse import parse_charter
from architrave.cli.faults import plainly, text_of
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.shipped import shipped
from architrave.desks.launches.counts import Year, by_month, by_year
from architrave.desks.launches.evidence import assess
from architrave.desks.launches.reactive import Answer
from architrave.desks.launches.reading import Family, read_counts
from architrave.institution.register import read_register

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True, help="Launches, tests and incidents by month; never a forecast."
)

CAVEAT = (
    "Compiled from a public list, after the Database of North Korean Provocations of CSIS Beyond "
    "Parallel, whose categories are its makers' judgement. Its coverage grows after 2014, so years "
    "far apart cannot be compared. Nothing here is a forecast."
)
_ANSWERS = {
    Answer.MORE_THAN_CHANCE: "More than chance would bring in 95 of 100 shuffles.",
    Answer.LESS_THAN_CHANCE: "Less than chance would bring in 95 of 100 shuffles.",
    Answer.NOT_SETTLED: "Not settled: chance brings in as much in 90 of 100 shuffles.",
    Answer.TOO_FEW: "Not settled: there are too few meetings to compare.",
}

File = Annotated[Path | None, typer.Option("--file", help="Another list: a CSV file.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command()
@plainly
def counts(
    file: File = None,
    since: Annotated[int, typer.Option(help="From this year on.")] = 2014,
    as_json: AsJson = False,
) -> None:
    """Count records by year and family, and name the months that stand out of those before."""
    name, content = _list(file)
    rows = read_counts(content, name)
    years = [year for year in by_year(rows) if year.year >= since]
    bursts = [month for month in by_month(rows) if month.burst and month.first.year >= since]
    if as_json:
        print_json(
            {
                "years": [
                    {"year": year.year, "total": year.total, **_families(year.records)}
                    for year in years
                ],
                "bursts": [
                    {"month": f"{month.first:%Y-%m}", "total": month.total, "rate": month.rate}
                    for month in bursts
                ],
                "newest": rows[-1].day.isoformat() if rows else "",
                "source": rows[-1].source if rows else "",
            }
        )
        return
    print_lines([heading("Records by year")])
    print_lines(table([str(year.year), str(year.total), _listed(year)] for year in years))
    print_lines([] if years else ["  None in the list."])
    print_lines(["", heading("Months above the 24 before them (1 of 100 at a steady rate)")])
    print_lines(
        table([f"{month.first:%Y-%m}", str(month.total), f"{month.rate:.1f} a month before"]
              for month in bursts)
    )  # fmt: skip
    print_lines([] if bursts else ["  None in the list."])
    print_lines(["", *paragraph(CAVEAT, 0)])


@app.command()
@plainly
def meetings(
    file: File = None,
    days: Annotated[int, typer.Option(min=1, max=365, help="Days after a launch.")] = 30,
    shuffles: Annotated[int, typer.Option(min=100, max=100_000)] = 10_000,
    as_json: AsJson = False,
) -> None:
    """Ask whether meetings of all parties follow launches more than shuffled dates would."""
    _, content = _list(file)
    charter = parse_charter(shipped("charters/trilateral.toml").read_text("utf-8"), "trilateral")
    parties = tuple(party.id for party in charter.parties)
    folder = shipped("data/register")
    files = {path.name: text_of(path) for path in sorted(folder.iterdir())}
    found = assess(content, read_register(files, frozenset(parties)), parties, days, shuffles)
    if as_json:
        print_json({**found.document, "digest": found.digest})
        return
    result = found.result
    share = result["soon"] / result["meetings"] if result["meetings"] else 0.0
    middle, low, high = (100 * result[key] for key in ("middle", "low", "high"))
    print_lines([
        heading(f"Meetings up to {days} days after a launch or test"),
        *table([
            ["seen", f"{result['soon']} of {result['meetings']}", f"{100 * share:.0f} %"],
            ["shuffled", "90 of 100 lie between", f"{low:.0f} % and {high:.0f} %"],
            ["", "the middle one is", f"{middle:.0f} %"],
        ]),
        *paragraph(_ANSWERS[Answer(result["answer"])]),
        *paragraph(
            f"{result['left_out']} meetings are left out: their day is not confirmed, or the list "
            "does not reach it. Each date is shuffled within its own year. That a meeting came "
            "soon after does not say that it came because of it."
        ),
        "",
        *paragraph(CAVEAT, 0),
        f"Digest of the assessment (SHA-256): {found.digest}",
    ])  # fmt: skip


def _list(file: Path | None) -> tuple[str, str]:
    path = shipped("data/research/provocations.csv") if file is None else file
    return path.name, text_of(path)


def _families(records: Mapping[Family, int]) -> dict[str, int]:
    return {str(family): records.get(family, 0) for family in Family}


def _listed(year: Year) -> str:
    found = _families(year.records)
    return ", ".join(f"{family} {records}" for family, records in found.items() if records)
