"""From what an officer typed to an act: names resolved, what can be known filled in.

Nothing here decides whether the act is admitted: the node does. What is checked here is what the
officer would rather hear before signing: a missing language, a field that is not there, a symbol
that names nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from architrave.charter.model import Body
from architrave.institution.acts import (
    KINDS,
    Act,
    Alerted,
    Appointed,
    Consulted,
    Convened,
    NotifiedWithdrawal,
    Reported,
    Tabled,
    document_of,
)
from architrave.institution.record_acts import opened
from architrave.institution.state import Fact
from architrave.portal.composing.building import build_act
from architrave.portal.composing.fields import (
    Tree,
    require_known,
    require_languages,
    required_missing,
)
from architrave.portal.composing.finding import (
    act_found,
    body_found,
    matter_found,
    nearest,
    party_found,
    row_found,
    seat_found,
    standing_found,
    words_found,
)
from architrave.portal.composing.held import Held
from architrave.portal.composing.instants import instant
from architrave.portal.composing.meeting_fields import with_meeting
from architrave.portal.composing.unclear import Unclear
from architrave.portal.composing.warning_fields import with_warning

__all__ = [
    "Meant",
    "act_body",
    "erasure_audience",
    "meant",
    "next_symbol",
    "references",
    "same_but_time",
    "with_article",
]

_PUBLIC_KINDS = ("founded", "log-succeeded", "released")


@dataclass(frozen=True, slots=True)
class Meant:
    """An act that waits for its signature, and whether its symbol was proposed and not typed."""

    act: Act
    symbol_proposed: bool


def meant(
    look: Held,
    kind: str,
    tree: Tree,
    to: str | None,
    now: int,
    signer: Callable[[Body | None], tuple[str, str]],
) -> Meant:
    """The act that an officer means; Unclear, naming the field, if something is not clear.

    `signer` says for the body in which it is done (None: about seats, keys or the record) the
    seat for which it is signed, empty where the party key signs, and the public key in base64.
    """
    tree = with_warning(look, kind, with_meeting(look, kind, references(look, kind, tree)))
    proposed = "symbol" not in tree and "symbol" in _names(kind)
    body = act_body(look, kind, tree)
    if proposed and body is not None:
        tree["symbol"] = next_symbol(look, body.id, look.party, now)
    if kind == "founded":
        tree.setdefault("founding", look.state.founding.id)
        tree.setdefault("charter", look.state.founding.charter)
    tree = with_alias(look, kind, with_article(look, kind, tree, body))
    missing = required_missing(kind, tree)
    if missing:
        raise Unclear(f"{kind}: {', '.join(missing)}: missing; `architrave act --kinds` says more.")
    unknown = tree.get("unknown", ())
    told = {name: value for name, value in tree.items() if name not in unknown}
    require_languages(told, look.charter.languages, kind)
    require_known(told, kind)
    seat, key = signer(body)
    said: Tree = {
        **tree,
        "party": look.party,
        "key": key,
        "at": _moment(look, now),
        "to": audience(look, kind, to, tree),
    }
    if seat:
        said["seat"] = seat
    return Meant(build_act(kind, said), proposed)


def _names(kind: str) -> frozenset[str]:
    return frozenset(KINDS[kind].__struct_fields__)


def _moment(look: Held, now: int) -> int:
    """A claim of the time (ms) that no earlier act of this party has: it tells acts apart."""
    mine = [
        fact.act.at
        for facts in look.state.acts.values()
        for fact in facts
        if fact.party == look.party
    ]
    return max([now, *(at + 1 for at in mine if at >= now)])


def audience(look: Held, kind: str, to: str | None, tree: Tree) -> list[str]:
    """Whom an act is released to: the origins named, this party's among them; by default all.

    An erasure goes by default to those who may read the act that it erases.
    """
    if to is None:
        if kind == "erased":
            return erasure_audience(look, str(tree.get("act", "")))
        return ["public"] if kind in _PUBLIC_KINDS else sorted(look.state.founding.origins)
    if to.strip() == "public":
        return ["public"]
    parties = {party_found(look.charter, one.strip()).id for one in to.split(",")}
    return sorted(look.state.origin_of(party) for party in parties | {look.party})


def erasure_audience(look: Held, name: str) -> list[str]:
    """Who may read the act of this name: everyone, once it is public or released."""
    facts = [*look.state.acts.get(name, ()), *look.state.void.get(name, ())]
    if not facts:
        raise Unclear("act: no record entry of that name is here.")
    if opened(look.state, look.view, facts[0]):
        return ["public"]
    return list(facts[0].act.to)


def with_alias(look: Held, kind: str, tree: Tree) -> Tree:
    """The tree with an alias for the holder: a new one, or the one of the seat's appointment."""
    if kind == "appointed":
        return {"alias": os.urandom(8).hex(), **tree}
    if kind == "key-delegated" and "alias" not in tree:
        facts = look.view.of(look.state.seats.get(str(tree.get("office")), ()))
        for fact in reversed(list(facts)):
            if isinstance(fact.act, Appointed) and fact.act.holder == tree.get("holder"):
                return {**tree, "alias": fact.act.alias} if fact.act.alias else tree
    return tree


