"""One search over everything public, in all languages at once."""
