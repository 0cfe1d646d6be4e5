"""The libraries of compare.py: how each fits, and one measured fit of one of them in this process.

    python compare_libraries.py NAME JOB.json    prints one JSON object; compare.py writes the job

A fit is what the library's user would write, with nothing subsampled, no early stop and the final
labels. Imports happen inside the functions, so that a process loads one library and no other.
"""
import importlib.metadata
import json
import sys
import time
import warnings
from dataclasses import dataclass
from functools import partial
from typing import Callable

EVERYTHING = 2**31 - 1  # points a centroid may have before a library would take a sample


@dataclass(frozen=True)
class Library:
    """What the report says of a library, and how it is called."""
    title: str
    package: str
    #: What its labels are, as it was built: "exact" is by direct differences in Double; "float" is
    #: every pair by a product in float; "inexact" leaves pairs out by chance or looks at rounded points.
    labels: str
    #: Whether it can be told where to start; otherwise it draws its own rows.
    takes_start: bool
    #: Where the OpenBLAS that it calls lies, if it calls one: numpy and others bring their own.
    blas: str | None
    fit: Callable  # (points, start or None, k, iterations, threads, seed) -> centroids, labels, iterations
    #: Whether it is for few columns and clusters: then it runs only where it is named.
    is_everyday: bool = False


def scikit_learn(points, start, k, iterations, threads, seed, algorithm="lloyd"):
    from sklearn.cluster import KMeans
    return fit_like_scikit_learn(KMeans, points, start, k, iterations, seed, algorithm)


def swiftkmeans(points, start, k, iterations, threads, seed):
    from swiftkmeans import KMeans
    model = KMeans(k, init="k-means++" if start is None else start, max_iter=iterations, tol=0, n_threads=threads,
                   random_state=seed).fit(points)
    return model.cluster_centers_, model.labels_, model.n_iter_


def onedal(points, start, k, iterations, threads, seed):
    import daal4py
    from sklearnex.cluster import KMeans
    daal4py.daalinit(threads)
    return fit_like_scikit_learn(KMeans, points, start, k, iterations, seed)


def fit_like_scikit_learn(KMeans, points, start, k, iterations, seed, algorithm="lloyd"):
    model = KMeans(k, init="k-means++" if start is None else start, n_init=1, max_iter=iterations, tol=0,
                   algorithm=algorithm, random_state=seed).fit(points)
    if "sklearnex" in KMeans.__module__ and not hasattr(model, "_onedal_estimator"):
        raise RuntimeError("sklearnex fell back to scikit-learn")
    return model.cluster_centers_, model.labels_, model.n_iter_


def faiss(points, start, k, iterations, threads, seed, kind="Kmeans"):
    import faiss
    faiss.omp_set_num_threads(threads)
    # SuperKmeans is a class of its own: Kmeans(use_super_kmeans=True) does as Kmeans does, to the last bit,
    # because only callers like the training of an IVF index heed that flag.
    model = getattr(faiss, kind)(points.shape[1], k, niter=iterations, seed=seed, verbose=False,
                                 max_points_per_centroid=EVERYTHING, min_points_per_centroid=1)
    model.train(points, init_centroids=start)
    return model.centroids, model.assign(points)[1], len(model.obj)


def geokmeans(points, start, k, iterations, threads, seed, algorithm="hamerly"):
    from geokmeans import GeoKMeans
    # It draws its own rows, works in Double, and has one thread.
    model = GeoKMeans(k, algorithm=algorithm, max_iter=iterations, tol=0, random_state=seed + 1).fit(points)
    return model.cluster_centers_, model.labels_, model.n_iter_


def superkmeans(points, start, k, iterations, threads, seed, quantizer="f32"):
    from superkmeans import SuperKMeans
    # Full precision, at the end and only then: means of rounded points, its default, cost up to five times as much.
    model = SuperKMeans(k, points.shape[1], hierarchical=False, quantizer=quantizer, iters=iterations,
                        sampling_fraction=1.0, max_points_per_cluster=EVERYTHING, n_threads=threads, seed=seed,
                        tol=0.0, early_termination=False, full_precision_final_centroids=True)
    centroids = model.train(points)
    # With a quantizer this looks at the points as they were rounded for the training.
    return centroids, model.assign_training_points(points, centroids), len(model.iteration_stats)


def super_library(quantizer, title):
    return Library(f"SuperKMeans, flat {title}", "superkmeans", "inexact", False, "superkmeans",
                   partial(superkmeans, quantizer=quantizer))


LIBRARIES = {
    "scikit-learn": Library("scikit-learn", "scikit-learn", "float", True, "scipy", scikit_learn),
    "scikit-learn-elkan": Library("scikit-learn, Elkan", "scikit-learn", "float", True, "scipy",
                                  partial(scikit_learn, algorithm="elkan"), is_everyday=True),
    "geokmeans-hamerly": Library("geokmeans, Hamerly", "geokmeans", "float", False, None, geokmeans,
                                 is_everyday=True),
    "geokmeans-exponion": Library("geokmeans, exponion", "geokmeans", "float", False, None,
                                  partial(geokmeans, algorithm="exponion"), is_everyday=True),
    # Our own wheel (Scripts/build-wheel), where it is named: what Python adds to the tool.
    "swiftkmeans": Library("swift-kmeans, from Python", "swift-kmeans", "exact", True, None, swiftkmeans, is_everyday=True),
    "onedal": Library("oneDAL", "scikit-learn-intelex", "float", True, None, onedal),
    "faiss": Library("FAISS", "faiss-cpu", "float", True, "faiss", faiss),
    "faiss-super": Library("FAISS SuperKmeans", "faiss-cpu", "inexact", False, "faiss",
                           partial(faiss, kind="SuperKmeans")),
    "superkmeans": super_library("f32", "f32"),
    "superkmeans-sq8": super_library("sq8", "SQ8"),
    "superkmeans-lvq4": super_library("lvq4", "LVQ4"),
    "superkmeans-rabitq": super_library("rabitq", "RaBitQ"),
}


def main(name, job_path):
    import numpy as np
    library = LIBRARIES[name]
    with open(job_path) as file:
        job = json.load(file)
    warnings.simplefilter("ignore")  # that a fixed number of iterations is no convergence
    points = np.load(job["data"])
    start = np.load(job["start"]) if job["start"] and library.takes_start else None
    rest = job["threads"], job["seed"]
    # Loads what is loaded when first needed, starts the threads, and wakes the processor.
    library.fit(points, start, job["k"], min(2, job["iterations"]), *rest)
    begin = time.perf_counter()
    centroids, labels, iterations = library.fit(points, start, job["k"], job["iterations"], *rest)
    seconds = time.perf_counter() - begin
    np.save(job["centroids"], centroids)
    np.save(job["labels"], labels)
    import threadpoolctl
    blas = [f"OpenBLAS {pool['version']} {pool['architecture']}" for pool in threadpoolctl.threadpool_info()
            if pool["internal_api"] == "openblas" and library.blas and f"/{library.blas}" in pool["filepath"]]
    print(json.dumps({"seconds": seconds, "iterations": int(iterations), "blas": " and ".join(blas),
                      "version": importlib.metadata.version(library.package)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
