"""KMeans: Lloyd's algorithm, exact, with scikit-learn's interface."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ._arrow import ArrowSource, as_rows, is_arrow, remember_columns
from ._clusterer import Clusterer
from ._drafts import draft
from ._files import header_of, is_path
from ._kmeans_options import best_of_callable, options_of, start
from ._lloyd import fit_arrow, fit_file, fit_rows
from ._model import Model
from ._parameters import INT64, integer
from ._validation import checked, validated, weights_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ._random import RandomState


class KMeans(Clusterer):
    """k-means clustering by Lloyd's algorithm, in place of sklearn.cluster.KMeans.

    Every label is that of the nearest centroid, computed in double and the lowest of equal ones; the same rows,
    parameters and seed give the same bits on any number of threads.

    Parameters
    ----------
    n_clusters : the number of clusters k.
    init : "k-means++" (greedy, as scikit-learn's), "k-means++-plain" (of 2007), "random" (rows), "optimal" (the
        best clusters there are, of one column), an array (k, d), or a callable (X, n_clusters, random_state) -> array.
    n_init : how many runs, of which the one with the least inertia wins; "auto" is 1.
    max_iter : the most iterations of a run.
    tol : a run ends when the squared moves of all centroids add up to at most this times the mean variance of the
        columns; at 0 when no label changes.
    verbose : 1 prints a line for each iteration.
    random_state : None, a seed (the one of `kmeans fit --seed`), a RandomState or a Generator.
    copy_x : there for scikit-learn's sake; rows are never written.
    algorithm : how centroids are ruled out, which changes no result: "auto", "fused", "filtered", "blas", "inverted".
        "lloyd" and "elkan" are "auto".
    n_threads : None for OMP_NUM_THREADS, or as many as the process may use.
    metric : "euclidean", or "cosine": rows count by their directions (spherical k-means).
    standardize : whether columns are brought to mean 0 and variance 1 first; centroids are in the units of X.
    memory_limit : bytes for rows of Arrow streams and files; None for half of what is free.

    Attributes
    ----------
    cluster_centers_ : (k, d), of the type of X; labels_ : (n,) of int32; inertia_ : float; n_iter_ : int;
    converged_ : whether the run ended before max_iter; n_features_in_ : int; feature_names_in_ : the names of the
    columns, where X has names.
    """

    _takes_sparse = True

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        init: str | ArrayLike | Callable[..., ArrayLike] = "k-means++",
        n_init: int | Literal["auto"] = 1,
        max_iter: int = 300,
        tol: float = 1e-4,
        verbose: int = 0,
        random_state: RandomState = None,
        copy_x: bool = True,
        algorithm: str = "auto",
        n_threads: int | None = None,
        metric: str = "euclidean",
        standardize: bool = False,
        memory_limit: int | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.init = init
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.verbose = verbose
        self.random_state = random_state
        self.copy_x = copy_x
        self.algorithm = algorithm
        self.n_threads = n_threads
        self.metric = metric
        self.standardize = standardize
        self.memory_limit = memory_limit

    cluster_centers_: np.ndarray
    labels_: np.ndarray
    inertia_: float
    n_iter_: int
    converged_: bool

    def fit(self, X: Any, y: Any = None, sample_weight: ArrayLike | None = None) -> KMeans:
        """Finds clusters.

        X: (n, d) rows, n at least n_clusters. Arrays of floats are read where they are; also sparse matrices, tables
        and streams of Arrow, lists, and the path of a file.
        sample_weight: (n,) weights of at least 0; None for 1 each.

        Returns self. Raises ValueError for wrong parameters and values, TypeError for what holds no rows, OSError for
        files, MemoryError, and KeyboardInterrupt after a Ctrl-C, which leaves the estimator as it was.
        """
        options = options_of(self)
        with draft(self) as fitted:
            if is_path(X):
                fitted._refuse_weights(sample_weight, "a file")
                fitted._fit_file(X, options)
            elif is_arrow(X) and sample_weight is None:
                fitted._fit_arrow(X, options)
            else:
                fitted._fit_rows(X, sample_weight, options)
        return self

    def _fit_rows(self, X, sample_weight, options):
        names = None
        if is_arrow(X):
            X, names = as_rows(X)
        X = validated(self, X, reset=True, sparse=True)
        if names is not None:
            remember_columns(self, names, X.shape[1])
        weights = weights_of(sample_weight, X)
        if X.shape[0] < options.clusters:
            raise ValueError(f"n_samples={X.shape[0]} should be >= n_clusters={options.clusters}.")
        if callable(self.init):
            model, labels = best_of_callable(self, X, weights, options)
        else:
            start(self, options, X.shape[1], X.dtype)
            model, labels = fit_rows(X, weights, options, self.verbose)
        self._keep(model, labels)

    def _fit_arrow(self, X, options):
        source = ArrowSource(X)
        start(self, options, source.columns, source.dtype)
        model, labels = fit_arrow(source, options, integer(self, "memory_limit", 1, none=0, most=INT64), self.verbose)
        remember_columns(self, source.names, model.info().columns)
        self._keep(model, labels)

    def _fit_file(self, path, options):
        start(self, options, *(header_of(path) if not isinstance(self.init, str) else (None, None)))
        model, labels = fit_file(path, options, integer(self, "memory_limit", 1, none=0, most=INT64), self.verbose)
        remember_columns(self, model.column_names(), model.info().columns)
        self._keep(model, labels)

    def _refuse_weights(self, sample_weight, what):
        if sample_weight is not None:
            raise ValueError(f"sample_weight is for rows in memory, and X is {what}: load it first")

    def _keep(self, model, labels):
        info = model.info()
        self.cluster_centers_ = model.centroids()
        self.labels_ = labels
        self.inertia_ = info.inertia
        self.n_iter_ = info.iterations
        self.converged_ = bool(info.converged)
        self._model = model
        if labels is not None:
            self._warn_of_empty_clusters(labels, info.clusters)

    def _warn_of_empty_clusters(self, labels, clusters):
        """Clusters without rows are given some, unless there are too few different ones."""
        found = np.count_nonzero(np.bincount(labels, minlength=clusters))
        if found < clusters:
            warnings.warn(
                f"Number of distinct clusters ({found}) found smaller than n_clusters ({clusters}). Possibly due to "
                "duplicate points in X.",
                UserWarning,
                stacklevel=4,
            )

    def _fitted_model(self):
        """The model, or one of cluster_centers_ where somebody has put other centroids there."""
        if np.array_equal(self.cluster_centers_, self._model.centroids()):
            return self._model
        if self._model.info().standardized:
            raise ValueError(
                "cluster_centers_ was changed: what is done to rows first belongs to the centroids of fit. Expected "
                "KMeans(init=centers).fit(X), or the centroids as they were"
            )
        return Model.create(checked(self.cluster_centers_), metric=self._model.metric())

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes a file that `swiftkmeans.load` and the command `kmeans` read; whole, or not at all.

        Raises OSError where it cannot be written, NotFittedError before fit.
        """
        self._check_fitted()
        self._named(self._fitted_model()).save(path)

    def __getstate__(self):
        # The model holds the centroids: they travel once.
        state = dict(vars(self))
        if "_model" in state and np.array_equal(state.get("cluster_centers_"), state["_model"].centroids()):
            del state["cluster_centers_"]
        return state

    def __setstate__(self, state):
        vars(self).update(state)
        if "_model" in state and "cluster_centers_" not in state:
            self.cluster_centers_ = self._model.centroids()
