"""The keys with which a node signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from architrave.record.cosignatures import CosignerKey
from architrave.record.keys import PrivateKey
from architrave.record.mldsa import MldsaPrivateKey

__all__ = ["Keys"]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a node holds; `mldsa` if the founding names one for its party.

    `later` are the node keys of its party's later logs, by their names.
    """

    node: PrivateKey
    cosigner: PrivateKey
    mldsa: MldsaPrivateKey | None = None
    later: Mapping[str, PrivateKey] = field(default_factory=dict)

    @property
    def cosigners(self) -> tuple[CosignerKey, ...]:
        """The keys that cosign, in the order in which their lines stand."""
        return (self.cosigner,) if self.mldsa is None else (self.cosigner, self.mldsa)
