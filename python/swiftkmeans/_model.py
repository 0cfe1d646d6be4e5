"""A model of the library: centroids, and what is done to rows before they are compared with them."""

import ctypes

import numpy as np

from ._files import encoded, room_for_labels
from ._handle import Handle, filled
from ._library import call, library
from ._rows import DTYPES, address, rows_of
from ._structures import DISTANCES, km_model_info


class Model(Handle):
    """A handle of a model, which never changes."""

    __slots__ = ()
    _free, _encode, _decode = library.km_model_free, library.km_model_encode, library.km_model_decode
    _save, _load = library.km_model_save, library.km_model_load
    _set_names, _names = library.km_model_set_column_names, library.km_model_column_names

    @classmethod
    def create(cls, centroids, weights=None, metric="euclidean"):
        """The model of (k, d) centroids from elsewhere, with the weights of their clusters."""
        return cls.of(library.km_model_create, rows_of(centroids, weights), DISTANCES[metric])

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def info(self):
        info = km_model_info()
        call(library.km_model_get_info, self.number, info)
        return info

    def centroids(self):
        """The centroids (k, d), in the units and the type of the rows."""
        info = self.info()
        return filled(library.km_model_centroids, self.number, (info.clusters, info.columns), DTYPES[info.type])

    def weights(self):
        """The weights of the clusters, k doubles."""
        return filled(library.km_model_weights, self.number, self.info().clusters, np.float64)

    def metric(self):
        """The word of KMeans for what is near."""
        return "cosine" if self.info().distance == DISTANCES["cosine"] else "euclidean"

    def dtype(self):
        """The type that rows must be of."""
        return DTYPES[self.info().type]

    def assign(self, X, threads):
        """The nearest centroid of each row, (n,) of int32."""
        labels = np.empty(X.shape[0], np.int32)
        call(library.km_model_assign, self.number, rows_of(X), threads, address(labels), None)
        return labels

    def assign_file(self, path, threads):
        """The nearest centroid of each row of a file, (n,) of int32."""
        room, count = room_for_labels(path), ctypes.c_int64()
        call(library.km_model_assign_file, self.number, encoded(path), threads, address(room), room.size, count)
        return room[: count.value].copy()

    def squared_distances(self, X, threads):
        """Of each row to the nearest centroid, (n,) doubles."""
        labels = np.empty(X.shape[0], np.int32)
        distances = np.empty(X.shape[0], np.float64)
        call(library.km_model_assign, self.number, rows_of(X), threads, address(labels), address(distances))
        return distances

    def all_squared_distances(self, X, threads):
        """Of each row to each centroid, (n, k) doubles."""
        distances = np.empty((X.shape[0], self.info().clusters), np.float64)
        call(library.km_model_distances, self.number, rows_of(X), threads, address(distances))
        return distances

