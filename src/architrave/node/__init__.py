"""The shell of one node: keys, store, clock, HTTP and the keeper."""
