"""A table-top exercise: three nodes of its own, by the same rules, wiped at the end."""
