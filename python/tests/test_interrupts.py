"""Ctrl-C and other signals end a fit, and Python goes on."""

import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from swiftkmeans import KMeans

ROWS = np.random.default_rng(0).normal(size=(200_000, 8)).astype(np.float32)


def endless():
    """A fit that would take minutes."""
    return KMeans(400, max_iter=100_000, tol=0, random_state=0, init="random")




def test_control_c_ends_a_fit():
    model = endless()
    begun = time.monotonic()
    timer = threading.Timer(0.3, lambda: signal.pthread_kill(threading.main_thread().ident, signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        model.fit(ROWS)
    assert time.monotonic() - begun < 20
    assert not hasattr(model, "labels_") and not hasattr(model, "n_features_in_")
    timer.join()
    # Everything works as before.
    assert KMeans(3, random_state=0).fit(ROWS[:1000]).n_iter_ > 0


def test_a_signal_from_another_thread():
    timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        endless().fit(ROWS)
    timer.join()


def test_the_exception_of_a_handler_is_raised():
    class TooLong(Exception):
        pass

    def handler(number, frame):
        raise TooLong("it takes too long")

    before = signal.signal(signal.SIGALRM, handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(TooLong, match="it takes too long"):
            endless().fit(ROWS)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_handler_that_returns_ends_nothing():
    calls = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: calls.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
        found = KMeans(50, max_iter=20, random_state=0).fit(ROWS)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert calls
    assert np.array_equal(found.labels_, KMeans(50, max_iter=20, random_state=0).fit(ROWS).labels_)


def test_nothing_is_printed_of_an_interrupt():
    program = (
        "import numpy, threading, signal; from swiftkmeans import KMeans\n"
        "X = numpy.random.default_rng(0).normal(size=(200000, 8)).astype('f')\n"
        "threading.Timer(0.3, signal.raise_signal, [signal.SIGINT]).start()\n"
        "try: KMeans(400, max_iter=100000, tol=0, init='random').fit(X)\n"
        "except KeyboardInterrupt: print('interrupted')\n"
        "print(KMeans(2).fit(X[:100]).converged_)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr, done.returncode) == ("interrupted\nTrue\n", "", 0)


def test_a_callable_init_that_raises():
    def init(X, n_clusters, random_state):
        raise ZeroDivisionError("in init")

    model = KMeans(3, init=init)
    with pytest.raises(ZeroDivisionError, match="in init"):
        model.fit(ROWS[:100])
    assert not hasattr(model, "n_features_in_")


def test_verbose_prints_iterations(capsys):
    model = KMeans(5, verbose=1, random_state=0, n_init=2).fit(ROWS[:2000])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Run 0, iteration 1: inertia ")
    assert any(line.startswith("Run 1, iteration 1: ") for line in lines)
    assert np.array_equal(model.labels_, KMeans(5, random_state=0, n_init=2).fit(ROWS[:2000]).labels_)


def test_a_broken_standard_output_ends_a_verbose_fit(monkeypatch):
    class Broken:
        def write(self, text):
            raise BrokenPipeError("nobody reads")

        def flush(self):
            pass

    monkeypatch.setattr(sys, "stdout", Broken())
    with pytest.raises(BrokenPipeError, match="nobody reads"):
        KMeans(5, verbose=1).fit(ROWS[:2000])
