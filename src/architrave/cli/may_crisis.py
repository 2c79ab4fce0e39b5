"""What an act of a consultation, of an alert or of evidence would say, with texts stood in for."""

from __future__ import annotations

from architrave.cli.faults import Unclear
from architrave.cli.may_reading import Question
from architrave.institution.acts import Alerted, Consulted
from architrave.institution.acts_warning import POINTS
from architrave.institution.pending import focus
from architrave.institution.standing import MatterStanding
from architrave.portal.rows import wording_of

__all__ = ["answering", "asking", "attesting"]

Texts = dict[str, str]


def asking(kind: str, symbol: str, body: str, text: Texts) -> dict[str, object]:
    """The fields of a request to consult, or of an alert, in a body."""
    told = POINTS if kind == "alerted" else ("ground", "facts", "wish")
    return {"symbol": symbol, "body": body, **dict.fromkeys(told, text)}


def answering(kind: str, asked: Question, text: Texts) -> dict[str, object]:
    """The fields of what follows a request or an alert; Unclear if the question names none.

    A reading is of a point that nobody has named: whether one may read does not hang on which.
    """
    about = asked.about
    if kind == "responded":
        if about is None or not isinstance(about.act, Alerted):
            raise Unclear("say which alert is meant, by its symbol.")
        return {"alert": about.name, "offer": text}
    open_to = Alerted | Consulted if kind == "closed" else Consulted
    if about is None or not isinstance(about.act, open_to):
        raise Unclear("say which request to consult is meant, by its symbol.")
    given: dict[str, object] = {"consultation": about.name}
    if kind == "assessed":
        point = {"point": "0" * 40, "reading": "uncertain", "proposition": text}
        return {**given, "account": text, **point}
    return {**given, "answer" if kind == "acknowledged" else "outcome": text}


def attesting(standing: MatterStanding) -> dict[str, object] | str:
    """The fields of an attestation of the first evidence of a matter's version; or why of none."""
    shown = focus(standing)
    named = sorted(wording_of(shown).digests.values())
    if not named:
        return f"{standing.symbol} names no evidence"
    return {
        "matter": standing.name,
        "version": shown.version.name,
        "evidence": named[0],
        "finding": "same",
        "result": named[0],
        "versions": {"architrave": "0"},
    }
