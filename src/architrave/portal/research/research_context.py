"""The context of the researcher's page: counts of what all parties may read, and of what they may
not, without anything of its content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from architrave.institution.acts import KINDS, Act, Erased, kind_of
from architrave.institution.erasure import CAUSES, erasure_of
from architrave.institution.standing import Stage
from architrave.institution.state import Fact
from architrave.peer.peer import Peer
from architrave.portal import formats
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy
from architrave.portal.research.pages_research import (
    AgendaRow,
    BarRow,
    Chart,
    ChoiceRow,
    CountRow,
    ErasedRow,
    FilterRow,
    ResearchPage,
    WithheldRow,
)
from architrave.portal.rows import frame_of, link_to

__all__ = ["FIELDS", "research_page"]

FIELDS = ("body", "kind", "year")
_DAY = 86_400_000
_AGES = (30 * _DAY, 365 * _DAY, 5 * 365 * _DAY)
_UNTOLD = 0  # readers of a text whose readers are not told
# The chart, in its own units.
_EDGE, _LONGEST, _BAR, _PAIR, _ROOM = 150, 380, 14, 38, 50


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a view holds, counted; kept until the view changes."""

    stamp: object
    acts: Mapping[tuple[str, str, str], int]  # by month, body and kind
    sealed: tuple[tuple[int, int], ...]  # of each: how many readers, and its time
    erased: Mapping[str, int]  # by cause


# One for each peer of this process; read and written under the reading lock only.
_counted: WeakKeyDictionary[Peer, _Counted] = WeakKeyDictionary()


def research_page(copy: Copy, asked: Mapping[str, str]) -> ResearchPage:
    """The page, with the counts narrowed to what is asked."""
    counted = _count(copy)
    agenda = _agenda(copy)
    known = _known(copy, counted)
    chosen = {name: asked.get(name, "") for name in FIELDS}
    unknown = tuple(
        value[:80] for name, value in chosen.items() if value and value not in known[name]
    )
    rows = [
        (month, body, kind, number)
        for (month, body, kind), number in counted.acts.items()
        if chosen["body"] in ("", body)
        and chosen["kind"] in ("", kind)
        and chosen["year"] in ("", month[:4])
    ]
    places = {one: at for name in ("body", "kind") for at, one in enumerate(known[name])}
    rows.sort(key=lambda row: (places.get(row[1], 0), places.get(row[2], 0)))
    rows.sort(key=lambda row: row[0], reverse=True)
    question = urlencode({name: value for name, value in chosen.items() if value in known[name]})
    href = copy.address("research") + (f"?{question}" if question else "")
    return ResearchPage(
        frame=frame_of(copy, copy.say("place-research"), "research"),
        agenda=tuple(
            AgendaRow(year, copy.party(party), formats.number(tabled), formats.number(stood))
            for year, party, tabled, stood in agenda
        ),
        chart=_chart(copy, agenda),
        filters=tuple(_filter(copy, name, known[name], chosen[name]) for name in FIELDS),
        address=link_to(href, href),
        unknown=unknown,
        counts=tuple(
            CountRow(
                _month(copy, month),
                _body_name(copy, body),
                copy.say_of("kind", kind),
                formats.number(number),
            )
            for month, body, kind, number in rows
        ),
        total=formats.number(sum(number for _, _, _, number in rows)),
        ages=tuple(
            copy.say(word)
            for word in ("withheld-month", "withheld-year", "withheld-five", "withheld-older")
        ),
        withheld=_withheld(copy, counted.sealed),
        erased=tuple(
            ErasedRow(copy.say_of("cause", cause), formats.number(counted.erased.get(cause, 0)))
            for cause in CAUSES
        ),
        since_href=copy.address("verify", "since"),
    )


# -- who sets the agenda --------------------------------------------------------------------------


def _year(ms: int) -> str:
    return str(formats.day_of(ms).year)


def _agenda(copy: Copy) -> list[tuple[str, str, int, int]]:
    """Year, party, matters tabled and versions that stand: a row for each party of each year."""
    tabled: Counter[tuple[str, str]] = Counter()
    stood: Counter[tuple[str, str]] = Counter()
    for standing in copy.told.matters:
        tabled[_year(standing.tabled.t), standing.tabled.party] += 1
        for version in standing.versions:
            if version.stage is Stage.IN_FORCE:
                fact = version.version.fact
                stood[_year(fact.t), fact.party] += 1
    years = sorted({year for year, _ in (*tabled, *stood)}, reverse=True)
    return [
        (year, party, tabled[year, party], stood[year, party])
        for year in years
        for party in copy.order
    ]


def _chart(copy: Copy, agenda: list[tuple[str, str, int, int]]) -> Chart | None:
    most = max((count for row in agenda for count in row[2:]), default=0)
    if most == 0:
        return None
    bars = []
    for at, (year, party, *pair) in enumerate(agenda):
        label = f"{year} {formats.plain(copy.party(party))}"
        for line, (code, count) in enumerate(zip(("tabled", "stood"), pair, strict=True)):
            y, length = at * _PAIR + line * _BAR, round(count * _LONGEST / most)
            bars.append(
                BarRow(
                    code, "" if line else label, formats.number(count), y, y + _BAR - 3, length,
                    _EDGE + length + 6,
                )
            )  # fmt: skip
    return Chart(_EDGE + _LONGEST + _ROOM, len(agenda) * _PAIR, _EDGE, tuple(bars))


