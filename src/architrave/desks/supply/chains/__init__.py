"""Product chains below a table's sectors: stages, who makes which part, and what is not known.

`reading` reads the tables, `shares` says who makes how much and how concentrated that is, `tracing`
follows a product upstream, `loss` says when stocks run out where a supplier is lost. An unknown
share stays unknown: it is never shared out among those that are known.
"""
