"""evaluate: how good labels are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ._library import call, library
from ._parameters import INT64, integer_of
from ._random import seed_of
from ._rows import address, rows_of
from ._structures import km_quality
from ._validation import checked, weights_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ._random import RandomState


@dataclass(frozen=True)
class Quality:
    """How good labels are. What has no value, such as a silhouette of one cluster, is NaN.

    points, and left_out of them: those of the label -1; clusters that have rows; weight and inertia, sums over the
    rows; davies_bouldin, less is better; calinski_harabasz, silhouette (of a sample), simplified_silhouette (by
    centroids) and centroid_dunn (the least distance of centroids by the largest radius), more is better.
    """

    points: int
    left_out: int
    clusters: int
    weight: float
    inertia: float
    davies_bouldin: float
    calinski_harabasz: float
    silhouette: float
    simplified_silhouette: float
    centroid_dunn: float


def evaluate(
    X: Any,
    labels: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    sample_size: int | None = None,
    random_state: RandomState = None,
    n_threads: int | None = None,
) -> Quality:
    """Measures the quality of labels of any origin.

    X: (n, d) rows, sparse ones too, or a .npy file. labels: (n,) whole numbers of at least 0, -1 for none.
    sample_weight: (n,) weights. sample_size: how many rows are drawn for the silhouette, by random_state; None for
    10,000. n_threads: None for as many as the process may use.

    Returns a Quality. Raises ValueError for labels or values that are none.
    """
    X = checked(X, sparse=True)
    given = np.asarray(labels)
    if given.shape != (X.shape[0],) or given.dtype.kind not in "iu":
        raise ValueError(f"labels are {given.dtype} {given.shape}, expected whole numbers {(X.shape[0],)}")
    labels = np.asarray(given, np.int32, order="C")
    if not np.array_equal(labels, given):
        raise ValueError("labels are beyond 2**31 - 1: expected clusters from 0 on")
    quality = km_quality()
    rows = rows_of(X, weights_of(sample_weight, X))
    seed = seed_of(random_state)
    sample = integer_of("evaluate", "sample_size", sample_size, 1, none=0, most=INT64)
    threads = integer_of("evaluate", "n_threads", n_threads, 1, none=0)
    call(library.km_evaluate, rows, address(labels), sample, seed, threads, quality)
    return Quality(*(getattr(quality, name) for name in Quality.__dataclass_fields__))
