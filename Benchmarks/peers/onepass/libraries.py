"""The libraries of compare_onepass.py: how each clusters, and one measured run of one of them in this process.

    python -m onepass.libraries NAME JOB.json    prints one JSON object; compare_onepass.py writes the job

Imports happen inside the functions, so that a process loads one library and no other.
"""
import importlib.metadata
import json
import sys
import time
import warnings
from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Library:
    """What the report says of a library, and how it is called."""
    title: str
    #: What is called, and the package on PyPI that it comes with.
    entry: str
    package: str
    #: The type of the points that it is given; they are converted before the clock runs.
    precision: str
    fit: Callable  # (points, k, seed) -> Found


@dataclass(frozen=True)
class Found:
    """What a run leaves behind."""
    centroids: object
    #: The seconds until the summary was there and how many points it has, where there is one.
    summary_seconds: float | None = None
    summary_points: int | None = None
    iterations: int | None = None


def bico(points, k, seed, runs="auto"):
    """The coreset of BICO at its default size, 200 k, then what it calls by default, scikit-learn's KMeans."""
    from bico import BICO
    from sklearn.cluster import KMeans
    begin = time.perf_counter()
    coreset = BICO(n_clusters=k, random_state=seed).fit(points)
    seconds = time.perf_counter() - begin
    # What `fit_coreset=True` does, but for the labels of all points, which nobody asked for.
    model = KMeans(k, n_init=runs, random_state=seed).fit(
        coreset.coreset_points_, sample_weight=coreset.coreset_weights_)
    return Found(model.cluster_centers_, seconds, len(coreset.coreset_points_), model.n_iter_)


def bico_ten_runs(points, k, seed):
    return bico(points, k, seed, runs=10)


def minibatch(points, k, seed, **changes):
    from sklearn.cluster import MiniBatchKMeans
    model = MiniBatchKMeans(k, random_state=seed, **changes).fit(points)
    return Found(model.cluster_centers_, iterations=model.n_steps_)


def minibatch_epoch(points, k, seed):
    return minibatch(points, k, seed, max_iter=1, max_no_improvement=None, compute_labels=False)


def kmeans(points, k, seed):
    from sklearn.cluster import KMeans
    model = KMeans(k, n_init=1, algorithm="lloyd", random_state=seed).fit(points)
    return Found(model.cluster_centers_, iterations=model.n_iter_)


LIBRARIES = {
    "bico": Library("BICO", "BICO, 200 k points, then KMeans", "bico", "float64", bico),
    "bico-10": Library("BICO, 10 runs", "BICO, 200 k points, then KMeans(n_init=10)", "bico", "float64", bico_ten_runs),
    "minibatch": Library("MiniBatchKMeans", "MiniBatchKMeans by default (labels of all points included)",
                         "scikit-learn", "float32", minibatch),
    "minibatch-epoch": Library("MiniBatchKMeans, one epoch", "MiniBatchKMeans(max_iter=1), no labels",
                               "scikit-learn", "float32", minibatch_epoch),
    "kmeans": Library("KMeans", "KMeans(n_init=1) by default: greedy k-means++, Lloyd", "scikit-learn", "float32", kmeans),
}


def blas():
    import threadpoolctl
    return " and ".join(f"OpenBLAS {pool['version']} {pool['architecture']}"
                        for pool in threadpoolctl.threadpool_info()
                        if pool["internal_api"] == "openblas" and "/scipy" in pool["filepath"])


def main(name, job_path):
    import numpy as np
    library = LIBRARIES[name]
    with open(job_path) as file:
        job = json.load(file)
    warnings.simplefilter("ignore")  # that a coreset has fewer distinct points, say
    points = np.ascontiguousarray(np.load(job["data"]), dtype=library.precision)
    # Loads what is loaded when first needed, and starts the threads.
    library.fit(points[:5000].copy(), min(8, job["k"]), 0)
    begin = time.perf_counter()
    found = library.fit(points, job["k"], job["seed"])
    seconds = time.perf_counter() - begin
    np.save(job["centroids"], found.centroids)
    print(json.dumps({"seconds": seconds, "summarySeconds": found.summary_seconds,
                      "summaryPoints": found.summary_points, "iterations": found.iterations, "blas": blas(),
                      "version": importlib.metadata.version(library.package)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
