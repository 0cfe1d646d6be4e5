"""k-means, streaming k-means and one-pass k-means of swift-kmeans, with scikit-learn's interface.

    from swiftkmeans import KMeans
    labels = KMeans(n_clusters=16, random_state=0).fit_predict(X)
"""

from ._errors import InvalidDataError, InvalidParameterError
from ._kmeans import KMeans
from ._library import build_info
from ._loading import load
from ._one_pass import CostBounds, OnePassKMeans
from ._quality import Quality, evaluate
from ._seeding import kmeans_plusplus
from ._stream import BatchReport, Event
from ._streaming import StreamingKMeans

# The library and this package come in one wheel and have one version.
__version__ = build_info().split(",")[0].split()[-1]

__all__ = [
    "BatchReport",
    "CostBounds",
    "Event",
    "InvalidDataError",
    "InvalidParameterError",
    "KMeans",
    "OnePassKMeans",
    "Quality",
    "StreamingKMeans",
    "build_info",
    "evaluate",
    "kmeans_plusplus",
    "load",
]
