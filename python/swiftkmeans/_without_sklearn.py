"""What stands in for scikit-learn where it is not installed: its checks of rows, in its words."""

import numpy as np

from ._rows import is_sparse


class NotFittedError(ValueError, AttributeError):
    """An estimator is asked before it was fitted."""


def check_array(X, *, dtype, accept_sparse=False, input_name="X", ensure_all_finite=False):
    """Rows of floats: an array of two dimensions, or a CSR matrix where `accept_sparse` says so.

    Raises ValueError or TypeError where X is none, or has no rows, no columns, or complex numbers.
    """
    if is_sparse(X):
        if not accept_sparse:
            raise TypeError(
                "Sparse data was passed for X, but dense data is required. Use '.toarray()' to convert to a dense"
                " numpy array."
            )
        X = X.tocsr()
    else:
        X = np.asarray(X)
    if X.dtype.kind == "c":
        raise ValueError(f"Complex data not supported\n{X}\n")
    if X.ndim > 2:
        raise ValueError(f"Found array with dim {X.ndim}, while dim <= 2 is required.")
    if X.ndim < 2:
        shape = "scalar array" if X.ndim == 0 else f"{X.ndim}D array"
        raise ValueError(
            f"Expected 2D array, got {shape} instead:\narray={X}.\nReshape your data either using "
            "array.reshape(-1, 1) if your data has a single feature or array.reshape(1, -1) if it contains a single "
            "sample."
        )
    if X.dtype not in dtype:
        X = X.astype(dtype[0])
    for axis, unit in enumerate(("sample(s)", "feature(s)")):
        if X.shape[axis] == 0:
            raise ValueError(f"Found array with 0 {unit} (shape={X.shape}) while a minimum of 1 is required.")
    return X


def validate_data(estimator, X, *, reset, dtype, accept_sparse=False, ensure_all_finite=False):
    """As check_array; sets or compares n_features_in_ and feature_names_in_."""
    names = getattr(X, "columns", None)
    names = np.asarray(names, object) if names is not None and all(isinstance(n, str) for n in names) else None
    name = type(estimator).__name__
    X = check_array(X, dtype=dtype, accept_sparse=accept_sparse)
    if reset:
        estimator.n_features_in_ = X.shape[1]
        vars(estimator).pop("feature_names_in_", None)
        if names is not None:
            estimator.feature_names_in_ = names
        return X
    known = getattr(estimator, "feature_names_in_", None)
    if names is not None and known is not None and list(names) != list(known):
        raise ValueError("The feature names should match those that were passed during fit.")
    if X.shape[1] != estimator.n_features_in_:
        raise ValueError(
            f"X has {X.shape[1]} features, but {name} is expecting {estimator.n_features_in_} features as input."
        )
    return X
