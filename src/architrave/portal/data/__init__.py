"""Public data: the interface for programs, tables, and everything in one file."""
