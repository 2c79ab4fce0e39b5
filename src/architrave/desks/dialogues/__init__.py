"""Deterrence dialogues: bilateral calendars from public sources, and the three-way promises beside.

`reading` takes only what can be released: rows with a public source and without a marking.
`calendar` sets what was promised and announced beside what was held, and `council` takes the
three-way promises from the register. Nothing here judges: only a source makes *not held*.
"""
