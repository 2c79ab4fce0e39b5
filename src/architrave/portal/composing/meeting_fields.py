"""The fields of a meeting as an officer types them: names found, instants read, what stays kept."""

from __future__ import annotations

from architrave.institution.acts import Convened, document_of
from architrave.institution.meetings import Meeting, meeting_named
from architrave.portal.composing.fields import Tree
from architrave.portal.composing.finding import act_found, matter_found, party_found
from architrave.portal.composing.held import Held
from architrave.portal.composing.instants import instant
from architrave.portal.composing.unclear import Unclear

__all__ = ["meeting_found", "with_meeting"]

_KEPT = ("symbol", "body", "consultation", "starts", "ends", "place", "agenda")
_CHOICES = {"true": True, "yes": True, "false": False, "no": False}


def meeting_found(look: Held, text: str, place: str) -> Meeting:
    """The meeting that a symbol, a line or a name of a convening of it names; Unclear if none."""
    act = act_found(look, text).act
    if isinstance(act, Convened):
        for name in (act.moves, act_found(look, text).name):
            found = meeting_named(look.state, look.view, name) if name else None
            if found is not None:
                return found
    raise Unclear(f"{place}: {text} names no meeting; give the symbol of one that was convened.")


def with_meeting(look: Held, kind: str, tree: Tree) -> Tree:
    """The tree of a meeting or of its minutes, with all that it names found.

    What moves or cancels a meeting keeps of it whatever it does not change.
    """
    found = dict(tree)
    if kind == "minuted" and "meeting" in found:
        found["meeting"] = meeting_found(look, str(found["meeting"]), f"{kind}: meeting").name
    if kind == "convened":
        found = _convened(look, found)
    for field in ("held", "cancelled"):
        if field in found:
            found[field] = _choice(found[field], f"{kind}: {field}")
    present = found.get("present")
    if isinstance(present, str):
        present = [one for one in present.split(",") if one.strip()]
    if isinstance(present, list):
        found["present"] = [party_found(look.charter, str(one).strip()).id for one in present]
    elif kind == "minuted" and found.get("held") is False:
        found["present"] = []
    return found


def _convened(look: Held, tree: Tree) -> Tree:
    for field in ("starts", "ends"):
        if isinstance(tree.get(field), str):
            tree[field] = instant(tree[field], look.charter, f"convened: {field}")
    agenda = tree.get("agenda")
    if isinstance(agenda, list):
        tree["agenda"] = [_point(look, one, place) for place, one in enumerate(agenda, 1)]
    if tree.get("moves"):
        meeting = meeting_found(look, str(tree["moves"]), "convened: moves")
        before = document_of(meeting.act)
        kept = {field: before[field] for field in _KEPT if field in before}
        tree = {**kept, **tree, "moves": meeting.name}
    elif "consultation" in tree and "body" not in tree:
        asked = look.state.acts.get(str(tree["consultation"]), ())
        body = getattr(asked[0].act, "body", "") if asked else ""
        tree = {**tree, **({"body": body} if body else {})}
    return tree


def _point(look: Held, point: object, place: int) -> object:
    if not isinstance(point, dict):
        return point
    found = dict(point)
    if found.get("matter"):
        found["matter"] = matter_found(look, str(found["matter"])).name
    if "debate" in found:
        found["debate"] = _choice(found["debate"], f"convened: agenda.{place}.debate")
        if found["debate"]:
            del found["debate"]  # what goes without saying is left out
    return found


def _choice(value: object, place: str) -> object:
    if not isinstance(value, str):
        return value
    if value.lower() not in _CHOICES:
        raise Unclear(f"{place}: expected true or false, found {value!r}.")
    return _CHOICES[value.lower()]
