"""Parameters of KMeans, and what it promises beyond scikit-learn."""

import numpy as np
import pytest
from conftest import blobs
from swiftkmeans import InvalidParameterError, KMeans, build_info, kmeans_plusplus
from swiftkmeans import __version__ as version


def inertia(X, model):
    centers = model.cluster_centers_.astype(np.float64)[model.labels_]
    return ((X.astype(np.float64) - centers) ** 2).sum()


@pytest.mark.parametrize("init", ["k-means++", "k-means++-plain", "random"])
def test_init(X, init):
    model = KMeans(6, init=init, random_state=0).fit(X)
    assert model.inertia_ == pytest.approx(inertia(X, model), rel=1e-5)
    assert model.converged_ and model.n_iter_ >= 1
    assert model.cluster_centers_.shape == (6, 5) and model.cluster_centers_.dtype == np.float32
    assert sorted(set(model.labels_)) == list(range(6))


def test_optimal_clusters_of_one_column():
    column = np.array([[0.0], [1.0], [10.0], [11.0], [50.0]])
    assert KMeans(3, init="optimal").fit(column).inertia_ == pytest.approx(1)


@pytest.mark.parametrize("algorithm", ["auto", "fused", "filtered", "blas", "lloyd", "elkan"])
@pytest.mark.parametrize("n_threads", [None, 1, 3])
def test_ways_and_threads_give_the_same_bits(algorithm, n_threads):
    X = blobs(rows=5000, columns=20, clusters=15)
    expected = KMeans(30, random_state=1).fit(X)
    try:
        found = KMeans(30, random_state=1, algorithm=algorithm, n_threads=n_threads).fit(X)
    except NotImplementedError as error:
        pytest.skip(str(error))
    assert np.array_equal(found.labels_, expected.labels_)
    assert np.array_equal(found.cluster_centers_, expected.cluster_centers_)
    assert found.inertia_ == expected.inertia_


def test_seeds(X):
    one = KMeans(6, init="random", max_iter=1, random_state=5).fit(X)
    assert np.array_equal(one.labels_, KMeans(6, init="random", max_iter=1, random_state=np.int64(5)).fit(X).labels_)
    drawn = [KMeans(6, init="random", max_iter=1, random_state=state).fit(X).inertia_ for state in (0, 1, 2, 2**64 - 1)]
    assert len(set(drawn)) > 1
    for make in (np.random.RandomState, np.random.default_rng):
        once, again = (KMeans(6, random_state=make(3)).fit(X).labels_ for _ in range(2))
        assert np.array_equal(once, again)
    np.random.seed(7)
    once = KMeans(6, init="random", max_iter=1).fit(X).labels_
    np.random.seed(7)
    assert np.array_equal(once, KMeans(6, init="random", max_iter=1).fit(X).labels_)
    for wrong in (-1, 2**64, "0", 0.5):
        with pytest.raises(ValueError):
            KMeans(6, random_state=wrong).fit(X)


def test_more_runs_are_not_worse(X):
    runs = [KMeans(9, init="random", n_init=n, random_state=0).fit(X).inertia_ for n in (1, 5, 20)]
    assert runs == sorted(runs, reverse=True)


def test_an_array_to_start_from(X):
    model = KMeans(3, init=X[:3].tolist(), max_iter=1, tol=0).fit(X)
    assert model.n_iter_ == 1
    with pytest.warns(RuntimeWarning, match="only one init"):
        KMeans(3, init=X[:3], n_init=4).fit(X)
    with pytest.raises(ValueError, match="does not match the number of clusters 4"):
        KMeans(4, init=X[:3]).fit(X)
    with pytest.raises(ValueError, match="does not match the number of features of the data 5"):
        KMeans(3, init=X[:3, :2]).fit(X)


def test_a_callable_to_start_from(X):
    asked = []

    def init(rows, n_clusters, random_state):
        asked.append(random_state)
        return rows[random_state.permutation(len(rows))[:n_clusters]]

    model = KMeans(6, init=init, n_init=4, random_state=0).fit(X)
    assert len(asked) == 4 and isinstance(asked[0], np.random.RandomState)
    one = KMeans(6, init=init, random_state=0).fit(X)
    assert model.inertia_ <= one.inertia_


