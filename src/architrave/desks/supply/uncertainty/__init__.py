"""Which assumption matters: ranges on any question of this desk.

    ranges       a range with its kind and source, and what a scenario is
    running      rows answered in fixed blocks, by any number of workers with the same bits
    tornado      one input at a time, from its low end to its high one
    variance     first and total indices (Sobol', by SALib)
    answering    all of it for one scenario, and what could not be said
    resourced, stopped, shocked, dayed, chained
                 the desk's questions as scenarios
    naming       the same from a document, so that another capital works it out again

A scenario is whatever has `ranges`, `outputs`, `basis` and `run`: a model of one's own is one as
well as those here. It is pickled once for each worker.
"""
