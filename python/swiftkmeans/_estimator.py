"""What scikit-learn expects of an estimator, without an import of scikit-learn.

Its base classes would cost more than a second at the import of this package; its tools ask for methods, and these
are here: parameters, tags, routing of sample_weight, names and containers of what `transform` returns. Some tools ask
whether an estimator inherits from those classes as well: so it does as soon as scikit-learn is there.
"""

from __future__ import annotations

import inspect
import sys
from typing import Any

import numpy as np

from ._errors import InvalidParameterError, not_fitted_error

_SAMPLE_WEIGHT_METHODS = ("fit", "partial_fit", "score")


_adopted = []


def _adopt(base):
    """Puts the bases of scikit-learn behind Estimator, which defines all that matters."""
    _adopted.append(base)
    try:
        Clusterers.__bases__ = (Estimator, base.ClusterMixin, base.TransformerMixin, base.BaseEstimator)
    except (TypeError, AttributeError):
        pass  # somebody's class inherits from both in another order, or there are none: all but `isinstance` works


class Estimator:
    """Parameters are the arguments of __init__, which keeps them unchanged; fit adds names that end in _."""

    _estimator_type = "clusterer"  # for what is older than tags, such as Yellowbrick

    def __new__(cls, *arguments, **parameters):
        if not _adopted and "sklearn.base" in sys.modules:
            _adopt(sys.modules["sklearn.base"])
        return super().__new__(cls)

    @classmethod
    def _get_param_names(cls):
        parameters = inspect.signature(cls.__init__).parameters
        return sorted(
            name for name, of in parameters.items() if name != "self" and of.kind is not inspect.Parameter.VAR_KEYWORD)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by their names. `deep` is for estimators that hold others: these hold none."""
        return {name: getattr(self, name) for name in self._get_param_names()}

    def set_params(self, **params):
        """Sets parameters, which hold from the next fit on. Raises ValueError for a name that there is not."""
        names = self._get_param_names()
        for name, value in params.items():
            if name not in names:
                raise ValueError(
                    f"Invalid parameter {name!r} for estimator {self}. Valid parameters are: {names!r}."
                )
            setattr(self, name, value)
        return self

    def __repr__(self):
        """The call that makes such an estimator, with what differs from the defaults."""
        names, told = self._get_param_names(), []
        for name, parameter in inspect.signature(type(self).__init__).parameters.items():
            value = getattr(self, name, None)
            if name in names and repr(value) != repr(parameter.default):
                told.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(told)})"

    def __sklearn_tags__(self):
        from sklearn.utils import InputTags, Tags, TargetTags, TransformerTags

        return Tags(
            estimator_type="clusterer",
            target_tags=TargetTags(required=False),
            transformer_tags=TransformerTags(preserves_dtype=["float64", "float32"]),
            input_tags=InputTags(sparse=self._takes_sparse),
        )

    _takes_sparse = False

    def __sklearn_is_fitted__(self):
        return "_model" in vars(self)

    def _check_fitted(self):
        if not self.__sklearn_is_fitted__():
            raise not_fitted_error(
                f"This {type(self).__name__} instance is not fitted yet. Call 'fit' with appropriate arguments before "
                "using this estimator."
            )

    # Names and containers of what `transform` returns.

    _sklearn_auto_wrap_output_keys = {"transform"}

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns of `transform`: the name of the class in small letters and a number."""
        self._check_fitted()
        prefix = type(self).__name__.lower()
        return np.asarray([f"{prefix}{number}" for number in range(self._n_features_out)], dtype=object)

    def set_output(self, *, transform=None):
        """What `transform` returns: "default" (an array), "pandas" or "polars"; None changes nothing."""
        if transform is not None:
            if transform not in ("default", "pandas", "polars"):
                raise InvalidParameterError(
                    f"output config must be one of 'default', 'pandas', 'polars'. Got {transform!r} instead."
                )
            self._sklearn_output_config = {"transform": transform}
        return self

    # Routing of sample_weight, for those who have enabled it in scikit-learn.

    def get_metadata_routing(self):
        """The requests of this estimator, as scikit-learn's MetadataRequest."""
        from sklearn.utils.metadata_routing import MetadataRequest

        if hasattr(self, "_metadata_request"):
            return self._metadata_request
        request = MetadataRequest(owner=self)
        for method in _SAMPLE_WEIGHT_METHODS:
            if hasattr(self, method):
                getattr(request, method).add_request(param="sample_weight", alias=None)
        return request

    def _request(self, method, sample_weight):
        request = self.get_metadata_routing()
        getattr(request, method).add_request(param="sample_weight", alias=sample_weight)
        self._metadata_request = request
        return self

    def set_fit_request(self, *, sample_weight=None):
        """Whether meta-estimators hand sample_weight to `fit`: True, False, None, or another name of it."""
        return self._request("fit", sample_weight)

    def set_score_request(self, *, sample_weight=None):
        """Whether meta-estimators hand sample_weight to `score`: True, False, None, or another name of it."""
        return self._request("score", sample_weight)


class Clusterers(Estimator):
    """What all estimators of this package inherit from: Estimator, and the bases of scikit-learn once it is there."""
