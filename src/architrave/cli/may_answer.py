"""May we do this? Yes, no or not yet, with the articles and what is missing.

The verdict is that of a rehearsal (`may_act`); what has no act in this version of the record is
answered from the charter's articles. Nothing here decides anything a second time.
"""

from __future__ import annotations

from dataclasses import dataclass

from architrave.charter.explain import rule_text
from architrave.charter.model import Article
from architrave.charter.phrases import phrase
from architrave.cli.look import Look, in_english
from architrave.cli.may_act import (
    OF_SEATS,
    Rehearsal,
    decider,
    earliest_effect,
    matter_of,
    rehearse,
    signing_fault,
    stand_in,
)
from architrave.cli.may_reading import Question
from architrave.institution.acts import KINDS, Act
from architrave.institution.admit import RIGHTS
from architrave.institution.pending import awaiting_version, focus
from architrave.institution.standing import MatterStanding, Stage
from architrave.institution.state import Refused
from architrave.portal.words import say_of

__all__ = ["Answer", "Cited", "answered"]

_GOING_ON = (Stage.OPEN, Stage.RUNNING, Stage.CLOSING, Stage.BROKEN)
_NEEDS_DECISION = ("notified-withdrawal", "reported", "accepted-report", "suspended")

_VERBS = {
    "tabled": "table {text} in {body}",
    "revised": "put a new version of {symbol}",
    "retracted": "take back its position in {symbol}",
    "withdrew-matter": "take {symbol} off the table",
    "reported": "report under {symbol}",
    "accepted-report": "accept a report under {symbol}",
    "notified-withdrawal": "give notice of withdrawal from {symbol}",
    "suspended-notice": "suspend the effect of its notice under {symbol}",
    "rescinded-notice": "take back its notice under {symbol}",
    "suspended": "suspend {symbol} for itself",
    "resumed": "resume {symbol}",
    "consulted": "ask to consult in {body}",
    "acknowledged": "answer {symbol}",
    "assessed": "give its reading of a point of {symbol}",
    "closed": "close {symbol}",
    "alerted": "raise an alert in {body}",
    "responded": "answer the alert {symbol}",
    "attested": "say what came of evidence of {symbol}",
    "convened": "convene {body}",
    "minuted": "write its minutes of {symbol}",
    "appointed": "appoint the holder of {seat}",
    "vacated": "vacate {seat}",
    "key-delegated": "delegate a key for {seat}",
    "key-revoked": "revoke the key that serves {seat}",
    "log-succeeded": "carry on a minute book under another key",
    "amended": "say that the charter runs as {symbol} amends it",
    "deposited": "deposit a document",
    "released": "release what it wrote to the public",
    "erased": "have the words of its own entry erased",
    "confirmed": "confirm a row of the register",
    "corrected": "propose a correction of a row of the register",
    "contested": "contest a row of the register",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """An article that an answer rests on."""

    number: str
    cite: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON shape of `architrave may`: `answer` is yes, no or not-yet.

    `sentence` says it with its article; `missing` names what stands in the way of *not yet*;
    `notes` say what else an officer should know.
    """

    asked: str
    party: str
    doing: str
    body: str
    symbol: str
    answer: str
    sentence: str
    articles: tuple[Cited, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]


def answered(look: Look, asked: Question) -> Answer:
    """The answer to a question; Unclear if the question lacks a body or a text."""
    if asked.doing == "decide":
        if asked.about is not None:
            return _outcome(look, asked)
        return _by_act(look, asked, "tabled")
    if asked.doing in KINDS:
        return _by_act(look, asked, asked.doing)
    return _by_article(look, asked)


def _said(
    look: Look,
    asked: Question,
    answer: str,
    sentence: str,
    articles: list[Article],
    missing: list[str] | None = None,
    notes: list[str] | None = None,
) -> Answer:
    told = list(notes or [])
    body = look.charter.find_body(asked.body) if asked.body else None
    if body is not None and body.proposed:
        told.append(f"{body.id} ({body.name['en']}) is proposed; it does not exist.")
    return Answer(
        asked=asked.asked,
        party=asked.party,
        doing=asked.doing,
        body=asked.body,
        symbol=look.symbol(asked.about.name) if asked.about is not None else "",
        answer=answer,
        sentence=sentence,
        articles=tuple(
            Cited(one.number, look.cite(one.number), in_english(one.title), in_english(one.text))
            for one in dict.fromkeys(articles)
        ),
        missing=tuple(missing or []),
        notes=tuple(told),
    )


# What an act can be rehearsed for


def _by_act(look: Look, asked: Question, kind: str) -> Answer:
    act = stand_in(look, asked, kind)
    permitting = _permitting(look, asked, kind)
    if isinstance(act, str):
        wait = _undecided(look, asked, kind)
        if wait is not None:
            return _said(look, asked, "not-yet", *_waits(look, wait, permitting))
        soon = "not-yet" if kind == "accepted-report" else "no"
        return _said(look, asked, soon, f"{act}.", permitting, [act] if soon != "no" else [])
    subject = asked.about
    found = rehearse(look, act, subject)
    if found.mine is None:
        return _yes(look, asked, kind, act, permitting)
    if found.everything is None:
        return _not_received(look, asked, found, permitting)
    wait = _undecided(look, asked, kind)
    if wait is not None:
        return _said(look, asked, "not-yet", *_waits(look, wait, permitting))
    return _no(look, asked, kind, found.everything, permitting)


def _permitting(look: Look, asked: Question, kind: str) -> list[Article]:
    permit = RIGHTS[KINDS[kind]].permit
    found = look.charter.article_for(asked.body, permit) if asked.body else None
    found = found or look.charter.article_permitting(permit)
    return [found] if found is not None else []


def _yes(look: Look, asked: Question, kind: str, act: Act, permitting: list[Article]) -> Answer:
    capital, doing = look.capital(asked.party), _doing(look, asked, kind)
    fault = signing_fault(look, kind, asked.party, asked.body, asked.seat)
    articles, notes = list(permitting), []
    if kind == "tabled":
        article, _, _ = decider(look, asked)
        if article is not None:
            articles.append(article)
            notes += _decision_notes(look, asked, article)
    if kind == "notified-withdrawal":
        effect = int(getattr(act, "effect", 0))
        at = "with effect at" if asked.on is not None else "with effect no earlier than"
        doing += f" {at} {look.clocks(effect)}"
    cited = look.cite(articles[0].number) if articles else "the charter"
    if kind == "tabled" and asked.silence and len(articles) > 1:
        cited = look.cite(articles[1].number)
    if fault:
        missing = f"{fault}, so nobody can sign for {capital}"
        return _said(look, asked, "not-yet", f"{missing}.", articles, [fault], notes)
    return _said(look, asked, "yes", f"{cited} lets {capital} {doing}.", articles, [], notes)


def _decision_notes(look: Look, asked: Question, article: Article) -> list[str]:
    notes = []
    if article.rule is not None:
        notes.append(
            f"It is decided under {look.cite(article.number)}: {rule_text(article.rule, 'en')}."
        )
    if asked.silence and article.minimum_period is not None:
        parties = look.charter.body(asked.body).parties
        ends = [
            article.minimum_period.end_after(look.at, look.charter.party(one)) for one in parties
        ]
        notes.append(
            f"Each capital's own period is at least {article.minimum_period} from when it has the "
            f"text; if all had it now, the last would end {look.clocks(max(ends))}."
        )
    return notes


def _not_received(
    look: Look, asked: Question, found: Rehearsal, permitting: list[Article]
) -> Answer:
    what = "all that this rests on" if found.holds_subject else "the text"
    missing = f"{look.capital(asked.party)} has not received {what}"
    return _said(look, asked, "not-yet", f"{missing}.", permitting, [missing])


def _undecided(look: Look, asked: Question, kind: str) -> MatterStanding | None:
    """The matter, if what is asked for needs it decided and it still can be."""
    if kind not in _NEEDS_DECISION:
        return None
    standing = matter_of(look, asked)
    going_on = standing.decided is None and focus(standing).stage in _GOING_ON
    return standing if going_on else None


def _waits(
    look: Look, standing: MatterStanding, permitting: list[Article]
) -> tuple[str, list[Article], list[str]]:
    shown = focus(standing)
    needs: dict[str, list[str]] = {}
    for one in awaiting_version(look.state, look.view, standing, shown):
        needs.setdefault(one.need, []).append(one.party)
    missing = [f"{look.capitals(who)}: {say_of('need', need, 'en')}" for need, who in needs.items()]
    stage = say_of("stage", shown.stage, "en")
    sentence = f"{standing.symbol} is not decided ({stage}); {'; '.join(missing)}."
    return sentence, [*permitting, shown.version.article], missing


def _no(
    look: Look, asked: Question, kind: str, refused: Refused, permitting: list[Article]
) -> Answer:
    cited = look.charter.find_article(refused.article) if refused.article else None
    articles = [cited] if cited is not None else permitting
    capital = look.capital(asked.party)
    if kind == "tabled":
        other = _undecidable(look, asked)
        if other is not None:
            return _said(look, asked, "no", *other)
    if kind == "notified-withdrawal" and asked.on is not None and cited is not None:
        first = earliest_effect(look, asked)
        if first is not None and asked.on < first and matter_of(look, asked).decided is not None:
            sentence = (
                f"{look.cite(cited.number)} asks for {cited.minimum_period} of notice; given now, "
                f"{capital}'s takes effect at the earliest {look.clocks(first)}."
            )
            return _said(look, asked, "no", sentence, articles)
    reason = look.plain(refused.reason)
    under = f"{look.cite(refused.article)}: " if refused.article else ""
    return _said(look, asked, "no", f"{under}{reason}", articles)


def _undecidable(look: Look, asked: Question) -> tuple[str, list[Article]] | None:
    """What a body may decide instead, if no article of the charter decides the text asked about."""
    article, instrument, nature = decider(look, asked)
    if article is not None:
        return None
    permit = "silence" if asked.silence else "decide"
    how = "adopt by silence" if asked.silence else "decide"
    articles = list(look.charter.articles_for(asked.body, permit))
    same = [one for one in articles if one.legal_nature == nature]
    text = _named(instrument, nature, look.charter.legal_nature)
    if not same:
        nobody = f"no article lets {asked.body} {how} {text}"
        return f"{nobody}.", articles
    sure = "; ".join(
        f"{look.cite(one.number)} lets {asked.body} {how} only {_choice(one)}" for one in same
    )
    return f"{sure}; not {text}.", same


def _choice(article: Article) -> str:
    names = [_a(one.replace("-", " ")) for one in article.instruments] or ["any text"]
    joined = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return joined if article.legal_nature == "political" else f"{joined} ({article.legal_nature})"


def _named(instrument: str, nature: str, usual: str) -> str:
    """A text by its kind, and by its legal nature where that is not the charter's own."""
    name = instrument.replace("-", " ")
    return _a(name if nature == usual else f"{nature} {name}")


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"


def _doing(look: Look, asked: Question, kind: str) -> str:
    """What is asked for, as the end of "lets Tokyo"."""
    symbol = ""
    if asked.about is not None:
        symbol = look.symbol(asked.about.name) or look.line(asked.about.tip)
    if kind == "positioned":
        return f"state its position ({phrase(str(asked.position), 'en')}) in {symbol}"
    seat = asked.seat
    if not seat and asked.body and kind in OF_SEATS:
        seat = look.charter.body(asked.body).seat_of(asked.party).id
    text = ""
    if kind == "tabled":
        _, instrument, nature = decider(look, asked)
        text = _named(instrument, nature, look.charter.legal_nature)
        if asked.silence:
            text += " for adoption by silence"
    return _VERBS[kind].format(text=text, body=asked.body, symbol=symbol, seat=seat)


# What is answered by where a matter stands, or by the charter alone


def _outcome(look: Look, asked: Question) -> Answer:
    """Whether a matter is decided, and if not, whom it waits for."""
    standing = matter_of(look, asked)
    shown = focus(standing)
    articles = [shown.version.article]
    cited = look.cite(shown.version.article.number)
    if standing.decided is not None:
        stage = "stands" if shown.stage is Stage.IN_FORCE else "is agreed"
        return _said(look, asked, "yes", f"{standing.symbol} {stage} under {cited}.", articles)
    if shown.stage in _GOING_ON:
        return _said(look, asked, "not-yet", *_waits(look, standing, []))
    stage = say_of("stage", shown.stage, "en")
    return _said(look, asked, "no", f"{standing.symbol}: {stage} ({cited}).", articles)


def _by_article(look: Look, asked: Question) -> Answer:
    """The charter permits it or not; the record has no entry for it in this version."""
    permit = asked.doing
    article = (look.charter.article_for(asked.body, permit) if asked.body else None) or (
        look.charter.article_permitting(permit) if not asked.body else None
    )
    where = f" in {asked.body}" if asked.body else ""
    if article is None:
        return _said(look, asked, "no", f"no article permits this{where} ({permit}).", [])
    if asked.body and asked.party not in look.charter.body(asked.body).parties:
        sentence = f"{look.capital(asked.party)} takes no part in {asked.body}."
        return _said(look, asked, "no", sentence, [article])
    missing = f"this version of the record has no entry for it ({permit})"
    sentence = f"{look.cite(article.number)} permits it{where}, but {missing}."
    return _said(look, asked, "not-yet", sentence, [article], [missing])
