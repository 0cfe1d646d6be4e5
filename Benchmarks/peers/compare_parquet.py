#!/usr/bin/env python3
"""A Parquet file larger than memory, through DuckDB and the Python package, beside the same rows in a file of vectors.

    Scripts/build-wheel dist; python3 -m venv .venv; .venv/bin/pip install numpy duckdb pyarrow dist/*.whl
    .venv/bin/python compare_parquet.py --folder /tmp/rows            # makes 4 GiB twice, and measures five times

In turns: DuckDB alone decodes all rows; KMeans.fit of the query, with 256 MiB of rows in memory; `kmeans fit` of the file with
--memory 1G; both 5 iterations from the same kind of start. The ratio is the time of the file by that of the query less the
decoding. Before each run the page cache holds both files, and as much free memory was touched as the rows take: a virtual
machine that must first get it from its host is measured with --cold, which drops the page cache instead.
"""
import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIT = """
import sys, time, duckdb
from swiftkmeans import KMeans
connection = duckdb.connect()
connection.execute("set threads = 2")
connection.execute("set memory_limit = '400MB'; set enable_progress_bar = false")
begun = time.perf_counter()
query = connection.sql(f"select embedding from '{sys.argv[1]}'")
if sys.argv[2] == "decode":
    rows = sum(batch.num_rows for batch in query.to_arrow_reader(65536))
else:
    KMeans(100, init="random", max_iter=5, tol=0, random_state=0, memory_limit=256 << 20).fit(query)
print("seconds", time.perf_counter() - begun)
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def make(parquet, vectors, rows, columns):
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([pa.field("embedding", pa.list_(pa.float32(), columns))])
    random = np.random.default_rng(0)
    centers = random.normal(size=(100, columns)).astype(np.float32) * 2
    with pq.ParquetWriter(parquet, schema, compression="none", use_dictionary=False) as writer, open(vectors, "wb") as plain:
        np.array([rows, columns], np.int32).tofile(plain)
        for begin in range(0, rows, 65536):
            count = min(65536, rows - begin)
            block = centers[random.integers(100, size=count)] + random.standard_normal((count, columns), dtype=np.float32)
            block.tofile(plain)
            lists = pa.FixedSizeListArray.from_arrays(pa.array(block.ravel()), columns)
            writer.write_table(pa.table([lists], schema=schema))


def prepare(folder, size, cold):
    if cold:
        subprocess.run("sync; echo 3 > /proc/sys/vm/drop_caches", shell=True, check=True)
        return
    for file in folder.iterdir():
        with open(file, "rb") as lines:
            while lines.read(1 << 24):
                pass
    with open(folder / "touched", "wb") as touched:
        for _ in range(size >> 24):
            touched.write(bytes(1 << 24))
    os.remove(folder / "touched")


def query(parquet, what):
    told = subprocess.run([sys.executable, "-c", FIT, parquet, what], check=True, capture_output=True, text=True).stdout
    return float(re.search(r"^seconds (\S+)", told, re.M)[1]), int(re.search(r"VmHWM:\s*(\d+)", told)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="where the two files lie, and are made")
    parser.add_argument("--rows", type=int, default=8_388_608)
    parser.add_argument("--columns", type=int, default=128)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cold", action="store_true", help="drop the page cache before each run (root)")
    parser.add_argument("--tool", default=ROOT / ".build/release/kmeans")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    parquet, vectors = options.folder / "rows.parquet", options.folder / "rows.fbin"
    if not vectors.exists():
        make(parquet, vectors, options.rows, options.columns)
    fit = [options.tool, "fit", vectors, "-k", "100", "--init", "random", "--max-iterations", "5", "--tolerance", "0",
           "--memory", "1G", "--quiet"]  # fmt: skip
    ratios = []
    for _ in range(options.runs):
        prepare(options.folder, vectors.stat().st_size, options.cold)
        decoding, _ = query(parquet, "decode")
        prepare(options.folder, vectors.stat().st_size, options.cold)
        whole, resident = query(parquet, "fit")
        prepare(options.folder, vectors.stat().st_size, options.cold)
        begun = time.perf_counter()
        subprocess.run(fit, check=True, stdout=subprocess.DEVNULL)
        alone = time.perf_counter() - begun
        ratios.append(alone / (whole - decoding))
        told = f"decoding {decoding:.1f} s, fit {whole:.1f} s ({resident >> 10} MiB), file {alone:.1f} s"
        print(f"{told}: {ratios[-1]:.2f}", flush=True)
    print(f"median {statistics.median(ratios):.2f}")


main()
