"""Estimators travel: pickle, deepcopy, clone, joblib, files."""

import copy
import pickle

import numpy as np
import pytest
from conftest import blobs
from swiftkmeans import KMeans, OnePassKMeans, StreamingKMeans

MAKERS = {
    "KMeans": lambda: KMeans(6, random_state=0),
    "cosine": lambda: KMeans(6, random_state=0, metric="cosine"),
    "standardize": lambda: KMeans(6, random_state=0, standardize=True),
    "StreamingKMeans": lambda: StreamingKMeans(6, half_life=3, random_state=0),
    "OnePassKMeans": lambda: OnePassKMeans(6, random_state=0),
}


def by_joblib(estimator, tmp_path):
    joblib = pytest.importorskip("joblib")
    joblib.dump(estimator, tmp_path / "estimator.joblib")
    return joblib.load(tmp_path / "estimator.joblib", mmap_mode="r")


WAYS = {
    "pickle": lambda e, _: pickle.loads(pickle.dumps(e)),
    "oldest pickle": lambda e, _: pickle.loads(pickle.dumps(e, protocol=2)),
    "deepcopy": lambda e, _: copy.deepcopy(e),
    "copy": lambda e, _: copy.copy(e),
    "joblib": by_joblib,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("make", MAKERS)
def test_travels(make, way, X, tmp_path):
    estimator = MAKERS[make]().fit(X)
    there = WAYS[way](estimator, tmp_path)
    assert np.array_equal(there.predict(X), estimator.predict(X))
    assert np.array_equal(there.labels_, estimator.labels_)
    assert np.array_equal(there.cluster_centers_, estimator.cluster_centers_)
    assert np.array_equal(there.transform(X), estimator.transform(X))
    assert there.get_params() == estimator.get_params()
    del estimator
    assert there.score(X) < 0


@pytest.mark.parametrize("make", MAKERS)
def test_before_the_first_fit(make, X):
    estimator = pickle.loads(pickle.dumps(MAKERS[make]()))
    assert estimator.fit(X).predict(X).shape == (len(X),)


def test_streams_go_on_from_a_pickle(X):
    stream = StreamingKMeans(6, half_life=2, random_state=0).partial_fit(X[:300])
    there = pickle.loads(pickle.dumps(stream))
    stream.partial_fit(X[300:])
    there.partial_fit(X[300:])
    assert np.array_equal(there.cluster_centers_, stream.cluster_centers_)
    # Without drift, which is NaN.
    assert there.report_[:-2] == stream.report_[:-2] and there.events_ == stream.events_
    apart = copy.deepcopy(stream)
    apart.partial_fit(X + 100)
    assert stream.n_batches_ == 2 and apart.n_batches_ == 3


def test_sketches_go_on_from_a_pickle(X):
    sketch = OnePassKMeans(6, random_state=5, n_runs=3).partial_fit(X[:300])
    there = pickle.loads(pickle.dumps(sketch))
    for one in (sketch, there):
        one.partial_fit(X[300:])
    assert np.array_equal(there.cluster_centers_, sketch.cluster_centers_)
    assert there.cost_bounds_ == sketch.cost_bounds_


def test_a_pickle_has_the_centroids_once():
    X = blobs(rows=3000, columns=100, clusters=20)
    model = KMeans(1000, random_state=0, max_iter=1).fit(X)
    assert len(pickle.dumps(model)) < 1.2 * (model.cluster_centers_.nbytes + model.labels_.nbytes + 8 * 1000)


@pytest.mark.parametrize("make", MAKERS)
def test_clone(make, X):
    base = pytest.importorskip("sklearn.base")
    estimator = MAKERS[make]().fit(X)
    cloned = base.clone(estimator)
    assert cloned.get_params() == estimator.get_params() and not hasattr(cloned, "n_features_in_")
    assert np.array_equal(cloned.fit(X).labels_, estimator.labels_)


@pytest.mark.parametrize("make", MAKERS)
def test_asking_changes_nothing(make, X):
    estimator = MAKERS[make]().fit(X)
    before = dict(vars(estimator))
    estimator.predict(X), estimator.transform(X), estimator.score(X), repr(estimator)
    assert vars(estimator).keys() == before.keys()
    assert all(vars(estimator)[name] is before[name] for name in before)


def test_nothing_of_ctypes_is_in_an_estimator(X):
    for make in MAKERS.values():
        for value in vars(make().fit(X)).values():
            assert not type(value).__module__.startswith(("ctypes", "_ctypes"))


def test_other_centroids_are_asked(X):
    model = KMeans(6, random_state=0).fit(X)
    model.cluster_centers_ = X[:3].astype(np.float64)
    assert np.array_equal(model.predict(X[:3]), [0, 1, 2])
    assert np.array_equal(pickle.loads(pickle.dumps(model)).cluster_centers_, model.cluster_centers_)
    model = KMeans(6, random_state=0).fit(X)
    model.cluster_centers_[0] = 1e6
    assert 0 not in model.predict(X)
    model = KMeans(6, random_state=0, metric="cosine").fit(X)
    model.cluster_centers_ = np.concatenate([X[:1] * 5, -X[:1]])
    assert model.predict(X[:1] * 9) == 0 and model.predict(X[:1] * -3) == 1
    model = KMeans(6, random_state=0, standardize=True).fit(X)
    model.cluster_centers_[0] = 1e6
    with pytest.raises(ValueError, match="cluster_centers_ was changed"):
        model.predict(X)


def test_set_params_and_repr(X):
    model = KMeans(6, random_state=0)
    assert repr(model) == "KMeans(n_clusters=6, random_state=0)"
    assert model.set_params(n_clusters=3, tol=0) is model
    assert len(model.fit(X).cluster_centers_) == 3
    with pytest.raises(ValueError, match="Invalid parameter 'clusters'"):
        model.set_params(clusters=3)


def test_shallow_copies_learn_on_their_own(X):
    for make in (StreamingKMeans, OnePassKMeans):
        one = make(6, random_state=0).partial_fit(X)
        other = copy.copy(one).partial_fit(X)
        assert (one.n_samples_seen_, other.n_samples_seen_) == (600, 1200)


def test_what_is_set_meanwhile_stays(X):
    class Counting(KMeans):
        def __init__(self, n_clusters=3, *, random_state=None):
            super().__init__(n_clusters, random_state=random_state)
            self.init = self.begin

        def begin(self, X, n_clusters, random_state):
            self.calls_ = getattr(self, "calls_", 0) + 1
            self.set_params(n_clusters=5)
            return X[:n_clusters]

    model = Counting().fit(X)
    assert model.calls_ == 1 and model.n_clusters == 5 and len(model.cluster_centers_) == 3
