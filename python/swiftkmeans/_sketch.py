"""A sketch of the library: some hundred weighted centroids of all rows that it was shown once."""

import ctypes
import warnings

import numpy as np

from ._handle import Handle
from ._library import call, library, with_defaults
from ._model import Model
from ._rows import DTYPES, rows_of
from ._structures import DISTANCES, km_ball_options, km_cost, km_sketch_info, km_sketch_options


class Sketch(Handle):
    """A handle of a sketch, and the clusters of what it knows, which are found when they are first asked for.

    They are kept here and not in the estimator: asking an estimator must not change it.
    """

    __slots__ = ("seed", "threads", "is_plain", "_found")
    _free, _encode, _decode = library.km_sketch_free, library.km_sketch_encode, library.km_sketch_decode
    _save, _load = library.km_sketch_save, library.km_sketch_load
    _set_names, _names = library.km_sketch_set_column_names, library.km_sketch_column_names

    def __init__(self, number):
        super().__init__(number)
        self.seed, self.threads = 0, 0
        self.is_plain = False  # whether rows are compared as they are, as far as is known
        # What was found last, and of how many rows by how many runs. No lock: threads that ask at once find the same.
        self._found = None

    @classmethod
    def create(cls, options):
        made = cls.of(library.km_sketch_create, options)
        made.seed, made.threads = options.seed, options.threads
        made.is_plain = options.distance == DISTANCES["euclidean"] and not options.standardize
        return made

    def info(self):
        info = km_sketch_info()
        call(library.km_sketch_get_info, self.number, info)
        return info

    def options(self):
        """What the sketch was begun with. Raises ValueError where km_sketch_options has no word for it."""
        options = km_sketch_options()
        call(library.km_sketch_get_options, self.number, options)
        return options

    def dtype(self):
        """The type that rows must be of."""
        return DTYPES[self.info().type]

    def add(self, X, weights):
        call(library.km_sketch_add, self.number, rows_of(X, weights))

    def add_arrow(self, source):
        """Adds an Arrow stream. Slices of some thousand rows before an error have been added."""
        call(library.km_sketch_add_arrow_stream, self.number, source.stream)

    def merge(self, other):
        """Adds what another sketch knows, which stays as it is."""
        call(library.km_sketch_merge, self.number, other.number)

    def clusters(self, runs):
        """The model of the best of some runs, and the lower and the upper bound of the cost of all rows."""
        known, state = self._found, (self.info().points, runs)
        if known is None or known[0] != state:
            # Rows that come meanwhile make it a result of fewer rows than there are: the next one asks again.
            known = self._found = state, self._cluster(runs)
        return known[1]

    def _cluster(self, runs):
        options = with_defaults(km_ball_options, library.km_ball_options_init)
        options.seed, options.runs, options.threads = self.seed, runs, self.threads
        info = self.info()
        # More clusters than different rows: as in KMeans several centroids share a place, and the first has the rows.
        distinct = min(info.centroids, info.clusters)
        # An error of 0 says that the centroids are the rows; else the cutoff is too large, which the library tells.
        shared = 0 < distinct < info.clusters <= info.points and self.is_plain and info.squared_error == 0
        options.clusters = distinct if shared else 0
        made, cost = ctypes.c_void_p(), km_cost()
        call(library.km_sketch_cluster, self.number, options, made, cost)
        model = Model(made.value)
        return _padded(model, info.clusters) if shared else model, (cost.lower, cost.upper)

    def __reduce__(self):
        return _unpickled, (self.encode(), self.seed, self.threads, self.is_plain)


def _padded(model, clusters):
    """The model with its last centroid again and again, up to so many."""
    centroids, weights = model.centroids(), model.weights()
    warnings.warn(
        f"Number of distinct clusters ({len(centroids)}) found smaller than n_clusters ({clusters}). Possibly due to "
        "duplicate points in X.",
        UserWarning,
        stacklevel=2,
    )
    missing = clusters - len(centroids)
    centroids = np.concatenate([centroids, np.repeat(centroids[-1:], missing, axis=0)])
    return Model.create(centroids, np.concatenate([weights, np.zeros(missing)]))


def _unpickled(data, seed, threads, is_plain):
    sketch = Sketch.decode(data)
    sketch.seed, sketch.threads, sketch.is_plain = seed, threads, is_plain
    return sketch
