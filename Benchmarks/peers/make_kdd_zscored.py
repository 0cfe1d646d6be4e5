#!/usr/bin/env python3
"""Makes the KDD Cup 1999 benchmark set: the 38 numeric columns, z-scored (constant columns divided by 1) or as
they are.

    ./compare.py --setup                                       # an environment that has numpy
    .venv/bin/python make_kdd_zscored.py kdd38z.npy            # float32
    .venv/bin/python make_kdd_zscored.py kdd38z.npy float64
    .venv/bin/python make_kdd_zscored.py --raw kdd38.npy       # from 0 to 7e8
"""
import gzip
import pathlib
import sys

import numpy as np

DATA = pathlib.Path(__file__).resolve().parents[2] / "Examples/Data/kddcup.data_10_percent.csv.gz"
TEXT_COLUMNS = {1, 2, 3, 41}


def main(path, dtype="float32", raw=False):
    columns = [c for c in range(42) if c not in TEXT_COLUMNS]
    with gzip.open(DATA, "rt") as lines:
        points = np.loadtxt(lines, delimiter=",", usecols=columns)
    if not raw:
        deviation = points.std(0)
        deviation[deviation == 0] = 1
        points = (points - points.mean(0)) / deviation
    np.save(path, points.astype(dtype))
    print(f"{points.shape[0]} x {points.shape[1]} {dtype} -> {path}")


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if argument != "--raw"]
    raw = len(given) < len(sys.argv) - 1
    main(*given or ["kdd38.npy" if raw else "kdd38z.npy"], raw=raw)
