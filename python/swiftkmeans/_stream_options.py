"""From the parameters of a StreamingKMeans to the options of the library."""

import ctypes

import numpy as np

from . import _structures as c
from ._library import library, with_defaults
from ._parameters import INT64, choice, flag, integer, real, refuse, threads, word
from ._random import seed_of
from ._rows import rows_of, type_of
from ._stream import Stream
from ._validation import checked

_ROWS_A_CLUSTER = 20  # of the first batch, that centroids are found among


def new_stream(estimator, dtype, shape):
    """A stream with the parameters of a StreamingKMeans, for rows of a type.

    `shape` is that of the first batch, None where nobody knows it. Raises InvalidParameterError.
    """
    options = with_defaults(c.km_stream_options, library.km_stream_options_init)
    options.clusters = integer(estimator, "n_clusters", 1)
    options.seed = seed_of(estimator.random_state)
    _set_forgetting(estimator, options)
    _set_deaths(estimator, options)
    options.time_unit = choice(estimator, "time_unit", c.TIME_UNITS)
    options.gain = choice(estimator, "gain", c.GAINS)
    options.rules = choice(estimator, "rules", c.RULES)
    options.distance = choice(estimator, "metric", c.DISTANCES)
    options.standardize = flag(estimator, "standardize")
    options.watch_drift = flag(estimator, "watch_drift")
    options.threads = threads(estimator)
    dtype = np.dtype(np.float64) if estimator.rules == "spark" else dtype
    options.type = type_of(dtype)
    options.first_rows = integer(estimator, "first_rows", 1, none=0, most=INT64)
    if estimator.first_rows is None and shape is not None:
        least = options.clusters
        options.first_rows = min(max(shape[0], least), _ROWS_A_CLUSTER * least)
    if isinstance(estimator.init, str):
        choice(estimator, "init", {"k-means++": 0})
        return Stream.create(options)
    given = rows_of(_centroids(estimator, shape, dtype))
    options.centroids = ctypes.pointer(given)
    return Stream.create(options)


def _centroids(estimator, shape, dtype):
    centroids = checked(estimator.init).astype(dtype, copy=False)
    if len(centroids) != estimator.n_clusters or (shape is not None and centroids.shape[1] != shape[1]):
        raise ValueError(
            f"The shape of the initial centers {centroids.shape} does not match the number of clusters "
            f"{estimator.n_clusters} and the number of features of the data."
        )
    return centroids


def _set_forgetting(estimator, options):
    forms = [name for name in c.FORGETTING if getattr(estimator, name) is not None]
    if len(forms) > 1:
        raise ValueError(f"{' and '.join(forms)} say the same in other words: expected one of them")
    for name in forms:
        options.forgetting_form = c.FORGETTING[name]
        options.forgetting = real(estimator, name, 0)


def _set_deaths(estimator, options):
    if estimator.deaths is None:
        options.deaths = c.DEATHS_NEVER
    elif isinstance(estimator.deaths, str):
        if estimator.deaths != "spark":
            refuse(estimator, "deaths", "a float of half-lives, None or 'spark'", estimator.deaths)
        options.deaths = c.DEATHS_SPARK
    else:
        options.deaths = c.DEATHS_AFTER_HALF_LIVES
        options.death_half_lives = real(estimator, "deaths", 0)


def streaming_parameters(stream):
    """The parameters of a StreamingKMeans that say what a stream was begun with, as far as there are words for it."""
    try:
        options = stream.options()
    except ValueError:
        return {"n_clusters": stream.info().clusters}
    deaths = {c.DEATHS_NEVER: None, c.DEATHS_SPARK: "spark"}
    parameters = {
        "n_clusters": options.clusters,
        "time_unit": word(c.TIME_UNITS, options.time_unit),
        "gain": word(c.GAINS, options.gain),
        "deaths": deaths.get(options.deaths, options.death_half_lives),
        "rules": word(c.RULES, options.rules),
        "first_rows": options.first_rows or None,
        "random_state": options.seed,
        "standardize": bool(options.standardize),
        "metric": word(c.DISTANCES, options.distance),
        "watch_drift": bool(options.watch_drift),
    }
    if options.forgetting_form:
        parameters[word(c.FORGETTING, options.forgetting_form)] = options.forgetting
    return parameters


def seconds(times, rows):
    """One time for each row, in seconds, of numbers or datetime64; None for none."""
    if times is None:
        return None
    times = np.asarray(times)
    if times.dtype.kind == "M":
        times = times - np.datetime64(0, "s")
    if times.dtype.kind == "m":
        times = times / np.timedelta64(1, "s")
    times = np.asarray(times, np.float64, order="C")
    if times.shape != (rows,):
        raise ValueError(f"times.shape == {times.shape}, expected {(rows,)}!")
    return times
