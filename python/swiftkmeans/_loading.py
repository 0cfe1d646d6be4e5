"""load: the estimator in a file that `save` or the command `kmeans` has written."""

from __future__ import annotations

import os

from ._arrow import remember_columns
from ._kmeans import KMeans
from ._model import Model
from ._one_pass import OnePassKMeans
from ._sketch import Sketch
from ._stream import Stream
from ._stream_options import streaming_parameters
from ._streaming import StreamingKMeans


def load(path: str | os.PathLike[str]) -> KMeans | StreamingKMeans | OnePassKMeans:
    """A fitted KMeans, StreamingKMeans or OnePassKMeans, by what the file is.

    A stream and a sketch go on bit for bit, and the estimator has the parameters that they were begun with; one of a
    model has n_clusters, metric and standardize, and the defaults of the others, which hold from the next `fit` on.
    feature_names_in_ are those of the file, where it knows names. labels_ no file holds.

    Raises FileNotFoundError and other OSErrors: also where the file is damaged, of another kind, or of a later version.
    """
    with open(os.fspath(path), "rb"):  # the system's own error, where there is no such file
        pass
    refused = []
    for kind, estimator_of in ((Model, _kmeans), (Stream, _streaming), (Sketch, _one_pass)):
        try:
            return estimator_of(kind.load(path))
        except OSError as error:
            refused.append(error)
    # Of another kind the file is for two of the three readers; what the third has to say is what is wrong with it.
    told = [error for error in refused if "archive of kind" not in str(error)]
    if told:
        raise told[0]
    found = str(refused[0]).rsplit("found ", 1)[-1]
    raise OSError(f"{os.fsdecode(path)}: expected a model, a stream or a sketch that was saved, found {found}")


def _kmeans(model):
    info = model.info()
    estimator = KMeans(info.clusters, metric=model.metric(), standardize=bool(info.standardized))
    remember_columns(estimator, model.column_names(), info.columns)
    estimator._keep(model, None)
    del estimator.labels_  # a file of a model has none
    return estimator


def _streaming(stream):
    info = stream.info()
    estimator = StreamingKMeans(**streaming_parameters(stream))
    estimator._stream = stream
    estimator.events_ = []  # a file does not say what the last batch did
    if info.columns:
        remember_columns(estimator, stream.column_names(), info.columns)
    return estimator


def _one_pass(sketch):
    info = sketch.info()
    estimator = OnePassKMeans(**OnePassKMeans._parameters_of(sketch))
    sketch.seed = estimator.random_state or 0
    estimator._sketch = sketch
    if info.columns:
        remember_columns(estimator, sketch.column_names(), info.columns)
    return estimator
