"""The charter: parse it, check it, explain it; decision rules as finite tables.

`parse.parse_charter(text, name)` gives a checked `model.Charter` or raises `errors.CharterError`
with every fault. Nothing here reads a file or a clock: text and instants arrive as arguments.
"""
