#!/usr/bin/env python3
"""Makes round blobs (scikit-learn's make_blobs): what most people cluster, in size and in shape.

    .venv/bin/python make_blobs.py blobs.npy --rows 100000 --columns 10 --clusters 8
"""
import argparse

import numpy as np
from sklearn.datasets import make_blobs


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", default="blobs.npy")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=10)
    parser.add_argument("--clusters", type=int, default=8)
    parser.add_argument("--deviation", type=float, default=1,
                        help="of each blob; their centres lie within 10 of 0")
    options = parser.parse_args()
    points, _ = make_blobs(options.rows, options.columns, centers=options.clusters,
                           cluster_std=options.deviation, random_state=0)
    np.save(options.path, points.astype("float32"))
    print(f"{options.rows} x {options.columns} float32 -> {options.path}")


if __name__ == "__main__":
    main()
