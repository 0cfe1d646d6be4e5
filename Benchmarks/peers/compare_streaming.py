#!/usr/bin/env python3
"""A duel with other streaming k-means: same batches, same initial centroids, interleaved runs, medians.

    ./compare_streaming.py --setup                           # once: makes .venv, with Spark
    ./compare_streaming.py --data wordnet256.npy -k 512 --out results
    ./compare_streaming.py --data kdd38z.npy -k 100 --out results

Each run is a process of its own, with so many threads, which learns some batches to get warm, then all
batches from the initial centroids: the time is the median over the batches of one update, points in
memory. The runs take turns and the first turn does not count. Inertia is computed here, in float64:
the last batch to the final centroids. Prints a Markdown table; --out also gets it, with a bar chart (SVG)
and every run (JSON). Spark needs a JDK 17 or later.
"""
import argparse
import json
import pathlib
import sys

from duel import BUILT, FOLDER, add_warm_up, checked, compete, inertia, run_process


class Duel:
    """The batches, where to start from, and a folder for what the processes hand over."""

    def __init__(self, options, folder):
        import numpy as np
        from distinct_rows import distinct_rows
        from streaming.libraries import batches_of
        self.options, self.folder = options, pathlib.Path(folder)
        self.points = np.ascontiguousarray(np.load(options.data)[:options.rows], dtype="float32")
        batches = batches_of(self.points, options.batch_size, options.batches)
        self.last, self.batches = batches[-1], len(batches)
        np.save(self.path("start"), distinct_rows(self.points, options.k))
        np.save(self.path("points"), self.points)

    def path(self, name):
        return str(self.folder / f"{name}.npy")

    def run(self, name, seed):
        """One run in a process of its own: a dictionary, with `failed` where it could not be."""
        import numpy as np
        result = run_process(self.ours() if name == "ours" else self.theirs(name), self.options.threads)
        if "failed" in result:
            return result
        if name == "ours":
            result |= {"seconds": result["updateSeconds"], "extrapolated": False,
                       "points": result["batchSize"] * result["batches"]}
        centroids = np.load(self.path("centroids"))
        return result | {"inertia": inertia(self.last, centroids)[0]}

    def theirs(self, name):
        options = self.options
        job = {"data": self.path("points"), "start": self.path("start"), "batch": options.batch_size,
               "batches": self.batches, "half_life": options.half_life, "warm": options.warm,
               "threads": options.threads, "river_points": options.river_points,
               "centroids": self.path("centroids")}
        path = self.folder / "job.json"
        path.write_text(json.dumps(job))
        return [sys.executable, "-m", "streaming.libraries", name, path]

    def ours(self):
        options = self.options
        return [options.bench.resolve(), "stream", "--data", self.path("points"), "--start", self.path("start"),
                "-k", str(options.k), "--batch-size", str(options.batch_size), "--batches", str(self.batches),
                "--half-life", str(options.half_life), "--threads", str(options.threads), "--repetitions", "1",
                "--updates-only", "--centroids", self.path("centroids"), "--json"]


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--setup", action="store_true", help="make the virtual environment and stop")
    parser.add_argument("--data", help="npy of float32 (others are converted)")
    parser.add_argument("-k", type=int)
    parser.add_argument("--batch-size", type=int, default=10_000, help="rows that fill no last batch are left out")
    parser.add_argument("--batches", type=int, help="all batches once otherwise; more begin again")
    parser.add_argument("--half-life", type=float, default=5, help="in batches")
    parser.add_argument("--warm", type=int, default=10, help="updates before the ones that count")
    parser.add_argument("--river-points", type=int, default=300, help="how many points river is timed on")
    parser.add_argument("--runs", type=int, default=5)
    add_warm_up(parser)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rows", type=int, help="only the first rows: to try it out")
    parser.add_argument("--libraries", help="names with commas; all otherwise")
    parser.add_argument("--bench", type=pathlib.Path, default=BUILT / "kmeans-bench", help="our program, as swift build made it")
    parser.add_argument("--out", type=pathlib.Path, help="a folder for the table, the chart and the runs")
    options = checked(parser, ["runs", "batch_size", "threads", "river_points", "k", "batches", "rows"])
    if not options.half_life > 0:
        parser.error(f"--half-life {options.half_life:g}: expected more than 0")
    return options


def main():
    compete(parse(), Duel, "streaming")


if __name__ == "__main__":
    main()
