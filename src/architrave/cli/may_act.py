"""The act that a question is about, made up as an officer would sign it, and its rehearsal.

The answer is that of the very check by which every node admits acts (`admit.RIGHTS`), asked of the
past that the party's own book has. Texts are stood in for; no key is used, so whose key would sign
is asked apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from architrave.charter.days import HOUR_MS
from architrave.charter.model import Article
from architrave.cli.amend_verb import text_in_force
from architrave.cli.faults import Unclear
from architrave.cli.look import Look
from architrave.cli.may_crisis import answering, asking, attesting
from architrave.cli.may_reading import Question, examples
from architrave.institution.acts import (
    KINDS,
    Act,
    Alerted,
    Consulted,
    Convened,
    NotifiedWithdrawal,
    Reported,
    document_of,
    name_of,
)
from architrave.institution.admit import RIGHTS, Signer
from architrave.institution.amendments import (
    INSTRUMENT,
    attempts,
    in_force,
    write_amendment,
)
from architrave.institution.duties import pledges_of
from architrave.institution.owed import owed_under
from architrave.institution.pending import focus
from architrave.institution.questions import holder, key_serves
from architrave.institution.standing import MatterStanding
from architrave.institution.state import Fact, Refused, View
from architrave.portal.composing.building import build_act
from architrave.portal.composing.composer import erasure_audience, next_symbol
from architrave.portal.composing.finding import standing_found
from architrave.record.canonical import Value
from architrave.record.entries import Tip
from architrave.record.history import Cut

__all__ = [
    "OF_SEATS",
    "Rehearsal",
    "decider",
    "earliest_effect",
    "matter_of",
    "rehearse",
    "signing_fault",
    "stand_in",
]

OF_SEATS = ("appointed", "vacated", "key-delegated", "key-revoked")
"""The kinds that are about a seat, whoever signs them."""

_DAY = 86_400_000
_FORTNIGHT = 14 * _DAY


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the check says to an act: with what the party's own book has in its past, and with all
    that this copy holds. None means admitted."""

    act: Act
    mine: Refused | None
    everything: Refused | None
    holds_subject: bool


def rehearse(look: Look, act: Act, subject: Fact | None) -> Rehearsal:
    """Put an act to its check, as if its party's node were to write it now."""
    party, check = act.party, RIGHTS[type(act)].check
    origin = look.state.origin_of(party)
    own = look.view.tip(party)
    tip = Tip(look.history.newest(origin), (own.size if own is not None else 0) + 1, b"")
    last = look.history.entry(own).header.t if own is not None else 0
    fact = Fact(tip, party, max(look.at, last), act.audience, name_of(act), act)
    mine = replace(look.view, cut=_past(look, party), audience=act.audience, rehearsal=True)
    everything = replace(look.view, audience=act.audience, rehearsal=True)
    return Rehearsal(
        act,
        check(look.state, mine, fact),
        check(look.state, everything, fact),
        subject is None or look.history.holds(mine.cut, subject.tip),
    )


def _past(look: Look, party: str) -> Cut:
    """What would be in the past of the next line of a party's book, as far as this copy knows."""
    own = look.view.tip(party)
    if party == look.party:
        history, seen = look.history, look.peer.reader.seen_now()
        named = history.seen(own) if own is not None else {}
        tips = [*{**named, **seen}.values(), *([own] if own is not None else [])]
        return history.cut_of(tips)
    return look.history.past(own) if own is not None else Cut({})


def signing_fault(look: Look, kind: str, party: str, body: str, seat: str) -> str:
    """Why nobody could sign this for a party now; empty if somebody could."""
    signer = RIGHTS[KINDS[kind]].signer
    if signer is not Signer.OFFICER:
        return ""
    if seat and kind not in OF_SEATS:
        seats = [seat]
    elif body:
        seats = [look.charter.body(body).seat_of(party).id]
    else:
        seats = [s.id for one in look.charter.bodies for s in one.seats if s.party == party]
    past = replace(look.view, cut=_past(look, party))
    if any(_served(look, past, one) for one in seats):
        return ""
    if len(seats) > 1:
        return f"no seat of {look.capital(party)} has a holder whose key serves"
    if holder(look.state, past, seats[0]) is None:
        return f"the seat {seats[0]} is vacant"
    return f"no officer key serves the holder of {seats[0]}"


def _served(look: Look, past: View, seat: str) -> bool:
    return any(key_serves(look.state, past, key, seat) for key in look.state.keys)


def matter_of(look: Look, asked: Question) -> MatterStanding:
    """The matter that a question is about; Unclear if it names none."""
    if asked.about is None:
        raise Unclear(f"say which text is meant, by its symbol; for example {examples(look)}.")
    subject = asked.about.name
    if isinstance(asked.about.act, Reported | NotifiedWithdrawal):
        subject = asked.about.act.matter
    name = look.state.matter_of.get(subject)
    if name is None:
        raise Unclear(f"{look.symbol(asked.about.name) or 'that line'} is no matter.")
    return standing_found(look, look.state.acts[name][0])


