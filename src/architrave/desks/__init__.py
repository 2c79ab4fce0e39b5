"""Desks: knowledge and computation for the bodies of an institution, and never a second procedure.

A desk is one folder: its documents (`model`), how they are read from what people bring (`reading`),
its computation as a plain Python API, and its evidence. Desks return dated assessments, which name
the digests of what went in and the newest year of each layer; the floors above sign and submit.
Desks know nothing of nodes and of the record's bytes, and they do not know each other: what they
share lies beside them in `rows`, `evidence` and `errors`.
"""
