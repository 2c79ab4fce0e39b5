"""The charter on the pages: bodies, seats, articles and rules, now and as of any day."""
