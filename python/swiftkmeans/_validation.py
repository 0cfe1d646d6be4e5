"""From what callers have to rows of floats, with the errors and attributes that scikit-learn gives.

Arrays and lists of numbers are looked at here, in some microseconds. Everything else (tables with names of columns,
sparse matrices, what is wrong) goes to scikit-learn's validate_data where it is installed.
"""

import numpy as np

from ._arrow import as_rows, is_arrow
from ._files import is_path, mapped
from ._rows import has_rows_in_place, is_sparse

# Other types become the first one, as in scikit-learn.
FLOATS = (np.float64, np.float32)


def validated(estimator, X, *, reset, sparse=False, names_are_checked=False):
    """X as an array of floats whose rows are in place, or as a CSR matrix where `sparse` allows it.

    Sets n_features_in_ and feature_names_in_ with `reset`, and compares with them without. Raises ValueError and
    TypeError with scikit-learn's messages. Whether values are finite the library looks.
    """
    X = as_array(mapped(X) if is_path(X) else X)
    known = vars(estimator)
    if is_numbers(X):
        if reset:
            known.pop("feature_names_in_", None)
            estimator.n_features_in_ = X.shape[1]
            return in_place(floats(X))
        # Where the fit had names, scikit-learn warns that these rows have none.
        names_matter = "feature_names_in_" in known and not names_are_checked
        if not names_matter and X.shape[1] == known.get("n_features_in_", X.shape[1]):
            return in_place(floats(X))
    validate_data = _scikit_learns("validate_data")
    accepted = "csr" if sparse else False
    return in_place(validate_data(
        estimator, X, reset=reset, dtype=FLOATS, accept_sparse=accepted, ensure_all_finite=False))


def checked(X, *, sparse=False):
    """As `validated`, where there is no estimator; tables of Arrow and paths of .npy files too."""
    if is_path(X):
        X = mapped(X)
    X = as_rows(X)[0] if is_arrow(X) else as_array(X)
    if is_numbers(X):
        return in_place(floats(X))
    check_array = _scikit_learns("check_array")
    return in_place(check_array(
        X, dtype=FLOATS, accept_sparse="csr" if sparse else False, input_name="X", ensure_all_finite=False))


def weights_of(sample_weight, X):
    """One double for each row of X, or None for 1 each. A number stands for as many equal weights."""
    if sample_weight is None:
        return None
    rows = X.shape[0]
    given = np.asarray(sample_weight)
    if given.dtype.kind not in "biufO" or (isinstance(sample_weight, np.ma.MaskedArray) and sample_weight.mask.any()):
        what = "masked values" if isinstance(sample_weight, np.ma.MaskedArray) else given.dtype
        raise ValueError(f"sample_weight has {what}, expected numbers")
    try:
        weights = np.asarray(given, np.float64, order="C")
    except (OverflowError, TypeError):
        raise ValueError("sample_weight has entries that are no float64, expected numbers") from None
    if given.ndim == 0:
        weights = np.full(rows, weights)
    if weights.ndim != 1:
        raise ValueError(
            f"Sample weights must be 1D array or scalar, got {weights.ndim}D array. Expected either a scalar value "
            f"or a 1D array of length {rows}."
        )
    if weights.shape != (rows,):
        raise ValueError(f"sample_weight.shape == {weights.shape}, expected {(rows,)}!")
    if not weights.any():
        raise ValueError("Sample weights must contain at least one non-zero number.")
    return weights


def as_array(X):
    """X, or the array that it plainly is: lists, and what other libraries lend by DLPack."""
    if isinstance(X, np.ndarray) or is_sparse(X):
        return X
    if isinstance(X, (list, tuple)):
        array = np.asarray(X)
        return array if is_numbers(array) else X
    if hasattr(X, "__dlpack__") and not hasattr(X, "__arrow_c_array__"):
        return np.from_dlpack(X)
    if type(X).__name__ == "DuckDBPyConnection":
        raise TypeError("X is a connection of DuckDB: expected a query of it, connection.sql(...)")
    if hasattr(X, "collect") and not hasattr(X, "__array__"):
        raise TypeError(f"X is a {type(X).__name__}, which has no rows yet: expected those of X.collect()")
    return X


def is_numbers(X):
    """Whether X is an array of real numbers that nothing is to be said against but by its values."""
    return type(X) in (np.ndarray, np.memmap) and X.ndim == 2 and X.size > 0 and X.dtype.kind in "fiub"


def floats(X):
    return X if X.dtype.char in "fd" and X.dtype.isnative else X.astype(np.float64)


def in_place(X):
    """X, or a copy of it where the library could not read its rows as they lie."""
    if is_sparse(X):
        return X
    return X if has_rows_in_place(X) and X.flags.aligned else np.array(X, order="C")


def _scikit_learns(name):
    """A function of scikit-learn, or what stands in for it. Only here, so that no import of this package waits."""
    try:
        from sklearn.utils import validation

        # Versions before 1.6 have no validate_data, and a check_array without ensure_all_finite.
        if hasattr(validation, "validate_data"):
            return getattr(validation, name)
    except ImportError:
        pass
    from . import _without_sklearn

    return getattr(_without_sklearn, name)
