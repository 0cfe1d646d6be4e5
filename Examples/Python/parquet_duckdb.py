"""Embeddings in a Parquet file, clustered through DuckDB in less memory than they take.

    pip install swift-kmeans duckdb
    python parquet_duckdb.py [ROWS] [DIMENSION]

Makes its own file in a temporary folder, 200,000 rows of 64 floats (51 MB) if nothing else is said. DuckDB reads it
part by part, this package takes the parts by Arrow and keeps 16 MiB of rows in memory; the rest goes through a file
without a name. Ends with a line "NUMBER rows, the same labels: True".
"""

import pathlib
import sys
import tempfile

import duckdb
import numpy as np
from swiftkmeans import KMeans

CLUSTERS = 20


def connected():
    connection = duckdb.connect()
    # One thread reads the rows in the same order every time: label 7 is that of row 7.
    connection.execute("set threads = 1")
    connection.execute("select setseed(0.5)")
    return connection


def write(connection, path, rows, dimension):
    """Rows about 20 points, with noise."""
    value = f"(i % {CLUSTERS}) * cos(j * (1 + i % {CLUSTERS})) + 0.3 * random()"
    connection.execute(
        f"copy (select i as id, list_transform(range({dimension}), lambda j: {value})::float[{dimension}] as embedding"
        f" from range({rows}) t(i)) to '{path}' (format parquet, row_group_size 20000)"
    )


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    dimension = int(sys.argv[2]) if len(sys.argv) > 2 else 64
    connection = connected()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "embeddings.parquet"
        write(connection, path, rows, dimension)
        print(f"{path.name}: {path.stat().st_size >> 20} MiB, {rows * dimension * 4 >> 20} MiB as floats")

        query = f"select embedding from '{path}'"
        model = KMeans(CLUSTERS, random_state=0, memory_limit=16 << 20).fit(connection.sql(query))
        print(f"inertia {model.inertia_:.6g} after {model.n_iter_} iterations")

        # Labels beside what else the file has, in DuckDB again: it finds the array by its name.
        labels = model.labels_
        counted = connection.sql("select column0 as label, count(*) as rows from labels group by all order by all")
        print(counted.limit(3))

        # Half of the rows, by the same model; a query is run again each time.
        later = model.predict(connection.sql(f"{query} where id % 2 = 0"))
        print(f"{len(labels)} rows, the same labels: {np.array_equal(later, labels[::2])}")


if __name__ == "__main__":
    main()
