"""A matter's texts in all languages of the charter, paragraph beside paragraph.

A text to be decided has to stand in every language; a reason need not. Where the paragraphs of one
text are not as many in each language, the row that lacks one is marked: nothing is shifted to fit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from architrave.charter.compare import changes
from architrave.institution.acts import (
    Act,
    Positioned,
    Reported,
    Revised,
    Tabled,
    kind_of,
)
from architrave.institution.amendments import Amendment, amendment_in
from architrave.institution.standing import MatterStanding, VersionStanding
from architrave.institution.state import Fact
from architrave.portal import formats
from architrave.portal.formats import Said
from architrave.portal.matters.pages_texts import AlignedRow, AlignedText, TextsPage, TextsVersion
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of, wording_of
from architrave.portal.translated import language_name
from architrave.portal.whole import line_link, matter_tabs
from architrave.portal.words import LANGUAGES, say

__all__ = ["aligned", "paragraphs", "texts_page"]

_BETWEEN = re.compile(r"\n[ \t]*\n\s*")


def texts_page(copy: Copy, symbol: str) -> TextsPage | None:
    """The texts of the matter with this symbol; None if all parties know of no such matter."""
    standing = next((one for one in copy.told.matters if one.symbol == symbol), None)
    if standing is None:
        return None
    return TextsPage(
        frame=frame_of(copy, copy.say("texts-title", symbol=symbol), "matters", symbol, "texts"),
        symbol=symbol,
        title=copy.of(wording_of(standing.current).title),
        tabs=matter_tabs(copy, symbol, "texts"),
        heads=tuple(_head(one) for one in copy.charter.languages),
        versions=tuple(
            _version(copy, standing, one, number)
            for number, one in reversed(list(enumerate(standing.versions, start=1)))
        ),
    )


def _head(language: str) -> Said:
    """A language by its own name, or its code if we have no word for it."""
    return Said(say("tongue", language) if language in LANGUAGES else language, language)


def _version(
    copy: Copy, standing: MatterStanding, one: VersionStanding, number: int
) -> TextsVersion:
    fact, wording = one.version.fact, wording_of(one)
    amendment = amendment_in(fact.act)
    by_language = _by_language(copy, wording.document)
    texts = [
        aligned(copy, copy.say("compare-title"), wording.title),
        aligned(copy, copy.say("texts-summary"), wording.summary),
    ]
    if amendment is not None:
        texts += _articles(copy, one, amendment)
    elif by_language is not None:
        texts.append(aligned(copy, copy.say("version-text"), by_language))
    texts += _pledges(copy, fact.act)
    texts += _said(copy, standing, one)
    own = amendment is None and by_language is None
    return TextsVersion(
        name=copy.say("version-n", n=number),
        anchor=f"version-{number}",
        line=line_link(copy, fact.tip),
        texts=tuple(texts),
        document=wording.document if own else "",
    )


def _by_language(copy: Copy, document: str) -> dict[str, str] | None:
    """A document that is kept by language: a JSON object of the charter's languages; else None."""
    try:
        found = json.loads(document)
    except (ValueError, RecursionError):  # nested too deep, it is no text by language either
        return None
    if not isinstance(found, dict) or not found:
        return None
    known = set(found) <= set(copy.charter.languages)
    return found if known and all(isinstance(one, str) for one in found.values()) else None


def _articles(copy: Copy, one: VersionStanding, amendment: Amendment) -> Iterator[AlignedText]:
    """The articles that an amendment would change, as they would run."""
    for change in changes(one.version.charter, amendment.charter):
        article = amendment.charter.find_article(change.name)
        if change.part == "article" and article is not None:
            cite = amendment.charter.citation(article.number, copy.tongue)
            yield aligned(copy, copy.say("pair", left=cite, right=_title(copy)), article.title)
            yield aligned(copy, cite, article.text)


def _title(copy: Copy) -> str:
    return copy.say("compare-title")


def _pledges(copy: Copy, act: Act) -> Iterator[AlignedText]:
    assert isinstance(act, Tabled | Revised)
    word = copy.of(copy.charter.words_for(act.wording.nature).commitment)
    for pledge in act.pledges:
        seat = copy.charter.find_seat(pledge.owner)
        owner = copy.of(seat.title) if seat is not None else pledge.owner
        label = copy.say("pair", left=word, right=owner)
        yield aligned(copy, label, pledge.what)


def _said(copy: Copy, standing: MatterStanding, one: VersionStanding) -> Iterator[AlignedText]:
    """What parties said on a version, and after it of the matter: reasons, remedies, accounts."""
    state, view, name = copy.state, copy.view, standing.name
    indexes = (state.matters, state.late, state.reports, state.notices, state.suspensions)
    facts = {fact.tip: fact for index in indexes for fact in view.of(index.get(name, ()))}
    for fact in sorted(facts.values(), key=lambda fact: (fact.t, fact.tip)):
        act = fact.act
        if isinstance(act, Positioned):
            if act.version == one.version.name:
                yield from _words(copy, fact, act.reason, "position-reason")
                yield from _words(copy, fact, act.remedy, "position-remedy")
        elif one is standing.current:
            text = act.account if isinstance(act, Reported) else getattr(act, "reason", {})
            word = "owed-account" if isinstance(act, Reported) else "position-reason"
            # Withdrawing a matter and notices are of the matter, and stand with the last version.
            yield from _words(copy, fact, text, word)


def _words(copy: Copy, fact: Fact, text: Mapping[str, str], word: str) -> Iterator[AlignedText]:
    if text:
        kind = copy.say_of("kind", kind_of(fact.act))
        label = copy.say("texts-said", party=copy.party(fact.party), kind=kind, what=copy.say(word))
        yield aligned(copy, label, text)


# -- alignment --------------------------------------------------------------------------------


def paragraphs(text: str) -> list[str]:
    """A text's paragraphs: what blank lines part."""
    return [part for part in _BETWEEN.split(text.strip()) if part]


def aligned(copy: Copy, label: Shown, text: Mapping[str, str]) -> AlignedText:
    """A text in all languages of the charter, paragraph by paragraph, with what is amiss."""
    languages = copy.charter.languages
    parts = {one: paragraphs(text[one]) for one in languages if text.get(one, "").strip()}
    lacking = [one for one in languages if one not in parts]
    columns = [parts.get(one, []) for one in languages]
    rows = [
        AlignedRow(
            number=formats.number(number),
            cells=tuple(
                Said(part, language) if part is not None else None
                for part, language in zip(row, languages, strict=True)
            ),
            uneven=any(
                part is None and language in parts
                for part, language in zip(row, languages, strict=True)
            ),
        )
        for number, row in enumerate(zip_longest(*columns), start=1)
    ]
    return AlignedText(label, _note(copy, parts, lacking), tuple(rows))


def _note(copy: Copy, parts: Mapping[str, list[str]], lacking: list[str]) -> str:
    """Which languages are missing or unequal; empty if none is."""
    notes = []
    if lacking:
        word = "texts-lacking" if parts else "texts-no-language"
        names = [language_name(copy, one) for one in lacking]
        known = [language_name(copy, one) for one in parts]
        notes.append(
            copy.say(
                word,
                lacking=formats.listing(names, copy.language),
                known=formats.listing(known, copy.language),
            )
            if parts
            else copy.say(word)
        )
    if len({len(one) for one in parts.values()}) > 1:
        counts = [
            copy.say("texts-count", language=language_name(copy, one), n=len(found))
            for one, found in parts.items()
        ]
        notes.append(copy.say("texts-uneven", counts=formats.listing(counts, copy.language)))
    return " ".join(notes)
