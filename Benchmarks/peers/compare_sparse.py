#!/usr/bin/env python3
"""A duel on sparse rows: same rows, same initial centroids, interleaved runs, medians.

    ./compare.py --setup                                     # once: makes .venv
    .venv/bin/python make_documents.py documents.npz
    ./compare_sparse.py --data documents.npz -k 100 --iterations 20 --out results
    ./compare_sparse.py --data documents.npz -k 2000 --iterations 20 --out results
    .venv/bin/python make_corpus.py wordnet.npz
    ./compare_sparse.py --data wordnet.npz -k 50 --cosine --out results
    ./compare_sparse.py --data documents.npz -k 100 --quick  # does it run?

The data are counts, a CSR matrix that scipy.sparse.save_npz wrote. All get the same file of rows: the counts, or with
--cosine counts times the smooth inverse document frequency, divided by their length; ours is then spherical, and the
peers find means of such rows, which are judged by their directions: no package of spherical k-means runs any more
(spherecluster 0.1.7 and spherecluster2 0.2.1 want an older numpy and scikit-learn; coclust is gone from PyPI). Initial centroids are rows drawn at random. Each run is a process of its own, with
so many threads; the runs take turns and the first turn does not count. Inertia and NMI (where there is NAME.topics.npy)
are computed here, in float64, from what each returns. Prints a Markdown table; --out also gets it, and every run.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

from duel import BUILT, FOLDER, LONGEST, add_warm_up, checked, compete, last_line, with_threads


def largest_memory(process):
    """VmHWM of a process, in bytes, watched until it ends.

    What wait4 tells is at least what this process takes, of which the child is a copy until it begins.
    """
    largest = 0
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status") as lines:
                largest = max([largest, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))])
        except OSError:
            break
        time.sleep(0.005)
    return largest * 1024


def measured(command, threads):
    """The JSON object on the last line that a process prints, with its largest resident set, or `failed`."""
    if not os.access(command[0], os.X_OK):
        return {"failed": f"there is no {command[0]}: swift build -c release makes it"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               env=with_threads(threads), cwd=FOLDER)
    clock = threading.Timer(LONGEST, process.kill)
    clock.start()
    said = []
    errors = threading.Thread(target=lambda: said.append(process.stderr.read()))
    errors.start()
    memory = []
    watch = threading.Thread(target=lambda: memory.append(largest_memory(process)))
    watch.start()
    output = process.stdout.read()
    errors.join()
    process.wait()
    watch.join()
    clock.cancel()
    if process.returncode != 0:
        killed = f"took more than {LONGEST} seconds" if process.returncode < 0 else last_line(said[0])
        return {"failed": killed}
    return json.loads(output.splitlines()[-1]) | {"memory": memory[0]}


def weighted(counts):
    """Counts times the smooth inverse document frequency, rows of length 1: as scikit-learn's TfidfTransformer."""
    import numpy as np
    import scipy.sparse
    rows = counts.astype(float)
    frequencies = np.bincount(counts.indices, minlength=counts.shape[1])
    rows = rows @ scipy.sparse.diags(np.log((1 + counts.shape[0]) / (1 + frequencies)) + 1)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(1)).ravel())
    return (scipy.sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ rows).astype("float32").tocsr()


