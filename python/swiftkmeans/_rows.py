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
    count, columns = X.shape
    return km_rows(
        values=address(X.data),
        indices=address(X.indices),
        offsets=address(X.indptr),
        count=count,
        columns=columns,
        nonzeros=len(X.data),
        type=_TYPES[X.data.dtype.char],
        layout=CSR,
        index_bits=8 * X.indices.itemsize,
        offset_bits=8 * X.indptr.itemsize,
    )
