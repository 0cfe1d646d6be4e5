"""Ctrl-C, other signals, and what verbose=1 prints, while the library iterates.

The library asks after every iteration whether to go on. Who is asked cannot be a plain function: Python runs handlers
of signals when a function begins, before its first `try`, and ctypes drops an exception that leaves a callback. A
generator that waits inside a `try` is resumed inside it, and `send` of the generator, which is C, is the callback.
"""

import ctypes
import threading
import types

from ._errors import CancelledError
from ._library import call
from ._structures import CANCEL, CONTINUE, km_progress_function

_SEND = km_progress_function(types.GeneratorType.send)


def call_with_progress(function, *arguments, options, verbose=0):
    """Calls a function that takes fit options, in the main thread so that signals can end it.

    Raises what the handler of a signal has raised, KeyboardInterrupt of a Ctrl-C; nothing is left of the call then.
    """
    if not verbose and threading.current_thread() is not threading.main_thread():
        call(function, *arguments)  # signals are of the main thread
        return
    raised = []
    listener = _listener(raised, verbose)
    next(listener)
    options.progress, options.context = _SEND, id(listener)
    options.record_inertia = 1 if verbose else 0  # a pass over the rows for each iteration
    try:
        call(function, *arguments)
    except CancelledError:
        raise (raised[0] if raised else KeyboardInterrupt()) from None
    finally:
        listener.close()


def _listener(raised, verbose):
    """Gets the progress, yields what to do. An exception is kept, for it may not leave through the library."""
    try:
        answer = CONTINUE
        while True:
            progress = (yield answer).contents
            ctypes.pythonapi.PyErr_CheckSignals()
            if verbose:
                _tell(progress)
    except GeneratorExit:
        raise
    except BaseException as error:
        raised.append(error)
        yield CANCEL


def _tell(progress):
    if progress.iteration > 0:
        print(
            f"Run {progress.run}, iteration {progress.iteration}: inertia {progress.inertia}, "
            f"{progress.moved} rows moved",
            flush=True,
        )
