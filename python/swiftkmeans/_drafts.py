"""Changes of estimators: whole or not at all, and one thread at a time."""

import contextlib
import os
import threading

_locks = []


def _new_locks():
    # A child of a fork has none of the threads that may have held one.
    _locks[:] = [threading.RLock() for _ in range(64)]


_new_locks()
os.register_at_fork(after_in_child=_new_locks)


def updating(estimator):
    """The lock of an estimator that learns step by step, for threads that share it.

    It is none of its attributes: those are copied and pickled. A few estimators share a lock.
    """
    return _locks[id(estimator) // 64 % len(_locks)]


@contextlib.contextmanager
def draft(estimator, without=()):
    """A copy of an estimator, without some attributes. What has become of it the estimator becomes.

    Where something is raised the estimator stays as it was, and other threads see nothing in between.
    """
    copy = object.__new__(type(estimator))
    vars(copy).update({name: value for name, value in vars(estimator).items() if name not in without})
    yield copy
    vars(estimator).update(vars(copy))
    for name in vars(estimator).keys() - vars(copy).keys():
        vars(estimator).pop(name, None)
