"""The files of a line: links to them for pages, and the package with its text for people."""

from __future__ import annotations

from collections.abc import Mapping

from architrave.node.files import proved_size, published
from architrave.node.runtime import Runtime
from architrave.peer.peer import Peer
from architrave.portal import formats
from architrave.portal.places import stands_in
from architrave.portal.proofs.pages_proofs import ProofLinks
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to
from architrave.portal.words import LANGUAGES, say
from architrave.record.entries import Tip
from architrave.record.layout import FOUNDING, README
from architrave.record.package import (
    ACT,
    ENTRY,
    PROOF,
    SUMS,
    LineFiles,
    line_files,
    package_files,
)

__all__ = ["line_files_of", "package_of", "proof_links", "proof_path", "proved_sizes"]


def proof_path(party: str, number: int, ending: str) -> str:
    """The address of a file of a line, the same in every language and at every capital."""
    return f"/proofs/{party.lower()}/{number}.{ending}"


def proved_sizes(copy: Copy) -> Mapping[str, int]:
    """How many lines of each party's book can be proved: all others have co-signed those."""
    founding = copy.state.founding
    return {one.name: proved_size(copy.peer, one) for one in founding.members}


def proof_links(copy: Copy, tip: Tip, proved: Mapping[str, int]) -> ProofLinks | None:
    """Where the files of a line lie; None if it cannot be proved, or not yet."""
    party = copy.state.party_of(tip.origin)
    if tip.size > proved[party] or not stands_in(copy.view.history.main(tip.origin), tip):
        return None
    return ProofLinks(
        package=link_to(copy.say("proof-package"), proof_path(party, tip.size, "zip")),
        proof=link_to(copy.say("proof-file"), proof_path(party, tip.size, "tlog-proof")),
    )


def line_files_of(runtime: Runtime, peer: Peer, party: str, number: int) -> LineFiles | None:
    """The files of a line of a party's book; None if not all others have co-signed so far."""
    charter = runtime.charter_text.encode()
    record = published(peer, charter, runtime.founding_file)
    return line_files(record, peer.founding.named(party), number)


def package_of(copy: Copy, line: LineFiles, party: str, number: int) -> dict[str, bytes]:
    """All files of a line's package, by name."""
    return package_files(line, _readme(copy, line, party, number).encode())


def _readme(copy: Copy, line: LineFiles, party: str, number: int) -> str:
    parts = [_told(copy, line, party, number, language) for language in LANGUAGES]
    return "\n\n".join(parts)


def _told(copy: Copy, line: LineFiles, party: str, number: int, language: str) -> str:
    names = copy.charter.party(party).short
    book = formats.plain(formats.chosen(names, language))
    carries = copy.peer.history.main(copy.state.origin_of(party)).entries[number - 1].header
    held = "package-open" if line.open else "package-closed"
    if carries.receipt:
        held = "package-receipt"
    lines = [
        say("line-of-book", language, n=formats.number(number), party=book),
        formats.plain(formats.chosen(copy.charter.title, language)),
        copy.state.founding.id,
        "",
    ]
    if copy.state.founding.demonstration:
        lines += [say("demo-banner", language), ""]
    lines += [say("package-what", language), say(held, language), ""]
    lines += [f"  {name}  {said}" for name, said in _files(line, language)]
    lines += ["", say("verify-how", language), ""]
    lines += [f"  architrave verify {party.lower()}-{number}.zip --founding {FOUNDING}"]
    lines += [f"  sha256sum --check {SUMS}", ""]
    lines += [say("package-trust", language), say("package-limits", language)]
    return "\n".join(lines) + "\n"


def _files(line: LineFiles, language: str) -> list[tuple[str, str]]:
    words = {
        FOUNDING: say("package-founding", language),
        PROOF: say("package-proof", language),
        ENTRY: say("package-entry", language),
        ACT: say("package-text", language),
    }
    names = sorted({*line.files, SUMS, README} - {README})
    known = {**words, SUMS: say("package-sums", language)}
    return [(name, known.get(name) or say("package-succession", language)) for name in names]
