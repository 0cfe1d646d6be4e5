"""OnePassKMeans: sketches of parts, bounds, merging."""

import numpy as np
import pytest
from conftest import blobs
from swiftkmeans import InvalidParameterError, KMeans, OnePassKMeans


def test_near_a_fit():
    X = blobs(rows=20_000)
    fit = KMeans(6, random_state=0, n_init=5).fit(X)
    one = OnePassKMeans(6, random_state=0).fit(X)
    cost = -one.score(X)
    assert cost < 1.1 * fit.inertia_
    assert one.cost_bounds_.lower <= cost <= one.cost_bounds_.upper
    assert np.array_equal(one.labels_, one.predict(X))
    assert one.cluster_centers_.dtype == np.float32 and one.n_samples_seen_ == 20_000
    assert np.array_equal(np.argmin(one.transform(X), axis=1), one.labels_)


def test_parts(X):
    whole = OnePassKMeans(6, random_state=0).fit(X)
    parts = OnePassKMeans(6, random_state=0)
    for part in np.array_split(X, 7):
        parts.partial_fit(part)
    assert parts.n_samples_seen_ == len(X) and not hasattr(parts, "labels_")
    assert -parts.score(X) < 1.5 * -whole.score(X)
    assert parts.fit(X[:300]).n_samples_seen_ == 300


def test_clusters_are_found_again_after_more_rows(X):
    one = OnePassKMeans(6, random_state=0).partial_fit(X)
    before = one.cluster_centers_
    assert one.cluster_centers_ is not before and np.array_equal(one.cluster_centers_, before)
    one.partial_fit(X + 100)
    assert not np.array_equal(one.cluster_centers_, before)


def test_merge(X):
    monday, tuesday = OnePassKMeans(6, random_state=0).partial_fit(X[:300]), OnePassKMeans(6).partial_fit(X[300:])
    assert monday.merge(tuesday) is monday
    assert monday.n_samples_seen_ == 600 and tuesday.n_samples_seen_ == 300
    assert -monday.score(X) < 1.5 * KMeans(6, random_state=0).fit(X).inertia_
    fresh = OnePassKMeans(6).merge(tuesday)
    assert fresh.n_samples_seen_ == 300
    fresh.partial_fit(X)
    assert tuesday.n_samples_seen_ == 300
    with pytest.raises(ValueError):
        monday.merge(OnePassKMeans(6).partial_fit(X[:, :2]))
    with pytest.raises(TypeError, match="OnePassKMeans"):
        monday.merge(KMeans())


def test_weights():
    X = np.array([[0.0], [1.0], [50.0], [51.0]])
    one = OnePassKMeans(2, random_state=0).fit(X, sample_weight=[3, 1, 1, 1])
    assert np.allclose(np.sort(one.cluster_centers_[:, 0]), [0.25, 50.5])


@pytest.mark.parametrize(
    "parameters", [{"metric": "cosine"}, {"standardize": True}, {"num_clusters": 100, "beta": 1.5}], ids=str
)
def test_parameters(X, parameters):
    one = OnePassKMeans(6, random_state=0, **parameters).fit(X)
    assert np.array_equal(one.labels_, one.predict(X))


def test_a_refused_part_changes_nothing(X):
    one = OnePassKMeans(6, random_state=0).partial_fit(X)
    for wrong in (X[:, :3], np.full((3, 5), np.nan)):
        with pytest.raises(ValueError):
            one.partial_fit(wrong)
    assert one.n_samples_seen_ == len(X) and one.n_features_in_ == 5


WRONG = [
    {"n_clusters": 0}, {"num_clusters": 0}, {"distance_cutoff": -1}, {"beta": 0.5}, {"n_runs": 0},
    {"metric": "l1"}]  # fmt: skip


@pytest.mark.parametrize("parameters", WRONG, ids=str)
def test_wrong_parameters(X, parameters):
    with pytest.raises(InvalidParameterError, match=f"The '{next(iter(parameters))}' parameter of OnePassKMeans"):
        OnePassKMeans(**parameters).fit(X)


def test_fewer_different_rows_than_clusters():
    X = np.repeat([[0.0], [1.0], [50.0]], 10, axis=0)
    with pytest.warns(UserWarning, match=r"distinct clusters \(3\) found smaller than n_clusters \(5\)"):
        one = OnePassKMeans(5, random_state=0).fit(X)
    assert one.cluster_centers_.shape == (5, 1) and len(set(one.labels_)) == 3
    assert one.score(X) == pytest.approx(0)


def test_a_cutoff_that_leaves_too_few_centroids(X):
    with pytest.raises(ValueError, match="cutoff"):
        OnePassKMeans(6, random_state=0, distance_cutoff=1e9).fit(X)


def test_what_is_not_merged(X):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(X, columns=list("abcde"))
    monday = OnePassKMeans(6).fit(table)
    with pytest.raises(ValueError, match="feature names should match"):
        monday.merge(OnePassKMeans(6).fit(table[list("bacde")]))
    for parameters, name in (({"n_clusters": 3}, "n_clusters"), ({"metric": "cosine"}, "metric"),
                             ({"standardize": True}, "standardize")):  # fmt: skip
        other = OnePassKMeans(**{"n_clusters": 6, **parameters}).fit(table)
        for one in (monday, OnePassKMeans(6)):
            with pytest.raises(ValueError, match=f"^{name} is "):
                one.merge(other)
    assert list(OnePassKMeans(6).merge(monday).feature_names_in_) == list("abcde")


def test_more_rows_than_can_be_counted(X):
    one = OnePassKMeans(6).fit(X)
    with pytest.raises(ValueError, match="expected at most 9223372036854775807 points"):
        for _ in range(70):
            one.merge(one)
    assert one.n_samples_seen_ < 2**63 and len(one.predict(X)) == 600
