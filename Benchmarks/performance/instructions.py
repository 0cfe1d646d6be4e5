"""Instructions that a repetition of kmeans-bench takes: by perf where the machine counts them, else
by callgrind. Two repetitions more take so many more, so that start and reading fall away."""
import pathlib
import re
import struct
import subprocess
import tempfile

PERF = ["perf", "stat", "-x,", "-e", "instructions:u"]
CALLGRIND = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
#: Valgrind knows no AVX-512.
FOR_VALGRIND = {"KMEANS_ISA": "v3", "OPENBLAS_CORETYPE": "Haswell"}


def has_perf():
    """Whether perf counts instructions here; on most virtual machines it does not."""
    try:
        done = subprocess.run([*PERF, "true"], capture_output=True, text=True)
    except FileNotFoundError:
        return False
    return done.returncode == 0 and done.stderr.split(",")[0].isdigit()


def count(bench, name, file, k):
    """The instructions of two repetitions; `bench` runs one command and has what is to be run."""
    number = count_all(bench, name, file, k)
    if name == "assign":
        # It also times a loop of bare multiply-adds, which has nothing to do with the rows.
        with tempfile.TemporaryDirectory() as folder:
            number -= count_all(bench, name, some_rows(file, 16, folder), 1)
    return number


def count_all(bench, name, file, k):
    totals = []
    for repetitions in (1, 3):
        command = bench.command(name, file, k, 1, repetitions)
        if bench.options.perf:
            said = bench.run([*PERF, *command]).stderr
            totals.append(int(re.search(r"^(\d+),.*instructions", said, re.MULTILINE)[1]))
        else:
            said = bench.run([*CALLGRIND, *command], FOR_VALGRIND).stderr
            totals.append(int(re.search(r"Collected : (\d+)", said)[1]))
    return totals[1] - totals[0]


def some_rows(file, count, folder):
    """An npy file of rows drawn evenly from another one, for files are often sorted."""
    data = pathlib.Path(file).read_bytes()
    length = 10 + struct.unpack("<H", data[8:10])[0]
    header = data[10:length].decode()
    rows, columns = map(int, re.search(r"\((\d+), (\d+)\)", header).groups())
    size = int(re.search(r"'<f(\d)'", header)[1])
    kept = min(rows, count)
    line, step = columns * size, rows // kept
    places = [length + row * step * line for row in range(kept)]
    header = re.sub(r"\(\d+, \d+\)", f"({kept}, {columns})", header).rstrip()
    cut = pathlib.Path(folder, pathlib.Path(file).name)
    cut.write_bytes(data[:10] + (header.ljust(length - 11) + "\n").encode()
                    + b"".join(data[place:place + line] for place in places))
    return cut
