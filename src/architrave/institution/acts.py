"""The acts of record version 1: one frozen class each, and their canonical form.

Every act carries: `party` (the charter's id), `seat` (of that party; empty where the party key
signs), `key` (the public key that signs it, base64), `at` (the signer's claim of the time, ms since
1970, which also tells repeated acts apart) and `to` (``["public"]`` or the sorted origins of the
logs whose parties may read it). Texts map a language to a string. Dates are ISO dates; instants
are milliseconds. Acts name each other by name: the hex SHA-256 of their canonical JSON.
"""

from __future__ import annotations

import msgspec

from architrave.charter.rules import Position
from architrave.institution.act_parts import Act as Act
from architrave.institution.act_parts import Cell as Cell
from architrave.institution.act_parts import Pledge as Pledge
from architrave.institution.act_parts import Point as Point
from architrave.institution.act_parts import Silence as Silence
from architrave.institution.act_parts import Text as Text
from architrave.institution.act_parts import Wording as Wording
from architrave.institution.acts_warning import Alerted as Alerted
from architrave.institution.acts_warning import Attested as Attested
from architrave.institution.acts_warning import Responded as Responded
from architrave.institution.errors import UnknownKind
from architrave.record.canonical import Value
from architrave.record.errors import Malformed
from architrave.record.sealing import act_name


class Founded(Act, frozen=True, tag="founded"):
    """Entry 0 of every log: this party holds this founding and this charter."""

    founding: str
    charter: str


class Tabled(Act, frozen=True, tag="tabled"):
    """A matter put before a body, with its first version, under the article that decides it."""

    symbol: str
    body: str
    article: str
    wording: Wording
    pledges: list[Pledge] = []
    silence: Silence | None = None


class Revised(Act, frozen=True, tag="revised"):
    """A further version of a matter; it retracts the author's position on the others."""

    matter: str
    article: str
    wording: Wording
    pledges: list[Pledge] = []
    silence: Silence | None = None


class Positioned(Act, frozen=True, tag="positioned"):
    """A party's one position in a matter, on one version; it replaces the last."""

    matter: str
    version: str
    position: Position
    reason: Text = {}
    remedy: Text = {}


class Retracted(Act, frozen=True, tag="retracted"):
    """A party leaves its position in a matter and holds none."""

    matter: str


class WithdrewMatter(Act, frozen=True, tag="withdrew-matter"):
    """The tabling party takes a matter off the table."""

    matter: str
    reason: Text


class Reported(Act, frozen=True, tag="reported"):
    """A seat reports on a commitment for the period that ends on `period`."""

    matter: str
    pledge: str
    period: str
    account: Text
    evidence: dict[str, str] = {}


class AcceptedReport(Act, frozen=True, tag="accepted-report"):
    """One whom the charter names accepts the evidence of a report."""

    report: str


class NotifiedWithdrawal(Act, frozen=True, tag="notified-withdrawal"):
    """Notice of withdrawal from an instrument, with effect at an instant (ms)."""

    matter: str
    effect: int
    reason: Text


class SuspendedNotice(Act, frozen=True, tag="suspended-notice"):
    """The effect of a notice is suspended by the party that gave it."""

    notice: str
    reason: Text


class RescindedNotice(Act, frozen=True, tag="rescinded-notice"):
    """A notice is taken back before it takes effect."""

    notice: str
    reason: Text


class Suspended(Act, frozen=True, tag="suspended"):
    """A party suspends, for itself, an instrument that is in force."""

    matter: str
    reason: Text


class Resumed(Act, frozen=True, tag="resumed"):
    """A party ends its own suspension of an instrument."""

    matter: str
    reason: Text = {}


class Consulted(Act, frozen=True, tag="consulted"):
    """One party asks the others of a body to consult: on what ground, which facts, what wish.

    A `drill` tries the line and asks for nothing else.
    """

    symbol: str
    body: str
    ground: Text
    facts: Text
    wish: Text
    drill: bool = False


class Acknowledged(Act, frozen=True, tag="acknowledged"):
    """A seat answers a request to consult."""

    consultation: str
    answer: Text


class Assessed(Act, frozen=True, tag="assessed"):
    """A party's reading of a point of an open consultation: affirm, deny or uncertain.

    The first on a point words the `proposition` that is read; later ones leave it out.
    """

    consultation: str
    point: str
    reading: str
    account: Text
    proposition: Text = {}


class Closed(Act, frozen=True, tag="closed"):
    """The party that asked ends the consultation, with or without a result; or its own alert."""

    consultation: str
    outcome: Text


class Convened(Act, frozen=True, tag="convened"):
    """A party convenes a body for an instant (ms): a meeting, named by the act that convenes it.

    `consultation` names the request, or the alert, that it answers. With `moves`, the name of a
    meeting, the act replaces what that meeting was convened as: its time, place and agenda, or that
    it is cancelled.
    """

    symbol: str
    body: str
    starts: int
    ends: int
    place: Text = {}
    agenda: list[Point] = []
    consultation: str = ""
    moves: str = ""
    cancelled: bool = False
    reason: Text = {}


