"""The API as a whole: which addresses answer with which class, the schema, and the manual."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args, get_type_hints

import msgspec

from architrave.node.connections import CONNECTIONS
from architrave.portal.data.api_alerts import Alerts
from architrave.portal.data.api_books import BookPage, Books, Dump, Register, RegisterRow
from architrave.portal.data.api_matters import Consultations, Matter, Matters
from architrave.portal.data.api_rows import Bodies, Charter, Index, Institution, Resource
from architrave.portal.data.data_values import API, word
from architrave.portal.data.tables import TABLES

__all__ = ["ANSWERS", "index_data", "manual", "schema", "schema_file"]


@dataclass(frozen=True, slots=True)
class Kept:
    """An address below the API, the class of its answer, and its query parameters."""

    path: str
    kind: type
    parameters: tuple[str, ...] = ()


ANSWERS = (
    Kept("/institution", Institution),
    Kept("/charter", Charter),
    Kept("/bodies", Bodies),
    Kept("/matters", Matters, ("body", "year", "party", "stage", "page")),
    Kept("/matters/<symbol>", Matter),
    Kept("/consultations", Consultations),
    Kept("/alerts", Alerts),
    Kept("/register", Register),
    Kept("/register/<row>", RegisterRow),
    Kept("/books", Books),
    Kept("/books/<party>", BookPage, ("page",)),
    Kept("/dump", Dump),
)
"""Every answer but the index."""


def index_data(party: str) -> Index:
    """The index that the copy of a party answers."""
    return Index(
        version=1,
        copy_of=party,
        schema=f"{API}/schema.json",
        manual="docs/api.md",
        dump=f"{API}/dump.zip",
        resources=tuple(
            Resource(one.kind.__name__, API + one.path, _first_sentence(one.kind))
            for one in ANSWERS
        ),
        tables=tuple(f"/data/{name}.{end}" for name in TABLES for end in ("csv", "xlsx")),
        licence=word("data-licence"),
        rate=word("data-rate", n=CONNECTIONS),
    )


def _first_sentence(kind: type) -> str:
    return _about(kind).split(". ")[0].rstrip(".") + "."


def _about(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split())


# -- the schema -----------------------------------------------------------------------------------


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of every answer, made from the classes; a title names each class."""
    kinds = [Index, *(one.kind for one in ANSWERS)]
    _, found = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    for kind in _reached(kinds):
        entry = found[kind.__name__]
        entry["description"] = _about(kind)
        for field in fields(kind):
            told = entry["properties"][field.name]
            # Beside $ref a description is allowed since the 2019 edition.
            told["description"] = field.metadata["help"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Architrave public data, version 1",
        "anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in kinds],
        "$defs": dict(sorted(found.items())),
    }


def schema_file() -> bytes:
    """The schema as it is served, and as it lies in the dump."""
    return json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _reached(kinds: list[type]) -> list[type]:
    """These classes and all that they reach, each once."""
    found: dict[type, None] = {}
    waiting: list[Any] = list(kinds)
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, type) and is_dataclass(one):
            if one not in found:
                found[one] = None
                waiting += get_type_hints(one).values()
        else:
            waiting += get_args(one)
    return list(found)


# -- the manual -----------------------------------------------------------------------------------


def manual() -> str:
    """docs/api.md, from the help of each class."""
    lines = [_HEAD, *_address_rows(), "", _TABLES_HEAD]
    for table in TABLES.values():
        lines += [f"| `{table.name}` | {table.about} |"]
    lines += ["", "## Answers", ""]
    kinds = [Index, *(one.kind for one in ANSWERS)]
    for kind in kinds:
        lines += _section(kind)
    lines += ["## Parts of answers", ""]
    for kind in sorted(_reached(kinds), key=lambda one: one.__name__):
        if kind not in kinds:
            lines += _section(kind)
    return "\n".join(lines)


def _address_rows() -> list[str]:
    rows = ["| address | answer | parameters |", "|---|---|---|", f"| `{API}/` | Index | |"]
    for one in ANSWERS:
        said = ", ".join(f"`{name}`" for name in one.parameters)
        rows.append(f"| `{API}{one.path}` | {one.kind.__name__} | {said} |")
    rows.append(f"| `{API}/schema.json` | the JSON Schema of all answers | |")
    rows.append(f"| `{API}/dump.zip` | everything in one file, as it was finished last | |")
    rows.append(f"| `{API}/dump/<digest>.zip` | the same under its SHA-256, and the one before | |")
    return rows


def _section(kind: type) -> list[str]:
    rows = [
        f"| `{one.name}` | {_shape(str(one.type))} | {one.metadata['help']} |"
        for one in fields(kind)
    ]
    head = ["| field | what | help |", "|---|---|---|"]
    return [f"### {kind.__name__}", "", _about(kind), "", *head, *rows, ""]