class Duel:
    """The rows, where to start from, the topics, and a folder for what the processes hand over."""

    def __init__(self, options, folder):
        import numpy as np
        import scipy.sparse
        self.options, self.folder = options, pathlib.Path(folder)
        rows = scipy.sparse.load_npz(options.data).tocsr().astype("float32")
        topics = pathlib.Path(options.data).with_suffix(".topics.npy")
        self.topics = np.load(topics) if topics.exists() else None
        draw = np.random.default_rng(0)
        if options.rows and options.rows < rows.shape[0]:
            kept = np.sort(draw.choice(rows.shape[0], options.rows, replace=False))
            rows, self.topics = rows[kept], None if self.topics is None else self.topics[kept]
        if options.cosine:
            # A row of zeros has no direction.
            kept = np.flatnonzero(np.diff(rows.indptr))
            rows, self.topics = rows[kept], None if self.topics is None else self.topics[kept]
            rows = weighted(rows)
        rows.sort_indices()
        self.rows = rows
        self.sample = min(5000, rows.shape[0])
        scipy.sparse.save_npz(self.folder / "rows.npz", rows, compressed=False)
        np.save(self.path("start"), rows[draw.choice(rows.shape[0], options.k, replace=False)].toarray())

    def path(self, name):
        return str(self.folder / f"{name}.npy")

    def run(self, name, seed):
        """One fit in a process of its own: a dictionary, with `failed` where it could not be."""
        import numpy as np
        result = measured(self.ours() if name == "ours" else self.theirs(name), self.options.threads)
        if "failed" not in result:
            centroids, labels = np.load(self.path("centroids")), np.load(self.path("labels"))
            result |= self.judged(centroids.astype(float), labels.astype(int))
        return result

    def judged(self, centroids, labels):
        """Inertia, the rows of a sample that are nearer to another centroid, and the agreement with the topics."""
        import numpy as np
        from sklearn.metrics import normalized_mutual_info_score
        if self.options.cosine:
            lengths = np.sqrt((centroids**2).sum(1, keepdims=True))
            centroids = centroids / np.where(lengths > 0, lengths, 1)
        rows = self.rows.astype(float)
        squares = np.asarray(rows.multiply(rows).sum(1)).ravel()
        norms = (centroids**2).sum(1)
        products = np.zeros(len(labels))
        for label in range(len(centroids)):
            own = np.flatnonzero(labels == label)
            if len(own):
                products[own] = rows[own] @ centroids[label]
        distances = squares - 2 * products + norms[labels]
        sample = np.random.default_rng(1).choice(len(labels), self.sample, replace=False)
        wrong = 0
        for begin in range(0, self.sample, 500):
            part = sample[begin:begin + 500]
            best = (norms - 2 * (rows[part] @ centroids.T)).min(1) + squares[part]
            wrong += int((distances[part] > best + 1e-12 * (squares[part] + norms.max())).sum())
        nmi = None if self.topics is None else float(normalized_mutual_info_score(self.topics, labels))
        return {"inertia": float(distances.sum()), "wrong": wrong, "nmi": nmi}

    def theirs(self, name):
        job = {"data": str(self.folder / "rows.npz"), "start": self.path("start"),
               "iterations": self.options.iterations, "threads": self.options.threads,
               "centroids": self.path("centroids"), "labels": self.path("labels")}
        path = self.folder / "job.json"
        path.write_text(json.dumps(job))
        return [sys.executable, "-m", "sparse_rows.libraries", name, path]

    def ours(self):
        options = self.options
        command = [options.tool.resolve(), "fit", str(self.folder / "rows.npz"), "-k", str(options.k), "--init",
                   self.path("start"), "--max-iterations", str(options.iterations), "--tolerance", "0", "--threads",
                   str(options.threads), "--centroids", self.path("centroids"), "--labels", self.path("labels"), "--json",
                   "--quiet"]
        if options.cosine:
            command += ["--distance", "cosine"]
        return command + (options.ours.split() if options.ours else [])


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--setup", action="store_true", help="make the virtual environment and stop")
    parser.add_argument("--data", help="NAME.npz of scipy")
    parser.add_argument("-k", type=int)
    parser.add_argument("--iterations", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    add_warm_up(parser)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rows", type=int, help="only so many of the rows, drawn at random")
    parser.add_argument("--cosine", action="store_true", help="tf-idf, rows of length 1")
    parser.add_argument("--quick", action="store_true", help="2,000 rows, 3 iterations, one run, k of at most 20")
    parser.add_argument("--libraries", help="names with commas; all otherwise")
    parser.add_argument("--ours", metavar="OPTIONS", help="more options of kmeans fit, in one word")
    parser.add_argument("--tool", type=pathlib.Path, default=BUILT / "kmeans", help="our program, as swift build made it")
    parser.add_argument("--out", type=pathlib.Path, help="a folder for the table and the runs")
    options = checked(parser, ["runs", "threads", "k", "rows", "iterations"])
    if options.quick:
        options.rows, options.iterations, options.runs = options.rows or 2000, 3, 1
        options.k = options.k and min(options.k, 20)
    return options


def main():
    compete(parse(), Duel, "sparse_rows")


if __name__ == "__main__":
    main()
