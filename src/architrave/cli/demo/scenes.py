"""The story, scene by scene: what the officers sign, and what their nodes then say.

Each scene asks the nodes themselves, by reading what they have stored; nothing is told that no node
holds. Hours are counted from the first scene, Monday 11 January 2027, 00:00 UTC. The founding, the
register, the plan and the statement are released to anyone, all else to the three.
"""

from __future__ import annotations

from dataclasses import dataclass

from architrave.charter.model import Charter
from architrave.cli.demo import texts
from architrave.cli.demo.cast import Cast, Round
from architrave.cli.demo.stage import HOUR, START, Node, Stage
from architrave.institution.handover import Handover, handover
from architrave.institution.owed import notices
from architrave.institution.pending import Need, awaiting, consultations
from architrave.institution.register import Register
from architrave.institution.standing import MatterStanding, stand
from architrave.institution.standing import Stage as Life
from architrave.node.errors import NodeError
from architrave.peer.peer import Peer

__all__ = [
    "Outage",
    "Plan",
    "Succession",
    "adopt_plan",
    "note_register",
    "notice",
    "open_institution",
    "outage",
    "successions",
]

SECRETARIAT, COUNCIL, GROUP = "SEC", "TDC", "ESFBT"
PUBLIC = ["public"]
_SILENCE = "4(2)"
_BY_ALL = "3(1)"
_STATEMENTS = "3(4)"


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan that was adopted: its matter, where it stands, and when its silence ended (ms)."""

    matter: str
    standing: MatterStanding
    expiry: int


@dataclass(frozen=True, slots=True)
class Outage:
    """One capital's node was killed: who had the request at once, and the silence meanwhile."""

    round: Round
    had_at_once: bool
    had_on_return: bool
    suspended: bool
    adopted: bool


@dataclass(frozen=True, slots=True)
class Succession:
    """One capital's new holder, what passed to them, and that the old key no longer serves."""

    party: str
    pack: Handover
    old_key_refused: bool


def read(stage: Stage, party: str) -> Peer:
    """A capital's copy of the record, as its node has stored it."""
    return stage.reading(stage.nodes[party])


def standing(stage: Stage, party: str, matter: str) -> MatterStanding:
    """Where a matter stands in a capital's copy; NodeError if it does not hold it."""
    peer = read(stage, party)
    found = stand(peer.state, matter, peer.view())
    if found is None:
        raise NodeError(f"{party}: the matter {matter[:8]} is not in its copy.")
    return found


def open_institution(stage: Stage) -> None:
    """Each capital enters the founding and seats its officers in three bodies."""
    charter: Charter = stage.charter
    stage.settle()
    for party in charter.party_ids:
        stage.by_party(
            party, "founded", to=PUBLIC, founding=stage.founding.id, charter=charter.digest
        )
    stage.settle()
    for party in charter.party_ids:
        for body in (SECRETARIAT, COUNCIL, GROUP):
            holder = f"DEMO holder 1 of {party}/{body}"
            stage.seat_officer(party, body, holder, texts.LANGUAGE_OF[party])
    stage.settle()


def note_register(stage: Stage, cast: Cast, register: Register) -> MatterStanding:
    """The chair tables the register by its digest; all take note of it."""
    stage.begin(1)
    title, summary = texts.REGISTER
    matter = stage.by_officer(
        cast.chairs,
        SECRETARIAT,
        "tabled",
        to=PUBLIC,
        symbol=stage.symbol(cast.chairs, SECRETARIAT),
        body=SECRETARIAT,
        article=_BY_ALL,
        wording={
            "title": title,
            "summary": summary,
            "instrument": "note",
            "nature": "political",
            "digests": {"register": register.digest},
        },
    )
    stage.settle()
    concur(stage, SECRETARIAT, matter, matter, texts.TAKEN_NOTE)
    stage.settle()
    return standing(stage, cast.chairs, matter)


