#!/usr/bin/env python3
"""Makes a set without clusters: standard normal noise (100,000 x 384 float32 unless told otherwise). No bound
leaves much out there, so it shows what a library does in its worst case.

    ./compare.py --setup                                     # an environment that has numpy
    .venv/bin/python make_gaussian_noise.py noise384.npy
    .venv/bin/python make_gaussian_noise.py noise64.npy 20000 64
"""
import sys

import numpy as np


def main(path="noise384.npy", n=100_000, d=384):
    points = np.random.default_rng(0).standard_normal((int(n), int(d)), dtype="float32")
    np.save(path, points)
    print(f"{points.shape[0]} x {points.shape[1]} float32 -> {path}")


if __name__ == "__main__":
    main(*sys.argv[1:])
