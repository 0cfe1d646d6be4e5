"""From the statuses of the library to exceptions of Python."""

import errno
import os
import re

from . import _structures as c


class InvalidParameterError(ValueError, TypeError):
    """A parameter of an estimator is none of those it may be. Both a ValueError and a TypeError, as in scikit-learn."""


class InvalidDataError(ValueError):
    """A value of the rows, weights or times is wrong; the message has its place."""


class CancelledError(Exception):
    """The caller's own `progress` ended a call. Never leaves this package."""


# What files can suffer, by the words of the system for it: the library hands its words on, not its numbers.
_SYSTEM_ERRORS = {os.strerror(number): number for number in (
    errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.EEXIST, errno.EROFS, errno.EPERM)}


def not_fitted_error(message):
    """A NotFittedError of scikit-learn where it is installed, else one that is as much a ValueError."""
    try:
        from sklearn.exceptions import NotFittedError
    except ImportError:
        from ._without_sklearn import NotFittedError
    return NotFittedError(message)


def file_error(message):
    """The OSError of a message, with the number of the system's error where the message names one."""
    for words, number in _SYSTEM_ERRORS.items():
        if words.lower() in message.lower():
            return OSError(number, message)  # becomes FileNotFoundError and the like by its number
    return OSError(message)


def _stream_error(message):
    """What an Arrow stream said, without the traceback that PyArrow puts into it; a Ctrl-C is one."""
    traceback = "Python exception: Traceback"
    if traceback not in message:
        return ValueError(message)
    # Behind the last frame: its code, and the exception with its message.
    frame = message.rsplit('  File "', 1)[-1]
    kind = r"((?:\w+\.)*[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Iteration|Warning))(: .*|\s*)$"
    last = re.search(rf"(?<=\s){kind}", frame)
    if last and last[1] == "KeyboardInterrupt":
        return KeyboardInterrupt(*filter(None, [last[2].strip(": ")]))
    said = message.split(":")[0]
    return ValueError(f"{said}: {(last[1] + last[2]).strip()}" if last else message)


def error_of(status, message):
    """The exception for a status that is not OK."""
    if status == c.INVALID_DATA:
        if "not finite" in message and "row" in message:  # scikit-learn's words, and the place that it does not have
            message = f"Input X contains NaN or infinity: {message}"
        return InvalidDataError(message)
    if status == c.FILE_ERROR:
        return file_error(message)
    if status == c.STREAM_ERROR:
        return _stream_error(message)
    if status == c.NOT_STARTED:
        return not_fitted_error(message)
    return {
        c.INVALID_ARGUMENT: ValueError,
        c.CANCELLED: CancelledError,
        c.OUT_OF_MEMORY: MemoryError,
        c.UNAVAILABLE: NotImplementedError,
    }.get(status, RuntimeError)(message)