def references(look: Held, kind: str, tree: Tree) -> Tree:
    """The tree with symbols, lines and version numbers replaced by the names of acts."""
    found = dict(tree)
    if "matter" in found:
        matter = matter_found(look, str(found["matter"]))
        found["matter"] = matter.name
        if "version" in _names(kind):
            found["version"] = _version(look, matter, found.get("version"))
    for field in ("consultation", "alert"):
        if field in found:
            found[field] = act_found(look, str(found[field])).name
    if "act" in found:
        named = words_found if kind == "erased" else act_found
        found["act"] = named(look, str(found["act"])).name
    if "notice" in found:
        found["notice"] = _notice(look, str(found["notice"]))
    if "report" in found:
        found["report"] = _report(look, str(found["report"]))
    if "row" in found:
        row, digest = row_found(look, str(found["row"]))
        found = {"digest": digest, **found, "row": row}
    if "office" in found:
        found["office"] = seat_found(look.charter, str(found["office"])).id
    if "body" in found:
        found["body"] = body_found(look.charter, str(found["body"])).id
    if isinstance(found.get("effect"), str):
        found["effect"] = instant(found["effect"], look.charter, f"{kind}: effect")
    silence = found.get("silence")
    if isinstance(silence, dict) and isinstance(silence.get("expiry"), str):
        expiry = instant(silence["expiry"], look.charter, f"{kind}: expiry")
        found["silence"] = {**silence, "expiry": expiry}
    return found


def _version(look: Held, matter: Fact, typed: object) -> str:
    versions = [one.version.name for one in standing_found(look, matter).versions]
    if typed is None:
        if len(versions) == 1:
            return versions[0]
        raise Unclear(f"version: the matter has {len(versions)}; say which, for example version=2.")
    text = str(typed)
    if text.isdecimal() and len(text) < 4:
        if not 1 <= int(text) <= len(versions):
            raise Unclear(f"version: there is no version {text}; the matter has {len(versions)}.")
        return versions[int(text) - 1]
    named = [one for one in versions if one.startswith(text)]
    if len(named) != 1:
        raise Unclear(f"version: {text!r} names no version of the matter.")
    return named[0]


def _notice(look: Held, text: str) -> str:
    fact = act_found(look, text)
    if isinstance(fact.act, NotifiedWithdrawal):
        return fact.name
    mine = [
        one
        for one in look.view.of(look.state.notices.get(fact.name, ()))
        if isinstance(one.act, NotifiedWithdrawal) and one.party == look.party
    ]
    if not mine:
        capital = look.capital(look.party)
        raise Unclear(f"notice: {capital} has given no notice of withdrawal from {text}.")
    return mine[-1].name


def _report(look: Held, text: str) -> str:
    fact = act_found(look, text)
    if isinstance(fact.act, Reported):
        return fact.name
    given = [
        one
        for one in look.view.of(look.state.reports.get(fact.name, ()))
        if isinstance(one.act, Reported) and one.party != look.party
    ]
    if len(given) == 1:
        return given[0].name
    lines = ", ".join(look.line(one.tip) for one in given) or "none"
    raise Unclear(f"report: say by its line which report under {text} is meant: {lines}.")


def act_body(look: Held, kind: str, tree: Tree) -> Body | None:
    """The body in which an act is done; None for one about seats, keys or the record."""
    if "body" in _names(kind):
        if "body" not in tree:
            known = [body.id for body in look.charter.bodies]
            raise Unclear(f"{kind}: body: missing; {nearest('', known)}.")
        return look.charter.body(tree["body"])
    for field in ("matter", "consultation", "alert", "notice", "report", "meeting"):
        if field in tree:
            return _body_about(look, str(tree[field]))
    return None


def _body_about(look: Held, name: str) -> Body | None:
    for fact in look.state.acts.get(name, ()):
        if isinstance(fact.act, Alerted | Consulted | Convened | Tabled):
            return look.charter.body(fact.act.body)
        if isinstance(fact.act, NotifiedWithdrawal | Reported):
            return _body_about(look, fact.act.matter)
    return None


def next_symbol(look: Held, body: str, party: str, now: int) -> str:
    """The next symbol that a party has not issued in a body this year, by its own calendar."""
    offset = timedelta(minutes=look.charter.party(party).offset_minutes)
    year = (datetime.fromtimestamp(now / 1000, UTC) + offset).year
    head = f"{body}/{year}/{party}/"
    taken = _numbers(symbol.removeprefix(head) for symbol in look.state.symbols if head in symbol)
    return f"{head}{max(taken, default=0) + 1}"


def _numbers(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal()]


def with_article(look: Held, kind: str, tree: Tree, body: Body | None) -> Tree:
    """The tree with the article that decides a text of its kind and nature, where none is named."""
    wording = tree.get("wording")
    if body is None or not isinstance(wording, dict):
        return tree
    wording = {"nature": look.charter.legal_nature, **wording}
    found = {**tree, "wording": wording}
    silence = found.get("silence")
    if "article" not in found and "instrument" in wording:
        permit = "silence" if silence is not None else "decide"
        article = look.charter.article_for(
            body.id, permit, str(wording["instrument"]), str(wording["nature"])
        ) or look.charter.article_for(body.id, permit)
        if article is None:
            raise Unclear(f"{kind}: no article of the charter lets {body.id} {permit}.")
        found["article"] = article.number
    if isinstance(silence, dict) and "article" in found:
        found["silence"] = {"article": found["article"], **silence}
    return found


def same_but_time(one: Act, other: Act, symbol_too: bool) -> bool:
    """Say whether two acts say the same, apart from their time and, if so wished, their symbol."""
    left, right = document_of(one), document_of(other)
    apart = {"at", "key", "alias"} | (set() if symbol_too else {"symbol"})
    return {k: v for k, v in left.items() if k not in apart} == {
        k: v for k, v in right.items() if k not in apart
    }
