"""What a composer asks of a copy of the record, at the terminal and on a page alike."""

from __future__ import annotations

from typing import Protocol

from architrave.charter.model import Charter
from architrave.institution.register import Register
from architrave.institution.state import Institution, View
from architrave.record.entries import Tip
from architrave.record.history import History

__all__ = ["Held"]


class Held(Protocol):
    """One capital's copy: its record, its charter in force, and how it names things in English."""

    @property
    def view(self) -> View:
        """What counts."""

    @property
    def state(self) -> Institution:
        """What the record says; its charter is the one in force in this view."""

    @property
    def history(self) -> History:
        """The lines that are held."""

    @property
    def charter(self) -> Charter:
        """The charter in force."""

    @property
    def party(self) -> str:
        """Whose copy it is."""

    @property
    def register(self) -> Register | None:
        """The register of facts beside the record; None if there is none."""

    def capital(self, party: str) -> str:
        """A party's capital, in English."""

    def line(self, tip: Tip) -> str:
        """Which line of which minute book an entry is, for example ``ALD:12``."""
