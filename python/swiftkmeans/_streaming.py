"""StreamingKMeans: clusters that learn batch by batch, forget, die and split."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ._arrow import ArrowSource, check_names, columns_of, is_arrow, remember_columns
from ._clusterer import Clusterer
from ._drafts import draft, updating
from ._rows import narrowed
from ._stream import BatchReport, Event
from ._stream_options import new_stream, seconds
from ._validation import validated, weights_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ._random import RandomState

_LEARNT = ("_stream", "report_", "events_", "labels_", "n_features_in_", "feature_names_in_")


class StreamingKMeans(Clusterer):
    """Streaming k-means, which follows clusters that move: `partial_fit` learns a batch.

    After a batch in which a cluster of weight w gets rows of weight m and mean x, its centroid c is
    (a w c + m x) / (a w + m) and its weight a w + m, where a is what is kept of a weight in a unit of time.

    Parameters
    ----------
    n_clusters : the number of clusters k.
    half_life, decay_factor, forgetfulness : how old rows are forgotten, one of the three: the time after which half
        is kept, the a above, or 1 - a. None of them: nothing is forgotten.
    time_unit : what time is counted in: "batches", "points", or "seconds" of `times`.
    gain : "weighted", the rule above; "fixed": a centroid moves by what is forgotten, however many rows it gets.
    deaths : after how many half-lives without rows a cluster dies and another is split; None for never; "spark".
    rules : "own", or "spark": the arithmetic of Spark MLlib's StreamingKMeans, in double.
    init : "k-means++" among the first rows, or an array (k, d) of centroids to begin with.
    first_rows : how many rows are awaited before there are centroids; None: the first batch, where it has
        n_clusters rows.
    random_state : None, a seed, a RandomState or a Generator.
    standardize : whether columns are brought to mean 0 and variance 1, by the first rows.
    metric : "euclidean" or "cosine".
    watch_drift : whether report_ tells of drift.
    n_threads : None for OMP_NUM_THREADS, or as many as the process may use.

    Attributes
    ----------
    cluster_centers_ : (k, d); cluster_weights_ : (k,), at present; cluster_ids_ : (k,), which no other cluster of the
    stream ever has; labels_ : (n,) of int32, of the rows of the last call: the nearest centroid before they were
    learnt, or, in the batch that the stream began with and after `fit`, when they were; events_ : list of Event;
    report_ : BatchReport; n_batches_, n_samples_seen_, n_waiting_ : ints; n_features_in_, feature_names_in_.
    """

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        half_life: float | None = None,
        decay_factor: float | None = None,
        forgetfulness: float | None = None,
        time_unit: str = "batches",
        gain: str = "weighted",
        deaths: float | Literal["spark"] | None = 8.0,
        rules: str = "own",
        init: str | ArrayLike = "k-means++",
        first_rows: int | None = None,
        random_state: RandomState = None,
        standardize: bool = False,
        metric: str = "euclidean",
        watch_drift: bool = False,
        n_threads: int | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.half_life = half_life
        self.decay_factor = decay_factor
        self.forgetfulness = forgetfulness
        self.time_unit = time_unit
        self.gain = gain
        self.deaths = deaths
        self.rules = rules
        self.init = init
        self.first_rows = first_rows
        self.random_state = random_state
        self.standardize = standardize
        self.metric = metric
        self.watch_drift = watch_drift
        self.n_threads = n_threads

    _labels_arrow = False
    labels_: np.ndarray
    events_: list[Event]
    report_: BatchReport

    def fit(
        self, X: Any, y: Any = None, sample_weight: ArrayLike | None = None, times: ArrayLike | None = None
    ) -> StreamingKMeans:
        """Begins anew and learns X as one batch; labels_ are those after it.

        X: (n, d) rows, n at least n_clusters. sample_weight: (n,) weights. times: (n,), as for `partial_fit`.

        Returns self. Raises as `partial_fit`. Of an Arrow stream each batch is a batch, and there are no labels_.
        """
        with draft(self, without=_LEARNT) as begun:
            begun.partial_fit(X, sample_weight=sample_weight, times=times)
            if begun.n_samples_seen_ < begun.n_clusters:
                raise ValueError(f"n_samples={begun.n_samples_seen_} should be >= n_clusters={self.n_clusters}.")
            if not is_arrow(X) and begun._stream.info().started:
                begun.labels_ = begun.predict(X)
        return self

    def partial_fit(
        self, X: Any, y: Any = None, sample_weight: ArrayLike | None = None, times: ArrayLike | None = None
    ) -> StreamingKMeans:
        """Learns a batch; of an Arrow stream each of its batches.

        X: (n, d) rows, sparse ones not. sample_weight: (n,) weights of at least 0; None for 1 each.
        times: (n,) seconds, or datetime64, at which each row happened, where time_unit is "seconds".

        Returns self. Raises ValueError for wrong parameters, rows and times; the stream is as before then. Of an
        Arrow stream that fails, the batches before have been learnt.
        """
        if times is not None and self.time_unit != "seconds":
            raise ValueError(f"times are for time_unit='seconds', and it is {self.time_unit!r}")
        if is_arrow(X):
            self._learn_arrow(X, sample_weight, times)
            return self
        with updating(self):
            if "_stream" in vars(self):
                self._learn(X, sample_weight, times)
            else:
                with draft(self) as begun:
                    begun._learn(X, sample_weight, times)
        return self

    def _learn(self, X, sample_weight, times):
        begun = "_stream" in vars(self)
        X = validated(self, X, reset="n_features_in_" not in vars(self))
        stream = self._stream if begun else new_stream(self, X.dtype, X.shape)
        X = narrowed(X, stream.dtype())
        weights = weights_of(sample_weight, X)
        was_started = stream.info().started
        report, labels = stream.update(X, weights, seconds(times, X.shape[0]))
        if not was_started and stream.info().started:
            (labels,) = stream.predict(X, "labels")
        vars(self).update(_stream=stream, report_=report, events_=stream.events(), labels_=labels)

    def _learn_arrow(self, X, sample_weight, times):
        if sample_weight is not None or times is not None:
            raise ValueError("sample_weight and times are for rows in memory, and X is an Arrow stream")
        source = ArrowSource(X)
        with updating(self):
            begun = "_stream" in vars(self)
            if begun:
                check_names(self, source.names)
            else:
                self._stream = new_stream(self, source.dtype, None)
            stream = self._stream
        # Without the lock: whoever makes the rows may use the estimator meanwhile, or wait for one who does.
        reports = []
        try:
            stream.update_arrow(source, reports.append)
        finally:
            with updating(self):
                self._told(stream, source, reports, begun)
        columns_of(stream.info())  # refuses a stream without rows

    def _told(self, stream, source, reports, begun):
        if not begun:
            if stream.info().points + stream.info().waiting_points == 0:
                vars(self).pop("_stream", None)  # it has learnt nothing
                return
            remember_columns(self, source.names, stream.info().columns)
        if reports:  # the batches before an error have been learnt
            vars(self).update(report_=reports[-1], events_=stream.events())
            vars(self).pop("labels_", None)  # nobody has kept the rows

    # What the stream knows at present.

    def __sklearn_is_fitted__(self):
        return "_stream" in vars(self) and bool(self._stream.info().started)

    def _check_fitted(self):
        if "_stream" in vars(self) and not self._stream.info().started:
            self._stream.centroids()  # says how many rows are missing
        super()._check_fitted()

    def _asked(self):
        """The stream, where there are centroids. Raises AttributeError, as attributes of fits do."""
        if "_stream" not in vars(self):
            raise AttributeError(f"this {type(self).__name__} has not learnt anything yet: call partial_fit")
        return self._stream

    @property
    def cluster_centers_(self) -> np.ndarray:
        stream = self._asked()
        return stream.centroids().astype(stream.dtype(), copy=False)

    @property
    def cluster_weights_(self) -> np.ndarray:
        return self._asked().weights()

    @property
    def cluster_ids_(self) -> np.ndarray:
        return self._asked().ids()

    @property
    def n_batches_(self) -> int:
        return self._asked().info().batches

    @property
    def n_samples_seen_(self) -> int:
        return self._asked().info().points

    @property
    def n_waiting_(self) -> int:
        return self._asked().info().waiting_points

    def _fitted_model(self):
        return self._stream.snapshot()

    def _labels_of(self, X):
        # The stream has its centroids at hand as they are compared with rows: a model would make that once more.
        (labels,) = self._stream.predict(self._rows_like(X, self._stream.dtype()), "labels")
        return labels

    def outlier_scores(self, X: Any) -> np.ndarray:
        """How odd each row is: its distance to the nearest centroid in radii of the cluster; rows are not learnt.

        X: (n, d) rows. Returns (n,) doubles, NaN where the cluster has had no rows. Raises NotFittedError before there
        are centroids.
        """
        self._check_fitted()
        (scores,) = self._stream.predict(self._rows_like(X, self._stream.dtype()), "outlier_scores")
        return scores

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes a file of the whole state, with which `swiftkmeans.load` goes on bit for bit; or not at all.

        Commands take it where they take a model; `kmeans stream --init` begins with its centroids, weights and clock.

        Raises OSError where it cannot be written, NotFittedError before the first batch.
        """
        if "_stream" not in vars(self):
            self._check_fitted()
        self._named(self._stream).save(path)

