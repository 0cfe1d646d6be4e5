#!/usr/bin/env python3
"""Whether two versions of the tool give the same bytes.

    Benchmarks/same_results.py COMMIT         builds COMMIT and the working tree, and compares them
    Benchmarks/same_results.py OLD NEW        compares two programs that are built already

Every run is made by both, in a folder of its own: fits, assignments, streams, one pass and elbow of floats and doubles, by
every start, strategy and instruction set of this processor. Labels, centroids, weights, models, traces, predictions and what is
printed as JSON must be the same bytes but for times, which differ from run to run. A strategy that this processor does not
have is refused by both. Exit status 1 where something differs, with a line for each run that does.
"""
import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile

TIMES = re.compile(r'"(\w*[sS]econds|pointsPerSecond)" ?: ?[-0-9.e+]+')
ROOT = pathlib.Path(__file__).resolve().parents[1]


def npy(path, rows, kind):
    """Writes rows as npy; kind is f4 or f8."""
    header = f"{{'descr': '<{kind}', 'fortran_order': False, 'shape': ({len(rows)}, {len(rows[0])}), }}"
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    code = "f" if kind == "f4" else "d"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        file.write(b"".join(struct.pack(f"<{len(row)}{code}", *row) for row in rows))


def make_data(folder):
    """Blobs, noise, rows around 0.3 million, few columns and many, as floats and as doubles."""
    shapes = [("blobs", 3000, 8, 12), ("noise", 1500, 40, 0), ("far", 2000, 3, 5), ("wide", 600, 300, 9)]
    for name, count, columns, centers in shapes:
        draw = random.Random(name)
        places = [[draw.uniform(-9, 9) for _ in range(columns)] for _ in range(centers)]
        rows = []
        for row in range(count):
            place = places[row % centers] if centers else [0] * columns
            rows.append([x + draw.gauss(0, 1) + (3e5 if name == "far" else 0) for x in place])
        for kind in ("f4", "f8"):
            npy(folder / f"{name}.{kind}.npy", rows, kind)
        npy(folder / f"{name}.start.npy", rows[:7], "f8")
        (folder / f"{name}.weights.csv").write_text("".join(f"{(row % 5) / 4}\n" for row in range(count)))


def runs(data):
    """The arguments of each run, with {} for the folder that it may write to."""
    fit = "--labels {}/l.npy --centroids {}/c.npy --model {}/m.kmeans --json --quiet"
    for name in ("blobs", "noise", "far", "wide"):
        for kind in ("f4", "f8"):
            points = f"{data}/{name}.{kind}.npy"
            wide = "filtered" if name in ("noise", "wide") else "auto"
            for strategy in ("blas", "fused", "filtered"):
                yield f"fit {points} -k 12 --strategy {strategy} {fit}"
            # So many clusters that bytes pay, and iterations in which their bounds carry over.
            for extra in ("", "--standardize"):
                yield f"fit {points} -k 140 --strategy {wide} --max-iterations 40 {extra} {fit}"
            for init in ("k-means++", "random", f"{data}/{name}.start.npy"):
                yield f"fit {points} -k 7 --init {init} {fit}"
            yield f"fit {points} -k 9 --standardize --point-weights {data}/{name}.weights.csv {fit}"
            yield f"fit {points} -k 9 --distance cosine --runs 2 --seed 5 {fit}"
            yield f"assign {points} --centroids {data}/{name}.start.npy --labels {{}}/l.npy --distances {{}}/d.npy --json"
            stream = ("--trace {}/t.jsonl --predictions {}/p.csv --centroids {}/c.npy --cluster-weights {}/w.npy "
                      "--model {}/m.kmeans --json --quiet")
            yield f"stream {points} -k 7 --batch-size 100 --half-life 3 {stream}"
            yield f"stream {points} -k 5 --batch-size 64 --decay-factor 0.9 --standardize --gain fixed {stream}"
            yield f"stream {points} --init {data}/{name}.start.npy --batch-size 200 --distance cosine {stream}"
            if kind == "f8":
                yield f"stream {points} -k 6 --compat spark --init gaussian --batch-size 90 --decay-factor 0.5 {stream}"
            one = "--labels {}/l.npy --centroids {}/c.npy --cluster-weights {}/w.npy --model {}/m.kmeans --json --quiet"
            for extra in ("", "--compat mahout -km 60", "--init random -tf 1.5 --strategy blas"):
                yield f"onepass {points} -k 8 {extra} {one}"
            yield f"elbow {points} -k 2-6 --json"
            yield f"evaluate {points} --centroids {data}/{name}.start.npy --json"


def environments(program):
    """The instruction sets of this processor, one thread and two."""
    for isa in ("baseline", "v3", "v4", "v4vnni"):
        for threads in ("1", "2"):
            environment = dict(os.environ, KMEANS_ISA=isa, OMP_NUM_THREADS=threads)
            tried = subprocess.run([program, "fit", "/dev/null", "-k", "2"], env=environment, capture_output=True)
            if b"KMEANS_ISA" not in tried.stderr:
                yield environment


def result(program, arguments, environment):
    """All bytes that a run writes and prints."""
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        ran = subprocess.run(
            [program] + arguments.replace("{}", str(folder)).split(), env=environment, capture_output=True)
        found = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        found["stdout"] = ran.stdout
        if ran.returncode:
            found["error"] = f"{ran.returncode} {ran.stderr.decode()}".encode()
        for name in found:
            if name in ("stdout", "t.jsonl"):
                found[name] = TIMES.sub('"time"', found[name].decode().replace(str(folder), "")).encode()
        return found
    finally:
        shutil.rmtree(folder)


def built(commit, folder):
    """The tool of a commit, or of the working tree."""
    source = ROOT
    if commit:
        source = pathlib.Path(folder, "source")
        subprocess.run(["git", "clone", "-q", str(ROOT), str(source)], check=True)
        subprocess.run(["git", "checkout", "-q", commit], cwd=source, check=True)
    subprocess.run(["swift", "build", "-c", "release", "--product", "kmeans"], cwd=source, check=True, stdout=sys.stderr)
    return str(source / ".build/release/kmeans")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        old, new = sys.argv[1:] if len(sys.argv) == 3 else (built(sys.argv[1], folder), built(None, folder))
        data = pathlib.Path(folder, "data")
        data.mkdir()
        make_data(data)
        count, different, failed = 0, 0, 0
        for number, environment in enumerate(environments(new)):
            for arguments in runs(data):
                count += 1
                before, after = (result(program, arguments, environment) for program in (old, new))
                failed += "error" in before and "error" in after
                names = sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
                if names:
                    different += 1
                    isa, threads = environment["KMEANS_ISA"], environment["OMP_NUM_THREADS"]
                    print(f"{isa}, {threads} threads: {arguments.replace(str(data) + '/', '')}: {', '.join(names)}")
        print(f"{count} runs, {different} differ, {failed} refused by both")
        sys.exit(different > 0)


main()