def concur(
    stage: Stage, body: str, matter: str, version: str, reason: dict[str, str] | None = None
) -> None:
    """Every capital concurs, in the order of the charter."""
    for party in stage.charter.party_ids:
        said = {"reason": reason} if reason else {}
        stage.by_officer(
            party,
            body,
            "positioned",
            to=PUBLIC,
            matter=matter,
            version=version,
            position="concur",
            **said,
        )


def put_under_silence(
    stage: Stage,
    party: str,
    paper: texts.Paper,
    expiry: int,
    matter: str = "",
    pledged: bool = False,
) -> str:
    """Table a text under silence in the battery group, or with a matter revise it."""
    title, summary = paper
    fields: dict[str, object] = {
        "to": PUBLIC if pledged else stage.everyone(),
        "article": _SILENCE,
        "wording": {
            "title": title,
            "summary": summary,
            "instrument": "plan" if pledged else "note",
            "nature": "political",
        },
        "silence": {"article": _SILENCE, "expiry": expiry},
    }
    if pledged:
        fields["pledges"] = [
            {
                "id": f"report-{one.lower()}",
                "owner": stage.charter.body(GROUP).seat_of(one).id,
                "due": texts.ACCOUNT_DUE,
                "cadence": "half-yearly",
                "what": texts.PLEDGE,
            }
            for one in stage.charter.party_ids
        ]
    if matter:
        return stage.by_officer(party, GROUP, "revised", matter=matter, **fields)
    symbol = stage.symbol(party, GROUP)
    return stage.by_officer(party, GROUP, "tabled", symbol=symbol, body=GROUP, **fields)


def adopt_plan(stage: Stage, cast: Cast) -> Plan:
    """One tables, another objects, the third revises, the objection is lifted: silence adopts."""
    stage.begin(2)
    first = START + 28 * HOUR
    matter = put_under_silence(stage, cast.tables, texts.PLAN, first, pledged=True)
    stage.begin(3)
    stage.by_officer(
        cast.objects,
        GROUP,
        "positioned",
        to=PUBLIC,
        matter=matter,
        version=matter,
        position="object",
        reason=texts.OBJECTION,
        remedy=texts.REMEDY,
    )
    stage.begin(4)
    expiry = START + 30 * HOUR
    put_under_silence(stage, cast.revises, texts.REVISED, expiry, matter, pledged=True)
    stage.settle()
    # Nobody consents by silence while its objection stands, though it was to another text.
    stage.by_officer(cast.objects, GROUP, "retracted", to=PUBLIC, matter=matter)
    stage.settle()
    stage.begin(31)
    return Plan(matter, standing(stage, cast.tables, matter), expiry)


def outage(stage: Stage, turn: Round, number: int) -> Outage:
    """A node is killed while a silence runs; another capital asks to consult meanwhile."""
    hours = 40 + 40 * number
    stage.begin(hours)
    expiry = START + (hours + 25) * HOUR
    matter = put_under_silence(stage, turn.told, texts.NOTES[number], expiry)
    stage.settle()
    stage.kill(stage.nodes[turn.out])
    ground, facts, wish = texts.CONSULTATIONS[number]
    request = stage.by_officer(
        turn.acts,
        COUNCIL,
        "consulted",
        symbol=stage.symbol(turn.acts, COUNCIL),
        body=COUNCIL,
        ground=ground,
        facts=facts,
        wish=wish,
    )
    stage.settle()
    had_at_once = holds_request(read(stage, turn.told), request)
    stage.by_officer(turn.told, COUNCIL, "acknowledged", consultation=request, answer=texts.ANSWER)
    stage.begin(hours + 27)
    peer = read(stage, turn.told)
    waiting = awaiting(peer.state, peer.view(), matter)
    suspended = standing(stage, turn.told, matter).stage is not Life.IN_FORCE and [
        (one.party, one.need) for one in waiting
    ] == [(turn.out, Need.SILENCE)]
    stage.start(stage.nodes[turn.out])
    stage.await_start([stage.nodes[turn.out]])
    stage.settle()
    had_on_return = holds_request(read(stage, turn.out), request)
    stage.by_officer(turn.out, COUNCIL, "acknowledged", consultation=request, answer=texts.ANSWER)
    stage.settle()
    stage.by_officer(turn.acts, COUNCIL, "closed", consultation=request, outcome=texts.OUTCOME)
    stage.settle()
    adopted = all(
        standing(stage, party, matter).stage is Life.IN_FORCE for party in stage.charter.party_ids
    )
    return Outage(turn, had_at_once, had_on_return, suspended, adopted)


