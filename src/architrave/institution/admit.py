"""Admission and the fold: which acts count, and what each one does.

`STEPS` has one row per kind of act (what it does), `RIGHTS` one row per kind (who may do it, and
the check of its own). A missing row is a fault of ours, and a test looks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from architrave.institution import (
    alerts,
    amendments,
    attestations,
    crisis,
    duties,
    erasure,
    matters,
    meetings,
    offices,
    picture,
    record_acts,
    remarks,
    successions,
    suspensions,
)
from architrave.institution.act_reading import read_act
from architrave.institution.acts import (
    AcceptedReport,
    Acknowledged,
    Act,
    Alerted,
    Amended,
    Appointed,
    Assessed,
    Attested,
    Closed,
    Confirmed,
    Consulted,
    Contested,
    Convened,
    Corrected,
    Deposited,
    Erased,
    Founded,
    KeyDelegated,
    KeyRevoked,
    LogSucceeded,
    Minuted,
    NotifiedWithdrawal,
    Positioned,
    Released,
    Reported,
    RescindedNotice,
    Responded,
    Resumed,
    Retracted,
    Revised,
    Suspended,
    SuspendedNotice,
    Tabled,
    Vacated,
    WithdrewMatter,
    kind_of,
)
from architrave.institution.cadence import LAST_YEAR, within_calendar
from architrave.institution.questions import key_serves
from architrave.institution.state import Admitted, Fact, Institution, Refused, View, add
from architrave.record.entries import Tip
from architrave.record.errors import Malformed
from architrave.record.history import History
from architrave.record.keys import PublicKey
from architrave.record.tombstones import HeldAct

__all__ = ["RIGHTS", "STEPS", "Right", "Signer", "admit", "fold", "fold_entry"]

Step = Callable[[Institution, Fact], Institution]
Check = Callable[[Institution, View, Fact], Refused | None]


class Signer(Enum):
    """Whose key signs an act."""

    OFFICER = "an officer, for a seat"
    PARTY_KEY = "the party key"
    EITHER = "an officer or the party key"


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do an act: whose key signs, the charter's permit asked for, and its own check."""

    signer: Signer
    permit: str
    check: Check


STEPS: Mapping[type[Act], Step] = {
    Founded: record_acts.found,
    Tabled: matters.table,
    Revised: matters.revise,
    Positioned: matters.move,
    Retracted: matters.move,
    WithdrewMatter: matters.move,
    Reported: duties.report,
    AcceptedReport: duties.accept_report,
    NotifiedWithdrawal: duties.notify,
    SuspendedNotice: duties.change_notice,
    RescindedNotice: duties.change_notice,
    Suspended: suspensions.change,
    Resumed: suspensions.change,
    Consulted: crisis.consult,
    Acknowledged: crisis.consult_on,
    Assessed: crisis.consult_on,
    Closed: crisis.consult_on,
    Alerted: alerts.alert,
    Responded: alerts.respond,
    Attested: attestations.attest,
    Convened: meetings.convene,
    Minuted: meetings.minute,
    Appointed: offices.seat_changed,
    Vacated: offices.seat_changed,
    KeyDelegated: offices.key_delegated,
    KeyRevoked: offices.key_revoked,
    LogSucceeded: successions.succeeded,
    Amended: amendments.amend,
    Deposited: record_acts.deposit,
    Released: record_acts.release,
    Erased: erasure.erase,
    Confirmed: remarks.remark,
    Corrected: remarks.remark,
    Contested: remarks.remark,
}

RIGHTS: Mapping[type[Act], Right] = {
    Founded: Right(Signer.PARTY_KEY, "", record_acts.may_found),
    Tabled: Right(Signer.OFFICER, "table", matters.may_table),
    Revised: Right(Signer.OFFICER, "revise", matters.may_revise),
    Positioned: Right(Signer.OFFICER, "position", matters.may_position),
    Retracted: Right(Signer.OFFICER, "retract", matters.may_retract),
    WithdrewMatter: Right(Signer.OFFICER, "withdraw-matter", matters.may_withdraw_matter),
    Reported: Right(Signer.OFFICER, "report", duties.may_report),
    AcceptedReport: Right(Signer.OFFICER, "accept-report", duties.may_accept_report),
    NotifiedWithdrawal: Right(Signer.OFFICER, "withdraw", duties.may_notify),
    SuspendedNotice: Right(Signer.OFFICER, "suspend-notice", duties.may_change_notice),
    RescindedNotice: Right(Signer.OFFICER, "rescind-notice", duties.may_change_notice),
    Suspended: Right(Signer.OFFICER, "suspend", suspensions.may_suspend),
    Resumed: Right(Signer.OFFICER, "resume", suspensions.may_resume),
    Consulted: Right(Signer.OFFICER, "consult", crisis.may_consult),
    Acknowledged: Right(Signer.OFFICER, "acknowledge", crisis.may_acknowledge),
    Assessed: Right(Signer.OFFICER, "assess", picture.may_assess),
    Closed: Right(Signer.OFFICER, "close", crisis.may_close),
    Alerted: Right(Signer.OFFICER, "alert", alerts.may_alert),
    Responded: Right(Signer.OFFICER, "respond", alerts.may_respond),
    Attested: Right(Signer.OFFICER, "attest", attestations.may_attest),
    Convened: Right(Signer.OFFICER, "convene", meetings.may_convene),
    Minuted: Right(Signer.OFFICER, "minute", meetings.may_minute),
    Appointed: Right(Signer.EITHER, "appoint", offices.may_appoint),
    Vacated: Right(Signer.EITHER, "vacate", offices.may_vacate),
    KeyDelegated: Right(Signer.PARTY_KEY, "delegate-key", offices.may_delegate_key),
    KeyRevoked: Right(Signer.PARTY_KEY, "revoke-key", offices.may_revoke_key),
    LogSucceeded: Right(Signer.PARTY_KEY, "succeed-log", successions.may_succeed),
    Amended: Right(Signer.OFFICER, "amend", amendments.may_amend),
    Deposited: Right(Signer.OFFICER, "deposit", record_acts.may_deposit),
    Released: Right(Signer.OFFICER, "release", record_acts.may_release),
    Erased: Right(Signer.OFFICER, "erase", erasure.may_erase),
    Confirmed: Right(Signer.OFFICER, "confirm", remarks.may_confirm),
    Corrected: Right(Signer.OFFICER, "correct", remarks.may_correct),
    Contested: Right(Signer.OFFICER, "contest", remarks.may_contest),
}


