"""Run every measurement, or those named, and write `bench/results/latest.json`.

`python -m bench.run [subject ...]` measures; a subject is its module's name. It ends with 1 where
an answer was wrong: a time for a wrong answer is worth nothing. A reach that was missed is only
reported, since machines are shared and noisy.
"""

import importlib
import json
import pkgutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import bench
from bench import Figure, as_record, line

RESULTS = Path(__file__).parent / "results" / "latest.json"


def subjects() -> dict[str, Callable[..., list[Figure]]]:
    """Find the modules of `bench` that have `measure()`, by module name, in order of name."""
    found = {}
    for module in sorted(pkgutil.iter_modules(bench.__path__), key=lambda each: each.name):
        if module.name == "run":
            continue
        measure = getattr(importlib.import_module(f"bench.{module.name}"), "measure", None)
        if callable(measure):
            found[module.name] = measure
    return found


def write_results(records: Sequence[dict[str, object]], target: Path = RESULTS) -> None:
    """Write all records as one JSON array."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(records, indent=2) + "\n", encoding="utf-8")


def main(wanted: Iterable[str]) -> int:
    """Measure what is wanted (all, when nothing is named) and return the exit status."""
    known = subjects()
    names = list(wanted) or list(known)
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"No measurement is called {', '.join(unknown)}; there are: {', '.join(known)}.")
        return 2
    records = []
    for name in names:
        for record in map(as_record, known[name]()):
            print(line(record), flush=True)
            records.append(record)
    write_results(records)
    print(f"{len(records)} rows written to bench/results/latest.json")
    return 0 if all(record["equal"] for record in records) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
