"""The tables of ours beside the system: reading, and memory."""
import statistics
import subprocess
import sys

from duel import last_line, with_threads
from performance.run import Missing, digits, spread

#: Runs a command and prints its peak; a small process, for the peak of a child begins with its
#: parent's size.
PEAK = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(usage.ru_maxrss, flush=True)
os._exit(os.waitstatus_to_exitcode(status) & 255)
"""
#: What a scikit-learn user writes for the same fit.
SCIKIT_LEARN = """
import sys, warnings, numpy
from sklearn.cluster import KMeans
warnings.simplefilter("ignore")
points, k = numpy.load(sys.argv[1]), int(sys.argv[2])
KMeans(k, init="random", n_init=1, max_iter=3, tol=0, random_state=0).fit(points)
"""


def read(run):
    """Files into a matrix, beside bare system calls; the formats take turns."""
    name = "kdd38z"
    if run.data.path(name) is None:
        return [], [], [f"{name}: {run.data.missing[name]}"]
    files, notes = [], []
    for extension in ("npy", "fbin", "fvecs", "npz", "csv", "csv.gz"):
        path = run.scratch / f"points.{extension}"
        convert = [run.program["kmeans"], "convert", run.data.path(name), path]
        done = subprocess.run(convert, capture_output=True, text=True)
        if done.returncode:
            notes.append(f"{extension}: {last_line(done.stderr)}")
        else:
            files.append((extension, path))
    bench = ["kmeans-bench", "read", "--repetitions", 1, "--data"]
    rounds = [{extension: run.program_json(*bench, path) for extension, path in files}
              for _ in range(run.rounds)]
    rows = []
    for extension, path in files:
        told = [turn[extension] for turn in rounds]
        rows.append([f"{run.data.title(name)}, {extension}", digits(path.stat().st_size / 1e6),
                     spread([one["fileMegabytesPerSecond"] / 1e3 for one in told]),
                     spread([one["matrixMegabytesPerSecond"] / 1e3 for one in told]),
                     spread([one["shareOfRawRead"] for one in told])])
        path.unlink()
    return ["file", "MB", "GB/s of the file", "GB/s of values", "of bare reads"], rows, notes


def peak(command, threads):
    """The most memory that a process had, in MB."""
    done = subprocess.run([sys.executable, "-S", "-c", PEAK, *map(str, command)],
                          capture_output=True, text=True, env=with_threads(threads))
    if done.returncode:
        raise Missing(last_line(done.stderr))
    return int(done.stdout) * 1024 / 1e6


def memory(run):
    """The peak of a fit's memory, as a share of the data; with a limit; and scikit-learn's."""
    def row(name, k):
        k, path, threads, missing = run.clusters(k), run.data.path(name), run.options.threads, {}
        ours = [run.program["kmeans"], "fit", path, "-k", k, "--init", "random", "--quiet",
                "--max-iterations", 3, "--tolerance", 0, "--threads", threads]
        theirs = [sys.executable, "-c", SCIKIT_LEARN, path, k]
        peaks, limited, others = [], [], []
        for _ in range(run.rounds):
            peaks.append(peak(ours, threads))
            limited.append(peak(ours + ["--memory", "100M"], threads))
            try:
                if not missing:
                    others.append(peak(theirs, threads))
            except Missing as reason:
                missing["scikit-learn"] = reason
        size = path.stat().st_size / 1e6
        ratio = spread([b / a for a, b in zip(peaks, others)]) if others and not missing else "-"
        return [run.data.title(name), k, digits(size), spread(peaks),
                f"{statistics.median(peaks) / size:.2f}", spread(limited), ratio], missing

    heads = ["data", "k", "MB", "peak, MB", "peak / data", "with `--memory 100M`, MB",
             "scikit-learn"]
    sets = [("noise384", 100), ("wordnet256", 512), ("patches", 1000), ("kdd38z", 100)]
    return heads, *run.rows(sets, row)
