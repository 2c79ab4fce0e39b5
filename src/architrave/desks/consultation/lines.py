"""Lines to take: a text that the parties to a consultation adopt by a short silence.

The charter says whether a silence is permitted and how short it may be. Which matters belong to a
consultation is read off their documents; each version of a matter is a change that is seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from architrave.charter.days import Period
from architrave.charter.errors import UncountedYear
from architrave.charter.model import Article, Charter
from architrave.desks.consultation.documents import Belongs, belongs, document
from architrave.desks.errors import BadInput
from architrave.institution.acts import Consulted, Revised, Silence, Tabled, Text, Wording
from architrave.institution.standing import MatterStanding, Stage, stand
from architrave.institution.state import Fact, Institution, View

__all__ = [
    "Change",
    "Draft",
    "Line",
    "lines_of",
    "lines_to_take",
    "silence_article",
]


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to be tabled, the article that permits its silence, and the least period of that."""

    wording: Wording
    silence: Silence
    article: str
    period: Period


@dataclass(frozen=True, slots=True)
class Change:
    """A version, whose it is, when its book says it was put, and what it changes.

    `changed` names what differs from the version before: the fields of the wording with their
    languages, such as ``summary.ko``; empty for the first version.
    """

    number: int
    name: str
    by: str
    at: int
    stage: Stage
    changed: tuple[str, ...]
    wording: Wording


@dataclass(frozen=True, slots=True)
class Line:
    """A matter that belongs to a consultation.

    `replaces` and `replaced_by` are symbols of matters; empty for none.
    """

    symbol: str
    name: str
    kind: str
    standing: MatterStanding
    changes: tuple[Change, ...]
    replaces: str
    replaced_by: tuple[str, ...]


def silence_article(charter: Charter, body: str, instrument: str) -> tuple[Article, Period]:
    """The article that permits a silence on such a text in a body, and its least period.

    Raises BadInput where the charter permits none, or gives no least period.
    """
    article = charter.article_for(body, "silence", instrument)
    if article is None or article.minimum_period is None:
        raise BadInput(
            f"no article of the charter lets {body} adopt a {instrument} by silence: "
            "table it for a decision."
        )
    return article, article.minimum_period


def lines_to_take(
    charter: Charter,
    asked: Fact,
    title: Text,
    summary: Text,
    now: int,
    instrument: str = "note",
    expiry: int | None = None,
    replaces: str = "",
) -> Draft:
    """Lines to take for a consultation, ready to be tabled.

    Without `expiry` (ms) the silence ends when the least period of the charter, begun `now`, has
    run for each party; each party's own period runs from its receipt all the same. Raises BadInput
    where no silence is permitted, or where the expiry comes before that.
    """
    act = asked.act
    assert isinstance(act, Consulted)
    article, period = silence_article(charter, act.body, instrument)
    parties = [charter.party(one) for one in charter.body(act.body).parties]
    try:
        earliest = max(period.end_after(now, party) for party in parties)
    except UncountedYear as fault:
        raise BadInput(str(fault)) from fault
    if expiry is not None and expiry < earliest:
        raise BadInput(f"the silence would end before {period} have run ({article.number}).")
    wording = Wording(
        title=title,
        summary=summary,
        instrument=instrument,
        nature=charter.legal_nature,
        document=document(Belongs(asked.name, "lines", replaces)),
    )
    silence = Silence(article.number, expiry if expiry is not None else earliest)
    return Draft(wording, silence, article.number, period)


def lines_of(state: Institution, view: View, consultation: str) -> tuple[Line, ...]:
    """The matters that belong to a consultation, by its name, the one tabled first first."""
    found: dict[str, tuple[Belongs, MatterStanding]] = {}
    for name in state.matters:
        standing = stand(state, name, view)
        said = belongs(standing.act.wording.document) if standing is not None else None
        if standing is not None and said is not None and said.consultation == consultation:
            found[name] = said, standing
    symbols = {name: standing.symbol for name, (_, standing) in found.items()}
    rows = [
        Line(
            symbol=standing.symbol,
            name=name,
            kind=said.kind,
            standing=standing,
            changes=_changes(standing),
            replaces=symbols.get(said.replaces, ""),
            replaced_by=tuple(
                symbols[other] for other, (told, _) in found.items() if told.replaces == name
            ),
        )
        for name, (said, standing) in found.items()
    ]
    return tuple(sorted(rows, key=lambda one: (one.standing.tabled.t, one.symbol)))


def _changes(standing: MatterStanding) -> tuple[Change, ...]:
    changes: list[Change] = []
    for number, one in enumerate(standing.versions, 1):
        act = one.version.fact.act
        assert isinstance(act, Tabled | Revised)
        before = changes[-1].wording if changes else act.wording
        changes.append(
            Change(
                number=number,
                name=one.version.name,
                by=one.version.fact.party,
                at=one.version.fact.t,
                stage=one.stage,
                changed=tuple(_changed(before, act.wording)),
                wording=act.wording,
            )
        )
    return tuple(changes)


def _changed(before: Wording, after: Wording) -> list[str]:
    found = []
    for field in Wording.__struct_fields__:
        old, new = getattr(before, field), getattr(after, field)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            keys = sorted(old.keys() | new.keys())
            found += [f"{field}.{key}" for key in keys if old.get(key) != new.get(key)]
        elif old != new:
            found.append(field)
    return found
