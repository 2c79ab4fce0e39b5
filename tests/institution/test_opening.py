"""What a reader of the public part of the record can tell of an act, and what it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from world import found as found_institution
from world import load_charter, seed

from architrave.institution import acts
from architrave.institution.acts import Act, document_of, name_of
from architrave.institution.opening import PublicReader
from architrave.record import canonical
from architrave.record.audit_headers import ActLine
from architrave.record.canonical import Value
from architrave.record.entries import PUBLIC, Audience
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct, sign_act

FOUNDING, PARTY_KEYS = found_institution(load_charter())
FIRST, SECOND, _ = (member.name for member in FOUNDING.members)
EVERYONE = sorted(FOUNDING.origins)
OFFICER = PrivateKey(seed("officer"))
SEAT = f"{FIRST}/TDC"


@dataclass
class Case:
    """A reader, and acts put before it, each on a line of its own."""

    reader: PublicReader
    n: int = 0

    def put(
        self,
        act: Act | dict[str, Value],
        key: PrivateKey = OFFICER,
        *,
        party: str = FIRST,
        to: Audience | None = PUBLIC,
        institution: str = FOUNDING.id,
    ) -> str | None:
        """Why the act may not lie open under a line of `party` with the audience `to`."""
        document = document_of(act) if isinstance(act, Act) else act
        return self.put_bytes(sign_act(document, institution, key), party=party, to=to)

    def put_bytes(
        self, data: bytes, *, party: str = FIRST, to: Audience | None = PUBLIC
    ) -> str | None:
        sealed = SealedAct(seed("salt", self.n), data)
        self.n += 1
        line = ActLine(party, self.n, f"line {self.n}", sealed.seal, to)
        return self.reader.fault(line, sealed)

    @property
    def said(self) -> list[str]:
        return [remark.message for remark in self.reader.remarks()]


def case() -> Case:
    return Case(PublicReader(FOUNDING))


def deposit(
    to: list[str],
    *,
    party: str = FIRST,
    seat: str = SEAT,
    key: PrivateKey = OFFICER,
    digest: str = "5e" * 32,
) -> acts.Deposited:
    return acts.Deposited(
        party=party,
        seat=seat,
        key=key.public.text,
        at=1,
        to=to,
        title={"en": "A paper"},
        digest=digest,
        source="an archive",
    )


def release(
    name: str, *, party: str = FIRST, seat: str = SEAT, to: list[str] | None = None
) -> acts.Released:
    key = OFFICER if seat else PARTY_KEYS[party]
    return acts.Released(
        party=party, seat=seat, key=key.public.text, at=1, to=to or ["public"], act=name
    )


def delegation(to: list[str]) -> acts.KeyDelegated:
    return acts.KeyDelegated(
        party=FIRST,
        key=PARTY_KEYS[FIRST].public.text,
        at=1,
        to=to,
        office=SEAT,
        holder="a holder",
        officer_key=OFFICER.public.text,
    )


# -- who signed -------------------------------------------------------------------------------


def test_a_public_act_may_lie_open_though_its_key_is_not_known() -> None:
    one = case()
    assert one.put(deposit(["public"])) is None
    assert one.put(deposit(["public"], digest="6f" * 32)) is None
    assert len(one.said) == 1
    assert one.said[0].startswith("2 acts here are signed by officers' keys that no public act")


def test_a_key_that_its_party_delegated_in_public_is_known_from_then_on() -> None:
    one = case()
    assert one.put(deposit(["public"])) is None
    assert one.put(delegation(["public"]), PARTY_KEYS[FIRST]) is None
    assert one.put(deposit(["public"], digest="6f" * 32)) is None
    assert one.put(deposit(["public"], seat=f"{FIRST}/FM")) is None  # another seat
    assert one.said[0].startswith("2 acts here are signed")


def test_only_the_party_key_delegates() -> None:
    one = case()
    act = delegation(["public"])
    forged = acts.KeyDelegated(**{**document_of_fields(act), "key": OFFICER.public.text})
    assert one.put(forged) is None
    assert one.put(deposit(["public"])) is None
    assert any("its key is not the party key" in said for said in one.said)
    assert any(said.startswith("1 act here is signed") for said in one.said)


def document_of_fields(act: Act) -> dict[str, object]:
    return {name: value for name, value in document_of(act).items() if name != "kind"}


def test_an_act_that_its_own_key_did_not_sign_is_a_fault() -> None:
    one = case()
    message = "the signature is not by the key that the act names, for this institution."
    assert one.put(deposit(["public"]), PARTY_KEYS[FIRST]) == message
    assert one.put(deposit(["public"]), institution="0" * 64) == message
    data = sign_act(document_of(deposit(["public"])), FOUNDING.id, OFFICER)
    assert one.put_bytes(data[:-1] + bytes([data[-1] ^ 1])) == message


def test_bytes_that_are_no_act_are_a_fault() -> None:
    one = case()
    for data in (
        b"",
        b"{}",
        bytes(100),
        b"[]\n" + bytes(64),
        b'{"kind":"deposited"}\n' + bytes(64),
    ):
        fault = one.put_bytes(data)
        assert fault is not None
        assert fault.startswith("the text is no act: ")


# -- void, and no fault -----------------------------------------------------------------------


def test_an_act_that_is_void_is_a_remark_and_no_fault() -> None:
    one = case()
    document = document_of(deposit(["public"]))
    assert one.put({**document, "more": 1}) is None
    assert one.put({**document, "digest": 7}) is None
    assert one.put({name: one for name, one in document.items() if name != "seat"}) is None
    assert sum(said.startswith("it counts for nothing: ") for said in one.said) == 3


def test_an_act_of_a_kind_that_is_not_known_is_a_remark_and_no_fault() -> None:
    one = case()
    assert one.put({**document_of(deposit(["public"])), "kind": "sang"}) is None
    assert any("does not know the kind 'sang'" in said for said in one.said)


# -- whose line, and which readers ------------------------------------------------------------


def test_an_act_in_the_log_of_another_party_opens_nothing() -> None:
    fault = case().put(deposit(["public"]), party=SECOND)
    assert fault == f"an act of {FIRST} stands in the log of {SECOND}."


def test_an_act_and_its_line_name_the_same_readers() -> None:
    one = case()
    message = "the act and its line name different readers."
    assert one.put(deposit(EVERYONE)) == message
    assert one.put(deposit(["public"]), to=Audience.among(EVERYONE)) == message
    assert one.put(deposit(EVERYONE), to=Audience.among(EVERYONE[:2])) == message


# -- released ---------------------------------------------------------------------------------


def test_an_act_for_some_lies_open_only_once_its_party_released_it() -> None:
    one, act = case(), deposit(EVERYONE)
    closed = f"it is not public, and no public act of {FIRST} releases it."
    assert one.put(act, to=Audience.among(EVERYONE)) == closed
    assert one.put(release(name_of(act))) is None
    assert one.put(deposit(EVERYONE, digest="6f" * 32), to=Audience.among(EVERYONE)) == closed
    assert [said for said in one.said if said.startswith("releases the act ")]
    assert one.put(act, to=Audience.among(EVERYONE)) is None
    assert not [said for said in one.said if said.startswith("releases the act ")]


def test_a_release_for_some_or_for_no_seat_or_by_another_party_releases_nothing() -> None:
    act = deposit(EVERYONE)
    for wrong, key, party, to in (
        (release(name_of(act), to=EVERYONE), OFFICER, FIRST, Audience.among(EVERYONE)),
        (release(name_of(act), seat=""), PARTY_KEYS[FIRST], FIRST, PUBLIC),
        (release(name_of(act), party=SECOND), OFFICER, SECOND, PUBLIC),
    ):
        one = case()
        one.put(wrong, key, party=party, to=to)
        assert one.put(act, to=Audience.among(EVERYONE)) is not None


def test_a_statement_with_a_secret_audience_opens_only_by_release() -> None:
    one, act = case(), deposit(EVERYONE)
    assert one.put(act, to=None) is not None
    assert one.put(release(name_of(act))) is None
    assert one.put(act, to=None) is None


def test_lines_are_asked_for_only_while_a_release_waits_for_its_act() -> None:
    one, act = case(), deposit(EVERYONE)
    line = ActLine(FIRST, 1, "line 1", bytes(32), Audience.among(EVERYONE))
    other = ActLine(SECOND, 1, "line 1", bytes(32), Audience.among(EVERYONE))
    assert not one.reader.may_be_open(line)
    one.put(release(name_of(act)))
    assert one.reader.may_be_open(line)
    assert not one.reader.may_be_open(other)
    one.put(act, to=Audience.among(EVERYONE))
    assert not one.reader.may_be_open(line)


# -- whatever comes ---------------------------------------------------------------------------

JSON = st.recursive(
    st.text(max_size=5) | st.integers(-9, 9) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*document_of(deposit(["public"])), "more"]), JSON))
def test_any_signed_document_is_judged_and_nothing_else(changes: dict[str, Value]) -> None:
    document = {**document_of(deposit(["public"])), **changes}
    one = case()
    fault = one.put_bytes(
        canonical.dump(document)
        + b"\n"
        + OFFICER.sign(b"act/v1\n" + FOUNDING.id.encode() + b"\n" + canonical.dump(document))
    )
    outside = {"party", "key", "to"} & set(changes)
    assert fault is None or outside or {"kind", "seat"} & set(changes)


@given(st.binary(max_size=200))
def test_any_bytes_are_judged(data: bytes) -> None:
    assert case().put_bytes(data) is not None
