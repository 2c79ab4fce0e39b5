"""What parties say came of a matter's evidence, on its page: side by side, and never added up."""

from __future__ import annotations

from collections.abc import Iterator

from architrave.institution.acts import Attested
from architrave.institution.attestations import attestations
from architrave.institution.standing import MatterStanding
from architrave.institution.state import Fact
from architrave.portal import formats
from architrave.portal.matters.pages_matter import AttestedRow
from architrave.portal.reading import Copy
from architrave.portal.rows import wording_of

__all__ = ["attested_rows"]

_CELLS = 5


def attested_rows(copy: Copy, standing: MatterStanding) -> tuple[AttestedRow, ...]:
    """Of each version, the newest first, and each piece of its evidence: each party's latest."""
    return tuple(_rows(copy, standing)) if copy.state.attestations else ()


def _rows(copy: Copy, standing: MatterStanding) -> Iterator[AttestedRow]:
    for number, one in reversed(list(enumerate(standing.versions, start=1))):
        for name, digest in sorted(wording_of(one).digests.items()):
            found = attestations(copy.state, copy.view, one.version.name, digest)
            said = {fact.party: (fact, act) for fact, act in found}
            for party in copy.ordered(said):
                evidence = f"{copy.say('version-n', n=number)} · {name} · {digest[:16]}…"
                yield _row(copy, evidence, *said[party])


def _row(copy: Copy, evidence: str, fact: Fact, act: Attested) -> AttestedRow:
    read = copy.read(fact.tip)
    act = read if isinstance(read, Attested) else act
    cells = (f"{cell.cell}: {cell.tabled} → {cell.again}" for cell in act.cells[:_CELLS])
    many = formats.number(act.differing)
    return AttestedRow(
        evidence=evidence,
        party=copy.party(fact.party),
        code=act.finding,
        word=copy.say_of("attested", act.finding),
        differing=copy.say("attested-cells", n=many) if act.differing else "",
        cells=tuple(cells),
        versions=", ".join(f"{name} {one}" for name, one in sorted(act.versions.items())),
        reason=copy.of(act.reason) if act.reason else "",
        at=copy.here(fact.t),
        line=copy.line(fact.tip),
    )
