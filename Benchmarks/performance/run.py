"""One run of `measure`: its options, the duels that it starts, and what they say of the peers."""
import json
import statistics
import subprocess
import sys
import time

from duel import FOLDER, last_line, with_threads
from performance.data import Data


class Missing(Exception):
    """What could not be measured, and why."""


class Run:
    def __init__(self, options, scratch):
        self.options, self.scratch = options, scratch
        self.data = Data(options.data, scratch, options.quick)
        self.program = {name: options.programs / name for name in ("kmeans", "kmeans-bench")}
        #: What each peer was: "FAISS 1.15.1", and the kernels of its OpenBLAS.
        self.peers = {}

    @property
    def rounds(self):
        return self.options.rounds

    def clusters(self, k):
        """k, or less of it where there are few rows."""
        return min(k, 20) if self.options.quick else k

    def rows(self, sets, measured):
        """The rows of a table, a data set each, and a note for each thing that is missing."""
        rows, gaps = [], {}
        for name, *facts in sets:
            begin = time.monotonic()
            try:
                if self.data.path(name) is None:
                    raise Missing(self.data.missing[name])
                row, missing = measured(name, *facts)
                rows.append(row)
            except Missing as reason:
                missing = {"the row": str(reason)}
            for what, reason in missing.items():
                gaps.setdefault((what, str(reason)), []).append(name)
            print(f"measure: {name} took {time.monotonic() - begin:.0f} s", file=sys.stderr)
        return rows, [f"{what} ({', '.join(names)}): {reason}"
                      for (what, reason), names in gaps.items()]

    def duel(self, script, name, k, stem, *arguments, threads=None):
        """The runs of all libraries by name, in turns, and why some are missing.

        `stem` is the name of the JSON file that the script of Benchmarks/peers writes.
        """
        out = self.scratch / "out"
        command = [sys.executable, FOLDER / script, "--data", self.data.path(name), "-k", str(k),
                   "--threads", str(threads or self.options.threads), "--runs", str(self.rounds),
                   "--no-warm-up", "--bench", self.program["kmeans-bench"], "--out", out,
                   *arguments]
        said = []
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True) as process:
            for line in process.stderr:
                print(line, end="", file=sys.stderr)
                said.append(line)
        path = out / f"{stem}.json"
        if process.returncode or not path.exists():
            raise Missing(f"{script}: {last_line(''.join(said))}")
        told = json.loads(path.read_text())
        path.unlink()
        if "ours" not in told["runs"]:
            raise Missing(f"ours: {told['missing']['ours']}")
        for library, runs in told["runs"].items():
            if library != "ours" and "version" in runs[-1]:
                _, blas = self.peers.get(library, ("", ""))
                self.peers[library] = runs[-1]["version"], runs[-1].get("blas") or blas
        return told["runs"], told["missing"]

    def program_json(self, name, *arguments):
        """What one of our programs prints with --json."""
        threads = self.options.threads
        command = [self.program[name], *map(str, arguments), "--json"]
        if arguments[0] != "read":  # which has one thread
            command += ["--threads", str(threads)]
        done = subprocess.run(command, capture_output=True, text=True, env=with_threads(threads))
        if done.returncode:
            raise Missing(f"{name} {arguments[0]}: {last_line(done.stderr)}")
        return json.loads(done.stdout.splitlines()[-1])


def digits(value):
    """Three digits, never with an exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def spread(values):
    """The median, least and largest behind it."""
    least, middle, largest = (digits(f(values)) for f in (min, statistics.median, max))
    return middle if least == largest else f"{middle} ({least}-{largest})"


def ratios(found, library, key="seconds"):
    """How many times what ours has, turn by turn."""
    if library not in found:
        return "-"
    return spread([theirs[key] / ours[key] for theirs, ours in zip(found[library], found["ours"])])
