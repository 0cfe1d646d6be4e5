#!/usr/bin/env python3
"""A duel with other k-means libraries: same points, same initial centroids, interleaved runs, medians.

    ./compare.py --setup                                     # once: makes .venv
    ./compare.py --data wordnet256.npy -k 512 --out results
    ./compare.py --data kdd38z.npy -k 100 --out results
    ./compare.py --data wordnet256.npy -k 512 --seeding greedy --iterations 10 --out results

Each run is a process of its own, with so many threads, which loads one library and fits once to get warm,
then again: that counts, from rows in memory to final labels. The runs take turns and the first turn does not
count. Costs are computed here, in float64, from the centroids that each library returns. Prints a
Markdown table; --out also gets it, with a bar chart (SVG) and every run (JSON).

With --seeding, scikit-learn's own k-means++ (greedy) against `kmeans fit --init NAME`, each from
scratch, a seed a turn.
"""
import argparse
import json
import os
import pathlib
import sys
import tempfile

from duel import BUILT, FOLDER, add_warm_up, chosen, enter, in_turns, inertia, make_environment, run_process


class Duel:
    """The points, where to start from, and a folder for what the processes hand over."""

    def __init__(self, options, folder):
        import numpy as np
        from distinct_rows import distinct_rows
        self.options, self.folder = options, folder
        self.points = np.ascontiguousarray(np.load(options.data), dtype="float32")
        if options.rows and options.rows < len(self.points):
            rows = np.random.default_rng(0).choice(len(self.points), options.rows, replace=False)
            self.points = self.points[np.sort(rows)]
        self.start = None
        if options.seeding is None:
            self.start = self.save("start", distinct_rows(self.points, options.k))
        self.data = self.save("points", self.points)

    def path(self, name):
        return os.path.join(self.folder, f"{name}.npy")

    def save(self, name, array):
        import numpy as np
        np.save(self.path(name), array)
        return self.path(name)

    def run(self, name, seed):
        """One fit in a process of its own: a dictionary, with `failed` where it could not be."""
        import numpy as np
        result = run_process(self.ours(seed) if name == "ours" else self.theirs(name, seed), self.options.threads)
        if "failed" not in result:
            centroids, labels = np.load(self.path("centroids")), np.load(self.path("labels"))
            result["inertia"], result["wrong"] = inertia(self.points, centroids, labels)
        return result

    def theirs(self, name, seed):
        job = {"data": self.data, "start": self.start, "k": self.options.k, "seed": seed,
               "iterations": self.options.iterations, "threads": self.options.threads,
               "centroids": self.path("centroids"), "labels": self.path("labels")}
        path = pathlib.Path(self.folder, "job.json")
        path.write_text(json.dumps(job))
        return [sys.executable, FOLDER / "compare_libraries.py", name, path]

    def ours(self, seed):
        results = ["--centroids", self.path("centroids"), "--labels", self.path("labels"), "--json",
                   "--threads", str(self.options.threads), "--seed", str(seed)]
        if self.start:
            return [self.options.bench.resolve(), "fit", "--data", self.data, "-k", str(self.options.k),
                    "--start", self.start, "--iterations", str(self.options.iterations), "--repetitions", "1",
                    "--without-product", *results]
        return [self.options.tool.resolve(), "fit", self.data, "-k", str(self.options.k), "--init",
                self.options.seeding, "--max-iterations", str(self.options.iterations), "--tolerance", "0",
                "--quiet", *results]


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--setup", action="store_true", help="make the virtual environment and stop")
    parser.add_argument("--data", help="npy of float32 (others are converted)")
    parser.add_argument("-k", type=int)
    parser.add_argument("--iterations", type=int, default=25)
    parser.add_argument("--runs", type=int, default=5)
    add_warm_up(parser)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rows", type=int, help="only so many of the points, drawn at random: to try it out")
    parser.add_argument("--libraries", help="names with commas; otherwise all but those for few columns\n"
                        "(scikit-learn-elkan, geokmeans-hamerly, geokmeans-exponion)")
    parser.add_argument("--seeding", metavar="NAME", help="fits from scratch: greedy, say")
    parser.add_argument("--tool", type=pathlib.Path, default=BUILT / "kmeans", help="our program, as swift build made it")
    parser.add_argument("--bench", type=pathlib.Path, default=BUILT / "kmeans-bench", help="our benchmark, likewise")
    parser.add_argument("--out", type=pathlib.Path, help="a folder for the table, the chart and the runs")
    options = parser.parse_args()
    if not options.setup and (options.data is None or options.k is None):
        parser.error("expected --setup, or --data FILE and -k K")
    if options.data and not os.path.isfile(options.data):
        parser.error(f"--data {options.data}: there is no such file")
    if options.runs < 1:
        parser.error("--runs: expected at least 1")
    return options


def main():
    options = parse()
    if options.setup:
        return make_environment()
    enter()
    try:
        import compare_report
        from compare_libraries import LIBRARIES
        import numpy  # noqa: F401
    except ImportError as error:
        sys.exit(f"{error}: run {sys.argv[0]} --setup first")
    usual = ["ours", *(name for name, library in LIBRARIES.items() if not library.is_everyday)]
    if options.seeding:
        usual = ["ours", "scikit-learn"]
    names = chosen(LIBRARIES, options.libraries or ",".join(usual))
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        duel = Duel(options, folder)
        found, failed = in_turns(names, options.runs, duel.run, not options.no_warm_up)
    compare_report.write(options, duel.points.shape, found, failed, load)
    if not found:
        sys.exit("nothing could be measured")


if __name__ == "__main__":
    main()
