"""What a copy holds beside its record for its pages: the council's data and the forum's."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.council.council_data import CouncilData
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.papers.desk_data import DeskTables

__all__ = ["Beside"]


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """Each, or None where a copy has none; the readers of either find it by its name."""

    council: CouncilData | None = None
    forum: ForumData | None = None

    @property
    def brief(self) -> DeskTables | None:
        """The tables of the council's brief."""
        return self.council.brief if self.council is not None else None
