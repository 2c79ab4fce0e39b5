"""The tables of the public data: flat rows for a spreadsheet, with every language in columns.

A table is made from `Whole` alone, so whoever has the dump can make it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from architrave.portal.data.api_matters import Matter, Version
from architrave.portal.data.api_rows import Coded
from architrave.portal.data.data_whole import Whole
from architrave.portal.words import LANGUAGES

__all__ = ["TABLES", "Cell", "Sheet", "Table", "sheet_of"]

Cell = str | int | bool | date | datetime | None
Row = dict[str, Cell]

REGISTER = ("en",)  # the language in which the register's rows are written


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what it holds, and how its rows are made."""

    name: str
    about: str
    columns: Callable[[Whole], Sequence[str]]
    rows: Callable[[Whole], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as filled: its columns, and its rows of as many cells."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheet_of(table: Table, whole: Whole) -> Sheet:
    """A table filled; a column that a row has nothing for is empty."""
    columns = tuple(table.columns(whole))
    return Sheet(
        table.name,
        columns,
        tuple(tuple(row.get(one) for one in columns) for row in table.rows(whole)),
    )


# -- columns ----------------------------------------------------------------------------------


def _columns(whole: Whole, *names: str) -> list[str]:
    """Names of columns: `title*` for one in each language of the charter, `state+` for a code and
    its words, `text~` for one in each language of the register."""
    found: list[str] = []
    for name in names:
        bare = name.rstrip("*+~")
        match name[-1]:
            case "*":
                found += [f"{bare}_{one}" for one in whole.institution.languages]
            case "~":
                found += [f"{bare}_{one}" for one in REGISTER]
            case "+":
                words = dict.fromkeys((*LANGUAGES, *whole.institution.languages))
                found += [bare, *(f"{bare}_{one}" for one in words)]
            case _:
                found.append(bare)
    return found


def _named(*names: str) -> Callable[[Whole], Sequence[str]]:
    return lambda whole: _columns(whole, *names)


def _texts(name: str, text: Mapping[str, str]) -> Row:
    return {f"{name}_{language}": said for language, said in text.items()}


def _coded(name: str, value: Coded | None) -> Row:
    return {} if value is None else {name: value.code, **_texts(name, value.words)}


def _listed(names: Sequence[str]) -> str:
    return " ".join(names)


# -- the record -------------------------------------------------------------------------------


def _shown(matter: Matter) -> Version:
    return next(one for one in matter.versions if one.shown)


def _matters(whole: Whole) -> Iterator[Row]:
    names = {one.id: one for one in whole.bodies.bodies}
    for matter in whole.matters:
        brief, version = matter.brief, _shown(matter)
        body = names.get(brief.body)
        yield {
            "symbol": brief.symbol,
            "body": brief.body,
            **_texts("body_name", body.name if body is not None else {}),
            "body_proposed": body.proposed if body is not None else None,
            "party": brief.party,
            "tabled_utc": brief.at,
            **_texts("title", version.title),
            **_texts("summary", version.summary),
            **_coded("instrument", version.instrument),
            **_coded("nature", version.nature),
            **_coded("stage", brief.stage),
            "article": brief.article.number,
            **_texts("article_cited", brief.article.cite),
            "version": version.number,
            "versions": len(matter.versions),
            "ticks": sum(one.has_all + one.knows for one in version.ticks),
            "ticks_of": 2 * len(version.ticks),
            "awaiting": _listed([one.party for one in brief.awaiting]),
            "final": brief.final,
        }


def _positions(whole: Whole) -> Iterator[Row]:
    for matter in whole.matters:
        for version in matter.versions:
            for stands, held in ((True, version.positions), (False, version.earlier)):
                for one in held:
                    yield {
                        "symbol": matter.brief.symbol,
                        "version": version.number,
                        "party": one.party,
                        **_coded("position", one.position),
                        "stands": stands,
                        **_texts("reason", one.reason),
                        **_texts("remedy", one.remedy),
                        "stated_utc": one.at,
                        "article": version.article.number,
                        "book": one.line.book,
                        "line": one.line.number,
                        "final": one.final,
                    }


def _commitments(whole: Whole) -> Iterator[Row]:
    for matter in whole.matters:
        for one in matter.commitments:
            yield {
                "symbol": matter.brief.symbol,
                "id": one.id,
                "party": one.party,
                "owner": one.owner,
                **_texts("what", one.what),
                "due": _day(one.due),
                **_coded("state", one.state),
                "reports": len(one.reports),
                "accepted": _listed(one.accepted),
                "final": one.final,
            }


def _seats(whole: Whole) -> Iterator[Row]:
    for body in whole.bodies.bodies:
        for seat in body.seats:
            yield {
                "seat": seat.id,
                **_texts("title", seat.title),
                "body": body.id,
                **_texts("body_name", body.name),
                "body_proposed": body.proposed,
                "party": seat.party,
                "speaks": seat.speaks,
                "holder": seat.holder,
            }


def _lines(whole: Whole) -> Iterator[Row]:
    for page in whole.pages:
        for history, lines in ((1, page.lines), (2, page.other_history)):
            for one in lines:
                yield {
                    "book": page.party,
                    "line": one.number,
                    "history": history,
                    "at_utc": one.at,
                    "what": one.what,
                    **_coded("kind", one.kind),
                    "subject": one.subject,
                    "seat": one.seat,
                    "public": one.public,
                    "readers": _listed(one.readers),
                    "acknowledges": _listed([f"{k}:{v}" for k, v in sorted(one.covers.items())]),
                    "fails_article": one.article.number if one.article is not None else None,
                    "refused_en": one.refused.get("en"),
                    "released_utc": one.opened.at if one.opened is not None else None,
                    "erased_by": one.erased.party if one.erased is not None else None,
                    "final": one.final,
                    "root": one.root,
                }


# -- the register -----------------------------------------------------------------------------


def _promises(whole: Whole) -> Iterator[Row]:
    register = whole.register
    for one in register.promises if register is not None else ():
        for period in one.periods:
            yield {
                "id": one.id,
                **_texts("text", one.text),
                "made_on": _day(one.made_on),
                "made_at": one.made_at,
                **_texts("body", one.body),
                **_coded("pillar", one.pillar),
                **_coded("cadence", one.cadence),
                "due": _day(one.due),
                "period_first": period.first,
                "period_last": period.last,
                **_coded("state", period.state),
                "reason": period.reason,
                "counted_to": register.as_of,
                "events": _listed(period.events),
                "sources": _listed(period.sources),
                "source": one.source,
                "remarks": _listed([f"{two.party}:{two.kind.code}" for two in one.remarks]),
                "sha256": one.digest,
            }


def _events(whole: Whole) -> Iterator[Row]:
    for one in whole.register.events if whole.register is not None else ():
        yield {
            "id": one.id,
            "date": _day(one.on),
            "end_date": _day(one.until),
            **_texts("title", one.title),
            **_coded("kind", one.kind),
            "level": one.level,
            "parties": _listed(one.parties),
            **_coded("pillar", one.pillar),
            **_texts("place", one.place),
            **_texts("summary", one.summary),
            "source": one.source,
            "remarks": _listed([f"{two.party}:{two.kind.code}" for two in one.remarks]),
            "sha256": one.digest,
        }


def _day(text: str) -> Cell:
    """A day as a date; a month, or any other text, as it is."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else text or None
    except ValueError:
        return text


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "matters",
            "one row for each matter, with the version to look at",
            _named(
                *("symbol", "body", "body_name*", "body_proposed", "party", "tabled_utc"),
                *("title*", "summary*", "instrument+", "nature+", "stage+", "article"),
                *("article_cited*", "version", "versions", "ticks", "ticks_of", "awaiting"),
                "final",
            ),
            _matters,
        ),
        Table(
            "positions",
            "one row for each position on each version, standing or given up",
            _named(
                *("symbol", "version", "party", "position+", "stands", "reason*", "remedy*"),
                *("stated_utc", "article", "book", "line", "final"),
            ),
            _positions,
        ),
        Table(
            "commitments",
            "one row for each commitment under a text in force and each of its periods",
            _named(
                *("symbol", "id", "party", "owner", "what*", "due", "state+", "reports"),
                *("accepted", "final"),
            ),
            _commitments,
        ),
        Table(
            "promises",
            "one row for each promise of the register and each of its periods, with its state",
            _named(
                *("id", "text~", "made_on", "made_at", "body~", "pillar+", "cadence+", "due"),
                *(
                    "period_first",
                    "period_last",
                    "state+",
                    "reason",
                    "counted_to",
                    "events",
                    "sources",
                ),
                *("source", "remarks", "sha256"),
            ),
            _promises,
        ),
        Table(
            "events",
            "one row for each event of the register",
            _named(
                *("id", "date", "end_date", "title~", "kind+", "level", "parties", "pillar+"),
                *("place~", "summary~", "source", "remarks", "sha256"),
            ),
            _events,
        ),
        Table(
            "seats",
            "one row for each seat of each body",
            _named(
                *("seat", "title*", "body", "body_name*", "body_proposed", "party", "speaks"),
                "holder",
            ),
            _seats,
        ),
        Table(
            "lines",
            "one row for each line of each minute book",
            _named(
                *("book", "line", "history", "at_utc", "what", "kind+", "subject", "seat"),
                *("public", "readers", "acknowledges", "fails_article", "refused_en"),
                *("released_utc", "erased_by", "final", "root"),
            ),
            _lines,
        ),
    )
}
"""Every table by its name."""
