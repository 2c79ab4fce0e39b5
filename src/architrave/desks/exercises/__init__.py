"""The exercise desk: a plan of several years that survives politics.

`model` holds the documents, and the rest reads, judges and computes on them.
"""
