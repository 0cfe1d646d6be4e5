"""Initial centroids for a duel: rows drawn at random, none equal to another, written as npy."""
import sys

import numpy as np


def distinct_rows(points, count, seed=0):
    """`count` rows of `points` in random order, no two with the same values."""
    chosen, seen = [], set()
    for row in np.random.default_rng(seed).permutation(len(points)):
        key = points[row].tobytes()
        if key not in seen:
            seen.add(key)
            chosen.append(row)
            if len(chosen) == count:
                return points[chosen]
    raise SystemExit(f"fewer than {count} distinct rows")


if __name__ == "__main__":
    data, count, out = sys.argv[1:4]
    np.save(out, distinct_rows(np.load(data, mmap_mode="r"), int(count)))
