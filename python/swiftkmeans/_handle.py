"""Owners of the library's handles."""

import ctypes

import numpy as np

from ._files import encoded
from ._library import call, library
from ._rows import address


class Handle:
    """Owns one handle and frees it when it is collected.

    Handles are numbers and not addresses, so that a child of a fork may free its own, and no thread can free what
    another one uses. A subclass says how its handles are freed, encoded, decoded and loaded, and how
    columns are named.
    """

    __slots__ = ("number", "__weakref__")
    # Kept here, and not looked up in a module: when the interpreter ends, modules are emptied before objects go.
    _free = _encode = _decode = _save = _load = _set_names = _names = None

    def __init__(self, number):
        self.number = number

    @classmethod
    def of(cls, function, *arguments):
        """What a function hands out whose last argument, before the message, is the new handle."""
        made = ctypes.c_void_p()
        call(function, *arguments, made)
        return cls(made.value)

    def __del__(self):
        number = getattr(self, "number", None)
        if number:
            self._free(number)

    def encode(self):
        """All that the handle knows, as bytes."""
        return self._bytes_of(self._encode)

    def _bytes_of(self, function):
        made = ctypes.c_void_p()
        call(function, self.number, made)
        try:
            data, size = ctypes.c_void_p(), ctypes.c_size_t()
            call(library.km_bytes_view, made, data, size)
            return ctypes.string_at(data, size.value)
        finally:
            library.km_bytes_free(made)

    def set_column_names(self, names):
        """Names the columns: files of the handle hold the names, where they are text that files can hold."""
        try:
            texts = [str(name).encode() for name in names]
        except UnicodeEncodeError:
            return
        if not any(b"\0" in text for text in texts):
            call(self._set_names, self.number, (ctypes.c_char_p * len(texts))(*texts), len(texts))

    def column_names(self):
        """The names of the columns; None where it knows none."""
        return [name.decode() for name in self._bytes_of(self._names).split(b"\0")[:-1]] or None

    @classmethod
    def decode(cls, data):
        return cls.of(cls._decode, data, len(data))

    def save(self, path):
        call(self._save, self.number, encoded(path))

    @classmethod
    def load(cls, path):
        return cls.of(cls._load, encoded(path))

    def __reduce__(self):
        # Pickles and deep copies carry the bytes; the number means nothing elsewhere.
        return type(self).decode, (self.encode(),)


def filled(function, number, shape, dtype):
    """An array that a function fills, which takes a handle, an array and its room."""
    array = np.empty(shape, dtype)
    call(function, number, address(array), array.size)
    return array
