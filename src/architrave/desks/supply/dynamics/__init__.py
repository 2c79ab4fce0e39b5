"""A year after a shock, day by day: stocks run down, orders are rationed, capacity comes back.

A model of the ARIO family (Hallegatte 2008 and 2013; Henriet, Hallegatte and Tabourier 2012; Guan
et al. 2020). `paths.paths` runs one scenario, `paths.many` as many as are given at once.

    scenario     what happens, and what is assumed of stocks, rationing and spare capacity
    curves       how lost capacity comes back
    flows        a table made ready: who orders what from whom, by product
    losses       the capacity that is lost on a day, and what rebuilding asks for
    routes       what a route between two regions carries on a day
    economy      the day itself
    paths        the whole: production by day, and what the parties lose
    totals       the same by region only, for many scenarios at once
"""