# -- counting -------------------------------------------------------------------------------------


def _count(copy: Copy) -> _Counted:
    """Counts over this view; they do not depend on the clock, the language or the capital."""
    stamp = (copy.told.stamp, copy.charter.digest)
    found = _counted.get(copy.peer)
    if found is None or found.stamp != stamp:
        acts: Counter[tuple[str, str, str]] = Counter()
        for facts in copy.state.acts.values():
            fact = next(copy.view.of(facts), None)
            if fact is not None:
                acts[_month_of(fact.t), _body_of(copy, fact.act), kind_of(fact.act)] += 1
        found = _counted[copy.peer] = _Counted(
            stamp, acts, tuple(_sealed(copy)), Counter(_erased(copy))
        )
    return found


def _month_of(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m")


def _body_of(copy: Copy, act: Act) -> str:
    """The body that an act is about: its own, that of what it names, else that of its seat."""
    body = getattr(act, "body", "")
    if body:
        return str(body)
    for name in ("matter", "consultation", "notice", "report"):
        named = getattr(act, name, "")
        found = copy.state.find(copy.view, named) if named else None
        if found is not None:
            return _body_of(copy, found.act)
    seat = copy.charter.find_seat(getattr(act, "office", "") or act.seat)
    return seat.body if seat is not None else ""


def _sealed(copy: Copy) -> Iterator[tuple[int, int]]:
    """Of each text that not all parties may read: how many may, and when it was entered.

    Only what its line says in the open is read. A text that a later line repeats for all is none.
    """
    everyone, history = copy.state.founding.origins, copy.view.history
    closed: dict[bytes, tuple[int, int]] = {}
    open_to_all: set[bytes] = set()
    for party in copy.charter.party_ids:
        upto = copy.view.tip(party)
        branch = history.find(upto) if upto is not None else None
        for tip in branch.tips[: upto.size] if branch is not None and upto is not None else ():
            header = history.entry(tip).header
            if header.seal is None:
                continue
            if header.to is not None and header.to.covers(copy.view.audience, everyone):
                open_to_all.add(header.seal)
            else:
                readers = len(header.to.logs or ()) if header.to is not None else _UNTOLD
                closed.setdefault(header.seal, (readers, header.t))
    return (found for seal, found in closed.items() if seal not in open_to_all)


def _erased(copy: Copy) -> Iterator[str]:
    for name, facts in copy.state.erasures.items():
        for party in dict.fromkeys(fact.party for fact in facts):
            found: Fact | None = erasure_of(copy.state, copy.view, party, name)
            if found is not None and isinstance(found.act, Erased):
                yield found.act.cause


# -- showing --------------------------------------------------------------------------------------


def _known(copy: Copy, counted: _Counted) -> dict[str, list[str]]:
    """The values that each field can take, in the order of the charter and of the record."""
    bodies = [body.id for body in copy.charter.bodies]
    bodies += sorted({body for _, body, _ in counted.acts if body} - set(bodies))
    years = sorted({month[:4] for month, _, _ in counted.acts}, reverse=True)
    return {"body": bodies, "kind": list(KINDS), "year": years}


def _body_name(copy: Copy, body: str) -> Shown:
    found = copy.charter.find_body(body)
    return copy.body(found) if found is not None else body


def _month(copy: Copy, month: str) -> formats.Moment:
    found = formats.iso_moment(month, copy.language)
    return (
        found
        if isinstance(found, formats.Moment)
        else formats.date_moment(date.fromisoformat(f"{month}-01"), copy.language)
    )


def _filter(copy: Copy, name: str, known: list[str], chosen: str) -> FilterRow:
    labels = {
        "body": copy.say("research-body"),
        "kind": copy.say("research-kind"),
        "year": copy.say("research-year"),
    }
    choices = [ChoiceRow("", copy.say("research-all"), not chosen)]
    for value in known:
        text: Shown = value
        if name == "body":
            text = formats.plain(_body_name(copy, value))
        elif name == "kind":
            text = copy.say_of("kind", value)
        choices.append(ChoiceRow(value, text, value == chosen))
    return FilterRow(name, labels[name], tuple(choices))


def _withheld(copy: Copy, sealed: tuple[tuple[int, int], ...]) -> tuple[WithheldRow, ...]:
    table: dict[int, list[int]] = {}
    for readers, at in sealed:
        row = table.setdefault(readers, [0] * (len(_AGES) + 1))
        row[sum(copy.passed(at + age) for age in _AGES)] += 1
    parties = formats.number(len(copy.order))
    return tuple(
        WithheldRow(
            copy.say("withheld-readers", n=formats.number(readers), all=parties)
            if readers != _UNTOLD
            else copy.say("withheld-untold"),
            tuple(formats.number(one) for one in table[readers]),
            formats.number(sum(table[readers])),
        )
        for readers in sorted(table)
    )
