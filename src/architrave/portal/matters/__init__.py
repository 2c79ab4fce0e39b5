"""A matter on the pages: how it stands, its texts side by side, and its steps."""
