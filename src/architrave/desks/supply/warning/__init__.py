"""Early warning: thresholds on series and on notices of restrictions, and what fired when.

`series` reads figures by period, `thresholds` says where a level or a change crosses a line,
`notices` reads a table of measures and watches goods by HS code, `fired` keeps what has fired so
that nothing fires twice. Nothing here warns anybody: a warning is a record entry of a capital.
"""
