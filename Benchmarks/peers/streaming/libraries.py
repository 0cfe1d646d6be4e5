"""The libraries of compare_streaming.py: how each learns a batch, and one measured run of one of them here.

    python -m streaming.libraries NAME JOB.json    prints one JSON object; compare_streaming.py writes the job

Imports happen inside the functions, so that a process loads one library and no other.
"""
import importlib.metadata
import json
import statistics
import sys
import time
from dataclasses import dataclass
from typing import Callable

from streaming.spark import SparkStream


@dataclass(frozen=True)
class Library:
    """What the report says of a library, and how it is called."""
    title: str
    #: What of it learns, and the package on PyPI that it comes with.
    entry: str
    package: str
    #: What it does otherwise than Spark's rule with a half-life.
    differs: str
    stream: Callable  # (job) -> an object with what SparkStream has


class ScikitLearnStream:
    """`MiniBatchKMeans.partial_fit`, without the labels and the random moves that others do not make."""

    sample = None
    compute_labels = False

    def __init__(self, job):
        self.job = job

    def begin(self, start):
        from sklearn.cluster import MiniBatchKMeans
        # `compute_labels`, its default, assigns every batch a second time.
        self.model = MiniBatchKMeans(len(start), init=start, n_init=1, batch_size=self.job["batch"],
                                     reassignment_ratio=0, compute_labels=self.compute_labels)

    def prepare(self, rows):
        return rows

    def forget(self, rows):
        pass

    def update(self, rows):
        self.model.partial_fit(rows)

    def centroids(self):
        return self.model.cluster_centers_

    def notes(self):
        import threadpoolctl
        return " and ".join(f"OpenBLAS {pool['version']} {pool['architecture']}"
                            for pool in threadpoolctl.threadpool_info()
                            if pool["internal_api"] == "openblas" and "/scipy" in pool["filepath"])


class ScikitLearnDefaultStream(ScikitLearnStream):
    """The same with labels and inertia of every batch, as it is by default."""

    compute_labels = True


class RiverStream(ScikitLearnStream):
    """`river.cluster.KMeans.learn_one`, a point at a time: only some points are timed."""

    def __init__(self, job):
        super().__init__(job)
        self.sample = job["river_points"]

    def begin(self, start):
        from river.cluster import KMeans
        self.model = KMeans(n_clusters=len(start))
        self.model.centers = dict(enumerate(self.prepare(start)))

    def prepare(self, rows):
        return [dict(enumerate(map(float, row))) for row in rows]

    def update(self, rows):
        for row in rows:
            self.model.learn_one(row)

    def centroids(self):
        import numpy as np
        return np.array([list(center.values()) for center in self.model.centers.values()])

    def notes(self):
        return "halflife 0.5 (its default)"


LIBRARIES = {
    "scikit-learn": Library("scikit-learn", "MiniBatchKMeans.partial_fit", "scikit-learn",
                            "does not forget; starts without weights", ScikitLearnStream),
    "scikit-learn-default": Library(
        "scikit-learn by default", "MiniBatchKMeans.partial_fit", "scikit-learn",
        "as above; assigns batches twice", ScikitLearnDefaultStream),
    "spark": Library("Apache Spark", "StreamingKMeansModel.update", "pyspark", "double; the same rule", SparkStream),
    "river": Library("river", "cluster.KMeans.learn_one", "river", "a fixed share of the way to each point; double",
                     RiverStream),
}


def batches_of(points, size, count):
    """Whole batches in the order of the rows, from the first one again where more are asked for."""
    size = min(size, len(points))
    whole = len(points) // size
    return [points[number % whole * size:][:size] for number in range(count or whole)]


def learn(stream, start, batches):
    """The seconds of each update, from these centroids."""
    stream.begin(start)
    # All of them before the clock runs: what it costs to hand points over is not the question.
    prepared = [stream.prepare(batch) for batch in batches]
    seconds = []
    for batch in prepared:
        begin = time.perf_counter()
        stream.update(batch)
        seconds.append(time.perf_counter() - begin)
        stream.forget(batch)
    return seconds


def main(name, job_path):
    import numpy as np
    with open(job_path) as file:
        job = json.load(file)
    start, stream = np.load(job["start"]), LIBRARIES[name].stream(job)
    batches = batches_of(np.load(job["data"]), job["batch"], job["batches"])
    scale = 1.0
    if stream.sample and stream.sample < len(batches[0]):
        scale = len(batches[0]) / stream.sample
        batches = [batches[0][:stream.sample]]
    warm = [batches[number % len(batches)] for number in range(job["warm"] if scale == 1 else 1)]
    if warm:
        learn(stream, start, warm)
    seconds = learn(stream, start, batches)
    np.save(job["centroids"], stream.centroids())
    # The first update also makes what the others find made.
    print(json.dumps({"seconds": statistics.median(seconds[1:] or seconds) * scale, "batches": len(batches),
                      "points": len(batches) * len(batches[0]), "extrapolated": scale > 1,
                      "notes": stream.notes(), "version": importlib.metadata.version(LIBRARIES[name].package)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
