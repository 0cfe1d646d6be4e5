"""Changes of estimators: whole or not at all, and one thread at a time."""

import contextlib
import os
import threading
import weakref

_locks = {}  # by the id of the estimator, as long as it lives
os.register_at_fork(after_in_child=_locks.clear)  # a child has none of the threads that may have held one


def updating(estimator):
    """The lock of an estimator that learns step by step, for threads that share it.

    It is none of its attributes: those are copied and pickled. Nobody's code runs under it but that of this package.
    """
    number = id(estimator)
    lock = _locks.get(number)
    if lock is None:
        lock = _locks.setdefault(number, threading.RLock())
        weakref.finalize(estimator, _locks.pop, number, None).atexit = False
    return lock


@contextlib.contextmanager
def draft(estimator, without=()):
    """A copy of an estimator, without some attributes, for code that may fail.

    What it learns the estimator gets at the end, and nothing where something is raised. Other threads see nothing in
    between, and what anybody sets on the estimator meanwhile stays.
    """
    before = dict(vars(estimator))
    copy = object.__new__(type(estimator))
    vars(copy).update({name: value for name, value in before.items() if name not in without})
    yield copy
    after = vars(copy)
    nothing = object()
    vars(estimator).update({name: value for name, value in after.items() if before.get(name, nothing) is not value})
    for name in before.keys() - after.keys():
        vars(estimator).pop(name, None)
