"""The context of a form, and of what would be signed: composed as the terminal composes it.

Nothing that was typed is kept: what would be signed goes back to the officer's own browser.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

from architrave.charter.model import Body
from architrave.charter.phrases import phrase
from architrave.charter.rules import Position
from architrave.institution.acts import (
    Act,
    Alerted,
    Consulted,
    Positioned,
    Tabled,
    document_of,
    kind_of,
)
from architrave.institution.acts_warning import POINTS
from architrave.institution.admit import RIGHTS
from architrave.institution.alerts import first_known, point_of
from architrave.institution.duties import pledges_of
from architrave.institution.errors import InstitutionError
from architrave.institution.picture import READINGS
from architrave.institution.state import Fact, Refused
from architrave.node.errors import NodeError
from architrave.node.markings import marking_in
from architrave.peer.rehearsal import verdict_unsigned
from architrave.portal import formats
from architrave.portal.composing.composer import meant
from architrave.portal.composing.fields import TEXTS
from architrave.portal.composing.finding import standing_found, symbol_fact
from architrave.portal.composing.unclear import Unclear
from architrave.portal.formats import Said
from architrave.portal.pages_rows import Shown
from architrave.portal.reasons import reason_in
from architrave.portal.rows import wording_of
from architrave.portal.words import say
from architrave.portal.workspace.desk.desk_frame import body_of, desk_frame, desk_tabs, seat_name
from architrave.portal.workspace.desk.forms import FORMS, Field, Form, typed
from architrave.portal.workspace.desk.own_copy import DeskHeld, OwnCopy, serving_key
from architrave.portal.workspace.desk.pages_desk import (
    FieldRow,
    InputRow,
    OptionRow,
    SaidRow,
    WorkFormPage,
    WorkSignPage,
)
from architrave.portal.workspace.officers import Officer
from architrave.record import canonical

__all__ = ["composed_act", "form_page", "message_of", "sign_page"]

_ABOUT: Mapping[str, tuple[type[Act], ...]] = {
    "matter": (Tabled,),
    "consultation": (Consulted,),
    "alert": (Alerted,),
    # The same act closes a consultation and an alert, and convenes the meeting of either.
    "close": (Consulted, Alerted),
    "convene": (Consulted, Alerted),
}
_INSTRUMENTS = ("note", "plan")
_SPOKEN = (
    Position.CONCUR,
    Position.DO_NOT_BLOCK,
    Position.ABSTAIN,
    Position.RESERVE,
    Position.OBJECT,
)


def form_page(
    copy: OwnCopy, officer: Officer, name: str, given: Mapping[str, str], fault: Shown = ""
) -> WorkFormPage | None:
    """A form; None for no such form, or about something that this copy does not hold."""
    form = FORMS.get(name)
    if form is None:
        return None
    fact = symbol_fact(DeskHeld(copy), given.get("about", "")) if form.about != "body" else None
    if form.about != "body" and (fact is None or not copy.view.holds(fact)):
        return None
    if fact is not None and not isinstance(fact.act, _ABOUT.get(name) or _ABOUT[form.about]):
        return None  # the symbol of something else: a meeting, or a matter where a request is meant
    return WorkFormPage(
        frame=desk_frame(copy, copy.say_of("work-do", name), "forms", name),
        tabs=desk_tabs(copy, "forms"),
        action=copy.address("work", "forms", name),
        acts=officer.acts,
        about=_about(copy, fact) if fact is not None else (),
        fault=fault,
        fields=tuple(_field(copy, officer, one, fact, given) for one in form.fields),
    )


def _about(copy: OwnCopy, fact: Fact) -> tuple[SaidRow, ...]:
    """What a form is about, in its own words."""
    act = fact.act
    if isinstance(act, Consulted):
        texts = [(one, getattr(act, one)) for one in ("ground", "facts", "wish")]
    elif isinstance(act, Alerted):
        texts = [(one, point_of(act, one)) for one in POINTS if one not in act.unknown]
    else:
        wording = wording_of(standing_found(DeskHeld(copy), fact).versions[-1])
        texts = [("title", wording.title), ("summary", wording.summary)]
    symbol = getattr(act, "symbol", "")
    rows = (SaidRow(copy.say_of("work-field", one), (copy.of(text),)) for one, text in texts)
    return (SaidRow(symbol, (copy.readers(fact),)), *rows)


def _field(
    copy: OwnCopy, officer: Officer, one: Field, fact: Fact | None, given: Mapping[str, str]
) -> FieldRow:
    chosen = given.get(one.name, "")
    return FieldRow(
        name=one.name,
        label=copy.say_of("work-field", one.name),
        form=one.form,
        needed=one.needed,
        options=tuple(
            OptionRow(value, text, value == chosen)
            for value, text in _options(copy, officer, one.name, fact)
        )
        if one.form == "choice"
        else (OptionRow("yes", copy.say_of("work-field", one.name), bool(chosen)),),
        inputs=tuple(
            InputRow(
                f"{one.name}.{language}",
                language,
                Said(say("tongue", language), language),
                given.get(f"{one.name}.{language}", ""),
            )
            for language in copy.charter.languages
        )
        if one.form == "texts"
        else (InputRow(one.name, "", copy.say_of("work-field", one.name), chosen),),
    )


def _options(
    copy: OwnCopy, officer: Officer, name: str, fact: Fact | None
) -> Iterator[tuple[str, Shown]]:
    if name == "body":
        own = body_of(copy, officer)
        yield own.id, copy.body(own)
    elif name == "instrument":
        yield from ((one, phrase(one, copy.language)) for one in _INSTRUMENTS)
    elif name == "position":
        yield from ((one.value, phrase(one.value, copy.language)) for one in _SPOKEN)
    elif name == "reading":
        yield from ((one, copy.say_of("reading", one)) for one in READINGS)
    elif name in ("version", "pledge") and fact is not None:
        standing = standing_found(DeskHeld(copy), fact)
        if name == "version":
            numbered = list(enumerate(standing.versions, 1))[::-1]
            for number, one in numbered:
                title = copy.of(wording_of(one).title)
                yield str(number), formats.joined([formats.number(number), title], " · ")
        else:
            for pledge in pledges_of(standing.current.version):
                if pledge.owner == officer.seat:
                    yield pledge.id, formats.joined([copy.of(pledge.what), pledge.due], " · ")


def composed_act(copy: OwnCopy, officer: Officer, form: Form, given: Mapping[str, str]) -> Act:
    """The act that was typed, as the terminal's composer makes it. Unclear or NodeError."""
    held = DeskHeld(copy)
    tree = typed(form, given, copy.charter.languages)

    def signer(body: Body | None) -> tuple[str, str]:
        seat = body.seat_of(officer.party).id if body is not None else officer.seat
        if seat != officer.seat:
            raise Unclear(f"this is signed for {seat}, and you hold {officer.seat}.")
        key = serving_key(copy, seat)
        if not key:
            raise Unclear(f"no key serves the present holder of {seat}.")
        return seat, key

    return meant(held, form.kind, tree, _readers(copy, form, given), copy.now, signer).act


