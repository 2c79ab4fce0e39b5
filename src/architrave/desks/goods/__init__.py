"""The critical-goods list of a body: which goods are on it, on what evidence, and when each is
reviewed.

A list is the text of a matter, so that it is decided like any other. Each version names those that
it replaces by SHA-256. A good comes onto it with evidence and the day of its review; a later day
of review needs evidence that was not there before; a good leaves it with a reason.

    model       a good, a list
    reading     a table that somebody brings
    document    a list as the text of a matter, and read again
    changes     what a list changes in those that it replaces, and what it lacks
    writing     a list as the table that it is read from
    tabled      the lists in a record, and which of them stand
"""
