"""The shared library: found, opened, checked, and called.

Nothing else happens when the package is imported. Calls release the GIL, and any thread may make them.
"""

import ctypes
import os
import pathlib

from ._errors import error_of
from ._prototypes import PROTOTYPES
from ._structures import ABI_VERSION

_MESSAGE_SIZE = 1024


def library_path():
    """The file that the environment variable SWIFTKMEANS_LIBRARY names, or the one beside this file."""
    named = os.environ.get("SWIFTKMEANS_LIBRARY")
    return named or str(pathlib.Path(__file__).with_name("libkmeans.so"))


def opened(path):
    """The library with prototypes.

    Raises ImportError where it cannot be opened, or where its interface is another one.
    """
    try:
        found = ctypes.CDLL(path)
        version = found.km_abi_version()
    except (OSError, AttributeError) as error:
        raise ImportError(
            f"{error}. Install the wheel of swift-kmeans, or let SWIFTKMEANS_LIBRARY name a libkmeans.so that"
            " Scripts/build-library has made"
        ) from error
    if version != ABI_VERSION:
        raise ImportError(f"{path}: its interface has version {version}, expected {ABI_VERSION}")
    for name, (result, arguments) in PROTOTYPES.items():
        function = getattr(found, name)
        function.restype, function.argtypes = result, arguments
    return found


library = opened(library_path())


def call(function, *arguments):
    """Calls a function that returns a status, with room for its message behind the arguments.

    Raises what _errors.error_of makes of a status that is not OK.
    """
    message = ctypes.create_string_buffer(_MESSAGE_SIZE)
    status = function(*arguments, message, _MESSAGE_SIZE)
    if status:
        raise error_of(status, message.value.decode("utf-8", "replace"))


def with_defaults(structure, init):
    """A structure with the library's own defaults, which `init` sets."""
    made = structure()
    init(made, ctypes.sizeof(made))
    return made


def build_info() -> str:
    """One line about the library: its version, the instruction sets it has code for, how it was built."""
    return library.km_build_info().decode()
