"""Cross-checks of a charter that has been read: names that must meet, rules that must hold.

Stand-ins that the reader left for unreadable fields (empty text, None) are passed over: their
faults are noted already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

from architrave.charter.forms import Reading, shown
from architrave.charter.lines import Path
from architrave.charter.model import Article, Body, Charter, Rotation, Text
from architrave.charter.proofs import article_tables, table_faults
from architrave.charter.rules import MAX_PARTIES, RuleName

__all__ = ["MOST", "check_charter"]

MOST = 300
"""Of bodies, articles, platforms and phases each: a charter may arrive as an amendment, and every
node checks it."""


_DECIDING = (RuleName.ALL_CONCUR, RuleName.CONSENSUS, RuleName.AT_LEAST)
_FOR_ALL = ("amend", "open-phase")  # what changes the charter for every party
_ONE_DAY = timedelta(days=1)


def check_charter(charter: Charter, reading: Reading) -> None:
    """Note every fault that concerns more than one field."""
    if not _check_counts(charter, reading):
        return  # what follows compares each with each
    _check_ids(charter, reading)
    for index, body in enumerate(charter.bodies):
        _check_body(charter, body, ("bodies", index), reading)
    for index, article in enumerate(charter.articles):
        _check_article(charter, article, ("articles", index), reading)
    _check_one_article_each(charter, reading)
    if charter.legal_nature == "political":
        _check_verbs(charter, reading)


def _check_counts(charter: Charter, reading: Reading) -> bool:
    """Note what there is too little or too much of; False if it is too much to go on."""
    if not 2 <= len(charter.parties) <= MAX_PARTIES:
        reading.fault(("parties",), f"2 to {MAX_PARTIES} parties", str(len(charter.parties)))
    for key, found in [("bodies", charter.bodies), ("articles", charter.articles)]:
        if not found:
            reading.fault((key,), "at least one", "none")
    few = True
    for key, found in [
        ("bodies", charter.bodies),
        ("articles", charter.articles),
        ("platforms", charter.platforms),
        ("phases", charter.phases),
    ]:
        if len(found) > MOST:
            reading.fault((key,), f"at most {MOST}", str(len(found)))
            few = False
    return few


def _check_ids(charter: Charter, reading: Reading) -> None:
    lists: list[tuple[str, str, list[str]]] = [
        ("parties", "id", [one.id for one in charter.parties]),
        ("bodies", "id", [one.id for one in charter.bodies]),
        ("articles", "number", [one.number for one in charter.articles]),
        ("platforms", "id", [one.id for one in charter.platforms]),
        ("phases", "number", [str(one.number or "") for one in charter.phases]),
    ]
    for key, field, ids in lists:
        for index in _repeated(ids):
            reading.fault((key, index, field), "one that is not used before", shown(ids[index]))
    bodies = {body.id for body in charter.bodies}
    for index, platform in enumerate(charter.platforms):
        if platform.id in bodies:
            reading.fault(("platforms", index, "id"), "no body of the charter", platform.id)


def _repeated(ids: list[str]) -> list[int]:
    return [index for index, one in enumerate(ids) if one and one in ids[:index]]


def _check_body(charter: Charter, body: Body, path: Path, reading: Reading) -> None:
    everyone = charter.party_ids
    for party in body.parties:
        if party and party not in everyone:
            reading.fault((*path, "parties"), _one_of(everyone), shown(party))
    if len(body.parties) < 2:
        reading.fault((*path, "parties"), "at least two parties", str(len(body.parties)))
    _check_kinship(charter, body, path, reading)
    if body.proposed and body.phase is None and "phase" not in _raw(reading, path):
        reading.fault((*path, "phase"), "a phase, since the body is proposed", "nothing")
    if body.status == "existing":
        if not _raw(reading, path).get("sources"):
            reading.fault((*path, "sources"), "a source, since the body exists", "none")
        for field in ("phase", "absorbs"):
            if field in _raw(reading, path):
                reading.fault((*path, field), "no such field in an existing body", "one")
    _check_seats(charter, body, path, reading)
    if body.chair is not None:
        _check_chair(body.chair, body, (*path, "chair"), reading)


def _check_kinship(charter: Charter, body: Body, path: Path, reading: Reading) -> None:
    ids = [one.id for one in charter.bodies]
    if body.parent:
        if body.parent not in ids:
            reading.fault((*path, "parent"), "the id of a body", shown(body.parent))
        elif body.id in _ancestors(charter, body):
            reading.fault((*path, "parent"), "no circle of bodies", shown(body.parent))
    for index, one in enumerate(body.absorbs):
        if one not in ids or one == body.id:
            reading.fault((*path, "absorbs", index), "the id of another body", shown(one))


def _ancestors(charter: Charter, body: Body) -> set[str]:
    found: set[str] = set()
    above = body.parent
    while above and above not in found:
        found.add(above)
        parent = charter.find_body(above)
        above = parent.parent if parent is not None else None
    return found


def _check_seats(charter: Charter, body: Body, path: Path, reading: Reading) -> None:
    elsewhere = [seat.id for one in charter.bodies if one is not body for seat in one.seats]
    ids = [seat.id for seat in body.seats]
    for index, seat in enumerate(body.seats):
        place = (*path, "seats", index)
        if seat.id and (seat.id in ids[:index] or seat.id in elsewhere):
            reading.fault((*place, "id"), "one that is not used elsewhere", shown(seat.id))
        if seat.party and seat.party not in body.parties:
            reading.fault((*place, "party"), _one_of(body.parties), shown(seat.party))
        elif seat.voting and seat.party and seat.id and seat.id != f"{seat.party}/{body.id}":
            reading.fault((*place, "id"), f'"{seat.party}/{body.id}"', shown(seat.id))
    voting = [seat.party for seat in body.seats if seat.voting]
    for party in body.parties:
        if party and voting.count(party) != 1:
            found = str(voting.count(party))
            reading.fault((*path, "seats"), f"one voting seat of {party}", found)


def _check_chair(chair: Rotation, body: Body, path: Path, reading: Reading) -> None:
    if sorted(chair.order) != sorted(body.parties):
        found = ", ".join(chair.order) or "none"
        reading.fault((*path, "order"), f"every party once ({', '.join(body.parties)})", found)
    for index, term in enumerate(chair.terms):
        if term.party and term.party not in chair.order:
            reading.fault((*path, "terms", index, "party"), _one_of(chair.order), term.party)
        if term.first and term.last and term.last < term.first:
            expected = f"{term.first} or a later day"
            reading.fault((*path, "terms", index, "to"), expected, str(term.last))
    for index, (before, after) in enumerate(pairwise(chair.terms), start=1):
        place = (*path, "terms", index)
        if before.party in chair.order and after.party in chair.order:
            due = chair.order[(chair.order.index(before.party) + 1) % len(chair.order)]
            if after.party != due:
                reading.fault((*place, "party"), f"{due}, whose turn it is", after.party)
        known = before.last or before.first
        if before.last and after.first and after.first != before.last + _ONE_DAY:
            word = "an overlap" if after.first <= before.last else "a gap"
            expected = f"{before.last + _ONE_DAY}, the day after the last term"
            reading.fault((*place, "from"), expected, f"{word}: {after.first}")
        elif known and not before.last and after.first and after.first <= known:
            reading.fault((*place, "from"), f"a day after {known}", f"an overlap: {after.first}")


def _check_article(charter: Charter, article: Article, path: Path, reading: Reading) -> None:
    ids = [body.id for body in charter.bodies]
    for index, body in enumerate(article.bodies):
        if body not in ids:
            reading.fault((*path, "bodies", index), "the id of a body", shown(body))
    permits, rule = article.permits, article.rule
    written = _raw(reading, path)
    for permit, allowed in [("decide", _DECIDING), ("silence", (RuleName.SILENCE,))]:
        if permit not in permits:
            continue
        if rule is None and "rule" not in written:
            reading.fault((*path, "rule"), f"a rule, since it permits {permit}", "nothing")
        elif rule is not None and rule.name not in allowed:
            names = _one_of([name.value for name in allowed])
            reading.fault((*path, "rule"), f"{names} to {permit}", str(rule))
    if rule is not None and rule.name is RuleName.SILENCE and "silence" not in permits:
        reading.fault((*path, "permits"), '"silence", as the rule is', ", ".join(permits) or "none")
    for permit in ("silence", "withdraw"):
        if permit in permits and "minimum_period" not in written:
            expected = f"a minimum period, since it permits {permit}"
            reading.fault((*path, "minimum_period"), expected, "nothing")
    if "meeting_within" in written and not {"consult", "alert"} & set(permits):
        expected = "no such field, as nothing under it calls for a meeting"
        reading.fault((*path, "meeting_within"), expected, "one")
    if article.instruments and not {"decide", "silence"} & set(permits):
        reading.fault((*path, "instruments"), "no instruments, as nothing is decided", "some")
    if ("accept-report" in permits) != ("accepts_evidence" in written):
        expected = "this field exactly where accept-report is permitted"
        found = shown(written.get("accepts_evidence"))
        reading.fault((*path, "accepts_evidence"), expected, found)
    if "amend" in permits and "decide" not in permits:
        reading.fault((*path, "permits"), '"decide" beside "amend"', ", ".join(permits))
    _check_all_have_a_voice(charter, article, path, reading)
    _check_rule(charter, article, path, reading)
    if article.accepts_evidence == "chair":
        _check_chairs_known(charter, article, path, reading)


def _check_all_have_a_voice(
    charter: Charter, article: Article, path: Path, reading: Reading
) -> None:
    """Some of the parties do not change the charter of all."""
    asked = [permit for permit in article.permits if permit in _FOR_ALL]
    if not asked:
        return
    for body in charter.bodies:
        if article.applies_to(body.id) and set(body.parties) != set(charter.party_ids):
            expected = f"only bodies of every party, since it permits {asked[0]}"
            found = f"{body.id}, of {len(body.parties)} of {len(charter.parties)} parties"
            reading.fault((*path, "bodies"), expected, found)


def _check_rule(charter: Charter, article: Article, path: Path, reading: Reading) -> None:
    rule = article.rule
    if rule is None:
        return
    if rule.name is RuleName.AT_LEAST and not article.procedural:
        expected = "at-least(n) in a procedural article only"
        reading.fault((*path, "rule"), expected, f"{rule} in another")
    sizes = [len(body.parties) for body in charter.bodies if article.applies_to(body.id)]
    fewest = min(sizes, default=len(charter.parties))
    if rule.parameter is not None and rule.parameter > fewest:
        reading.fault((*path, "rule"), f"a number up to {fewest}, the parties", str(rule))
    elif sizes and max(sizes) <= MAX_PARTIES and fewest >= 1:
        for one in article_tables(charter, article):
            for fault in table_faults(one):
                reading.fault((*path, "rule"), "a sound rule", f"{rule}: {fault}")


def _check_chairs_known(charter: Charter, article: Article, path: Path, reading: Reading) -> None:
    for body in charter.bodies:
        if article.applies_to(body.id) and not (body.chair is not None and body.chair.dated):
            expected = f"a dated chair of {body.id}, who is to accept reports"
            reading.fault((*path, "accepts_evidence"), expected, "none")


def _check_one_article_each(charter: Charter, reading: Reading) -> None:
    # Two articles of one rank for one purpose would leave the choice, and so the rule, to chance.
    for index, article in enumerate(charter.articles):
        for earlier in charter.articles[:index]:
            shared = [permit for permit in article.permits if permit in earlier.permits]
            if shared and _rivals(article, earlier):
                reading.fault(
                    ("articles", index, "permits"),
                    f"another purpose than article {earlier.number}",
                    f'"{shared[0]}" for the same bodies and instruments',
                )


def _rivals(one: Article, other: Article) -> bool:
    if bool(one.bodies) != bool(other.bodies) or one.legal_nature != other.legal_nature:
        return False
    bodies = not one.bodies or set(one.bodies) & set(other.bodies)
    either = not one.instruments or not other.instruments
    return bool(bodies) and bool(either or set(one.instruments) & set(other.instruments))


def _check_verbs(charter: Charter, reading: Reading) -> None:
    """A political text does not carry the words of a binding one."""
    binding = next((words for nature, words in charter.words if nature == "binding"), None)
    if binding is None:
        return
    for path, text in _texts(charter):
        for language, words in text.items():
            for kind, banned in [("verb", binding.verb), ("word", binding.commitment)]:
                one = banned.get(language, "")
                if one and _carries(words, one):
                    expected = f"the {kind} of a political text"
                    reading.fault((*path, language), expected, f"the binding {shown(one)}")


def _texts(charter: Charter) -> Iterator[tuple[Path, Text]]:
    yield ("title",), charter.title
    for index, phase in enumerate(charter.phases):
        yield ("phases", index, "name"), phase.name
    for index, body in enumerate(charter.bodies):
        yield ("bodies", index, "mandate"), body.mandate
        if body.chair is not None and body.chair.note is not None:
            yield ("bodies", index, "chair", "note"), body.chair.note
    for index, article in enumerate(charter.articles):
        yield ("articles", index, "title"), article.title
        yield ("articles", index, "text"), article.text
    for index, platform in enumerate(charter.platforms):
        yield ("platforms", index, "note"), platform.note


def _carries(text: str, verb: str) -> bool:
    if verb.isascii():
        return re.search(rf"\b{re.escape(verb)}\b", text, re.IGNORECASE) is not None
    return verb in text


def _raw(reading: Reading, path: Path) -> dict[str, object]:
    value: object = reading.data
    for key in path:
        if isinstance(value, dict) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int):
            value = value[key]
    return value if isinstance(value, dict) else {}


def _one_of(words: Iterable[str]) -> str:
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed) or "a known id"
    return f"{', '.join(listed[:-1])} or {listed[-1]}"