def decider(look: Look, asked: Question) -> tuple[Article | None, str, str]:
    """The article that would decide the text asked about (None if there is none that covers it),
    and its instrument and nature; what is not said is taken from the charter."""
    permit = "silence" if asked.silence else "decide"
    nature = asked.nature or look.charter.legal_nature
    articles = look.charter.articles_for(asked.body, permit)
    fitting = [one for one in articles if one.legal_nature == nature] or list(articles)
    instrument = asked.instrument or next((i for one in fitting for i in one.instruments), "plan")
    found = look.charter.article_for(asked.body, permit, instrument, nature)
    return found, instrument, nature


def stand_in(look: Look, asked: Question, kind: str) -> Act | str:
    """The act that a question is about, with texts stood in for; or why there can be none."""
    fields = _fields(look, asked, kind)
    if isinstance(fields, str):
        return fields
    return build_act(
        kind,
        {
            "party": asked.party,
            "key": look.state.founding.named(asked.party).party_key.text,
            "at": look.at,
            "to": _audience(look, asked, kind),
            **fields,
        },
    )


def _audience(look: Look, asked: Question, kind: str) -> list[str]:
    if kind == "released":
        return ["public"]
    if kind == "erased" and asked.about is not None and not asked.others:
        return erasure_audience(look, asked.about.name)
    if asked.others:
        return sorted(look.state.origin_of(party) for party in (asked.party, *asked.others))
    return sorted(look.state.founding.origins)


def _fields(look: Look, asked: Question, kind: str) -> dict[str, object] | str:
    text = {language: "…" for language in look.charter.languages}
    match kind:
        case "tabled":
            return _tabled(look, asked, text)
        case "revised":
            return _revised(look, asked, text)
        case "positioned":
            return _positioned(look, asked, text)
        case "retracted":
            return {"matter": matter_of(look, asked).name}
        case "withdrew-matter" | "suspended" | "resumed":
            return {"matter": matter_of(look, asked).name, "reason": text}
        case "consulted" | "alerted":
            body = _body(look, asked)
            return asking(kind, next_symbol(look, body, asked.party, look.at), body, text)
        case "acknowledged" | "closed" | "assessed" | "responded":
            return answering(kind, asked, text)
        case "attested":
            return attesting(matter_of(look, asked))
        case "convened":
            return _convened(look, asked)
        case "minuted":
            if asked.about is None or not isinstance(asked.about.act, Convened):
                raise Unclear("say which meeting is meant, by its symbol.")
            name = asked.about.act.moves or asked.about.name
            return {"meeting": name, "held": True, "present": [asked.party], "account": text}
        case "deposited":
            return {"title": text, "digest": "0" * 64, "source": "…"}
        case "confirmed" | "corrected" | "contested":
            # Which row is meant does not matter: the charter asks only who may say so.
            said = {"corrected": "correction", "contested": "reason"}.get(kind, "note")
            return {"row": "ev-any", "digest": "0" * 64, said: text}
        case "released":
            if asked.about is None:
                raise Unclear("say which record entry is meant, by its symbol or line.")
            return {"act": asked.about.name}
        case "erased":
            if asked.about is None:
                raise Unclear("say whose words are meant, by the symbol or line of their entry.")
            return {"act": asked.about.name, "cause": "law"}
        case "appointed" | "vacated" | "key-delegated":
            return _office(look, asked, kind)
        case "amended":
            standing = matter_of(look, asked)
            return {"matter": standing.name, "version": standing.current.version.name}
        case "log-succeeded":
            return "a minute book goes on under another key by a statement: `node succeed`"
        case "key-revoked":
            return _revocation(look, asked, text)
    return _duty(look, asked, kind, text)


def _tabled(look: Look, asked: Question, text: dict[str, str]) -> dict[str, object] | str:
    body = _body(look, asked)
    article, instrument, nature = decider(look, asked)
    permit = "silence" if asked.silence else "decide"
    article = article or look.charter.article_for(body, permit)
    if article is None:
        doing = "adopt by silence" if asked.silence else "decide"
        return f"no article of the charter lets {body} {doing}"
    wording = {"title": text, "summary": text, "instrument": instrument, "nature": nature}
    if instrument == INSTRUMENT:
        base, _ = in_force(look.state, look.view)
        turn = attempts(look.state, look.view, base) + 1
        wording["document"] = write_amendment(base, turn, text_in_force(look) + "# …\n")
    fields: dict[str, object] = {
        "symbol": next_symbol(look, body, asked.party, look.at),
        "body": body,
        "article": article.number,
        "wording": wording,
    }
    if asked.silence:
        expiry = asked.on or look.at + _FORTNIGHT
        fields["silence"] = {"article": article.number, "expiry": expiry}
    return fields


def _body(look: Look, asked: Question) -> str:
    if not asked.body:
        raise Unclear(f"say in which body, for example {examples(look)}.")
    return asked.body


