"""load: the estimator in a file that `save` or the command `kmeans` has written."""

from __future__ import annotations

import os

from ._kmeans import KMeans
from ._model import Model
from ._one_pass import OnePassKMeans
from ._sketch import Sketch
from ._stream import Stream
from ._streaming import StreamingKMeans


def load(path: str | os.PathLike[str]) -> KMeans | StreamingKMeans | OnePassKMeans:
    """A fitted KMeans, StreamingKMeans or OnePassKMeans, by what the file is.

    A stream goes on bit for bit, by the parameters that it was begun with. The estimator has those that the file
    tells: n_clusters, and metric of a model; the others are the defaults, and hold from the next `fit` on. Files hold
    neither labels_ nor names of columns: keep the order of the columns, or pickle the estimator.

    Raises FileNotFoundError and other OSErrors: also where the file is damaged, of another kind, or of a later version.
    """
    with open(path, "rb"):  # the system's own error, where there is no such file
        pass
    refused = []
    for kind, estimator_of in ((Model, _kmeans), (Stream, _streaming), (Sketch, _one_pass)):
        try:
            return estimator_of(kind.load(path))
        except OSError as error:
            refused.append(error)
    # Of another kind the file is for two of the three readers; what the third has to say is what is wrong with it.
    told = [error for error in refused if "archive of kind" not in str(error)]
    raise (told or refused)[0]


def _kmeans(model):
    info = model.info()
    estimator = KMeans(info.clusters, metric="cosine" if info.distance == 1 else "euclidean")
    estimator.n_features_in_ = info.columns
    estimator._keep(model, None)
    del estimator.labels_  # a file of a model has none
    return estimator


def _streaming(stream):
    info = stream.info()
    estimator = StreamingKMeans(info.clusters)
    estimator._stream = stream
    estimator.events_ = []  # a file does not say what the last batch did
    if info.columns:
        estimator.n_features_in_ = info.columns
    return estimator


def _one_pass(sketch):
    info = sketch.info()
    estimator = OnePassKMeans(info.clusters)
    estimator._sketch = sketch
    if info.columns:
        estimator.n_features_in_ = info.columns
    return estimator
