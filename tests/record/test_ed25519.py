from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.record.errors import BadSignature, Malformed
from architrave.record.keys import PrivateKey, PublicKey

# RFC 8032 section 7.1, tests 1 to 3.
RFC8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC8032)
def test_signatures_are_those_of_rfc8032(
    seed: str, public: str, message: str, signature: str
) -> None:
    key = PrivateKey(bytes.fromhex(seed))
    assert key.public.raw.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    key.public.verify(bytes.fromhex(signature), bytes.fromhex(message))


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=50), st.integers(0, 511))
def test_a_signature_with_one_bit_changed_is_refused(seed: bytes, message: bytes, bit: int) -> None:
    key = PrivateKey(seed)
    signature = bytearray(key.sign(message))
    key.public.verify(bytes(signature), message)
    signature[bit // 8] ^= 1 << bit % 8
    assert not key.public.verifies(bytes(signature), message)
    with pytest.raises(BadSignature, match="not made by the key"):
        key.public.verify(bytes(signature), message)


def test_a_signature_altered_into_its_second_form_is_refused() -> None:
    key = PrivateKey(bytes(32))
    signature = key.sign(b"x")
    scalar = int.from_bytes(signature[32:], "little") + GROUP_ORDER
    assert not key.public.verifies(signature[:32] + scalar.to_bytes(32, "little"), b"x")


def test_a_key_of_small_order_verifies_nothing() -> None:
    neutral = (1).to_bytes(32, "little")
    assert not PublicKey(neutral).verifies(neutral + bytes(32), b"any message at all")


@pytest.mark.parametrize("length", [0, 31, 33, 63, 65])
def test_wrong_lengths_are_refused(length: int) -> None:
    with pytest.raises(Malformed, match=f"expected 32 bytes, found {length}"):
        PublicKey(bytes(length))
    with pytest.raises(Malformed, match=f"32 bytes, found {length}"):
        PrivateKey(bytes(length))
    with pytest.raises(BadSignature):
        PrivateKey(bytes(32)).public.verify(bytes(length), b"")


def test_a_public_key_comes_back_from_its_text() -> None:
    key = PrivateKey(bytes(32)).public
    assert PublicKey.parse(key.text) == key
    assert len(key.text) == 44
    with pytest.raises(Malformed):
        PublicKey.parse(key.text + "A")


def test_a_private_key_is_not_shown_and_not_copied_out() -> None:
    seed = bytes(range(32))
    key = PrivateKey(seed)
    for shown in (repr(key), str(key), f"{key}"):
        assert shown == f"PrivateKey(public={key.public.text!r})"
        assert seed.hex() not in shown
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        copy.copy(key)
