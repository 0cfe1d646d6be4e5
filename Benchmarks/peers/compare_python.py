#!/usr/bin/env python3
"""The Python package beside scikit-learn and beside the tool: what a call, an import and an array cost.

    Scripts/build-wheel dist; python3 -m venv .venv; .venv/bin/pip install numpy scikit-learn dist/*.whl
    .venv/bin/python compare_python.py                          # all of it
    .venv/bin/python compare_python.py --data vectors.npy -k 100 --iterations 10

Calls: fits of 150 x 4 values, k = 3, in turns with scikit-learn's, medians. Import: a process that imports the package, less
one that imports NumPy. Arrays: fit of an array in memory against `kmeans fit` of the same rows in a file, in turns, by the
seconds that each says the fit took.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]


def seconds(call):
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def calls(runs):
    import warnings

    from sklearn.cluster import KMeans as Peer
    from swiftkmeans import KMeans

    warnings.simplefilter("ignore")
    rows = np.random.default_rng(0).normal(size=(150, 4)) + np.repeat(np.arange(3) * 5, 50)[:, None]
    ours, theirs = KMeans(3, random_state=0), Peer(3, n_init=1, random_state=0)
    ours.fit(rows), theirs.fit(rows)
    taken = [(seconds(lambda: ours.fit(rows)), seconds(lambda: theirs.fit(rows))) for _ in range(runs)]
    own, other = (statistics.median(side) for side in zip(*taken))
    print(f"fit of 150 x 4, k = 3: {own * 1e6:.0f} us, scikit-learn {other * 1e6:.0f} us, ratio {own / other:.2f}")


def imports(runs):
    def process(text):
        return seconds(lambda: subprocess.run([sys.executable, "-c", text], check=True))

    process("import swiftkmeans")
    taken = [(process("import numpy"), process("import numpy, swiftkmeans")) for _ in range(runs)]
    print(f"import beyond NumPy: {statistics.median(b - a for a, b in taken) * 1e3:.0f} ms")


def arrays(path, k, iterations, runs, tool, threads):
    from swiftkmeans import KMeans

    rows = np.load(path)
    command = [tool, "fit", path, "-k", str(k), "--max-iterations", str(iterations), "--tolerance", "0", "--init", "random",
               "--threads", str(threads), "--json", "--quiet"]
    model = KMeans(k, init="random", max_iter=iterations, tol=0, random_state=0, n_threads=threads)

    def told():
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["seconds"]

    told(), model.fit(rows)
    taken = [(seconds(lambda: model.fit(rows)), told()) for _ in range(runs)]
    own, other = (statistics.median(side) for side in zip(*taken))
    ratio = statistics.median(b / a for a, b in taken)
    print(f"fit of {rows.shape[0]} x {rows.shape[1]}, k = {k}: {own:.3f} s, the tool {other:.3f} s, speed {ratio:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", help="rows as .npy; without it 200,000 x 128 floats of 500 blobs")
    parser.add_argument("-k", type=int, default=500)
    parser.add_argument("--iterations", type=int, default=10)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--tool", default=str(ROOT / ".build/release/kmeans"))
    options = parser.parse_args()
    calls(100 * options.runs)
    imports(options.runs)
    with tempfile.TemporaryDirectory() as folder:
        path = options.data
        if path is None:
            path = str(pathlib.Path(folder) / "blobs.npy")
            random = np.random.default_rng(1)
            centers = random.normal(size=(500, 128)).astype(np.float32)
            np.save(path, centers[random.integers(500, size=200_000)]
                    + random.normal(size=(200_000, 128)).astype(np.float32))
        arrays(path, options.k, options.iterations, options.runs, options.tool, options.threads)


if __name__ == "__main__":
    main()
