"""The libraries of compare_sparse.py: how each clusters sparse rows, and one measured run of one of them in this process.

    python -m sparse_rows.libraries NAME JOB.json    prints one JSON object; compare_sparse.py writes the job

Imports happen inside the functions, so that a process loads one library and no other.
"""
import contextlib
import importlib.metadata
import json
import sys
import time
import warnings
from dataclasses import dataclass
from functools import partial
from typing import Callable


@dataclass(frozen=True)
class Library:
    """What the report says of a library, and how it is called."""
    title: str
    #: The package on PyPI.
    package: str
    #: The type of the values that it is given; they are converted before the clock runs.
    precision: str
    fit: Callable  # (rows as CSR, start, iterations, threads) -> centroids, labels, iterations


def scikit_learn(rows, start, iterations, threads, algorithm):
    from sklearn.cluster import KMeans
    model = KMeans(len(start), init=start, n_init=1, max_iter=iterations, tol=0, algorithm=algorithm).fit(rows)
    return model.cluster_centers_, model.labels_, model.n_iter_


def sparsekmeans(rows, start, iterations, threads, name):
    import graphblas
    import scipy.sparse
    import sparsekmeans

    class Started(getattr(sparsekmeans, name)):
        """It takes no initial centroids, so its own drawing of them is replaced."""

        def _initialize_centroids(self, X):
            return graphblas.io.from_scipy_sparse(scipy.sparse.csr_matrix(start.astype(float)))

    # It greets on the standard output.
    with contextlib.redirect_stdout(sys.stderr):
        model = Started(n_clusters=len(start), n_threads=threads, max_iter=iterations, tol=0)
        model.fit(rows)
        # Its labels are those of the centroids before the last move.
        labels = model.predict(rows)
    return model.centroids.to_dense(fill_value=0), labels, iterations


LIBRARIES = {
    "scikit-learn": Library("scikit-learn, Lloyd", "scikit-learn", "float32", partial(scikit_learn, algorithm="lloyd")),
    "scikit-learn-elkan": Library("scikit-learn, Elkan", "scikit-learn", "float32",
                                  partial(scikit_learn, algorithm="elkan")),
    "sparsekmeans": Library("sparsekmeans, Lloyd", "sparsekmeans", "float64",
                            partial(sparsekmeans, name="LloydKmeans")),
    "sparsekmeans-elkan": Library("sparsekmeans, Elkan", "sparsekmeans", "float64",
                                  partial(sparsekmeans, name="ElkanKmeans")),
}


def main(name, job_path):
    import numpy as np
    import scipy.sparse
    library = LIBRARIES[name]
    with open(job_path) as file:
        job = json.load(file)
    warnings.simplefilter("ignore")  # that a fixed number of iterations is no convergence
    rows = scipy.sparse.load_npz(job["data"]).astype(library.precision)
    start = np.load(job["start"]).astype(library.precision)
    # Loads what is loaded when first needed, starts the threads, and wakes the processor.
    library.fit(rows, start, min(2, job["iterations"]), job["threads"])
    begin = time.perf_counter()
    centroids, labels, iterations = library.fit(rows, start, job["iterations"], job["threads"])
    seconds = time.perf_counter() - begin
    np.save(job["centroids"], centroids)
    np.save(job["labels"], labels)
    print(json.dumps({"seconds": seconds, "iterations": int(iterations),
                      "version": importlib.metadata.version(library.package)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
