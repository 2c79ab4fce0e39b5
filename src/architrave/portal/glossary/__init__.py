"""The glossary: its terms, what a text lacks of them, and its page."""
