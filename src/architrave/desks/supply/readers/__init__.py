"""Official tables as they are downloaded, each layout in a module of its own.

A reader takes paths or texts, gives a `Table` that `balance.checked` has let pass, and refuses with
one sentence that names file, line and column.
"""
