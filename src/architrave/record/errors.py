"""What can go wrong in the record.

::

    RecordError
    ├── Malformed       bytes or text are not in their one allowed form
    ├── BadSignature    a known key did not make this signature
    ├── UnknownSigner   a signature that is required, by a key that is known, is not there
    ├── ProofFailed     a Merkle proof, or a tile, does not lead to the root it was to show
    └── OtherRecord     it is of another record than the one at hand, or of a later state of it

All but the last are the fault of whoever sent the bytes. A mistake of the caller, such as asking a
tree for a leaf that it does not hold, is a ValueError or an IndexError instead.
"""

from __future__ import annotations

__all__ = [
    "BadSignature",
    "Malformed",
    "OtherRecord",
    "ProofFailed",
    "RecordError",
    "UnknownSigner",
]


class RecordError(Exception):
    """Something received does not hold; the subclasses say in what way."""


class Malformed(RecordError):
    """Bytes or text are not in their one allowed form."""


class BadSignature(RecordError):
    """A known key did not make this signature."""


class UnknownSigner(RecordError):
    """A required signature by a known key is missing."""


class ProofFailed(RecordError):
    """A proof does not lead to the root that it was to show."""


class OtherRecord(RecordError):
    """What is to be compared with a record is of another one, or of a later state of it."""
