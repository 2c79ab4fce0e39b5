"""References to what the record and the register hold, in three styles.

A reference names the founding, the line and the digest: who has those can find the same words on
any capital's copy, or in a file, when this one is gone.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from architrave.institution.register import Event, Promise, Register
from architrave.institution.register_rows import ORIGINAL
from architrave.institution.state import Fact
from architrave.portal import formats
from architrave.portal.formats import Said
from architrave.portal.pages_rows import Shown
from architrave.portal.proofs.proof_files import proof_links, proved_sizes
from architrave.portal.reading import Copy
from architrave.portal.research.pages_cite import CiteBlock, PinRow, StyleRow
from architrave.portal.rows import link_to

__all__ = ["cite_act", "cite_row"]

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$",
    "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip

_FOLDER = "copy"  # of the record, as a reader would name it


@dataclass(frozen=True, slots=True)
class _Reference:
    """What a reference says, whatever its style."""

    key: str
    number: str
    title: str
    language: str
    author: str
    day: date
    pinned: str
    address: str


def cite_act(copy: Copy, fact: Fact, symbol: str, title: Shown, body: Shown) -> CiteBlock:
    """How to cite a matter or a consultation by the entry that began it."""
    own = copy.state.founding.id
    line = formats.plain(copy.line(fact.tip))
    day = formats.day_of(fact.t)
    address = _address(copy, "s", symbol)
    pinned = copy.say("cite-pinned", line=line, name=fact.name, founding=own)
    reference = _Reference(
        _slug(symbol), symbol, formats.plain(title), _tongue(copy, title), formats.plain(body), day,
        pinned, address,
    )  # fmt: skip
    return CiteBlock(
        address=link_to(address, "/s/" + quote(symbol)),
        styles=_styles(copy, reference),
        pins=(
            PinRow(copy.say("cite-line"), copy.line(fact.tip)),
            PinRow(copy.say("cite-entry"), fact.name),
            PinRow(copy.say("cite-founding"), own),
            PinRow(copy.say("cite-date"), formats.date_text(day, copy.language)),
        ),
        proof=proof_links(copy, fact.tip, proved_sizes(copy)),
        since_href=copy.address("verify", "since"),
        command=f"architrave show ./{_FOLDER} {fact.party}:{fact.tip.size}"
        f" --proof {_slug(symbol)}.tlog-proof",
    )


def cite_row(copy: Copy, register: Register, row: Event | Promise) -> CiteBlock:
    """How to cite a row of the register: a compiled fact, nobody's statement."""
    day = row.date if isinstance(row, Event) else row.made_on
    title = row.title if isinstance(row, Event) else row.text
    digest = register.row_digest(row.id)
    address = _address(copy, "r", row.id)
    pinned = copy.say("cite-compiled", digest=digest, register=register.digest)
    # Who compiled it comes first in an attribution; how, after a comma or semicolon.
    author = re.split("[,;；]", formats.plain(copy.of(register.header.attribution)))[0]
    reference = _Reference(
        _slug(row.id), row.id, title, ORIGINAL, author,
        register.sources_reach, pinned, address,
    )  # fmt: skip
    return CiteBlock(
        address=link_to(address, "/r/" + quote(row.id)),
        styles=_styles(copy, reference),
        pins=(
            PinRow(copy.say("cite-row"), digest),
            PinRow(copy.say("cite-register"), register.digest),
            PinRow(copy.say("cite-date"), formats.plain(formats.reported_text(day, copy.language))),
            PinRow(
                copy.say("cite-reach"), formats.date_text(register.sources_reach, copy.language)
            ),
        ),
        proof=None,
        since_href="",
        command="",
    )


def _address(copy: Copy, kind: str, name: str) -> str:
    """The address that stays, at this capital; only its path where the capital's is not known."""
    return copy.addresses.get(copy.peer.party, "").rstrip("/") + f"/{kind}/{quote(name)}"


def _tongue(copy: Copy, title: Shown) -> str:
    return title.lang if isinstance(title, Said) else copy.language


def _slug(name: str) -> str:
    """A name as a key of a bibliography or a file's name, without anything that a shell reads."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") or "entry"


def _styles(copy: Copy, reference: _Reference) -> tuple[StyleRow, ...]:
    return (
        StyleRow(copy.say("cite-plain"), _plain(copy, reference)),
        StyleRow("BibTeX", _bibtex(reference)),
        StyleRow("CSL-JSON", _csl(reference)),
    )


def _plain(copy: Copy, one: _Reference) -> str:
    return copy.say(
        "cite-text", author=one.author, title=one.title, number=one.number,
        day=formats.date_text(one.day, copy.language), pinned=one.pinned, address=one.address,
    )  # fmt: skip


def _bibtex(one: _Reference) -> str:
    fields = {
        "author": "{" + _tex(one.author) + "}",
        "title": "{" + _tex(one.title) + "}",
        "number": _tex(one.number),
        "year": str(one.day.year),
        "month": str(one.day.month),
        "day": str(one.day.day),
        "note": _tex(one.pinned),
        "url": one.address,
        "language": one.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{one.key},", *lines, "}"])


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in " ".join(text.split()))


def _csl(one: _Reference) -> str:
    value = {
        "id": one.key,
        "type": "document",
        "title": one.title,
        "author": [{"literal": one.author}],
        "number": one.number,
        "issued": {"date-parts": [[one.day.year, one.day.month, one.day.day]]},
        "note": one.pinned,
        "URL": one.address,
        "language": one.language,
    }
    return json.dumps([value], ensure_ascii=False, indent=2)
