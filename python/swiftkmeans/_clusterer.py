"""What all estimators of this package do with rows once there are centroids."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrow import ArrowLabels, ArrowSource, as_rows, check_names, is_arrow
from ._containers import contained
from ._estimator import Clusterers
from ._files import is_path
from ._handle import Handle
from ._library import call, library
from ._parameters import threads
from ._rows import narrowed
from ._validation import validated, weights_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


class Clusterer(Clusterers):
    """An estimator with centroids: a subclass says by `_fitted_model` which, and how they are found by `fit`."""

    _labels_arrow = True  # whether `fit` of an Arrow stream finds labels_

    def _fitted_model(self):
        return self._model

    def __copy__(self):
        """An estimator that learns on its own: what goes on learning is not shared."""
        made = object.__new__(type(self))
        vars(made).update(vars(self))
        for name, value in vars(self).items():
            if isinstance(value, Handle):
                vars(made)[name] = copy.deepcopy(value)
        return made

    @property
    def _n_features_out(self):
        return self.cluster_centers_.shape[0]

    def fit_predict(self, X: Any, y: Any = None, sample_weight: ArrayLike | None = None) -> np.ndarray:
        """As `fit`; returns labels_, the cluster of each row."""
        if is_arrow(X) and not self._labels_arrow:
            raise ValueError(
                f"{type(self).__name__} keeps no rows of an Arrow stream: expected fit, and then predict of the same"
                " query"
            )
        return self.fit(X, sample_weight=sample_weight).labels_

    def fit_transform(self, X: Any, y: Any = None, sample_weight: ArrayLike | None = None) -> Any:
        """As `fit`, then `transform`."""
        return self.fit(X, sample_weight=sample_weight).transform(X)

    def predict(self, X: Any) -> np.ndarray:
        """The nearest centroid of each row.

        X: (n, d) rows of any kind that `fit` takes. Of a file whose columns have names those are chosen that `fit` had,
        where it had names.

        Returns (n,) labels of int32. Raises ValueError for rows of another length, and for values that are not finite.
        """
        self._check_fitted()
        if is_path(X):
            return self._named(self._fitted_model()).assign_file(X, threads(self))
        if is_arrow(X):
            return self._predict_arrow(X)
        return self._labels_of(X)

    def _labels_of(self, X):
        model = self._fitted_model()
        return model.assign(self._rows_like(X, model.dtype()), threads(self))

    def _named(self, handle):
        """A handle of this estimator that knows the names of the columns, as far as there are any."""
        if "feature_names_in_" in vars(self):
            handle.set_column_names(self.feature_names_in_)
        return handle

    def _predict_arrow(self, X):
        source, labels = ArrowSource(X), ArrowLabels()
        check_names(self, source.names)
        model = self._fitted_model()
        call(
            library.km_model_assign_arrow_stream,
            model.number, source.stream, threads(self), labels.array, labels.schema,
        )
        found = labels.taken()
        if not len(found):
            raise ValueError(
                "Found array with 0 sample(s) while a minimum of 1 is required: the Arrow stream has no rows (a stream"
                " is consumed by the first call that takes it)"
            )
        return found

    def transform(self, X: Any) -> Any:
        """The distance of each row to each centroid, not squared.

        X: (n, d) rows. Returns (n, k) of the type of X, or a table where `set_output` asks for one.
        """
        self._check_fitted()
        model, rows = self._fitted_model(), self._rows_like(X)
        distances = model.all_squared_distances(narrowed(rows, model.dtype()), threads(self))
        np.sqrt(distances, out=distances)
        return contained(self, X, distances.astype(rows.dtype, copy=False))

    def score(self, X: Any, y: Any = None, sample_weight: ArrayLike | None = None) -> float:
        """Minus the sum of the squared distances of rows to their nearest centroids, each times its weight."""
        self._check_fitted()
        model = self._fitted_model()
        rows = self._rows_like(X, model.dtype())
        weights = weights_of(sample_weight, rows)
        distances = model.squared_distances(rows, threads(self))
        return -float(distances.sum() if weights is None else distances @ weights)

    def _rows_like(self, X, dtype=None):
        """X, checked against the rows of the fit, in the type that is asked for."""
        if is_arrow(X):
            X, names = as_rows(X)
            check_names(self, names)
            rows = validated(self, X, reset=False, names_are_checked=True)
        else:
            rows = validated(self, X, reset=False, sparse=self._takes_sparse)
        return rows if dtype is None else narrowed(rows, dtype)
