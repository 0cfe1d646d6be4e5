#!/usr/bin/env python3
"""Lloyd against scikit-learn: same points, same initial centroids, interleaved runs, medians.

    .venv/bin/python fit_vs_sklearn.py wordnet256.npy 512 --iterations 25 --runs 5

Times are whole fits from rows in memory to final labels. Prints a Markdown table.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import numpy as np
import sklearn
import threadpoolctl
from sklearn.cluster import KMeans

from distinct_rows import distinct_rows

BENCH = pathlib.Path(__file__).resolve().parents[2] / ".build/release/kmeans-bench"


def ours(data, start, k, iterations, threads):
    """One counted run of kmeans-bench (after one that warms up)."""
    command = [BENCH, "fit", "--data", data, "--start", start, "-k", str(k), "--iterations",
               str(iterations), "--threads", str(threads), "--repetitions", "1", "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def theirs(points, centroids, k, iterations):
    begin = time.perf_counter()
    model = KMeans(k, init=centroids, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd").fit(points)
    return time.perf_counter() - begin, model


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("k", type=int)
    parser.add_argument("--iterations", type=int, default=25)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    points = np.load(options.data)
    centroids = distinct_rows(points, options.k)
    with tempfile.TemporaryDirectory() as folder:
        start = os.path.join(folder, "start.npy")
        np.save(start, centroids)
        with threadpoolctl.threadpool_limits(options.threads):
            theirs(points, centroids, options.k, 2)
            pairs = [(ours(options.data, start, options.k, options.iterations, options.threads),
                      theirs(points, centroids, options.k, options.iterations))
                     for _ in range(options.runs)]
    mine = statistics.median(a["seconds"] for a, _ in pairs)
    other = statistics.median(b[0] for _, b in pairs)
    ratio = statistics.median(b[0] / a["seconds"] for a, b in pairs)
    report, model = pairs[0][0], pairs[0][1][1]
    print(f"{options.data}: {points.shape[0]} x {points.shape[1]} {points.dtype}, k={options.k}, "
          f"{options.iterations} iterations, {options.threads} threads, {options.runs} interleaved runs, "
          f"start: distinct rows, numpy default_rng(0)\n")
    print("| | seconds (median) | iterations | final inertia |\n|---|---|---|---|")
    print(f"| kmeans-bench, {report['openblas'].split(' NO')[0]} {report['openblasCore']}, "
          f"{report['isa']} | {mine:.3f} | {report['iterations']} | {report['inertia']:.8g} |")
    print(f"| scikit-learn {sklearn.__version__} | {other:.3f} | {model.n_iter_} | {model.inertia_:.8g} |")
    print(f"\nscikit-learn / ours: {ratio:.2f} in time, ours / scikit-learn: "
          f"{report['inertia'] / model.inertia_:.6f} in inertia; "
          f"decided directly: {100 * report['redecidedShare']:.3f} %")
    for pool in threadpoolctl.threadpool_info():
        if pool["internal_api"] == "openblas":
            print(f"their OpenBLAS: {pool['version']} {pool['architecture']}")


if __name__ == "__main__":
    main()
