"""Fits by Lloyd's algorithm: of arrays, of Arrow streams and of files."""

import ctypes

import numpy as np

from ._arrow import ArrowLabels
from ._files import encoded, room_for_labels
from ._interrupts import call_with_progress
from ._library import call, library, with_defaults
from ._model import Model
from ._rows import address, rows_of
from ._structures import km_arrow_options, km_fit_options


def fit_options(**fields):
    """Options with the library's defaults where nothing else is said."""
    options = with_defaults(km_fit_options, library.km_fit_options_init)
    for name, value in fields.items():
        setattr(options, name, value)
    return options


def start_from(options, centroids):
    """Makes a fit start from (k, d) centroids of the rows' type, and keeps them as long as the options live."""
    options.initial_centroids = ctypes.pointer(rows_of(centroids))
    options.runs = 1


def fit_rows(X, weights, options, verbose):
    """The model of rows, and their labels."""
    labels = np.empty(X.shape[0], np.int32)
    made = ctypes.c_void_p()
    call_with_progress(
        library.km_fit, rows_of(X, weights), options, made, address(labels), options=options, verbose=verbose
    )
    return Model(made.value), labels


def fit_arrow(source, options, memory, verbose):
    """The model of the rows of an Arrow stream, and their labels. Rows beyond `memory` go to a file meanwhile."""
    arrow = with_defaults(km_arrow_options, library.km_arrow_options_init)
    arrow.memory = memory
    made, labels = ctypes.c_void_p(), ArrowLabels()
    call_with_progress(
        library.km_fit_arrow_stream,
        source.stream, options, arrow, made, labels.array, labels.schema,
        options=options, verbose=verbose,
    )
    return Model(made.value), labels.taken()


def fit_file(path, options, memory, verbose):
    """The model of the rows of a file, and their labels. The file is read again for every iteration."""
    room = room_for_labels(path)
    made, count = ctypes.c_void_p(), ctypes.c_int64()
    call_with_progress(
        library.km_fit_file,
        encoded(path), options, memory, made, address(room), room.size, count,
        options=options, verbose=verbose,
    )
    return Model(made.value), room[: count.value].copy()


def initial_centroids(X, weights, options):
    """The centroids (k, d) that a fit would begin with, and the number of the row that each of them is."""
    centroids = np.empty((options.clusters, X.shape[1]), X.dtype)
    numbers = np.empty(options.clusters, np.int64)
    call(library.km_seed, rows_of(X, weights), options, address(centroids), address(numbers))
    return centroids, numbers
