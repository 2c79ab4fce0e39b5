"""What each of a few players may claim of what they gain together.

Cooperative games with transferable worth, for a handful of players: `game` holds one and checks
what is asked of it, `values` are Shapley's and Myerson's, `nucleolus` is Schmeidler's, by a chain
of linear programmes. One place for all desks. Whether a share is fair is not for arithmetic to say:
each value is what its own axioms lead to.
"""