def _readers(copy: OwnCopy, form: Form, given: Mapping[str, str]) -> str | None:
    """Whoever may read what the entry is about; None for all parties, as at the terminal."""
    fact = symbol_fact(DeskHeld(copy), given.get("about", "")) if form.about != "body" else None
    if fact is None or fact.audience.logs is None:
        return None
    if fact.audience.logs == copy.state.founding.origins:
        return None
    return ",".join(sorted(copy.state.party_of(one) for one in fact.audience.logs))


def message_of(copy: OwnCopy, act: Act) -> bytes:
    """Exactly what is signed (`docs/formats/act.md`)."""
    body = canonical.dump(document_of(act))
    return b"act/v1\n" + copy.state.founding.id.encode() + b"\n" + body


def sign_page(
    copy: OwnCopy, officer: Officer, name: str, given: Mapping[str, str]
) -> WorkSignPage | WorkFormPage | None:
    """What would be signed; the form once more, with what was not clear; None for no such form."""
    form = FORMS.get(name)
    if form is None or form_page(copy, officer, name, given) is None:
        return None
    marked = marking_in(dict(given))
    if marked is not None:
        said = copy.say("work-marked", name=marked.name)
        about = {"about": given.get("about", "")}
        return form_page(copy, officer, name, about, said)
    try:
        if not officer.acts:
            return form_page(copy, officer, name, given)
        act = composed_act(copy, officer, form, given)
    except (Unclear, NodeError, InstitutionError) as fault:
        said_fault = str(fault) if copy.language == "en" else Said(str(fault), "en")
        return form_page(copy, officer, name, given, said_fault)
    return _sign_page(copy, name, act)


