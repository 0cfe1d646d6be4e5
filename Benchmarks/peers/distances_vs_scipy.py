#!/usr/bin/env python3
"""Time of one assignment by Manhattan and its like against SciPy's cdist, on the same rows and threads.

    .venv/bin/python distances_vs_scipy.py --synthetic 100000,64 -k 256 --threads 1
    .venv/bin/python distances_vs_scipy.py --data wordnet256.npy -k 256 --threads 2 --distance chebyshev

Both take turns; the table has medians and the median of the ratios of turns. Ours counts packing the centroids;
SciPy's counts cdist and argmin of blocks of rows, shared among as many threads (cdist gives the interpreter free).
Labels that differ are counted: SciPy adds in another order, so that ties and nearly ties may fall otherwise.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np
from scipy.spatial.distance import cdist

from distinct_rows import distinct_rows

BENCH = pathlib.Path(__file__).resolve().parents[2] / ".build/release/kmeans-bench"
NAMES = {"manhattan": "cityblock", "chebyshev": "chebyshev", "minkowski": "minkowski"}


def assign(points, centroids, distance, exponent, threads):
    """Labels by cdist, block by block of about 16 MB of distances."""
    step = max(1, 2_000_000 // len(centroids))
    keys = {"p": exponent} if distance == "minkowski" else {}

    def block(first):
        return cdist(points[first:first + step], centroids, NAMES[distance], **keys).argmin(1)
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        return np.concatenate(list(pool.map(block, range(0, len(points), step))))


def ours(folder, options, threads):
    command = [BENCH, "distances", "--data", f"{folder}/points.npy", "--start", f"{folder}/start.npy",
               "-k", str(options.k), "--distance", options.distance, "--exponent", str(options.exponent),
               "--threads", str(threads), "--repetitions", "1", "--labels", f"{folder}/labels.npy", "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data")
    parser.add_argument("--synthetic", default="100000,64")
    parser.add_argument("-k", type=int, default=256)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--distance", choices=sorted(NAMES), default="manhattan")
    parser.add_argument("--exponent", type=float, default=3)
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args()
    if options.data:
        points = np.load(options.data)
    else:
        rows, columns = map(int, options.synthetic.split(","))
        points = np.random.default_rng(0).standard_normal((rows, columns))
    start = distinct_rows(points, options.k)
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/points.npy", points)
        np.save(f"{folder}/start.npy", start)
        # What cdist would convert anyway is converted before the clock starts.
        doubles, centroids = points.astype(float), start.astype(float)
        own, theirs = [], []
        for turn in range(options.turns + 1):
            begin = time.perf_counter()
            expected = assign(doubles, centroids, options.distance, options.exponent, options.threads)
            scipy_time = time.perf_counter() - begin
            own_time = ours(folder, options, options.threads)
            if turn:
                own.append(own_time)
                theirs.append(scipy_time)
        labels = np.load(f"{folder}/labels.npy")
    ratio = statistics.median(b / a for a, b in zip(own, theirs))
    print(f"{points.shape[0]} x {points.shape[1]} {points.dtype}, k={options.k}, {options.distance}, "
          f"{options.threads} thread(s), {options.turns} turns")
    print(f"kmeans-bench {statistics.median(own):.4f} s, SciPy {statistics.median(theirs):.4f} s: "
          f"{ratio:.2f} times as fast")
    print(f"labels that differ: {(labels != expected).sum()} of {len(labels)}")


if __name__ == "__main__":
    main()