def test_the_cosine(X):
    model = KMeans(6, metric="cosine", random_state=0).fit(X)
    assert np.allclose(np.linalg.norm(model.cluster_centers_, axis=1), 1, atol=1e-5)
    assert np.array_equal(model.predict(X * 7), model.labels_)
    scaled = X * np.random.default_rng(0).uniform(0.5, 2, (len(X), 1)).astype(np.float32)
    assert np.array_equal(model.predict(scaled), model.labels_)
    directions = X / np.linalg.norm(X, axis=1, keepdims=True)
    assert np.array_equal(np.argmax(directions @ model.cluster_centers_.T, axis=1), model.labels_)


def test_standardized_columns(X):
    wide = X * np.array([1, 1000, 1, 1, 1e-3], np.float32) + np.float32(3)
    model = KMeans(6, standardize=True, random_state=0).fit(wide)
    assert np.array_equal(model.predict(wide), model.labels_)
    means = np.stack([wide[model.labels_ == label].mean(axis=0) for label in range(6)])
    assert np.allclose(model.cluster_centers_, means, rtol=1e-3)
    assert np.array_equal(np.argmin(model.transform(wide), axis=1), model.labels_)


WRONG = [
    {"n_clusters": 0}, {"n_clusters": 2.0}, {"n_clusters": "8"}, {"init": "kmeans"}, {"init": 3}, {"n_init": 0},
    {"n_init": "all"}, {"max_iter": 0}, {"tol": -1}, {"tol": float("nan")}, {"algorithm": "full"}, {"n_threads": 0},
    {"metric": "manhattan"}, {"standardize": "yes"}, {"n_init": 1.5}]  # fmt: skip


@pytest.mark.parametrize("parameters", WRONG, ids=str)
def test_wrong_parameters(X, parameters):
    name = next(iter(parameters))
    with pytest.raises(InvalidParameterError, match=f"The '{name}' parameter of KMeans must be"):
        KMeans(**parameters).fit(X)


def test_numbers_of_numpy_are_numbers(X):
    model = KMeans(np.int64(6), n_init=np.int32(2), max_iter=np.uint8(9), tol=np.float32(0.1), n_threads=np.int8(1))
    assert len(model.fit(X).cluster_centers_) == 6


def test_too_many_clusters(X):
    with pytest.raises(ValueError, match=r"n_samples=3 should be >= n_clusters=4\."):
        KMeans(4).fit(X[:3])


def test_names_of_columns_out(X):
    model = KMeans(3).fit(X)
    assert list(model.get_feature_names_out()) == ["kmeans0", "kmeans1", "kmeans2"]


def test_nothing_before_fit(X):
    for method in ("predict", "transform", "score"):
        with pytest.raises((ValueError, AttributeError), match="not fitted yet"):
            getattr(KMeans(), method)(X)
    with pytest.raises((ValueError, AttributeError), match="not fitted yet"):
        KMeans().save("nothing.kmeans")


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_kmeans_plusplus(dtype):
    X = blobs(dtype=dtype)
    centers, indices = kmeans_plusplus(X, 6, random_state=4)
    assert centers.dtype == dtype and indices.dtype == np.int64
    assert np.array_equal(centers, X[indices])
    by_centers = KMeans(6, init=centers).fit(X)
    by_seed = KMeans(6, random_state=4).fit(X)
    assert np.array_equal(by_centers.labels_, by_seed.labels_)
    weights = (np.arange(len(X)) < 50).astype(float)
    assert kmeans_plusplus(X, 6, sample_weight=weights, random_state=4)[1].max() < 50
    with pytest.raises(ValueError, match="n_samples=3 should be >= n_clusters=4"):
        kmeans_plusplus(X[:3], 4)
    with pytest.raises(ValueError, match="n_clusters"):
        kmeans_plusplus(X, 0)


def test_version_and_build():
    assert version in build_info()
    assert "kernels" in build_info()