class Signed(Protocol):
    """What says whose signature an act carries."""

    def signed_by(self, key: PublicKey, institution: str, /) -> bool:
        """Say whether the key signed it for this institution."""


def admit(state: Institution, past: View, fact: Fact, sealed: Signed) -> Admitted | Refused:
    """Judge an act against its own past; a refusal is a value and cites the article.

    The charter is the one in force in that past, whatever has amended it since.
    """
    act, right = fact.act, RIGHTS[type(fact.act)]
    if state.amended:
        state = state.but(charter=amendments.charter_at(state, past))
    article = state.charter.article_permitting(right.permit) if right.permit else None
    number = article.number if article is not None else ""
    if right.permit and article is None:
        return Refused("", f"no article of the charter permits this ({right.permit}).")
    if fact.tip.size == 1 and not isinstance(act, Founded):
        return Refused(number, "the first entry of a log founds it, and nothing else stands there.")
    misplaced = successions.beginning_fault(state, past, fact)
    if misplaced:
        return Refused(number, misplaced)
    if act.party != fact.party:
        return Refused(number, f"an act of {act.party} stands in the log of {fact.party}.")
    if act.audience != fact.audience:
        return Refused(number, "the act and the line that carries it name different readers.")
    if not within_calendar(act.at):
        return Refused(number, f"the act is dated before 1970 or after {LAST_YEAR - 1}.")
    if any(past.of(state.acts.get(fact.name, ()))):
        return Refused(number, "the same act stands in the record already.")
    fault = _signature_fault(state, past, fact, sealed, right, number)
    if fault is not None:
        return fault
    refused = right.check(state, past, fact)
    if refused is None:
        return Admitted(number)
    return refused if refused.article else replace(refused, article=number)


def _signature_fault(
    state: Institution, past: View, fact: Fact, sealed: Signed, right: Right, number: str
) -> Refused | None:
    act = fact.act
    try:
        key = PublicKey.parse(act.key)
    except Malformed:
        return Refused(number, "the signing key is not a key in base64.")
    if not sealed.signed_by(key, state.founding.id):
        return Refused(number, "the officer's signature does not match the act.")
    if not act.seat:
        if right.signer is Signer.OFFICER:
            return Refused(number, f"{kind_of(act)} is signed by an officer, for a seat.")
        if key != state.founding.named(fact.party).party_key:
            return Refused(number, "without a seat only the party key signs.")
        return None
    if right.signer is Signer.PARTY_KEY:
        return Refused(number, f"{kind_of(act)} is signed with the party key, for no seat.")
    seat = state.charter.find_seat(act.seat)
    if seat is None or seat.party != fact.party:
        return Refused(number, f"{fact.party} has no seat {act.seat}.")
    if not key_serves(state, past, act.key, act.seat):
        return Refused(number, f"the key does not serve the present holder of {act.seat}.")
    return None


def fold_entry(
    state: Institution, history: History, tip: Tip, sealed: HeldAct
) -> tuple[Institution, Admitted | Refused]:
    """Add one act that can be judged; its verdict is kept if it is void."""
    header = history.entry(tip).header
    assert header.to is not None
    party = state.party_of(tip.origin)
    try:
        read = read_act(sealed)
    except Malformed as fault:
        refused = Refused("", str(fault))
        return state.but(refused=state.refused.set(tip, refused)), refused
    act = read.act
    fact = Fact(tip, party, header.t, header.to, read.name, act)
    past = _past(history, tip, fact)
    verdict = admit(state, past, fact, sealed)
    if isinstance(verdict, Refused):
        state = state.but(
            refused=state.refused.set(tip, verdict),
            void=add(state.void, fact.name, fact),
        )
        if verdict.late and isinstance(act, Positioned):
            state = state.but(late=add(state.late, act.matter, fact))
        return state, verdict
    state = state.but(acts=add(state.acts, fact.name, fact))
    if state.amended and isinstance(act, Tabled | Revised):
        # Asked before the step is taken: it may be what makes the version known.
        state = state.but(under=state.under.set(tip, amendments.charter_at(state, past)))
    return STEPS[type(act)](state, fact), verdict


def _past(history: History, tip: Tip, fact: Fact) -> View:
    return View(history, history.past(tip), fact.audience)


def fold(
    state: Institution, history: History, tips: list[Tip], acts: Mapping[bytes, HeldAct]
) -> Institution:
    """Add acts in causal order; `acts` holds them by their seals."""
    for tip in tips:
        seal = history.entry(tip).header.seal
        assert seal is not None
        state, _ = fold_entry(state, history, tip, acts[seal])
    return state