def holds_request(peer: Peer, request: str) -> bool:
    """Say whether a node's own book has received a request to consult."""
    view = peer.view()
    own = view.tip(peer.party)
    asked = [one.asked for one in consultations(peer.state, view) if one.asked.name == request]
    return own is not None and any(view.history.names(own, fact.tip) for fact in asked)


def successions(stage: Stage, cast: Cast) -> list[Succession]:
    """A statement is pending while each capital's government changes; the new holders adopt it."""
    stage.begin(180)
    title, summary = texts.STATEMENT
    statement = stage.by_officer(
        cast.objects,
        GROUP,
        "tabled",
        to=PUBLIC,
        symbol=stage.symbol(cast.objects, GROUP),
        body=GROUP,
        article=_STATEMENTS,
        wording={
            "title": title,
            "summary": summary,
            "instrument": "statement",
            "nature": "political",
        },
    )
    stage.settle()
    found = []
    for turn in cast.rounds:
        party = turn.out
        old = stage.officer(party, GROUP)
        stage.seat_officer(
            party, GROUP, f"DEMO holder 2 of {party}/{GROUP}", texts.LANGUAGE_OF[party]
        )
        stage.settle()
        peer = read(stage, party)
        pack = handover(peer.state, peer.view(), stage.charter.body(GROUP).seat_of(party).id)
        refused = stage.refuses(
            party,
            GROUP,
            "positioned",
            old,
            to=PUBLIC,
            matter=statement,
            version=statement,
            position="concur",
        )
        found.append(Succession(party, pack, refused))
    concur(stage, GROUP, statement, statement)
    stage.settle()
    return found


def notice(stage: Stage, cast: Cast, plan: Plan) -> tuple[str, ...]:
    """One capital gives notice, suspends it, takes it back; what another's copy shows each time."""
    party, other = cast.gives_notice, cast.tables
    stage.begin(200)
    shown = []
    effect = START + (200 + 24 * 100) * HOUR
    name = stage.by_officer(
        party,
        GROUP,
        "notified-withdrawal",
        to=PUBLIC,
        matter=plan.matter,
        effect=effect,
        reason=texts.NOTICE_REASON,
    )
    stage.settle()
    shown.append(notice_shown(stage, other, plan.matter))
    reasons = {
        "suspended-notice": texts.SUSPENSION_REASON,
        "rescinded-notice": texts.RESCISSION_REASON,
    }
    for kind, reason in reasons.items():
        stage.by_officer(party, GROUP, kind, to=PUBLIC, notice=name, reason=reason)
        stage.settle()
        shown.append(notice_shown(stage, other, plan.matter))
    return tuple(shown)


def notice_shown(stage: Stage, party: str, matter: str) -> str:
    """The notice against a matter as a capital's copy shows it: running, suspended or rescinded."""
    peer = read(stage, party)
    found = notices(peer.state, peer.view(), standing(stage, party, matter))
    if len(found) != 1:
        raise NodeError(f"{party}: expected one notice, found {len(found)}.")
    if found[0].rescinded:
        return "rescinded"
    return "suspended" if found[0].suspended else "running"


def nodes_of(stage: Stage) -> list[Node]:
    """The nodes, in the order of the charter."""
    return [stage.nodes[party] for party in stage.charter.party_ids]
