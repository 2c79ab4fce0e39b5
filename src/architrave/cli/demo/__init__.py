"""The demonstration: three real processes, one story, and an invitation to cheat."""
