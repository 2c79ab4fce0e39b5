"""Architrave: the standing secretariat, as software, of an institution without a hub."""

__version__ = "0.1.0"