class Minuted(Act, frozen=True, tag="minuted"):
    """A party's own minutes of a meeting: whether it was held, who was present, what was said.

    Later ones of the same party replace its last.
    """

    meeting: str
    held: bool
    present: list[str]
    account: Text


class Appointed(Act, frozen=True, tag="appointed"):
    """A party puts a holder into one of its seats, who works in `language`.

    `alias`, 16 hex digits drawn at random, stands for the holder wherever it is compared, so that
    the name can be erased.
    """

    office: str
    holder: str
    language: str
    alias: str = ""


class Vacated(Act, frozen=True, tag="vacated"):
    """A seat stands empty."""

    office: str


class KeyDelegated(Act, frozen=True, tag="key-delegated"):
    """An officer key may sign for a seat while this holder holds it; the party key signs this."""

    office: str
    holder: str
    officer_key: str
    alias: str = ""


class KeyRevoked(Act, frozen=True, tag="key-revoked"):
    """An officer key serves no more, from this line of its party's log on; the party key signs."""

    officer_key: str
    reason: Text


class LogSucceeded(Act, frozen=True, tag="log-succeeded"):
    """The log `log`, signed with `node_key`, continues a prefix of an earlier log of a party.

    `continues`, `size` and `root` name that prefix; `asked` is the signature of the party whose log
    it is over the statement (see `record.succession`), `concurs` that of the party that acts. The
    party key signs the act too.
    """

    log: str
    continues: str
    size: int
    root: str
    node_key: str
    cause: str
    asked: str
    concurs: str


class Amended(Act, frozen=True, tag="amended"):
    """From here on the charter runs as a version of a matter, which is in force, amends it."""

    matter: str
    version: str


class Deposited(Act, frozen=True, tag="deposited"):
    """A document laid down by digest; it binds nobody."""

    title: Text
    digest: str
    source: str


class Released(Act, frozen=True, tag="released"):
    """The author's party opens an earlier act of its own to everyone."""

    act: str


class Erased(Act, frozen=True, tag="erased"):
    """The author's party has the words of an earlier act of its own erased everywhere.

    `cause` is law or mistake; what the act did stays.
    """

    act: str
    cause: str
    reason: Text = {}


class Confirmed(Act, frozen=True, tag="confirmed"):
    """For itself, a party says that a row of the register of facts is right as it stands.

    `row` is the row's id, `digest` the SHA-256 of its wording: of a later one it says nothing.
    """

    row: str
    digest: str
    note: Text = {}


class Corrected(Act, frozen=True, tag="corrected"):
    """For itself, a party proposes a correction of a row, with the source of it if there is one.

    Of a promise it may say that it was held, or not, in the period that holds a day: `state` is
    held or not-held, and `on` the ISO date of the day.
    """

    row: str
    digest: str
    correction: Text
    source: str = ""
    state: str = ""
    on: str = ""


class Contested(Act, frozen=True, tag="contested"):
    """For itself, a party says that it does not hold a row to be right, and why."""

    row: str
    digest: str
    reason: Text


KINDS: dict[str, type[Act]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (
        Founded, Tabled, Revised, Positioned, Retracted, WithdrewMatter, Reported, AcceptedReport,
        NotifiedWithdrawal, SuspendedNotice, RescindedNotice, Suspended, Resumed, Consulted,
        Acknowledged, Assessed, Closed, Convened, Minuted, Alerted, Responded, Attested,
        Appointed, Vacated, KeyDelegated, KeyRevoked, LogSucceeded, Amended,
        Deposited, Released, Erased, Confirmed, Corrected, Contested,
    )
}  # fmt: skip


def kind_of(act: Act) -> str:
    """Return the act's kind as it stands in the record, for example ``tabled``."""
    return str(act.__struct_config__.tag)


def document_of(act: Act) -> dict[str, Value]:
    """Return the act's unsigned JSON value."""
    value: dict[str, Value] = msgspec.to_builtins(act)
    return value


def name_of(act: Act) -> str:
    """Return the act's name: hex SHA-256 of its canonical JSON."""
    return act_name(document_of(act))


def act_of(value: Value) -> Act:
    """Read an act's JSON value.

    Raises UnknownKind for a kind that is not listed, Malformed (naming the field) for a bad form.
    """
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        raise Malformed("act: expected an object with a kind.")
    kind = KINDS.get(str(value["kind"]))
    if kind is None:
        raise UnknownKind(str(value["kind"]))
    try:
        act: Act = msgspec.convert(value, type=kind)
    except msgspec.ValidationError as fault:
        raise Malformed(f"act {value['kind']}: {fault}.") from fault
    if document_of(act) != value:
        # One spelling only: a field written out with its default would give a second name.
        raise Malformed(f"act {value['kind']}: a field stands there that adds nothing.")
    if act.to != ["public"] and act.to != sorted(set(act.to)):
        raise Malformed(f"act {value['kind']}: to: expected sorted log origins.")
    return act
