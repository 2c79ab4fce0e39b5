"""Which six-digit codes belong to a stage of a product chain, and what else they hold.

`data/chains/concordance.csv` has a row for each code and stage: the first and last edition of the
Harmonized System in which the code means this, and in our own words what it holds beyond the stage.
A row without a stage is a code of the same headings that no stage here stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Layer, digest_of
from architrave.desks.rows import read_table, text, whole

__all__ = ["FILE", "Concordance", "Covered", "Link", "read_concordance", "shipped_concordance"]

FILE = "concordance.csv"
_COLUMNS = ("hs6", "stage_id", "hs_from", "hs_to", "wider", "source")
_FIRST, _LAST = 1988, 2100


@dataclass(frozen=True, slots=True)
class Link:
    """A code, the stage that it belongs to ("" for none), and what it holds beyond that stage."""

    code: str
    stage: str
    first: int
    last: int
    wider: str
    source: str


@dataclass(frozen=True, slots=True)
class Covered:
    """Codes that are looked at as one, and the stages for which they stand, if any."""

    codes: tuple[str, ...]
    stages: tuple[str, ...]
    wider: tuple[str, ...]

    @property
    def name(self) -> str:
        """The stages, or the code where there is none."""
        return ", ".join(self.stages) or ", ".join(self.codes)


@dataclass(frozen=True, eq=False)
class Concordance:
    """All links, and the table that they stand in as a layer."""

    links: tuple[Link, ...]
    layer: Layer

    @property
    def codes(self) -> frozenset[str]:
        """Every code."""
        return frozenset(link.code for link in self.links)

    def covered(self) -> tuple[Covered, ...]:
        """What is looked at as one: stages with the very same codes, then single codes."""
        by_stage: dict[str, list[Link]] = {}
        for link in self.links:
            if link.stage:
                by_stage.setdefault(link.stage, []).append(link)
        groups: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
        for stage, links in by_stage.items():
            codes = tuple(sorted({link.code for link in links}))
            stages, wider = groups.setdefault(codes, ([], []))
            stages.append(stage)
            wider.extend(f"{link.code}: {link.wider}" for link in links)
        used = {code for codes in groups for code in codes}
        single: dict[tuple[str, ...], tuple[list[str], list[str]]] = {
            (link.code,): ([], [f"{link.code}: {link.wider}"])
            for link in self.links
            if not link.stage and link.code not in used
        }
        return tuple(
            Covered(codes, tuple(stages), tuple(dict.fromkeys(wider)))
            for codes, (stages, wider) in sorted({**groups, **single}.items())
        )

    def of_stage(self, stage: str) -> Covered:
        """The codes of a stage; BadInput if no code is known for it."""
        for one in self.covered():
            if stage in one.stages:
                return one
        raise BadInput(f"{self.layer.name}: no code is known for the stage {stage[:40]!r}.")

    def of_codes(self, codes: Sequence[str]) -> Covered:
        """Codes that somebody names; BadInput for what is no six-digit code."""
        for code in codes:
            if not re.fullmatch(r"[0-9]{6}", code):
                raise BadInput(f"{code[:40]!r} is no six-digit code such as 854232.")
        wanted = tuple(sorted(set(codes)))
        links = [link for link in self.links if link.code in wanted]
        wider = dict.fromkeys(f"{link.code}: {link.wider}" for link in links)
        stages = dict.fromkeys(link.stage for link in links if link.stage)
        return Covered(wanted, tuple(stages), tuple(wider))

    def chosen(self, stages: Sequence[str] = (), codes: Sequence[str] = ()) -> tuple[Covered, ...]:
        """The codes of some stages, and codes by name as one; without either, all, group by group.

        BadInput for a stage without codes, or no code.
        """
        if not stages and not codes:
            return self.covered()
        found = [self.of_stage(stage) for stage in stages]
        return tuple(dict.fromkeys([*found, *([self.of_codes(codes)] if codes else [])]))

    def fits(self, code: str, edition: int | None) -> bool:
        """Whether a code has its meaning here in an edition (None: not known which)."""
        spans = [(link.first, link.last) for link in self.links if link.code == code]
        if edition is None or not spans:
            return True
        return any(first <= edition <= last for first, last in spans)


def read_concordance(file: str, content: str) -> Concordance:
    """Read the table; BadInput naming file, line and column."""
    links: list[Link] = []
    for row in read_table(file, content, _COLUMNS):
        code = text(row, "hs6")
        if not re.fullmatch(r"[0-9]{6}", code):
            raise BadInput(f"{row.place}: hs6 must be six digits, not {code[:20]!r}.")
        first = whole(row, "hs_from", _FIRST, _LAST)
        last = whole(row, "hs_to", first, _LAST, missing=_LAST)
        link = Link(
            code, text(row, "stage_id", ""), first, last, text(row, "wider"), text(row, "source")
        )
        if any((one.code, one.stage) == (code, link.stage) for one in links):
            raise BadInput(f"{row.place}: {code} {link.stage or 'without a stage'} is there twice.")
        links.append(link)
    newest = max(link.first for link in links) if links else ""
    layer = Layer(file, str(newest), digest_of(content.encode()), "compiled, by row")
    return Concordance(tuple(links), layer)


@cache
def shipped_concordance() -> Concordance:
    """The table that comes along; BadInput if the package was not installed whole."""
    package = Path(str(files("architrave")))
    for root in (package / "shipped", package.parents[1]):
        path = root / "data" / "chains" / FILE
        if path.is_file():
            return read_concordance(FILE, path.read_text(encoding="utf-8"))
    raise BadInput("data/chains is not beside the program: it was not installed whole.")
