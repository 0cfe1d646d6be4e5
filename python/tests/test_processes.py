"""Threads, forks, the end of the interpreter, memory that stays."""

import multiprocessing
import os
import subprocess
import sys
import threading

import numpy as np
import pytest
from conftest import blobs
from swiftkmeans import KMeans, OnePassKMeans, StreamingKMeans


def test_fits_from_four_threads():
    rows = [blobs(rows=20_000, seed=seed) for seed in range(4)]
    expected = [KMeans(20, random_state=0).fit(X).labels_ for X in rows]
    found, stops = [None] * 4, []

    def fit(number):
        try:
            for _ in range(3):
                found[number] = KMeans(20, random_state=0).fit(rows[number])
        except BaseException as error:
            stops.append(error)

    threads = [threading.Thread(target=fit, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not stops
    assert all(np.array_equal(one.labels_, labels) for one, labels in zip(found, expected))


def test_one_model_in_four_threads(X):
    model = KMeans(6, random_state=0).fit(X)
    found = [None] * 4

    def predict(number):
        for _ in range(50):
            found[number] = model.predict(X)

    threads = [threading.Thread(target=predict, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(np.array_equal(labels, model.labels_) for labels in found)


def test_one_stream_in_four_threads(X):
    stream = StreamingKMeans(6, random_state=0).partial_fit(X)
    threads = [threading.Thread(target=lambda: [stream.partial_fit(X) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert stream.n_batches_ == 41


def _fit_in_child(labels, queue):
    try:
        X = blobs(rows=20_000)
        queue.put(bool(np.array_equal(KMeans(20, random_state=0).fit(X).labels_, labels)))
    except BaseException as error:
        queue.put(repr(error))


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_children(method):
    model = KMeans(20, random_state=0).fit(blobs(rows=20_000))  # with threads, before the fork
    context = multiprocessing.get_context(method)
    queue = context.Queue()
    child = context.Process(target=_fit_in_child, args=[model.labels_, queue])
    child.start()
    try:
        assert queue.get(timeout=30) is True
    finally:
        child.join(10)
        if child.is_alive():
            child.kill()
    assert child.exitcode == 0
    assert model.predict(blobs(rows=10)).shape == (10,)


def test_the_interpreter_ends_quietly():
    program = (
        "import numpy, gc; from swiftkmeans import *\n"
        "X = numpy.arange(600.0).reshape(200, 3)\n"
        "kept = [KMeans(2).fit(X), StreamingKMeans(2).fit(X), OnePassKMeans(2).fit(X)]\n"
        "class Late:\n"
        "    def __init__(self): self.model = KMeans(2).fit(X)\n"
        "    def __del__(self): del self.model\n"
        "cycle = Late(); cycle.cycle = cycle; kept[0].kept = kept\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.stderr, done.returncode) == ("", 0)


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_fits_leave_nothing():
    X = blobs(rows=150, columns=4, clusters=3)
    for _ in range(1000):
        KMeans(3, random_state=0).fit(X)
    before = resident()
    for _ in range(10_000):
        KMeans(3, random_state=0).fit(X)
    assert resident() - before < 5 << 20


def test_streams_leave_nothing():
    X = blobs(rows=150, columns=4, clusters=3)

    def use():
        stream = StreamingKMeans(3, random_state=0).partial_fit(X).partial_fit(X)
        stream.predict(X), stream.outlier_scores(X), stream.__reduce_ex__(4)

    for _ in range(200):
        use()
    before = resident()
    for _ in range(1000):
        use()
    assert resident() - before < 5 << 20


def test_import_is_light():
    program = (
        "import sys; from swiftkmeans import KMeans\n"
        "print([name for name in ('sklearn', 'scipy', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_beside_libraries_that_bring_their_own_threads():
    """NumPy's OpenBLAS and FAISS's OpenMP compute what they did before our fits, on as many threads; and so do ours."""
    for name in ("faiss", "threadpoolctl"):
        pytest.importorskip(name)
    program = (
        "import faiss, numpy as np\n"
        "from threadpoolctl import threadpool_info\n"
        "from swiftkmeans import KMeans\n"
        "def pools(): return sorted((p['filepath'], p['num_threads']) for p in threadpool_info())\n"
        "X = np.random.default_rng(0).normal(size=(4000, 32)).astype(np.float32)\n"
        "def theirs():\n"
        "    search = faiss.IndexFlatL2(32)\n"
        "    search.add(X)\n"
        "    return search.search(X[:100], 5)[1], X @ X[:200].T\n"
        "before, (neighbours, products) = pools(), theirs()\n"
        "labels = KMeans(50, random_state=0).fit(X).labels_\n"
        "again = theirs()\n"
        "assert pools() == before\n"
        "assert np.array_equal(neighbours, again[0]) and np.array_equal(products, again[1])\n"
        "assert np.array_equal(labels, KMeans(50, random_state=0).fit(X).labels_)\n"
        "print(len(before))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 2, "two libraries with threads of their own were to be loaded"


@pytest.mark.parametrize("make", [StreamingKMeans, OnePassKMeans])
def test_first_batches_from_two_threads(make, X):
    for _ in range(40):
        estimator, barrier = make(6, random_state=0), threading.Barrier(2)

        def learn():
            barrier.wait()
            estimator.partial_fit(X)

        threads = [threading.Thread(target=learn) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert estimator.n_samples_seen_ == 1200


def test_what_fails_in_one_thread_is_not_seen_in_another(X):
    stream, bad, stop, seen = StreamingKMeans(6, random_state=0).partial_fit(X), X.copy(), threading.Event(), []
    bad[7, 2] = np.nan

    def fail():
        while not stop.is_set():
            with pytest.raises(ValueError):
                stream.fit(bad)
            with pytest.raises(ValueError):
                stream.partial_fit(bad)

    thread, before = threading.Thread(target=fail), sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        thread.start()
        for _ in range(200):
            seen.append(stream.partial_fit(X).report_.number)
            stream.predict(X)
    finally:
        stop.set()
        thread.join(60)
        sys.setswitchinterval(before)
    assert seen == list(range(2, 202)) and stream.n_batches_ == 201


def test_a_fork_while_a_stream_is_updated():
    """The child has a stream that was half updated: it is told so, or the fork came between two updates."""
    X, stop = blobs(rows=50_000), threading.Event()
    stream = StreamingKMeans(50, random_state=0).partial_fit(X)

    def learn():
        while not stop.is_set():
            stream.partial_fit(X)

    thread = threading.Thread(target=learn)
    thread.start()
    endings = []
    for _ in range(5):
        child = os.fork()
        if child == 0:
            try:
                stream.partial_fit(X[:100])
                os._exit(0)
            except RuntimeError as error:
                os._exit(3 if "when this process was forked" in str(error) else 4)
            finally:
                os._exit(5)
        endings.append(os.waitpid(child, 0)[1])
    stop.set()
    thread.join(60)
    assert all(os.WIFEXITED(ending) and os.WEXITSTATUS(ending) in (0, 3) for ending in endings)


def test_clusters_of_a_sketch_are_those_of_all_its_rows(X):
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for number in range(60):
            one = OnePassKMeans(3, random_state=0, n_runs=1, n_threads=1).fit(X[:100, :3])
            threads = [
                threading.Thread(target=one.partial_fit, args=[np.full((200, 3), 100.0 + number)]),
                threading.Thread(target=lambda: one.cluster_centers_),
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
            assert one.cluster_centers_.max() > 50
    finally:
        sys.setswitchinterval(before)
