"""The pages: what a reader sees of one node."""