def _shape(name: str) -> str:
    """A type as a reader of JSON knows it."""
    for code, said in _SHAPES:
        name = name.replace(code, said)
    return name


_SHAPES = (
    (", ...]", "]"),
    ("tuple[", "array["),
    ("dict[", "object["),
    (" | None", " or null"),
    ("str", "string"),
    ("bool", "true or false"),
    ("int", "number"),
)

_HEAD = f"""# Public data

What anyone may take from a node without a key, written from the help of the fields in
`portal/data/api_*.py`:

```
python -c "from architrave.portal.data.api import manual; print(manual(), end='')" > docs/api.md
```

A node gives out as data what its pages show, and nothing more: what is released to all parties of
the founding. Of a line for fewer readers it says only that there is a sealed text, and for whom.
The same record and the same register give the same answers in every capital; only the index says
whose copy it is. (Where two histories of a book were signed, copies do not hold the same record.)
Nothing in an answer depends on a clock.

The periods of the register's promises are counted to `as_of`: the day, in UTC, of the newest line
of the record that this copy holds, or the day to which sources reach, whichever is later. Pages and
papers count to the same day and say it, so a page and an answer never differ, and readers of two
copies that hold the same record read the same at any time. A copy that lacks lines may count to an
earlier day.

- **Languages.** Every answer holds all languages; a text is an object from language code to text.
- **Times** are in UTC, as ISO 8601 writes them. A time past the year 9999, which a line may claim,
  is given as the last second of that year.
- **Ids and symbols** are those of the record, the charter and the register. Lists of parties stand
  in the order of the charter's file; in which order a text names them is in `Institution`.
- **Final** means that every other party has received all that a value rests on.
- **Stable.** Fields may be added to version 1; none is taken away or changes its meaning. A reader
  passes over fields that it does not know.
- **Faults.** An unknown parameter, a page that there is not or a value that cannot be is answered
  with 400, an unknown thing with 404, another method than GET and HEAD with 405. 503 says that this
  copy has stopped answering or, with `Retry-After`, that no dump is finished yet. Each has the body
  `{{"error": "…"}}` with one sentence, which for a 400 begins with the name of the parameter.
- **Caching.** The `ETag` of an answer is the SHA-256 of its bytes; `If-None-Match` with it is
  answered with 304. `Access-Control-Allow-Origin: *` lets pages of others read the answers. No
  cookie is set or read.
- **Rate.** There is no key and no quota. Requests are answered as they come, {CONNECTIONS}
  connections at one time; others wait until one closes ([what a node takes](what-a-node-takes.md)).
  A node does not count the requests of a stranger: whoever runs it may put a filter before it that
  does. To take everything, take the dump: it lies in memory and is handed out as it is.
- **The dump** holds every answer, the tables as CSV, this schema, the charter, the founding and the
  digests of all these files. The same record gives the same bytes in every capital, so its digest,
  which is in the `ETag` and on the page *Data*, can be compared; it is not compressed, since
  compressed bytes differ between systems. `rebuild` in `portal/data/data_whole.py` reads its JSON
  files back into the very values that a node answers from, without a node.
- **Which state.** A node makes the dump and the tables aside, once the record has been still for a
  moment, and gives out what it finished last: it may be some seconds behind the other answers, more
  with a long record. `/dump` and the page *Data* name the lines and roots up to which it goes and
  say whether anything has changed since. `Content-Location` is the address under its digest, which
  never answers with other bytes; it lies there until the one after the next is made.

```
curl https://node.example/api/1/
curl https://node.example/api/1/matters?stage=in-force
curl https://node.example/api/1/register/ev-campdavid
curl -O https://node.example/api/1/dump.zip
curl -O https://node.example/data/promises.csv
```

## Addresses
"""

_TABLES_HEAD = """## Tables

`/data/<table>.csv` and `/data/<table>.xlsx` hold the same rows as the answers, one language in one
column: `title_ko`, `title_ja`, `title_en`.

- **CSV** follows RFC 4180 (commas, double quotes, CRLF), in UTF-8 with a byte order mark: without
  one, a spreadsheet on a Korean or Japanese computer reads the file as CP949 or Shift JIS, and
  the names are lost. In Python, open it as `utf-8-sig`.
- **No cell is a formula.** In CSV, a text that begins with `=`, `+`, `-`, `@`, their full-width
  forms, a tab, a line break or an apostrophe gets one apostrophe before it. To have the text as the
  record holds it, take one apostrophe off each cell that begins with one. A number is never marked.
- **XLSX** has typed dates, in UTC, and a header that stays in sight. Texts are texts and need no
  mark; control characters, which the format cannot hold, stand as `_x0007_`, and a text longer than
  32,767 characters ends with `[…]`. A date that a spreadsheet cannot hold stands as text.
- Several values in one cell are separated by a space.

| table | what it holds |
|---|---|"""
