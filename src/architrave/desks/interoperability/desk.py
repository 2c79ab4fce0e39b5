"""The desk as any other asks it (`desks.registry`).

An assessment does not name its reader, only to whom what follows may be released. To work it out
again, the readers are tried: all parties together first, then the public, then each party alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.interoperability.evidence import (
    assess_matrix,
    assess_mission,
    assess_standards,
)
from architrave.desks.interoperability.model import (
    PUBLIC,
    Documents,
    Level,
    Score,
    audience,
    readable,
)
from architrave.desks.interoperability.reading import (
    MISSIONS,
    STANDARDS,
    STATUSES,
    read_documents,
    read_standards,
    read_statuses,
)
from architrave.desks.parameters import day_given, several_given, whole_given
from architrave.desks.registry import Desk, Sources

__all__ = ["DESK"]


def _assess(sources: Sources, today: date) -> tuple[Assessment, ...]:
    """The matrix, the standards and each mission, as all parties may read them."""
    documents = _documents(sources, sources.parties)
    scores = readable(documents.scores, documents.parties)
    return (
        assess_matrix(documents, scores, today),
        *([assess_standards(documents, today)] if documents.standards else []),
        *(assess_mission(documents, scores, one, today) for one in documents.missions),
    )


def _rerun(assessment: Assessment, sources: Sources) -> Assessment:
    parties, today = several_given(assessment, "parties"), day_given(assessment, "today")
    if STANDARDS in sources.texts:
        return assess_standards(_standards(sources, parties), today)
    documents = _documents(sources, parties)
    scores = _scores(assessment, documents)
    if "mission" not in assessment.parameters:
        return assess_matrix(documents, scores, today)
    wanted = assessment.parameters["mission"]
    mission = next((one for one in documents.missions if one.id == wanted), None)
    if mission is None:
        raise BadInput(f"interoperability: {MISSIONS} has no mission {str(wanted)[:40]!r}.")
    to = None
    if assessment.parameters.get("to_level") is not None:
        to = Level(whole_given(assessment, "to_level", min(Level), max(Level)))
    return assess_mission(documents, scores, mission, today, to)


def _documents(sources: Sources, parties: tuple[str, ...]) -> Documents:
    """The tables, refused as a whole where a cell carries a marking."""
    for name, content in sources.texts.items():
        lines = csv.reader(StringIO(content))
        for cells in lines:
            for found in filter(None, map(sources.marking, cells)):
                place = f"{name}, line {lines.line_num}"
                raise BadInput(f"{place}: a cell carries the marking {found}.")
    return read_documents(sources.texts, parties)


def _standards(sources: Sources, parties: tuple[str, ...]) -> Documents:
    """The two tables of standards, which are assessed without functions beside them."""
    standards = read_standards(sources.text(STANDARDS))
    known = tuple(one.id for one in standards)
    content = sources.texts.get(STATUSES)
    statuses = () if content is None else read_statuses(content, known, parties)
    return Documents(parties, (), standards=standards, statuses=statuses, texts=sources.texts)


def _scores(assessment: Assessment, documents: Documents) -> tuple[Score, ...]:
    """The scores that were used, as far as their number and release tell."""
    wanted = (assessment.parameters.get("scores"), assessment.parameters.get("released_to"))
    tried = [readable(documents.scores, readers) for readers in _readers(documents.parties)]
    for scores in tried:
        if (len(scores), list(audience(scores, documents.parties))) == wanted:
            return scores
    return tried[0]


def _readers(parties: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield parties
    yield (PUBLIC,)
    yield from ((party,) for party in parties)


DESK = Desk("interoperability", _assess, _rerun)
