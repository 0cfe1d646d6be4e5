"""From the parameters of a KMeans to the options of the library, and to the centroids that a fit starts from."""

import warnings

import numpy as np

from . import _structures as c
from ._lloyd import fit_options, fit_rows, start_from
from ._parameters import INT64, choice, flag, integer, real, refuse, threads
from ._random import generator_of, seed_of
from ._validation import checked

# Names of scikit-learn for its own ways; here all ways give the same result.
_STRATEGIES = {**c.STRATEGIES, "lloyd": 0, "elkan": 0}


def options_of(estimator):
    """The parameters of a KMeans as the library takes them. Raises InvalidParameterError."""
    init = estimator.init
    by_name = choice(estimator, "init", c.INITS) if isinstance(init, str) else 0
    runs = 1 if isinstance(estimator.n_init, str) and estimator.n_init == "auto" else integer(estimator, "n_init", 1)
    return fit_options(
        clusters=integer(estimator, "n_clusters", 1),
        seed=seed_of(estimator.random_state),
        max_iterations=integer(estimator, "max_iter", 1, most=INT64),
        tolerance=real(estimator, "tol", 0),
        runs=runs,
        init=by_name,
        distance=choice(estimator, "metric", c.DISTANCES),
        standardize=flag(estimator, "standardize"),
        threads=threads(estimator),
        strategy=choice(estimator, "algorithm", _STRATEGIES),
    )


def start(estimator, options, columns, dtype):
    """Makes a fit start from `init`, where that is an array.

    It becomes centroids of the type of the rows, so that somebody must know what they are before they are read:
    columns is None where nobody does.
    """
    if isinstance(estimator.init, str):
        return
    if callable(estimator.init):
        raise ValueError("init is a callable, which takes rows in memory: expected an array or a name")
    if columns is None:
        raise ValueError(
            "init is an array, and nobody knows how many columns X has before it is read: expected plain columns or"
            " fixed-size lists of Arrow, or a file that ends in .npy"
        )
    if options.runs > 1:
        warnings.warn(
            f"Explicit initial center position passed: performing only one init in {type(estimator).__name__} instead "
            f"of n_init={options.runs}.",
            RuntimeWarning,
            stacklevel=4,
        )
    start_from(options, _centroids(estimator, estimator.init, options.clusters, columns, dtype))


def best_of_callable(estimator, X, weights, options):
    """Asks the callable `init` for each run. Returns the model and the labels of the run with the least inertia."""
    runs, best, least = options.runs, None, np.inf
    generator = generator_of(estimator.random_state)
    for _ in range(runs):
        centroids = estimator.init(X, options.clusters, random_state=generator)
        start_from(options, _centroids(estimator, centroids, options.clusters, X.shape[1], X.dtype))
        found = fit_rows(X, weights, options, estimator.verbose)
        inertia = found[0].info().inertia
        if best is None or inertia < least:
            best, least = found, inertia
    return best


def _centroids(estimator, centroids, clusters, columns, dtype):
    if not hasattr(centroids, "__len__") and not hasattr(centroids, "__array__"):
        refuse(estimator, "init", f"one of {', '.join(map(repr, c.INITS))}, a callable or an array-like", centroids)
    centroids = np.ascontiguousarray(checked(centroids), dtype=dtype)
    if len(centroids) != clusters:
        raise ValueError(
            f"The shape of the initial centers {centroids.shape} does not match the number of clusters {clusters}."
        )
    if centroids.shape[1] != columns:
        raise ValueError(
            f"The shape of the initial centers {centroids.shape} does not match the number of features of the "
            f"data {columns}."
        )
    return centroids
