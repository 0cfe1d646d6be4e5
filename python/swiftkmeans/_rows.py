"""Rows in NumPy's and SciPy's memory, as the library takes them: no copies here, only addresses."""

import numpy as np

from ._structures import CSR, DENSE, FLOAT32, FLOAT64, km_rows

_TYPES = {"f": FLOAT32, "d": FLOAT64}
DTYPES = {FLOAT32: np.dtype(np.float32), FLOAT64: np.dtype(np.float64)}


def type_of(dtype):
    """FLOAT32 or FLOAT64."""
    return _TYPES[dtype.char]


def is_sparse(X):
    """Whether X is a matrix or an array of scipy.sparse, told without an import of it."""
    return hasattr(X, "tocsr") and hasattr(X, "nnz")


def has_rows_in_place(X):
    """Whether the rows of a dense array can be read where they are: each without gaps, and all equally far apart."""
    rows, columns = X.shape
    along, across = X.strides
    size = X.itemsize
    return (columns == 1 or across == size) and (rows <= 1 or (along >= columns * size and along % size == 0))


def address(array):
    """Where the values of an array begin, whether it may be written or not."""
    return array.__array_interface__["data"][0]


def rows_of(X, weights=None):
    """The rows of a float array whose rows are in place, or of a CSR matrix; they must outlive every use of it.

    X has the shape (n, d). weights are n doubles without gaps, or None.
    """
    rows = sparse_rows(X) if is_sparse(X) else dense_rows(X)
    rows.kept = X, weights  # as long as the structure lives, what it points to does
    if weights is not None:
        rows.weights = address(weights)
    return rows


def dense_rows(X):
    count, columns = X.shape
    return km_rows(
        values=address(X),
        count=count,
        columns=columns,
        row_stride=X.strides[0] // X.itemsize if count > 1 else 0,
        type=_TYPES[X.dtype.char],
        layout=DENSE,
    )


def sparse_rows(X):
    """The rows of a CSR matrix, whose arrays are copied where they have gaps; there may be room behind the last row.

    Raises ValueError where the arrays are too short, or are none of numbers. What stands in them the library looks at.
    """
    count, columns = X.shape
    values = np.require(X.data, requirements="CA")
    indices, offsets = _integers(X.indices, "indices"), _integers(X.indptr, "indptr")
    if len(offsets) != count + 1:
        raise ValueError(f"indptr has {len(offsets)} entries, expected {count + 1} for {count} rows")
    nonzeros = min(len(values), len(indices))
    if offsets[-1] > nonzeros:
        shorter = "data" if len(values) == nonzeros else "indices"
        raise ValueError(f"{shorter} has {nonzeros} entries, expected {offsets[-1]} as indptr ends with")
    rows = km_rows(
        values=address(values),
        indices=address(indices),
        offsets=address(offsets),
        count=count,
        columns=columns,
        nonzeros=max(0, int(offsets[-1])),
        type=_TYPES[values.dtype.char],
        layout=CSR,
        index_bits=8 * indices.itemsize,
        offset_bits=8 * offsets.itemsize,
    )
    rows.arrays = values, indices, offsets  # as long as the structure lives, what it points to does
    return rows


def _integers(array, name):
    """The array, or a copy of it, as 32- or 64-bit integers without gaps."""
    if array.dtype.kind not in "iu" or array.ndim != 1:
        raise ValueError(f"{name} is an array of {array.dtype} with {array.ndim} dimensions, expected whole numbers")
    if array.dtype not in (np.int32, np.int64):
        array = array.astype(np.int64)
    return np.require(array, requirements="CA")


def narrowed(X, dtype):
    """Rows as another type of floats. Raises ValueError where a finite value is beyond what that holds."""
    try:
        with np.errstate(over="raise"):
            return X.astype(dtype, copy=False)
    except FloatingPointError:
        raise ValueError(
            f"X has values beyond {np.dtype(dtype)}, which the rows of fit were: expected smaller ones, or a fit of"
            " float64"
        ) from None
