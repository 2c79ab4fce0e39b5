"""One run of BoARIO, for an interpreter that has it: a case in, production by day out.

    python boario_run.py CASE.npz CASE.json OUT.npz

CASE.npz holds Z, Y, x of a year; CASE.json labels, parameters and one list of events; OUT.npz gets
`production` (days x cells, in the order of the case) and `seconds`: the processor's, of the days
alone, without the table being made ready. Nothing here is imported by the product or by its tests.
"""

import contextlib
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np

warnings.simplefilter("ignore")


def table_of(arrays, case):
    """The table as BoARIO reads one, and its cells in the order of the case."""
    import pandas as pd
    import pymrio

    cells = pd.MultiIndex.from_product(
        [case["regions"], case["sectors"]], names=["region", "sector"]
    )
    demands = pd.MultiIndex.from_product(
        [case["regions"], case["categories"]], names=["region", "category"]
    )
    table = pymrio.IOSystem(
        Z=pd.DataFrame(arrays["Z"], index=cells, columns=cells),
        Y=pd.DataFrame(arrays["Y"], index=cells, columns=demands),
        x=pd.DataFrame({"indout": arrays["x"]}, index=cells),
    )
    table.A = pymrio.calc_A(table.Z, table.x)
    return table, cells


def event_of(said):
    """An event from its document."""
    import pandas as pd
    from boario.event import from_series

    given = dict(said)
    for name in ("impact", "households_impact"):
        if name in given:
            pairs = {tuple(key.split(":")): value for key, value in given[name].items()}
            given[name] = pd.Series(pairs, dtype="float64")
    return from_series(given.pop("impact"), **given)


def main(arrays_file, case_file, out_file):
    """Run one case."""
    from boario.extended_models import ARIOPsiModel
    from boario.simulation import Simulation

    case = json.loads(Path(case_file).read_text(encoding="utf-8"))
    table, cells = table_of(np.load(arrays_file), case)
    model = ARIOPsiModel(table, **case["model"])
    simulation = Simulation(model, n_temporal_units_to_sim=case["days"], register_stocks=False)
    simulation.add_events([event_of(one) for one in case["events"]])
    began = time.process_time()
    with contextlib.redirect_stdout(sys.stderr):
        simulation.loop()
    spent = time.process_time() - began
    made = simulation.production_realised[cells].to_numpy()
    np.savez(out_file, production=made, seconds=spent)


if __name__ == "__main__":
    main(*sys.argv[1:])
