#!/usr/bin/env python3
"""A duel in one assignment: the nearest of k centroids for every point, labels only.

    ./compare.py --setup                                     # once: makes .venv
    ./compare_assign.py --synthetic 400000,2 -k 16
    ./compare_assign.py --data wordnet256.npy -k 512

FAISS by IndexFlatL2.search(points, 1), which gives distances as well; scikit-learn by pairwise_distances_argmin;
ours by `kmeans-bench assign`. Each run is a process of its own, with so many threads, which assigns twice and then
five times more, of which the median counts. The runs take turns. Prints a Markdown table.
"""
import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time

from duel import BUILT, FOLDER, add_warm_up, chosen, enter, in_turns, run_process

TITLES = {"ours": "**swift-kmeans**, exact", "faiss": "FAISS, IndexFlatL2.search(1)",
          "scikit-learn": "scikit-learn, pairwise_distances_argmin"}


def faiss(centroids, threads):
    import faiss
    faiss.omp_set_num_threads(threads)
    index = faiss.IndexFlatL2(centroids.shape[1])
    index.add(centroids)
    return lambda points: index.search(points, 1)[1][:, 0]


def scikit_learn(centroids, threads):
    from sklearn.metrics import pairwise_distances_argmin
    return lambda points: pairwise_distances_argmin(points, centroids)


LIBRARIES = {"faiss": faiss, "scikit-learn": scikit_learn}


def measure(name, folder, threads):
    """One run of a library, in this process: prints one JSON object."""
    import numpy as np
    points, centroids = (np.load(f"{folder}/{file}.npy") for file in ("points", "start"))
    assign = LIBRARIES[name](centroids, threads)
    times = []
    for repetition in range(7):
        begin = time.perf_counter()
        labels = assign(points)
        if repetition >= 2:
            times.append(time.perf_counter() - begin)
    np.save(f"{folder}/{name}.npy", labels)
    print(json.dumps({"seconds": statistics.median(times)}))


def run(options, folder, name):
    if name != "ours":
        return run_process([sys.executable, FOLDER / "compare_assign.py", "--measure", name, "--folder", folder,
                            "--threads", str(options.threads)], options.threads)
    return run_process(
        [options.bench.resolve(), "assign", "--data", f"{folder}/points.npy", "--start", f"{folder}/start.npy",
         "-k", str(options.k), "--threads", str(options.threads), "--repetitions", "5", "--without-product",
         "--labels", f"{folder}/ours.npy", "--json"], options.threads)


def duel(options):
    import numpy as np
    from distinct_rows import distinct_rows
    if options.data:
        points = np.ascontiguousarray(np.load(options.data), dtype="float32")
    else:
        shape = [int(part) for part in options.synthetic.split(",")]
        points = np.random.default_rng(0).standard_normal(shape, dtype="float32")
    names, load = chosen(LIBRARIES, options.libraries), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/points.npy", points)
        np.save(f"{folder}/start.npy", distinct_rows(points, options.k))
        found, failed = in_turns(names, options.runs, lambda name, seed: run(options, folder, name),
                                 not options.no_warm_up)
        labels = {name: np.load(f"{folder}/{name}.npy") for name in found}
    print(f"{points.shape[0]:,} x {points.shape[1]} float, k = {options.k}, {options.threads} threads, "
          f"{options.runs} runs in turns, load {load:.2f}\n")
    print("| | milliseconds | time / ours | labels unlike ours |\n|---|---|---|---|")
    for name, runs in found.items():
        seconds = [run["seconds"] for run in runs]
        ratio = "-"
        if "ours" in found:
            ratio = f"{statistics.median(a / b['seconds'] for a, b in zip(seconds, found['ours'])):.2f}"
        unlike = int((labels[name] != labels["ours"]).sum()) if "ours" in found else "-"
        print(f"| {TITLES[name]} | {1e3 * statistics.median(seconds):.3g} "
              f"({1e3 * min(seconds):.3g}-{1e3 * max(seconds):.3g}) | {ratio} | {unlike} |")
    for name, reason in failed.items():
        print(f"| {TITLES[name]} | missing: {reason} | | |")
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        stem = pathlib.Path(options.data or options.synthetic.replace(",", "x")).stem
        (options.out / f"{stem}-k{options.k}-assign.json").write_text(
            json.dumps({"runs": found, "missing": failed}, indent=1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", help="npy of float32 (others are converted)")
    parser.add_argument("--synthetic", metavar="N,D", help="points of a normal distribution")
    parser.add_argument("-k", type=int)
    parser.add_argument("--runs", type=int, default=5)
    add_warm_up(parser)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--libraries", help="names with commas; all otherwise")
    parser.add_argument("--bench", type=pathlib.Path, default=BUILT / "kmeans-bench", help="our benchmark, as swift build made it")
    parser.add_argument("--out", type=pathlib.Path, help="a folder for every run (JSON)")
    parser.add_argument("--measure", choices=LIBRARIES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        return measure(options.measure, options.folder, options.threads)
    if (options.data is None) == (options.synthetic is None) or options.k is None or options.k < 1:
        parser.error("expected --data FILE or --synthetic N,D, and -k K of at least 1")
    if options.data and not os.path.isfile(options.data):
        parser.error(f"--data {options.data}: there is no such file")
    enter()
    duel(options)


if __name__ == "__main__":
    main()
