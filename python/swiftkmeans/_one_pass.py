"""OnePassKMeans: rows are looked at once, and clusters are found among what was kept of them."""

from __future__ import annotations

import copy
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _structures as c
from ._arrow import ArrowSource, check_names, columns_of, is_arrow, remember_columns
from ._clusterer import Clusterer
from ._drafts import draft, updating
from ._library import library, with_defaults
from ._parameters import INT64, choice, flag, integer, real, threads, word
from ._random import seed_of
from ._rows import narrowed, type_of
from ._sketch import Sketch
from ._validation import validated, weights_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike

    from ._random import RandomState


_LEARNT = ("_sketch", "labels_", "n_features_in_", "feature_names_in_")


class CostBounds(NamedTuple):
    """The k-means cost of all rows for the centroids lies between the two."""

    lower: float
    upper: float


class OnePassKMeans(Clusterer):
    """k-means of rows that pass once, in memory for some k log n centroids: Mahout's StreamingKMeans, ball k-means.

    Rows are not forgotten, and their order hardly matters. For rows that fit into memory KMeans finds better clusters.

    Parameters
    ----------
    n_clusters : the number of clusters k.
    num_clusters : how many centroids the sketch begins with; None for some k log n.
    distance_cutoff : a squared distance beyond which a row of weight 1 is a centroid of its own; None: estimated.
    beta : how fast the cutoff grows.
    n_runs : of ball k-means over the sketch, of which the one of the least cost wins.
    random_state : None, a seed, a RandomState or a Generator.
    metric : "euclidean" or "cosine".
    standardize : whether columns are brought to mean 0 and variance 1, by the first rows.
    n_threads : None for OMP_NUM_THREADS, or as many as the process may use.

    Attributes
    ----------
    cluster_centers_ : (k, d), found when first asked for; cost_bounds_ : CostBounds of all rows so far;
    labels_ : (n,) of int32, after `fit` of rows in memory; n_samples_seen_ : int; n_features_in_, feature_names_in_.
    """

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        num_clusters: int | None = None,
        distance_cutoff: float | None = None,
        beta: float = 1.3,
        n_runs: int = 10,
        random_state: RandomState = None,
        metric: str = "euclidean",
        standardize: bool = False,
        n_threads: int | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.num_clusters = num_clusters
        self.distance_cutoff = distance_cutoff
        self.beta = beta
        self.n_runs = n_runs
        self.random_state = random_state
        self.metric = metric
        self.standardize = standardize
        self.n_threads = n_threads

    _labels_arrow = False
    labels_: np.ndarray

    def fit(self, X: Any, y: Any = None, sample_weight: ArrayLike | None = None) -> OnePassKMeans:
        """Begins anew, looks at X once, and for rows in memory a second time for labels_.

        X: (n, d) rows, n at least n_clusters, or an Arrow stream. sample_weight: (n,) weights of at least 0.

        Returns self. Raises ValueError for wrong parameters and values, and where the sketch kept too few centroids.
        """
        with draft(self, without=_LEARNT) as begun:
            begun.partial_fit(X, sample_weight=sample_weight)
            if begun.n_samples_seen_ < integer(self, "n_clusters", 1):
                raise ValueError(f"n_samples={begun.n_samples_seen_} should be >= n_clusters={self.n_clusters}.")
            if not is_arrow(X):
                begun.labels_ = begun.predict(X)
        return self

    def partial_fit(self, X: Any, y: Any = None, sample_weight: ArrayLike | None = None) -> OnePassKMeans:
        """Looks at further rows. Raises as `fit`; nothing of X was added then, but rows of an Arrow stream."""
        if is_arrow(X):
            self._add_arrow(X, sample_weight)
            return self
        with updating(self):
            if "_sketch" in vars(self):
                self._add(X, sample_weight)
            else:
                with draft(self) as begun:
                    begun._add(X, sample_weight)
        return self

    def _add(self, X, sample_weight):
        begun = "_sketch" in vars(self)
        X = validated(self, X, reset="n_features_in_" not in vars(self))
        weights = weights_of(sample_weight, X)
        sketch = self._sketch if begun else self._begun(X.dtype)
        sketch.add(narrowed(X, sketch.dtype()), weights)
        self._sketch = sketch
        vars(self).pop("labels_", None)

    def _add_arrow(self, X, sample_weight):
        if sample_weight is not None:
            raise ValueError("sample_weight is for rows in memory, and X is an Arrow stream")
        source = ArrowSource(X)
        with updating(self):
            begun = "_sketch" in vars(self)
            if begun:
                check_names(self, source.names)
            else:
                self._sketch = self._begun(source.dtype)
            sketch = self._sketch
        # Without the lock: whoever makes the rows may use the estimator meanwhile, or wait for one who does.
        try:
            sketch.add_arrow(source)
        finally:
            with updating(self):
                self._told(sketch, source, begun)
        columns_of(sketch.info())  # refuses a stream without rows

    def _told(self, sketch, source, begun):
        vars(self).pop("labels_", None)  # nobody has kept the rows
        info = sketch.info()
        if not begun and info.points == 0:
            vars(self).pop("_sketch", None)  # it has learnt nothing
        elif not begun:  # the rows before an error have been added
            remember_columns(self, source.names, info.columns)

    def _begun(self, dtype):
        options = with_defaults(c.km_sketch_options, library.km_sketch_options_init)
        options.clusters = integer(self, "n_clusters", 1)
        options.seed = seed_of(self.random_state)
        options.num_clusters = integer(self, "num_clusters", 1, none=0, most=INT64)
        options.distance_cutoff = real(self, "distance_cutoff", 0, none=0)
        options.beta = real(self, "beta", 1)
        options.type = type_of(dtype)
        options.distance = choice(self, "metric", c.DISTANCES)
        options.standardize = flag(self, "standardize")
        options.threads = threads(self)
        self._runs()
        return Sketch.create(options)

    def _runs(self):
        return integer(self, "n_runs", 1)

    @staticmethod
    def _parameters_of(sketch):
        """The parameters that say what a sketch was begun with, as far as there are words for it."""
        try:
            options = sketch.options()
        except ValueError:
            return {"n_clusters": sketch.info().clusters}
        return {
            "n_clusters": options.clusters,
            "num_clusters": options.num_clusters or None,
            "distance_cutoff": options.distance_cutoff or None,
            "beta": options.beta,
            "random_state": options.seed,
            "metric": word(c.DISTANCES, options.distance),
            "standardize": bool(options.standardize),
        }

    def merge(self, other: OnePassKMeans) -> OnePassKMeans:
        """Adds the rows that another OnePassKMeans has seen, which stays as it is. Returns self.

        Raises TypeError for another kind of estimator, ValueError where n_clusters, metric, standardize or the columns
        are others.
        """
        if not isinstance(other, OnePassKMeans):
            raise TypeError(f"expected a OnePassKMeans to merge, got {type(other).__name__}")
        other._check_fitted()
        integer(self, "n_clusters", 1)
        for name in ("n_clusters", "metric", "standardize"):
            if getattr(self, name) != getattr(other, name):
                raise ValueError(
                    f"{name} is {getattr(self, name)!r} here and {getattr(other, name)!r} there, expected the same")
        names = getattr(other, "feature_names_in_", None)
        check_names(self, None if names is None else list(names))
        with updating(self):
            if "_sketch" in vars(self):
                self._sketch.merge(other._sketch)
            else:
                learnt = {name: vars(other)[name] for name in _LEARNT if name in vars(other)}
                sketch = copy.deepcopy(other._sketch)
                if self.random_state is not None:
                    sketch.seed = seed_of(self.random_state)
                vars(self).update(learnt, _sketch=sketch)
            vars(self).pop("labels_", None)
        return self

    def __sklearn_is_fitted__(self):
        return "_sketch" in vars(self)

    def _asked(self):
        if "_sketch" not in vars(self):
            raise AttributeError(f"this {type(self).__name__} has not seen any rows yet: call fit or partial_fit")
        return self._sketch

    def _fitted_model(self):
        return self._asked().clusters(self._runs())[0]

    @property
    def cluster_centers_(self) -> np.ndarray:
        return self._fitted_model().centroids()

    @property
    def cost_bounds_(self) -> CostBounds:
        return CostBounds(*self._asked().clusters(self._runs())[1])

    @property
    def n_samples_seen_(self) -> int:
        return self._asked().info().points

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes a file of the sketch, which `swiftkmeans.load` and the command `kmeans` read; or not at all.

        Raises OSError where it cannot be written, NotFittedError before the first rows.
        """
        self._check_fitted()
        self._named(self._sketch).save(path)
