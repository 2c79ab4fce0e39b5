"""The register on the pages: promises, events, rows, and what capitals say of them."""
