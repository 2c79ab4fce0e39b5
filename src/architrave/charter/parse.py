"""From the text of a charter file to a checked `Charter`, or every fault at once."""

from __future__ import annotations

import re
import tomllib
from hashlib import sha256

from architrave.charter.check import check_charter
from architrave.charter.errors import CharterError, Fault
from architrave.charter.forms import Reading, Sheet, shown
from architrave.charter.model import NATURES, Charter, Phase, Platform, Text, Words
from architrave.charter.parse_articles import read_article
from architrave.charter.parse_bodies import read_body
from architrave.charter.parse_parties import read_orders, read_party

__all__ = ["charter_digest_bytes", "parse_charter"]

FORMAT = 1
_DEFAULT_RECEIPT_HOURS = 6
_LANGUAGE = r"[a-z]{2,3}"
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


def charter_digest_bytes(text: str) -> bytes:
    """The digest of a charter: SHA-256 (32 bytes) of its text in UTF-8, exactly as the file has it.

    A file is to be read without translation of line ends, or the digest is another one.
    """
    return sha256(text.encode("utf-8")).digest()


def parse_charter(text: str, name: str) -> Charter:
    """Read and check a charter. `name` is how errors call the file.

    Raises CharterError with all faults that were found, each with its line.
    """
    try:
        data = tomllib.loads(text)
    except RecursionError as error:
        raise CharterError(name, [_syntax_fault(text, "lists too deep to be read")]) from error
    except ValueError as error:  # tomllib's own, or an integer with more digits than Python reads
        raise CharterError(name, [_syntax_fault(text, str(error))]) from error
    reading = Reading(text, data)
    charter = _read_charter(reading, charter_digest_bytes(text).hex())
    check_charter(charter, reading)
    if reading.faults:
        raise CharterError(name, reading.faults)
    return charter


def _syntax_fault(text: str, message: str) -> Fault:
    place = _PLACE.search(message)
    line = int(place[1]) if place else len(text.splitlines()) or 1
    what = message.split(" (at ")[0].rstrip(".")
    return Fault(line, "the file", "well-formed TOML", f"this: {what}")


def _read_charter(reading: Reading, digest: str) -> Charter:
    root = reading.root()
    root.number("format", FORMAT, FORMAT, expected=f"{FORMAT}, the format this version reads")
    reading.languages = root.names("languages", _LANGUAGE, "language codes such as en")
    if not reading.languages:
        root.fault("languages", "at least one language code", "none that can be used")
    name = root.text("id", r"[a-z][a-z0-9-]{1,30}", "an id of small letters, digits and hyphens")
    legal_nature = root.choice("legal_nature", NATURES)
    title = root.translated("title")
    article_form, paragraph_form = _read_citation(root)
    words = _read_words(root)
    receipt_hours = (
        root.number("receipt_hours", 1, 168)
        if root.has("receipt_hours")
        else _DEFAULT_RECEIPT_HOURS
    )
    parties = tuple(read_party(sheet) for sheet in root.sheets("parties"))
    everyone = tuple(party.id for party in parties)
    language_orders, capital_orders = read_orders(root, reading.languages, everyone)
    charter = Charter(
        id=name,
        digest=digest,
        title=title,
        legal_nature=legal_nature,
        languages=reading.languages,
        words=words,
        article_form=article_form,
        paragraph_form=paragraph_form,
        receipt_hours=receipt_hours,
        parties=parties,
        language_orders=language_orders,
        capital_orders=capital_orders,
        phases=tuple(_read_phase(sheet) for sheet in root.sheets("phases")),
        bodies=tuple(read_body(sheet, everyone) for sheet in root.sheets("bodies")),
        articles=tuple(read_article(sheet, legal_nature) for sheet in root.sheets("articles")),
        platforms=tuple(_read_platform(sheet) for sheet in root.sheets("platforms")),
    )
    root.end()
    return charter


def _read_citation(root: Sheet) -> tuple[Text, Text]:
    sheet = root.sheet("citation")
    if sheet is None:
        return Text(()), Text(())
    forms = sheet.translated("article"), sheet.translated("paragraph")
    sheet.end()
    for key, form, needed in [
        ("article", forms[0], ("{article}",)),
        ("paragraph", forms[1], ("{article}", "{paragraph}")),
    ]:
        for language, text in form.items():
            for mark in needed:
                if text and mark not in text:
                    path = ("citation", key, language)
                    root.reading.fault(path, f"the mark {mark}", shown(text))
    return forms


def _read_words(root: Sheet) -> tuple[tuple[str, Words], ...]:
    words = root.sheet("words")
    if words is None:
        return ()
    found: list[tuple[str, Words]] = []
    for nature in NATURES:
        sheet = words.sheet(nature)
        if sheet is None:
            continue
        fields = ("article", "standing", "commitment", "party", "verb")
        found.append((nature, Words(*(sheet.translated(one) for one in fields))))
        sheet.end()
    words.end()
    return tuple(found)


def _read_phase(sheet: Sheet) -> Phase:
    phase = Phase(sheet.number("number", 1, 9), sheet.translated("name"))
    sheet.end()
    return phase


def _read_platform(sheet: Sheet) -> Platform:
    name = sheet.text("id", r"[A-Z][A-Z0-9]{1,11}", "an id of capital letters and digits")
    sheet.choice("relation", ("contact",))
    platform = Platform(name, sheet.translated("name"), sheet.translated("note"))
    sheet.end()
    return platform
