"""Launches, tests and incidents by day: what was counted, never a forecast.

The counts are compiled from a public list whose categories are its makers' judgement and whose
coverage grows over the years. `reading` reads them, `counts` counts by month and kind and marks
bursts, `reactive` asks whether three-way meetings follow such days more than chance would have it.
"""
