"""A stream of the library: clusters that learn batch by batch, and what it tells of them."""

import ctypes
from typing import NamedTuple

import numpy as np

from ._handle import Handle, filled
from ._library import call, library
from ._model import Model
from ._rows import DTYPES, address, rows_of
from ._structures import EVENT_KINDS, km_batch_report, km_event, km_predictions, km_stream_info, km_stream_options


class Event(NamedTuple):
    """Something that happened to a cluster of a stream.

    kind is "born", "died" or "split"; cluster the id that no other cluster of the stream ever has; label its row of
    the centroids; parent the id of the cluster that was split, None for other kinds.
    """

    kind: str
    cluster: int
    label: int
    parent: int | None


class BatchReport(NamedTuple):
    """What an update did. Sums are of the rows of the batch, each with its weight at its end.

    number of the batch, from 1; points; waiting_points, kept to begin with; too_late_points, too old to have a
    weight; spare_clusters, without a place of their own; time of the stream's clock; inertia to the centroids as they
    were, and inertia_after to those after; drift_speed of the centroids in radii per half-life, NaN where drift is not
    watched, and drift_alarms, how many figures of the stream have changed.
    """

    number: int
    points: int
    waiting_points: int
    too_late_points: int
    spare_clusters: int
    time: float
    inertia: float
    inertia_after: float
    drift_speed: float
    drift_alarms: int


class Stream(Handle):
    """A handle of a stream. Updates of one stream wait for each other."""

    __slots__ = ()
    _free, _encode, _decode = library.km_stream_free, library.km_stream_encode, library.km_stream_decode
    _save, _load = library.km_stream_save, library.km_stream_load
    _set_names, _names = library.km_stream_set_column_names, library.km_stream_column_names

    @classmethod
    def create(cls, options):
        return cls.of(library.km_stream_create, options)

    def info(self):
        info = km_stream_info()
        call(library.km_stream_get_info, self.number, info)
        return info

    def options(self):
        """What the stream was begun with. Raises ValueError where km_stream_options has no word for it."""
        options = km_stream_options()
        call(library.km_stream_get_options, self.number, options)
        return options

    def dtype(self):
        """The type that rows must be of."""
        return DTYPES[self.info().type]

    def update(self, X, weights, times):
        """Learns a batch. Returns the report, and the labels before the update, -1 where there was no centroid."""
        labels = np.empty(X.shape[0], np.int32)
        report = km_batch_report()
        when = None if times is None else address(times)
        call(library.km_stream_update, self.number, rows_of(X, weights), when, report, address(labels))
        return _told(report), labels

    def update_arrow(self, source, tell):
        """Learns each batch of an Arrow stream. Tells the report of the last one that was learnt, if there is one."""
        report = km_batch_report()
        try:
            call(library.km_stream_update_arrow_stream, self.number, source.stream, report)
        finally:
            if report.number:
                tell(_told(report))

    def events(self):
        """The events of the last update, in their order."""
        count = ctypes.c_size_t()
        call(library.km_stream_events, self.number, None, 0, count)
        found = (km_event * count.value)()
        if count.value:
            call(library.km_stream_events, self.number, found, count.value, count)
        return [
            Event(EVENT_KINDS[event.kind], event.cluster, event.label, event.parent if event.parent >= 0 else None)
            for event in found
        ]

    def predict(self, X, *names):
        """Arrays that km_predictions has, by their names, each with an entry for each row."""
        types = {"labels": np.int32, "ids": np.int64}
        arrays = [np.empty(X.shape[0], types.get(name, np.float64)) for name in names]
        wanted = km_predictions(**{name: address(array) for name, array in zip(names, arrays)})
        call(library.km_stream_predict, self.number, rows_of(X), wanted)
        return arrays

    def centroids(self):
        """The present centroids (k, d), in double."""
        info = self.info()
        return filled(library.km_stream_centroids, self.number, (info.clusters, info.columns), np.float64)

    def weights(self):
        """The present weights of the clusters, k doubles."""
        return filled(library.km_stream_weights, self.number, self.info().clusters, np.float64)

    def ids(self):
        """The ids of the clusters, k of int64."""
        return filled(library.km_stream_ids, self.number, self.info().clusters, np.int64)

    def snapshot(self):
        """The present model, which no later update changes."""
        return Model.of(library.km_stream_snapshot, self.number)


def _told(report):
    return BatchReport(*(getattr(report, name) for name in BatchReport._fields))
