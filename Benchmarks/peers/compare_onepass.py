#!/usr/bin/env python3
"""A duel in one pass: our sketch and ball k-means against BICO, MiniBatchKMeans and full KMeans.

    ./compare.py --setup                         # once: makes .venv
    ./compare_onepass.py --data kdd38z.npy -k 20 --km 230 --threads 1 --out results
    ./compare_onepass.py --data wordnet256.npy -k 100 --out results

Each run is a process of its own, with so many threads, and a seed a turn: from points in memory to
centroids. The runs take turns and the first turn does not count. Costs are computed here, in float64, over
all points, and told in units of the best of some full runs. Prints a Markdown table; --out also gets it,
with a bar chart (SVG) and every run (JSON).
"""
import argparse
import json
import pathlib
import sys

from duel import BUILT, FOLDER, add_warm_up, checked, compete, inertia, run_process


class Duel:
    """The points, what they cost at best, and a folder for what the processes hand over."""

    def __init__(self, options, folder):
        import numpy as np
        self.options, self.folder = options, pathlib.Path(folder)
        self.points = np.ascontiguousarray(np.load(options.data), dtype="float32")
        if options.rows and options.rows < len(self.points):
            rows = np.random.default_rng(0).choice(len(self.points), options.rows, replace=False)
            self.points = self.points[np.sort(rows)]
        np.save(self.path("points"), self.points)
        self.cost = self.reference_cost()

    def path(self, name):
        return str(self.folder / f"{name}.npy")

    def reference_cost(self):
        """The cost of the best of some full runs: the unit of all others."""
        import numpy as np
        options = self.options
        result = run_process(
            [options.tool.resolve(), "fit", self.path("points"), "-k", str(options.k), "--init", "greedy", "--runs",
             str(options.reference_runs), "--seed", "0", "--threads", str(options.threads), "--centroids",
             self.path("reference"), "--json", "--quiet"], options.threads)
        if "failed" in result:
            sys.exit(f"the full runs: {result['failed']}")
        return inertia(self.points, np.load(self.path("reference")))[0]

    def run(self, name, seed):
        """One run in a process of its own: a dictionary, with `failed` where it could not be."""
        import numpy as np
        command = self.ours(seed) if name == "ours" else self.theirs(name, seed)
        result = run_process(command, self.options.threads)
        if "failed" in result:
            return result
        if name == "ours":
            result |= {"summarySeconds": result["sketchSeconds"], "summaryPoints": result["sketchCentroids"]}
        return result | {"inertia": inertia(self.points, np.load(self.path("centroids")))[0]}

    def theirs(self, name, seed):
        job = {"data": self.path("points"), "k": self.options.k, "seed": seed, "centroids": self.path("centroids")}
        path = self.folder / "job.json"
        path.write_text(json.dumps(job))
        return [sys.executable, "-m", "onepass.libraries", name, path]

    def ours(self, seed):
        options = self.options
        command = [options.bench.resolve(), "onepass", "--data", self.path("points"), "-k", str(options.k),
                   "--threads", str(options.threads), "--seed", str(seed), "--repetitions", "1",
                   "--centroids", self.path("centroids"), "--json"]
        for name in ["km", "collapse"]:
            if (value := getattr(options, name)) is not None:
                command += [f"--{name}", str(value)]
        return command

    def km_of(self, found):
        """What -km was, and what it has grown to where that is more."""
        run = found["ours"][-1]
        grown = "" if run["km"] == str(run["numClusters"]) else f" ({run['numClusters']} at the end)"
        return f"-km {run['km']}{grown}"


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--setup", action="store_true", help="make the virtual environment and stop")
    parser.add_argument("--data", help="npy of float32 (others are converted)")
    parser.add_argument("-k", type=int)
    parser.add_argument("--km", "-km", type=int, help="about how many centroids our sketch has; the library's default otherwise")
    parser.add_argument("--collapse", help="once, paper or jump; the library's default otherwise")
    parser.add_argument("--runs", type=int, default=5, help="how many seeds")
    parser.add_argument("--reference-runs", type=int, default=5, help="full runs, the best of which costs 1")
    add_warm_up(parser)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rows", type=int, help="only so many of the points, drawn at random: to try it out")
    parser.add_argument("--libraries", help="names with commas; all otherwise")
    parser.add_argument("--bench", type=pathlib.Path, default=BUILT / "kmeans-bench", help="our program, as swift build made it")
    parser.add_argument("--tool", type=pathlib.Path, default=BUILT / "kmeans", help="our tool, which makes the full runs")
    parser.add_argument("--out", type=pathlib.Path, help="a folder for the table, the chart and the runs")
    options = checked(parser, ["runs", "reference_runs", "threads", "k", "rows"])
    return options


def main():
    compete(parse(), Duel, "onepass")


if __name__ == "__main__":
    main()
