"""Makes quality.json: points, labels and what scikit-learn says of them.

Run: python3 quality.py > quality.json      (numpy 2, scipy 1, scikit-learn 1.9)

scikit-learn computes Euclidean distances by |a|^2 + |b|^2 - 2ab, which at an offset of 1e6 keeps four
digits. So that the numbers are right to 1e-9 its functions get the distances of scipy's cdist here, which
takes differences; the formulas are scikit-learn's own.
"""

import json

import numpy as np
import sklearn.metrics.cluster._unsupervised as unsupervised
from scipy.spatial.distance import cdist
from sklearn import metrics

unsupervised.pairwise_distances = lambda a, b=None, **_: cdist(a, a if b is None else b)

random = np.random.default_rng(1)


def grid(values):
    """Multiples of 1/256: exact as 32-bit floats."""
    return np.round(np.asarray(values) * 256) / 256


def blobs(count, columns, centres, spread=1.0):
    places = grid(random.normal(size=(centres, columns)) * 5)
    own = random.integers(centres, size=count)
    return grid(places[own] + spread * random.normal(size=(count, columns))), own


def nearest(points, count):
    rows = points[random.choice(len(points), count, replace=False)]
    return cdist(points, rows).argmin(axis=1)


def defined(measure, *arguments):
    try:
        return measure(*arguments)
    except ValueError:
        return None


def by_definition(points, labels):
    """What scikit-learn does not have: the means are the centroids."""
    used = np.unique(labels)
    means = np.array([points[labels == label].mean(axis=0) for label in used])
    distances = cdist(points, means)
    own_place = np.searchsorted(used, labels)
    own = distances[np.arange(len(points)), own_place]
    clusters = []
    for label in used:
        d = own[labels == label]
        clusters.append(
            [int(label), len(d), d.mean(), d.std(), *np.percentile(d, [0, 25, 50, 75, 100])])
    simplified = dunn = None
    if len(used) > 1:
        largest = max(c[2] for c in clusters)
        dunn = cdist(means, means)[np.triu_indices(len(used), 1)].min() / largest if largest else None
    if 1 < len(used) < len(points):
        distances[np.arange(len(points)), own_place] = np.inf
        other = distances.min(axis=1)
        sizes = np.array([c[1] for c in clusters])[own_place]
        most = np.maximum(own, other)
        values = np.where(most > 0, (other - own) / np.where(most > 0, most, 1), 0)
        simplified = np.where(sizes > 1, values, 0).mean()
    return {
        "inertia": (own**2).sum(), "clusters": clusters, "dunn": dunn, "simplified": simplified}


def case(name, points, labels, truth, offset=0.0):
    shifted = points + offset
    samples = defined(
        lambda: metrics.silhouette_samples(cdist(shifted, shifted), labels, metric="precomputed"))
    table = metrics.cluster.contingency_matrix(truth, labels)
    expected = {
        **by_definition(shifted, labels),
        "daviesBouldin": defined(metrics.davies_bouldin_score, shifted, labels),
        "calinskiHarabasz": defined(metrics.calinski_harabasz_score, shifted, labels),
        "silhouettes": None if samples is None else samples.tolist(),
        "adjustedRand": metrics.adjusted_rand_score(truth, labels),
        "normalizedMutualInformation": metrics.normalized_mutual_info_score(truth, labels),
        "homogeneity": metrics.homogeneity_score(truth, labels),
        "completeness": metrics.completeness_score(truth, labels),
        "vMeasure": metrics.v_measure_score(truth, labels),
        "purity": table.max(axis=0).sum() / len(labels),
        "confusion": table.tolist(),
    }
    return {
        "name": name, "offset": offset, "points": points.tolist(),
        "labels": np.asarray(labels).tolist(), "truth": np.asarray(truth).tolist(),
        "expected": expected}


points, own = blobs(150, 3, 4)
few, few_own = blobs(30, 2, 3)
wide, wide_own = blobs(70, 17, 5, 2.0)
twins = np.tile(grid(random.normal(size=(9, 2)) * 3), (8, 1))
outlier = points[:60].copy()
outlier[17] = [1e6, -3e5, 7]
alone = nearest(points, 4)
alone[[3, 50, 149]] = [4, 5, 9]
cases = [
    case("blobs", points, nearest(points, 4), own),
    case("clusters without points", points, np.array([1, 4, 9, 30])[nearest(points, 4)], own),
    case("points alone in their cluster", points, alone, own),
    case("labels by chance", points, random.integers(6, size=150), own),
    case("one cluster", few, np.full(30, 2), few_own),
    case("one cluster, one class", few, np.zeros(30, int), np.ones(30, int)),
    case("all points alone", few, random.permutation(30), few_own),
    case("two points", few[:2], [0, 1], [0, 0]),
    case("twins", twins, nearest(twins, 4), np.arange(72) % 9),
    case("nothing varies within", twins, np.arange(72) % 9, np.arange(72) % 4),
    case("the mean of all clusters is one", np.array([[-1.0], [1], [-2], [2]]), [0, 0, 1, 1], [0, 1, 0, 1]),
    case("an outlier within", outlier, nearest(outlier[:17], 3).tolist() + [0] * 43, own[:60]),
    case("an outlier alone", outlier, [1 if i == 17 else 0 for i in range(60)], own[:60]),
    case("offset", points, nearest(points, 4), own, 1e6),
    case("wide", wide, nearest(wide, 6), wide_own),
    case("the same partition", few, 7 - few_own, few_own),
]
print("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]")
