"""A seeded world for the real peers, in which links, disks and clocks fail and one party may lie.

`simulate(plan)` runs one history and returns what a separate judge found untrue in it.
"""
