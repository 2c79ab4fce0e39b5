"""Verbs for people at a terminal; the only place where everything is wired together."""
