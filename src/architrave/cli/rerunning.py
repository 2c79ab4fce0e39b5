"""An assessment worked out again in a process of its own, with limits.

A document that a capital has tabled decides what is run here, so it must not be able to hold up or
fill this machine: the process has a time, a memory and an answer of at most so much, and is ended
when it goes beyond. It gets its inputs as text, opens no file but those that whoever asks has
named, and gives back one value of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from architrave.desks.errors import DeskError
from architrave.desks.evidence import Assessment, digest_of
from architrave.desks.registry import Shelf, rerun
from architrave.desks.tabling import assessments_in, document_with
from architrave.institution.errors import InstitutionError
from architrave.institution.register import read_register

__all__ = ["LONGEST_ANSWER", "MEMORY", "Inputs", "NotRerun", "rerun_apart"]

MEMORY = 1 << 30
"""Bytes of memory of the other process."""
LONGEST_ANSWER = 8 << 20
"""Bytes of its answer."""


class NotRerun(Exception):
    """An assessment could not be worked out again; the text says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that is at hand: tables by SHA-256, the files of registers by their digest, parties.

    `files` are large tables of numbers by their paths.
    """

    tables: Mapping[str, str]
    registers: Mapping[str, Mapping[str, str]]
    parties: tuple[str, ...]
    files: tuple[Path, ...] = ()

    def of(self, assessment: Assessment) -> Inputs:
        """Only those that an assessment names."""
        named = {layer.digest for layer in assessment.layers}
        return Inputs(
            {name: text for name, text in self.tables.items() if name in named},
            {name: files for name, files in self.registers.items() if name in named},
            self.parties,
            self.files,
        )


def rerun_apart(assessment: Assessment, inputs: Inputs, seconds: int) -> dict[str, Any]:
    """The document of an assessment, worked out again by another process; NotRerun if it is not."""
    chosen = inputs.of(assessment)
    asked = {
        "document": document_with([assessment]),
        "tables": dict(chosen.tables),
        "registers": {name: dict(files) for name, files in chosen.registers.items()},
        "parties": list(chosen.parties),
        "files": [str(one.resolve()) for one in chosen.files],
        "seconds": seconds,
    }
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(
                # -P: nothing is imported from the folder in which somebody happens to stand.
                [sys.executable, "-P", "-m", "architrave.cli.rerunning"],
                input=json.dumps(asked).encode("ascii"),
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotRerun(f"it was not done after {seconds} seconds.") from None
        answer.seek(0)
        said = answer.read(LONGEST_ANSWER + 1)
    if ended.returncode or len(said) > LONGEST_ANSWER:
        raise NotRerun("it broke off: beyond its limits, or by a fault of the desk.")
    value = json.loads(said)
    if "fault" in value:
        raise NotRerun(str(value["fault"]))
    found: dict[str, Any] = value["found"]
    return found


# -- in the other process -------------------------------------------------------------------


def _main() -> None:
    asked = json.loads(sys.stdin.buffer.read())
    _limit(asked["seconds"])
    sys.stdout.write(json.dumps(_answer(asked)))


def _answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    from architrave.cli.desk_tables import marking

    parties = tuple(asked["parties"])
    try:
        (assessment,) = assessments_in(asked["document"])
        registers = {
            digest: read_register(files, frozenset(parties))
            for digest, files in asked["registers"].items()
        }
        tables = {digest_of(text.encode()): text for text in asked["tables"].values()}
        files = tuple(Path(one) for one in asked["files"])
        shelf = Shelf(tables, registers, parties, marking, files)
        return {"found": rerun(assessment, shelf).document}
    except (DeskError, InstitutionError) as fault:
        return {"fault": str(fault)}


def _limit(seconds: int) -> None:
    """Bound what this process may use, where the system can."""
    try:
        import resource
    except ImportError:  # no such limits on Windows; the time is kept by the other process
        return
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LONGEST_ANSWER),
    ):
        hard = resource.getrlimit(kind)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))


if __name__ == "__main__":
    _main()
