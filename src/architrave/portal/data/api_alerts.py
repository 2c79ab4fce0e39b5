"""What the public data say of alerts."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.data.api_matters import Answer, Awaited, NoWords
from architrave.portal.data.api_rows import Cited, Coded, Instant, LineName, Texts
from architrave.portal.pages_rows import told

__all__ = ["Alert", "AlertAnswer", "AlertClock", "AlertPoint", "Alerts", "ToldParty"]


@dataclass(frozen=True, slots=True)
class AlertPoint:
    """One of the six points of an alert."""

    point: Coded = told("which of the six it is")
    known: bool = told("false where the alert says that nothing is known of it")
    text: Texts = told("what is said of it, by language; empty if nothing is known")


@dataclass(frozen=True, slots=True)
class AlertAnswer:
    """What a party answered to an alert."""

    party: str = told("who answered")
    at: Instant = told("when")
    line: LineName = told("the line that holds it")
    offer: Texts = told("what it offers, by language; empty if nothing")
    sees: Texts = told("what it sees, by language; empty if it says nothing of that")
    unable: bool = told("true if it says that it cannot help")
    erased: NoWords | None = told("that its words were erased; none if they were not")


@dataclass(frozen=True, slots=True)
class AlertClock:
    """Until when the body is to meet, and the first meeting that stands."""

    article: Cited | None = told("the article that names the period; none if none does")
    due: Instant | None = told("when the period has run; none where the charter names none")
    meeting: str = told("the symbol of the first meeting that stands; empty if none")
    starts: Instant | None = told("when that begins; none without one")
    within: bool | None = told("true if it begins within the period; none if that is not known")


@dataclass(frozen=True, slots=True)
class ToldParty:
    """Who was told, by the first line of its own book that names the alert."""

    party: str = told("a party of the body other than the one that raised the alert")
    line: LineName | None = told("the first line of its book that shows it has it; none if none")
    at: Instant | None = told("the time that this line claims; none without one")


@dataclass(frozen=True, slots=True)
class Alert:
    """An early warning in six points, and what came of it."""

    symbol: str = told("its symbol")
    body: str = told("the body that is warned")
    party: str = told("who raised it")
    at: Instant = told("when")
    line: LineName = told("the line that holds it")
    drill: bool = told("true if it is a test, which owes nothing")
    points: tuple[AlertPoint, ...] = told("the six points, in their order")
    matter: str = told("the symbol of the matter that it is about; empty if it names none")
    matters: tuple[str, ...] = told("the symbols of matters of which a version names the alert")
    evidence: dict[str, str] = told("the files that it names, each with its SHA-256")
    answers: tuple[AlertAnswer, ...] = told("the answers, those of each party together")
    received: tuple[ToldParty, ...] = told("who had it, as the books show")
    clock: AlertClock | None = told("the meeting clock; none of a test")
    closed: Answer | None = told("how it was ended, by whom and when; none while it is open")
    awaiting: tuple[Awaited, ...] = told("whom it waits for, and for what")
    final: bool = told("true if every other party has received all that it rests on")
    erased: NoWords | None = told("that its words were erased; none if they were not")


@dataclass(frozen=True, slots=True)
class Alerts:
    """Every alert, the one raised last first."""

    alerts: tuple[Alert, ...] = told("the alerts")
