"""Sensor readings as they come: what is usual now, what looks odd, what changes, and a restart that forgets nothing.

    pip install swift-kmeans
    python online.py [BATCHES]

Three machines send readings. After a third of the time one moves away slowly; after two thirds another is switched
off, and a new one starts beside the first: a cluster dies, and another is split. What was saved in the middle learns
the rest as well, as after a restart. Ends with the line "after the restart: the same clusters".
"""

import pathlib
import sys
import tempfile

import numpy as np
from swiftkmeans import StreamingKMeans, load


def readings(batches):
    """Batches of 300 readings of three machines, two values each; a few of them are odd."""
    generator = np.random.default_rng(0)
    machines = np.array([[0.0, 0.0], [20.0, 0.0], [0.0, 20.0]])
    for number in range(batches):
        if number > batches // 3:
            machines[1] += 0.2
        if number == 2 * batches // 3:
            machines[2] = [9.0, 3.0]
        batch = machines[generator.integers(3, size=300)] + generator.normal(size=(300, 2))
        batch[generator.integers(300, size=2)] += 50
        yield batch


def learn(stream, batch, number):
    """Says what is odd, then learns, then says what has changed."""
    if number:
        odd = np.flatnonzero(stream.outlier_scores(batch) > 8)
        if number % 20 == 1:
            print(f"batch {number}: odd are the rows {odd.tolist()}")
    stream.partial_fit(batch)
    for event in stream.events_:
        came = f", from cluster {event.parent}" if event.parent is not None else ""
        print(f"batch {number}: cluster {event.cluster} {event.kind}{came}")


def main():
    batches = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    stream = StreamingKMeans(3, half_life=2, deaths=5, random_state=0)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "sensors.kmeans"
        restarted = None
        for number, batch in enumerate(readings(batches)):
            learn(stream, batch, number)
            if restarted is not None:
                restarted.partial_fit(batch)
            if number == batches // 2:
                stream.save(file)  # whole, or as it was before
                restarted = load(file)
    for cluster, center, weight in zip(stream.cluster_ids_, stream.cluster_centers_, stream.cluster_weights_):
        print(f"cluster {cluster} at {center.round(1).tolist()}, worth {weight:.0f} readings")
    same = np.array_equal(restarted.cluster_centers_, stream.cluster_centers_)
    print(f"after the restart: {'the same' if same else 'other'} clusters")


if __name__ == "__main__":
    main()
