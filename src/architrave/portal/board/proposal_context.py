"""What laying out again has found, as a difference from the plan as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from architrave.desks.exercises.model import Plan
from architrave.desks.exercises.places import write_plan
from architrave.desks.exercises.postponements import Move
from architrave.portal.board.decisions import Decision, decision_form
from architrave.portal.board.laying import Found, Proposal
from architrave.portal.board.pages_board import BoardDifference, BoardProposalPage
from architrave.portal.board.screen import Screen
from architrave.portal.pages_rows import Shown

__all__ = ["accepted_moves", "accepted_plan", "earliest_of", "proposal_page"]


def proposal_page(
    screen: Screen,
    proposal: Proposal,
    form: Mapping[str, str] | None = None,
    fault: Shown = "",
) -> BoardProposalPage:
    """A proposal: still at work, a difference to accept or drop, or why there is none."""
    waiting = not proposal.done.is_set()
    found = proposal.found
    differences = () if waiting else tuple(_differences(screen, found))
    rules = () if waiting else tuple(screen.english(one) for one in _rules(found))
    here = f"{screen.address('proposal')}?number={proposal.number}"
    return BoardProposalPage(
        screen.frame(screen.say("board-proposal"), "proposal", f"number={proposal.number}"),
        waiting,
        screen.say("board-at-work") if waiting else _verdict(screen, found, len(differences)),
        rules,
        differences,
        here,
        str(proposal.number),
        screen.address("drop"),
        bool(differences),
        not waiting and not _again(found),
        decision_form(screen, "accept", earliest_of(proposal), form, fault),
    )


def earliest_of(proposal: Proposal) -> date:
    """The day before which nothing of it can have been decided: earlier decisions on its pieces."""
    mine = {(one.edition, one.part) for one in getattr(proposal.found.result, "moves", ())}
    earlier = (one for one in proposal.tables.moves if (one.edition, one.part) in mine)
    return max((one.decided for one in earlier), default=date.min)


def accepted_moves(proposal: Proposal, made: Decision) -> tuple[Move, ...]:
    """What a proposal moves, as rows of the table of postponements."""
    found = proposal.found.result
    moves = getattr(found, "moves", ())
    return tuple(
        Move(
            one.edition,
            one.before,
            made.decided,
            made.seat,
            made.reason,
            one.part,
            one.after,
        )
        for one in moves
    )


def accepted_plan(proposal: Proposal) -> str:
    """The table of a first plan; empty where there was one already."""
    found = proposal.found.result
    return write_plan(found.placed) if isinstance(found, Plan) else ""


def _verdict(screen: Screen, found: Found, count: int) -> Shown:
    if found.no_solver:
        return screen.say("board-no-solver")
    if found.fault:
        return screen.say("board-not-laid", why=screen.english(found.fault))
    if _rules(found):
        return screen.say("board-no-plan")
    if found.result is None or not hasattr(found.result, "moves" if _again(found) else "placed"):
        return screen.say("board-undecided")
    if not count:
        return screen.say("board-nothing-moves")
    if not _again(found):
        return screen.say("board-first-plan", n=count)
    least = bool(getattr(found.result, "least", False))
    return screen.say("board-least" if least else "board-not-least", n=count)


def _again(found: Found) -> bool:
    return not isinstance(found.result, Plan)


def _rules(found: Found) -> tuple[str, ...]:
    return tuple(getattr(found.result, "sentences", ()))


def _differences(screen: Screen, found: Found) -> list[BoardDifference]:
    if isinstance(found.result, Plan):
        return [
            BoardDifference(
                screen.name(one),
                screen.say("board-no-place"),
                screen.day(one.first),
                "",
                screen.say("board-why-first"),
            )
            for one in found.result.placed
        ]
    return [
        BoardDifference(
            screen.name_of(one.edition, one.part),
            screen.day(one.before),
            screen.day(one.after),
            screen.shift((one.after - one.before).days),
            screen.say("board-why-moved" if one.postponed else "board-why-room"),
        )
        for one in getattr(found.result, "moves", ())
    ]
