"""Invented charters for tests that need more parties than three: see `architrave.sim.rivers`."""

from architrave.sim.rivers import rivers

__all__ = ["rivers"]
