#!/usr/bin/env python3
"""One iteration from the same centroids, against numpy in Double: labels, centroids and inertia.

    .venv/bin/python iteration_vs_numpy.py wordnet256.npy 512

The labels are those of the centroids after the iteration, which the tool writes: every one of them
must be the argmin of the squared distance by direct differences in Double.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

from distinct_rows import distinct_rows

TOOL = pathlib.Path(__file__).resolve().parents[2] / ".build/release/kmeans"


def assign(points, centroids):
    """Labels and inertia by direct differences in Double, a few rows at a time."""
    labels, inertia = np.empty(len(points), int), 0.0
    centroids = centroids.astype(float)
    step = max(1, 20_000_000 // centroids.size)
    for begin in range(0, len(points), step):
        block = points[begin:begin + step].astype(float)
        distances = ((block[:, None, :] - centroids) ** 2).sum(2)
        labels[begin:begin + step] = distances.argmin(1)
        inertia += distances.min(1).sum()
    return labels, inertia


def main(data, k):
    points = np.load(data)
    start = distinct_rows(points, k)
    with tempfile.TemporaryDirectory() as folder:
        def path(name):
            return f"{folder}/{name}.npy"
        np.save(path("start"), start)
        command = [TOOL, "fit", data, "-k", str(k), "--init", path("start"), "--max-iterations", "1",
                   "--tolerance", "0", "--labels", path("labels"), "--centroids", path("centroids"),
                   "--json", "--quiet"]
        report = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        labels, centroids = np.load(path("labels")), np.load(path("centroids"))
    first, _ = assign(points, start)
    means = start.astype(float)
    for cluster in np.unique(first):
        means[cluster] = points[first == cluster].astype(float).mean(0)
    expected, inertia = assign(points, centroids)
    _, mean_inertia = assign(points, means)
    print(f"{data}: {points.dtype}, k={k}")
    print(f"labels that differ: {(expected != labels).sum()} of {len(labels)}")
    print(f"largest difference of a centroid: {np.abs(centroids - means).max():.3g}")
    print(f"inertia, relative to numpy with our centroids: {report['inertia'] / inertia - 1:.3g}")
    print(f"inertia, relative to numpy with its own Double means: {report['inertia'] / mean_inertia - 1:.3g}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
