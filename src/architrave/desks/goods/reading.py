"""A table of critical goods that somebody brings: one row for each good.

```
id,owner,hs,stage,evidence,review,removed,name.ko,name.ja,name.en,why.ko,why.ja,why.en
dry-film,JPN,370130,,https://example.org/report,2028-06-30,,…
```

A row whose column ``removed`` says ``yes`` takes a good off the list: ``why`` is then the reason,
and evidence and the day of review stay empty. Evidence is a symbol of a matter that tables
assessments, a digest, or the address of a source; several are divided by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from architrave.desks.customs_codes import is_hs_code
from architrave.desks.errors import BadInput
from architrave.desks.goods.model import LONGEST_ID, Good, GoodsList, Reason, evidence_fault
from architrave.desks.rows import Row, by_id, choice, day, read_table, several, text

__all__ = ["MOST_GOODS", "Named", "line_of", "read_goods"]

MOST_GOODS = 200
_MOST_CODES, _MOST_EVIDENCE, _LONGEST_TEXT = 40, 16, 2000
_COLUMNS = ("id", "owner", "hs", "stage", "evidence", "review")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Named:
    """What the cells of a table may name.

    `assessments` gives the digests that a matter with this symbol tables, and raises BadInput where
    there is none; `known` says whether an assessment with this digest was tabled.
    """

    parties: Sequence[str]
    languages: Sequence[str]
    stages: Collection[str]
    assessments: Callable[[str], Sequence[str]]
    known: Callable[[str], bool]


def read_goods(file: str, content: str, named: Named, before: Sequence[str] = ()) -> GoodsList:
    """Read a table as a list that replaces those with the digests `before`.

    BadInput naming file, line and column. Whether it may replace them is for `changes`.
    """
    words = [f"{part}.{one}" for part in ("name", "why") for one in named.languages]
    rows = read_table(file, content, (*_COLUMNS, *words), ("removed",))
    if not rows:
        raise BadInput(f"{file}: it has no row, so it is no list.")
    if len(rows) > MOST_GOODS:
        raise BadInput(f"{file}: {len(rows)} rows, over {MOST_GOODS}.")
    goods: dict[str, Good] = {}
    removed: dict[str, Reason] = {}
    for name, row in by_id(rows, _id, lambda row: row.place).items():
        if choice(row, "removed", ("yes", "no"), "no") == "yes":
            removed[name] = _removed(row, named)
        else:
            goods[name] = _good(name, row, named)
    return GoodsList(goods, tuple(before), removed)


def line_of(file: str, content: str, named: Named, good: str) -> str:
    """Where a good stands in a table that was read: file and line, or the file if it does not."""
    words = [f"{part}.{one}" for part in ("name", "why") for one in named.languages]
    rows = read_table(file, content, (*_COLUMNS, *words), ("removed",))
    return next((str(row.place) for row in rows if row.cells["id"] == good), file)


def _id(row: Row) -> str:
    found = text(row, "id")
    if not _ID.fullmatch(found) or len(found) > LONGEST_ID:
        raise BadInput(
            f"{row.place}: id must be lower-case letters, digits and hyphens, at most "
            f"{LONGEST_ID}, not {found!r}."
        )
    return found


def _removed(row: Row, named: Named) -> Reason:
    for column in ("evidence", "review"):
        if row.cells.get(column, ""):
            raise BadInput(f"{row.place}: {column} must be empty where a good is removed.")
    return _words(row, "why", named.languages)


def _good(name: str, row: Row, named: Named) -> Good:
    hs = several(row, "hs")
    for code in hs:
        if not is_hs_code(code):
            raise BadInput(
                f"{row.place}: hs must be codes of 2, 4, 6, 8 or 10 digits, not {code!r}."
            )
    stage = text(row, "stage", "")
    if stage and stage not in named.stages:
        raise BadInput(f"{row.place}: no product chain has the stage {stage!r}.")
    if not hs and not stage:
        raise BadInput(f"{row.place}: hs and stage are both empty, so nothing says which good.")
    if len(hs) > _MOST_CODES:
        raise BadInput(f"{row.place}: hs names {len(hs)} codes, over {_MOST_CODES}.")
    return Good(
        id=name,
        name=_words(row, "name", named.languages),
        why=_words(row, "why", named.languages),
        hs=tuple(sorted(hs)),
        stage=stage,
        evidence=_evidence(row, named),
        review=day(row, "review"),
        owner=choice(row, "owner", tuple(named.parties)),
    )


def _words(row: Row, part: str, languages: Sequence[str]) -> dict[str, str]:
    found = {one: text(row, f"{part}.{one}") for one in languages}
    for language, words in found.items():
        if len(words) > _LONGEST_TEXT:
            raise BadInput(
                f"{row.place}: {part}.{language} has {len(words)} signs, over {_LONGEST_TEXT}."
            )
    return found


def _evidence(row: Row, named: Named) -> tuple[str, ...]:
    found: list[str] = []
    for one in several(row, "evidence"):
        if one.startswith(("sha256:", "https:", "http:")):
            fault = evidence_fault(one)
            if fault:
                raise BadInput(f"{row.place}: evidence: {fault}, not {one[:80]!r}.")
            if one.startswith("sha256:") and not named.known(one.removeprefix("sha256:")):
                raise BadInput(
                    f"{row.place}: evidence: no matter in this record tables an assessment with "
                    f"the digest {one[7:23]}…; table it first."
                )
            found.append(one)
        else:
            try:
                found += [f"sha256:{digest}" for digest in named.assessments(one)]
            except BadInput as fault:
                raise BadInput(f"{row.place}: evidence: {fault}") from fault
    unique = tuple(dict.fromkeys(found))
    if not unique:
        raise BadInput(f"{row.place}: evidence is empty: a good comes onto the list with some.")
    if len(unique) > _MOST_EVIDENCE:
        raise BadInput(f"{row.place}: evidence names {len(unique)} pieces, over {_MOST_EVIDENCE}.")
    return unique
