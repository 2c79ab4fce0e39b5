"""Cosignatures of both kinds: what ML-DSA-44 beside Ed25519 costs in time and in bytes.

The size is how often each step is repeated. The yardstick of the first two rows is the same work
with Ed25519 alone. Rows:

cosigning            microseconds to sign one checkpoint with both keys, median
cosigning.verify     microseconds to verify both lines, nothing remembered, median
cosigning.note       bytes of a checkpoint's note with both kinds of two cosigners, and of one kind
cosigning.founding   bytes of a founding of three parties with both kinds, and with one
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.cosignatures import CosignerKey, cosign, verify_cosignature
from architrave.record.founding import Founding, Member, log_origin, sign_founding
from architrave.record.keys import PrivateKey
from architrave.record.mldsa import MldsaPrivateKey
from architrave.record.notes import format_note
from bench import Figure, main, versions

SIZE = 500
NAMES = ("Alder", "Birch", "Cedar")
DOMAIN = "demo.invalid"


def key(number: int, role: int) -> PrivateKey:
    return PrivateKey(bytes([16 * number + role]) * 32)


def mldsa_key(number: int) -> MldsaPrivateKey:
    return MldsaPrivateKey(bytes([16 * number + 4]) * 32)


def members(both: bool) -> tuple[Member, ...]:
    return tuple(
        Member(
            name,
            log_origin(name, DOMAIN),
            *(key(number, role).public for role in (1, 2, 3)),
            f"http://{name.lower()}.{DOMAIN}/",
            mldsa_key(number).public if both else None,
        )
        for number, name in enumerate(NAMES)
    )


def microseconds(work: Callable[[int], object], repeats: int) -> float:
    times = []
    for turn in range(repeats):
        start = time.perf_counter()
        work(turn)
        times.append((time.perf_counter() - start) * 1e6)
    return median(times)


def founding_bytes(both: bool) -> int:
    founding = Founding(DOMAIN, "c4" * 32, True, members(both))
    return len(sign_founding(founding, {name: key(number, 1) for number, name in enumerate(NAMES)}))


def measure(size: int = SIZE) -> list[Figure]:
    """Sign and verify one checkpoint `size` times with one key and with two."""
    one, *others = members(True)
    checkpoint = Checkpoint(one.origin, 12, bytes(range(32)))
    keys: list[list[CosignerKey]] = [[key(1, 3), mldsa_key(1)], [key(2, 3), mldsa_key(2)]]
    name = others[0].cosigner.name

    def sign(kinds: int) -> float:
        return microseconds(
            lambda turn: [cosign(checkpoint, name, one, turn) for one in keys[0][:kinds]], size
        )

    def verify(kinds: int) -> float:
        known = others[0].cosigners[:kinds]
        lines = [
            [cosign(checkpoint, name, one, turn) for one in keys[0][:kinds]] for turn in range(size)
        ]
        verify_cosignature.cache_clear()

        def work(turn: int) -> None:
            for line, public in zip(lines[turn], known, strict=True):
                assert verify_cosignature(checkpoint.text, line, public) == turn

        return microseconds(work, size)

    def note(kinds: int) -> float:
        lines = [sign_checkpoint(checkpoint, key(0, 2))]
        for other, held in zip(others, keys, strict=True):
            lines += [cosign(checkpoint, other.cosigner.name, one, 1) for one in held[:kinds]]
        return float(len(format_note(checkpoint.text, lines)))

    sizes, used = {"repeats": size}, versions("cryptography", "pynacl")
    plain = [replace(each, mldsa_key=None) for each in members(True)]
    equal = plain == list(members(False))
    return [
        Figure("cosigning", sign(2), sign(1), ("<=", 100.0), equal, sizes, used),
        Figure("cosigning.verify", verify(2), verify(1), ("<=", 10.0), equal, sizes, used),
        Figure("cosigning.note", note(2), note(1), ("<=", 20.0), equal, sizes, used),
        Figure(
            "cosigning.founding",
            float(founding_bytes(True)),
            float(founding_bytes(False)),
            ("<=", 10.0),
            equal,
            sizes,
            used,
        ),
    ]


if __name__ == "__main__":
    sys.exit(main(measure))
