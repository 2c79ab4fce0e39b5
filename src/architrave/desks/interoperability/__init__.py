"""Interoperability: levels by function and pair, standards by nation, and chains for a mission.

`model` holds the documents, `reading` reads them from tables, `matrix` says what is current, stale
or not assessed, `standards` puts differences first, `chains` finds the weakest connection of a
mission and what would help most, and `hubs` compares it with every pair through one hub. No level
is guessed: what is not assessed is an interval.
"""
