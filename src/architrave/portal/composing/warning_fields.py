"""The fields of an alert, an answer to one, and an attestation as an officer types them."""

from __future__ import annotations

from architrave.institution.acts import Alerted, Revised, Tabled
from architrave.institution.acts_warning import POINTS
from architrave.portal.composing.fields import Tree
from architrave.portal.composing.finding import symbol_fact
from architrave.portal.composing.held import Held
from architrave.portal.composing.unclear import Unclear

__all__ = ["NOT_KNOWN", "with_warning"]

NOT_KNOWN = "not known"
"""What an officer types in the place of a point of which nothing is known."""
_CHOICES = {"true": True, "yes": True, "false": False, "no": False}
_SHORTEST = 6


def with_warning(look: Held, kind: str, tree: Tree) -> Tree:
    """The tree of an act of early warning with what it names found and its choices read.

    A point of an alert that is typed as "not known" is left without words and named as unknown. A
    text names an alert by its symbol among its digests.
    """
    found = dict(tree)
    if kind in ("tabled", "revised"):
        found = _on_alerts(look, found)
    if kind == "alerted":
        found = _alerted(found)
    if kind == "attested":
        if "evidence" in found:
            found["evidence"] = _evidence(look, found)
        if isinstance(found.get("differing"), str) and found["differing"].isdecimal():
            found["differing"] = int(found["differing"])
    for field in ("drill", "unable") if kind in ("alerted", "responded") else ():
        if field in found:
            found[field] = _choice(found[field], f"{kind}: {field}")
            if not found[field]:
                del found[field]  # what goes without saying is left out
    return found


def _on_alerts(look: Held, tree: Tree) -> Tree:
    """A text whose digests name an alert by its symbol names it by its SHA-256."""
    wording = tree.get("wording")
    if not isinstance(wording, dict) or not isinstance(wording.get("digests"), dict):
        return tree
    digests = {}
    for name, typed in wording["digests"].items():
        fact = symbol_fact(look, typed) if isinstance(typed, str) else None
        digests[name] = fact.name if fact and isinstance(fact.act, Alerted) else typed
    return {**tree, "wording": {**wording, "digests": digests}}


def _alerted(tree: Tree) -> Tree:
    said = tree.get("unknown", [])
    unknown = {one.strip() for one in said.split(",")} if isinstance(said, str) else set(said)
    for point in POINTS:
        words = tree.get(point)
        silent = isinstance(words, str) and words.strip().casefold() == NOT_KNOWN
        if point in unknown or silent:
            unknown.add(point)
            tree[point] = words if isinstance(words, dict) else {}
    if unknown:
        tree["unknown"] = sorted(unknown)
    return tree


def _evidence(look: Held, tree: Tree) -> str:
    """The digest that a version names and that begins as typed; Unclear with those it names."""
    typed = str(tree["evidence"]).lower()
    named: set[str] = set()
    for fact in look.state.acts.get(str(tree.get("version", "")), ()):
        if isinstance(fact.act, Tabled | Revised):
            named |= set(fact.act.wording.digests.values())
    fitting = [one for one in named if len(typed) >= _SHORTEST and one.startswith(typed)]
    if len(fitting) != 1:
        known = ", ".join(sorted(one[:16] for one in named)) or "none"
        raise Unclear(f"attested: evidence: the version names {known}; {typed!r} is none of them.")
    return fitting[0]


def _choice(value: object, place: str) -> object:
    if not isinstance(value, str):
        return value
    if value.lower() not in _CHOICES:
        raise Unclear(f"{place}: expected true or false, found {value!r}.")
    return _CHOICES[value.lower()]
