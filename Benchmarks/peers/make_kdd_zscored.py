#!/usr/bin/env python3
"""Makes the KDD Cup 1999 benchmark set: the 38 numeric columns, z-scored (constant columns divided by 1).

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python make_kdd_zscored.py kdd38z.npy            # float32
    .venv/bin/python make_kdd_zscored.py kdd38z.npy float64
"""
import gzip
import pathlib
import sys

import numpy as np

DATA = pathlib.Path(__file__).resolve().parents[2] / "Examples/Data/kddcup.data_10_percent.csv.gz"
TEXT_COLUMNS = {1, 2, 3, 41}


def main(path, dtype="float32"):
    columns = [c for c in range(42) if c not in TEXT_COLUMNS]
    with gzip.open(DATA, "rt") as lines:
        points = np.loadtxt(lines, delimiter=",", usecols=columns)
    deviation = points.std(0)
    deviation[deviation == 0] = 1
    points = (points - points.mean(0)) / deviation
    np.save(path, points.astype(dtype))
    print(f"{points.shape[0]} x {points.shape[1]} {dtype} -> {path}")


if __name__ == "__main__":
    main(*sys.argv[1:] or ["kdd38z.npy"])
