"""kmeans_plusplus: initial centroids, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._lloyd import fit_options, initial_centroids
from ._parameters import integer_of
from ._random import seed_of
from ._validation import checked, weights_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike

    from ._random import RandomState


def kmeans_plusplus(
    X: Any,
    n_clusters: int,
    *,
    sample_weight: ArrayLike | None = None,
    random_state: RandomState = None,
    n_threads: int | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Finds initial centroids by greedy k-means++, those that KMeans begins with for the same seed.

    X: (n, d) rows. sample_weight: (n,) weights; None for 1 each. random_state: None, a seed, a RandomState or a
    Generator.

    Returns centers (n_clusters, d) of the type of X, and indices (n_clusters,) of int64: the first row that each is.
    Raises ValueError for values that are not finite, and where there are fewer rows than clusters.
    """
    X = checked(X)
    weights = weights_of(sample_weight, X)
    n_clusters = integer_of("kmeans_plusplus", "n_clusters", n_clusters, 1)
    threads = integer_of("kmeans_plusplus", "n_threads", n_threads, 1, none=0)
    if X.shape[0] < n_clusters:
        raise ValueError(f"n_samples={X.shape[0]} should be >= n_clusters={n_clusters}.")
    options = fit_options(clusters=n_clusters, seed=seed_of(random_state), threads=threads)
    return initial_centroids(X, weights, options)
