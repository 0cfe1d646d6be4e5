"""Arrow streams of any library: handed to the C side as they are, by the PyCapsule that __arrow_c_stream__ returns."""

import ctypes

import numpy as np

from ._arrow_structures import ArrowArray, ArrowArrayStream, ArrowSchema, release
from ._handle import Handle
from ._library import library
from ._rows import DTYPES
from ._structures import km_rows

_pointer_of = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)

# Types of columns whose values become float64; those of the others become float32.
_DOUBLES = {"g", "i", "I", "l", "L"}
_LISTS = ("+w:", "+l", "+L")


def is_arrow(X):
    """Whether X is a table or stream that goes by Arrow. pandas goes by NumPy, which scikit-learn looks at."""
    bases = {base.__module__.split(".")[0] for base in type(X).__mro__}
    return hasattr(X, "__arrow_c_stream__") and "pandas" not in bases


class ArrowSource:
    """A stream that was asked of an object, and what its schema says.

    `names` are those of plain columns, None where one column holds lists; `dtype` is that of the rows, `columns` how
    many they have, None where lists do not say it.
    """

    def __init__(self, X):
        self.capsule = X.__arrow_c_stream__()
        self.stream = ctypes.cast(_pointer_of(self.capsule, b"arrow_array_stream"), ctypes.POINTER(ArrowArrayStream))
        self.names, self.columns, self.dtype = None, None, np.dtype(np.float32)
        self._read_schema()

    def _read_schema(self):
        stream = self.stream.contents
        schema = ArrowSchema()
        # What is wrong with it, the library says: it asks once more.
        if not stream.release or stream.get_schema(self.stream, ctypes.byref(schema)) != 0:
            return
        try:
            columns = [schema.children[number].contents for number in range(schema.n_children)]
            if schema.format != b"+s":
                columns = [schema]
            lists = any(column.format.decode().startswith(_LISTS) for column in columns)
            values = [column.children[0].contents if column.n_children else column for column in columns]
            if any(column.format.decode() in _DOUBLES for column in values):
                self.dtype = np.dtype(np.float64)
            if not lists:
                self.names = [(column.name or b"").decode() for column in columns]
                self.columns = len(columns)
            elif columns[0].format.startswith(b"+w:"):
                self.columns = int(columns[0].format[3:])
        finally:
            release(schema)


def check_names(estimator, names):
    """Raises ValueError where an estimator knows other names of columns. None stands for no names."""
    known = getattr(estimator, "feature_names_in_", None)
    if known is not None and names is not None and list(known) != names:
        raise ValueError(
            "The feature names should match those that were passed during fit.\n"
            f"Found {names}, expected {list(known)}."
        )


def remember_columns(estimator, names, columns):
    """Sets n_features_in_ and feature_names_in_ after a fit, as scikit-learn does for a table."""
    estimator.n_features_in_ = columns
    vars(estimator).pop("feature_names_in_", None)
    if names is not None and len(names) == columns and all(names):
        estimator.feature_names_in_ = np.asarray(names, dtype=object)


def columns_of(info):
    """How many columns a new stream or sketch has found. Raises ValueError where no row came."""
    if info.columns == 0:
        raise ValueError("Found array with 0 sample(s) while a minimum of 1 is required: the Arrow stream has no rows")
    return info.columns


class ArrowLabels:
    """Room for labels that the library hands out as an Arrow array."""

    def __init__(self):
        self.array, self.schema = ArrowArray(), ArrowSchema()

    def taken(self):
        """The labels as a NumPy array of int32, a copy; what the library handed out is released."""
        try:
            count = self.array.length
            begin = (self.array.buffers[1] or 0) + 4 * self.array.offset
            return np.frombuffer((ctypes.c_int32 * count).from_address(begin), np.int32).copy()
        finally:
            release(self.array)
            release(self.schema)


class _ReadRows(Handle):
    """What owns rows that the library has read, for as long as an array of them lives."""

    __slots__ = ("__array_interface__",)
    _free = library.km_bytes_free


def as_rows(X):
    """The rows of a table or stream as one NumPy array, for what the library has no function of streams.

    Returns the rows and the names of plain columns.
    """
    source = ArrowSource(X)
    found = km_rows()
    owner = _ReadRows.of(lambda made, *message: library.km_arrow_stream_read(source.stream, made, found, *message))
    owner.__array_interface__ = {
        "data": (found.values, True),
        "shape": (found.count, found.columns),
        "typestr": DTYPES[found.type].str,
        "version": 3,
    }
    return np.asarray(owner), source.names
