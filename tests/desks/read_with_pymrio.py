"""Reads one official file with pymrio and prints its sales and final demand; run by a test.

It runs under an interpreter of its own, as pymrio's wheel brings packages named `tests` and `doc`:
`python read_with_pymrio.py LAYOUT PATH [YEAR]`.
"""

import json
import sys

import pymrio

LAYOUTS = {
    "icio": lambda path, year: pymrio.parse_oecd(path),
    "wiod": lambda path, year: pymrio.parse_wiod(path, names="c_codes"),
    "exiobase": lambda path, year: pymrio.parse_exiobase3(path),
    "eora": lambda path, year: pymrio.parse_eora26(path, year=year),
}


def told(frame):
    """Each number that is not 0 by its labels, nine figures."""
    numbers = {}
    for row, values in zip(frame.index, frame.to_numpy(), strict=True):
        for column, value in zip(frame.columns, values, strict=True):
            if value:
                labels = (*map(str, row), *map(str, column))
                numbers["|".join(labels)] = f"{float(value):.9g}"
    return numbers


if __name__ == "__main__":
    layout, path, *year = sys.argv[1:]
    found = LAYOUTS[layout](path, *year or [None])
    print(json.dumps({"Z": told(found.Z), "Y": told(found.Y)}, sort_keys=True))
