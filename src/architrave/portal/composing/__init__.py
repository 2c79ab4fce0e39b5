"""From what an officer types, at the terminal or on a page, to the act that it means."""