def _sign_page(copy: OwnCopy, name: str, act: Act) -> WorkSignPage:
    verdict, message = verdict_unsigned(copy.peer, act), message_of(copy, act)
    permit = RIGHTS[type(act)].permit
    article = copy.charter.article_permitting(permit) if permit else None
    number = verdict.article or (article.number if article is not None else "")
    logs = act.audience.logs
    readers = copy.say("released-public")
    if logs is not None:
        readers = copy.parties([copy.state.party_of(one) for one in logs])
    return WorkSignPage(
        frame=desk_frame(copy, copy.say("work-sign"), "forms", name),
        tabs=desk_tabs(copy, "forms"),
        seat=seat_name(copy, act.seat),
        said=(
            SaidRow(copy.say("work-entry"), (copy.say_of("kind", kind_of(act)),)),
            *_meant(copy, act),
            *_said(copy, document_of(act)),
        ),
        article=copy.cite(number),
        readers=readers,
        admitted=not isinstance(verdict, Refused),
        why=reason_in(verdict.reason, copy.language) if isinstance(verdict, Refused) else "",
        text=message.decode(),
        message=base64.b64encode(message).decode(),
        body=base64.b64encode(canonical.dump(document_of(act))).decode(),
        key=act.key,
        file_action=copy.address("work", "file"),
        give_action=copy.address("work", "give"),
    )


def _meant(copy: OwnCopy, act: Act) -> Iterator[SaidRow]:
    """What an entry means where its fields alone are not plain, or are left out of it."""
    if isinstance(act, Consulted):
        # Said also where it is no drill: whoever signs is to see which of the two it is.
        said = copy.say("drill-title") if act.drill else copy.say("work-no-drill")
        yield SaidRow(copy.say_of("work-field", "drill"), (said,))
    if isinstance(act, Tabled):
        nature = act.wording.nature or copy.charter.legal_nature
        yield SaidRow(copy.say("matter-nature"), (phrase(nature, copy.language),))
    if isinstance(act, Positioned):
        yield SaidRow(copy.say_of("work-field", "version"), _version(copy, act))


def _version(copy: OwnCopy, act: Positioned) -> tuple[Shown, ...]:
    """The number within its matter, and the title, of the version that a position is on."""
    matter = copy.state.find(copy.view, act.matter)
    versions = standing_found(DeskHeld(copy), matter).versions if matter is not None else ()
    for number, one in enumerate(versions, 1):
        if one.version.fact.name == act.version:
            return (formats.number(number), copy.of(wording_of(one).title))
    return (act.version,)


def _said(copy: OwnCopy, tree: Mapping[str, object]) -> Iterator[SaidRow]:
    """The fields of an entry in words: texts in every language, names as they stand."""
    for name, value in tree.items():
        if isinstance(value, dict) and name in TEXTS:
            label = copy.say_of("work-field", name)
            yield SaidRow(label, tuple(Said(str(text), one) for one, text in value.items()))
        elif isinstance(value, dict):
            yield from _said(copy, value)
        elif name == "position":
            yield SaidRow(copy.say_of("work-field", name), (phrase(str(value), copy.language),))
        elif name in ("expiry", "starts", "ends") and isinstance(value, int):
            yield SaidRow(copy.say_of("work-field", name), tuple(map(str, copy.zones(value))))
        elif name in ("matter", "consultation", "alert"):
            yield SaidRow(copy.say_of("work-field", "symbol"), _symbols(copy, str(value)))
        elif name == "unknown" and isinstance(value, list):
            for point in value:
                yield SaidRow(copy.say_of("work-field", str(point)), (copy.say("alert-not-known"),))
        elif name in ("drill", "unable") and value:
            word = "test" if name == "drill" and tree["kind"] == "alerted" else name
            yield SaidRow(copy.say_of("work-field", word), (copy.say("work-ticked"),))
        elif name == "reading":
            yield SaidRow(copy.say_of("work-field", name), (copy.say_of("reading", str(value)),))
        elif name in ("symbol", "point", "pledge", "period", "instrument", "document") and value:
            yield SaidRow(copy.say_of("work-field", name), (str(value),))


def _symbols(copy: OwnCopy, name: str) -> tuple[Shown, ...]:
    """The symbol of a matter or consultation and what it is about: of a matter, as it reads now."""
    for fact in copy.view.of(copy.state.acts.get(name, ())):
        if isinstance(fact.act, Consulted):
            return (fact.act.symbol, copy.of(fact.act.ground))
        if isinstance(fact.act, Alerted):
            return (fact.act.symbol, copy.of(first_known(fact.act)))
        if isinstance(fact.act, Tabled):
            now = standing_found(DeskHeld(copy), fact).versions[-1]
            return (fact.act.symbol, copy.of(wording_of(now).title))
    return (name,)
