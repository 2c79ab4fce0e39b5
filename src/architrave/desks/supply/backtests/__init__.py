"""What the desk would have said before something happened, held against what happened.

`facts` reads what was known and what came of it, each with its source; `shares` what of two years'
tables can be compared at all; `tohoku` and `chip_materials` are a case each. A yardstick that knows
nothing stands beside every answer, and an answer that does not beat it is no news.
"""
