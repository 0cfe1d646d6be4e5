"""Files as rows: fitted where they lie, read again for every iteration."""

import mmap
import os

import numpy as np

_NO_RESERVE = 0x4000  # MAP_NORESERVE of Linux, which the module names from Python 3.13 on
_GZIP_RATIO = 1032  # the most that deflate can make of a byte


def is_path(X):
    return isinstance(X, (str, bytes, os.PathLike))


def encoded(path):
    """A path as C has it. Raises ValueError for one with a NUL, behind which C would not look."""
    name = os.fsencode(path)
    if b"\0" in name:
        raise ValueError(f"{os.fspath(path)!r}: embedded null byte, expected the name of a file")
    return name


def _header(path):
    """The array in a .npy file, mapped into memory; None where it is none: the library says what is wrong with it."""
    try:
        array = np.load(path, mmap_mode="r")
    except (ValueError, EOFError):
        return None
    return array if isinstance(array, np.ndarray) and array.ndim > 0 else None


def room_for_labels(path):
    """Room for as many labels as a file can have rows, which takes memory only where it is written.

    Raises FileNotFoundError and other OSErrors of the system.
    """
    size = os.stat(path).st_size
    array = _header(path) if os.fsdecode(path).endswith(".npy") else None
    if array is not None:
        return np.empty(array.shape[0], np.int32)
    if os.fsdecode(path).endswith((".gz", ".npz")):
        size *= _GZIP_RATIO
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _NO_RESERVE
    return np.frombuffer(mmap.mmap(-1, 4 * (size + 1), flags=flags), np.int32)


def header_of(path):
    """How many columns the rows in a .npy file have, and the type that the library gives them; None of other files."""
    if not os.fsdecode(path).endswith(".npy"):
        return None, None
    array = _header(path)
    if array is None:
        return None, None
    small = array.dtype.itemsize <= 2 or array.dtype.kind + str(array.dtype.itemsize) == "f4"
    return array.shape[1] if array.ndim > 1 else 1, np.dtype(np.float32 if small else np.float64)


def mapped(path):
    """The array in a .npy file, mapped into memory. Raises ValueError for other files."""
    if not os.fsdecode(path).endswith(".npy"):
        raise ValueError(f"{os.fsdecode(path)}: here only .npy files are read; load this one, or convert it")
    array = _header(path)
    if array is None:
        raise OSError(f"{os.fspath(path)}: no array with rows, expected one that numpy.save has written")
    return array if array.ndim > 1 else array.reshape(-1, 1)