def _revised(look: Look, asked: Question, text: dict[str, str]) -> dict[str, object]:
    standing = matter_of(look, asked)
    document = document_of(focus(standing).version.fact.act)
    kept = {key: document[key] for key in ("article", "wording", "silence") if key in document}
    if isinstance(kept.get("silence"), dict):
        silence: Value = {**dict(kept["silence"]), "expiry": look.at + _FORTNIGHT}  # type: ignore[arg-type]
        kept["silence"] = silence
    return {"matter": standing.name, **kept}


def _positioned(look: Look, asked: Question, text: dict[str, str]) -> dict[str, object]:
    standing = matter_of(look, asked)
    shown = focus(standing)
    if asked.version is not None:
        if asked.version > len(standing.versions):
            raise Unclear(f"{standing.symbol} has {len(standing.versions)} versions.")
        shown = standing.versions[asked.version - 1]
    if asked.position is None:
        raise Unclear("say which position: concur, do not block, abstain, reserve or object.")
    return {
        "matter": standing.name,
        "version": shown.version.name,
        "position": asked.position.value,
        "reason": text,
        "remedy": text,
    }


def _convened(look: Look, asked: Question) -> dict[str, object]:
    """A meeting in two weeks, or on the day asked about; a move of the one asked about."""
    about = asked.about.act if asked.about is not None else None
    if asked.about is not None and isinstance(about, Convened):
        said = document_of(about)
        given = {key: said[key] for key in ("symbol", "body", "consultation") if key in said}
        given["moves"] = about.moves or asked.about.name
    else:
        body = _body(look, asked)
        given = {"symbol": next_symbol(look, body, asked.party, look.at), "body": body}
        if asked.about is not None and isinstance(about, Alerted | Consulted):
            given["consultation"] = asked.about.name
    starts = asked.on or look.at + _FORTNIGHT
    return {**given, "starts": starts, "ends": starts + HOUR_MS}


def _office(look: Look, asked: Question, kind: str) -> dict[str, object]:
    seat = asked.seat or look.charter.body(_body(look, asked)).seat_of(asked.party).id
    if kind == "vacated":
        return {"office": seat}
    if kind == "appointed":
        return {"office": seat, "holder": "…", "language": look.charter.languages[0]}
    # Any key that is none of the founding's would do; this one is the base point's encoding.
    key = "WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY="
    return {"office": seat, "holder": "…", "officer_key": key}


def _revocation(look: Look, asked: Question, text: dict[str, str]) -> dict[str, object] | str:
    seat = asked.seat or look.charter.body(_body(look, asked)).seat_of(asked.party).id
    past = replace(look.view, cut=_past(look, asked.party))
    for key in sorted(look.state.keys):
        if key_serves(look.state, past, key, seat):
            return {"officer_key": key, "reason": text}
    return f"no officer key serves the holder of {seat}"


def _duty(look: Look, asked: Question, kind: str, text: dict[str, str]) -> dict[str, object] | str:
    standing = matter_of(look, asked)
    match kind:
        case "notified-withdrawal":
            effect = asked.on if asked.on is not None else earliest_effect(look, asked)
            return {"matter": standing.name, "effect": effect or look.at, "reason": text}
        case "suspended-notice" | "rescinded-notice":
            given = _last(look, NotifiedWithdrawal, standing.name, {asked.party})
            if given is None:
                capital = look.capital(asked.party)
                return f"{capital} has given no notice of withdrawal from {standing.symbol}"
            return {"notice": given.name, "reason": text}
        case "accepted-report":
            others = set(look.charter.party_ids) - {asked.party}
            report = _last(look, Reported, standing.name, others)
            if isinstance(getattr(asked.about, "act", None), Reported):
                report = asked.about
            if report is None:
                return f"no other capital has reported under {standing.symbol}"
            return {"report": report.name}
    return _report(look, asked, standing, text)


def _last(look: Look, kind: type[Act], matter: str, parties: Iterable[str]) -> Fact | None:
    """The last notice or report by one of some parties under a matter."""
    index = look.state.notices if kind is NotifiedWithdrawal else look.state.reports
    given = [
        fact
        for fact in look.view.of(index.get(matter, ()))
        if isinstance(fact.act, kind) and fact.party in parties
    ]
    return given[-1] if given else None


def _report(
    look: Look, asked: Question, standing: MatterStanding, text: dict[str, str]
) -> dict[str, object] | str:
    pledges = pledges_of(focus(standing).version)
    if not pledges:
        return f"{standing.symbol} holds no commitment"
    seats = {pledge.id: look.charter.find_seat(pledge.owner) for pledge in pledges}
    own = [p for p in pledges if (s := seats[p.id]) is not None and s.party == asked.party]
    pledge = (own or list(pledges))[0]
    rows = owed_under(look.state, look.view, standing, look.final)
    due = next((row.due for row in rows if row.pledge == pledge and row.next), pledge.due)
    return {"matter": standing.name, "pledge": pledge.id, "period": due, "account": text}


def earliest_effect(look: Look, asked: Question) -> int | None:
    """The earliest instant (ms) at which a notice of withdrawal given now may take effect."""
    article = look.charter.article_for(matter_of(look, asked).act.body, "withdraw")
    if article is None or article.minimum_period is None:
        return look.at
    return article.minimum_period.end_after(look.at, look.charter.party(asked.party))
