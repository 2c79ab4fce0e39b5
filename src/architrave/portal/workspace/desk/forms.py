"""The forms of the desk: which fields each kind of entry has, and what was typed into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from architrave.institution.acts_warning import POINTS
from architrave.portal.composing.fields import Tree
from architrave.portal.composing.unclear import Unclear

__all__ = ["FORMS", "Field", "Form", "typed"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: `form` is texts (one in each language), area, line, choice or tick."""

    name: str
    form: str
    needed: bool = True
    path: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, ...]:
        """Where it stands in the entry."""
        return self.path or (self.name,)


@dataclass(frozen=True, slots=True)
class Form:
    """A form; `about` is what it is about: body, matter, consultation or alert."""

    kind: str
    about: str
    fields: tuple[Field, ...]


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "texts") for name in names)


def _point(name: str) -> tuple[Field, Field]:
    """A point of an alert: its words, or a tick that nothing of it is known."""
    return Field(name, "texts", False), Field(f"unknown-{name}", "tick", False, ("unknown", name))


FORMS: Mapping[str, Form] = {
    "consult": Form(
        "consulted",
        "body",
        (
            Field("body", "choice"),
            Field("drill", "tick", False),
            *_texts("ground", "facts", "wish"),
        ),
    ),
    "alert": Form(
        "alerted",
        "body",
        (
            Field("body", "choice"),
            Field("test", "tick", False, ("drill",)),
            *(field for point in POINTS for field in _point(point)),
        ),
    ),
    "respond": Form(
        "responded",
        "alert",
        (
            Field("offer", "texts", False),
            Field("sees", "texts", False),
            Field("unable", "tick", False),
        ),
    ),
    "acknowledge": Form("acknowledged", "consultation", _texts("answer")),
    "assess": Form(
        "assessed",
        "consultation",
        (
            Field("point", "line"),
            Field("reading", "choice"),
            Field("proposition", "texts", False),
            *_texts("account"),
        ),
    ),
    "convene": Form(
        "convened",
        "consultation",
        (Field("starts", "line"), Field("ends", "line"), Field("place", "texts", False)),
    ),
    "close": Form("closed", "consultation", _texts("outcome")),
    "position": Form(
        "positioned",
        "matter",
        (
            Field("version", "choice"),
            Field("position", "choice"),
            Field("reason", "texts", False),
            Field("remedy", "texts", False),
        ),
    ),
    "retract": Form("retracted", "matter", ()),
    "report": Form(
        "reported",
        "matter",
        (Field("pledge", "choice"), Field("period", "line"), *_texts("account")),
    ),
    "table": Form(
        "tabled",
        "body",
        (
            Field("body", "choice"),
            Field("instrument", "choice", True, ("wording", "instrument")),
            Field("title", "texts", True, ("wording", "title")),
            Field("summary", "texts", True, ("wording", "summary")),
            Field("document", "area", False, ("wording", "document")),
            Field("expiry", "line", False, ("silence", "expiry")),
        ),
    ),
}
"""Each form by the last part of its address."""


def typed(form: Form, given: Mapping[str, str], languages: tuple[str, ...]) -> Tree:
    """What was typed, as the fields that the composer takes: what is empty is left out.

    Unclear, naming the field, where one that must be there is empty.
    """
    tree: Tree = {}
    if form.about != "body":
        tree[form.about] = given.get("about", "").strip()
    for field in form.fields:
        value = _value(field, given, languages)
        if value:
            _put(tree, field.place, value)
        elif field.needed:
            raise Unclear(f"{form.kind}: {field.name}: missing.")
    if isinstance(tree.get("unknown"), dict):
        tree["unknown"] = sorted(tree["unknown"])
    return tree


def _value(field: Field, given: Mapping[str, str], languages: tuple[str, ...]) -> object:
    if field.form == "tick":
        return field.name in given
    if field.form == "texts":
        texts = {one: _plain(given.get(f"{field.name}.{one}", "")) for one in languages}
        return {one: text for one, text in texts.items() if text}
    return _plain(given.get(field.name, ""))


def _plain(text: str) -> str:
    """As typed, with the line ends of a form made those of a file."""
    return text.replace("\r\n", "\n").strip()


def _put(tree: Tree, path: tuple[str, ...], value: object) -> None:
    for step in path[:-1]:
        tree = tree.setdefault(step, {})
    tree[path[-1]] = value
