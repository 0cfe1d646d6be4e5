"""StreamingKMeans: the rule, events, times, what it tells."""

import numpy as np
import pytest
from conftest import blobs
from swiftkmeans import Event, InvalidParameterError, StreamingKMeans


def test_the_rule():
    start = np.array([[0.0], [10.0]])
    stream = StreamingKMeans(2, init=start, decay_factor=0.5, deaths=None)
    stream.partial_fit(np.array([[1.0], [3.0], [11.0]]))
    assert np.allclose(stream.cluster_centers_, [[2.0], [11.0]])
    assert np.allclose(stream.cluster_weights_, [2, 1])
    stream.partial_fit(np.array([[5.0]]))
    assert np.allclose(stream.cluster_centers_, [[(0.5 * 2 * 2 + 5) / (0.5 * 2 + 1)], [11.0]])
    assert np.allclose(stream.cluster_weights_, [2, 0.5])
    assert (stream.n_batches_, stream.n_samples_seen_, stream.n_waiting_) == (2, 4, 0)
    assert list(stream.cluster_ids_) == [0, 1]


def test_three_words_for_one_pace():
    X = blobs(dtype=np.float64)
    found = []
    for pace in ({"half_life": 1.0}, {"decay_factor": 0.5}, {"forgetfulness": 0.5}):
        stream = StreamingKMeans(6, random_state=0, **pace)
        for batch in np.array_split(X, 5):
            stream.partial_fit(batch)
        found.append(stream.cluster_centers_)
    assert np.allclose(found[0], found[1]) and np.allclose(found[0], found[2])
    with pytest.raises(ValueError, match="half_life and forgetfulness"):
        StreamingKMeans(half_life=1, forgetfulness=0.5).partial_fit(X)


def test_begins_with_its_first_batch(X):
    stream = StreamingKMeans(6, random_state=0).partial_fit(X[:100])
    assert stream.predict(X[:10]).shape == (10,)
    assert np.array_equal(stream.labels_, stream.predict(X[:100]))
    assert [event.kind for event in stream.events_] == ["born"] * 6
    assert stream.events_[0] == Event("born", stream.cluster_ids_[0], 0, None)
    before = stream.predict(X[100:200])
    assert np.array_equal(stream.partial_fit(X[100:200]).labels_, before)
    assert stream.events_ == []
    assert stream.report_.number == 2 and stream.report_.points == 100
    assert stream.report_.inertia >= stream.report_.inertia_after
    assert np.isnan(stream.report_.drift_speed)


def test_waits_for_enough_rows(X):
    stream = StreamingKMeans(6, random_state=0).partial_fit(X[:4])
    assert stream.n_waiting_ == 4 and list(stream.labels_) == [-1] * 4
    with pytest.raises((ValueError, AttributeError)):
        stream.predict(X[:3])
    assert not hasattr(stream, "cluster_centers_")
    stream.partial_fit(X[4:40])
    assert stream.predict(X[:3]).shape == (3,)
    late = StreamingKMeans(6, first_rows=300, random_state=0).partial_fit(X[:200])
    assert late.n_waiting_ == 200
    assert late.partial_fit(X[200:]).n_waiting_ == 0


def test_clusters_die_and_split():
    generator = np.random.default_rng(0)
    near = generator.normal(size=(200, 2))
    far = generator.normal(size=(200, 2)) + 100
    stream = StreamingKMeans(2, half_life=0.5, deaths=2, random_state=0).partial_fit(np.concatenate([near, far]))
    kinds = []
    for _ in range(6):
        kinds += [event.kind for event in stream.partial_fit(generator.normal(size=(200, 2))).events_]
        for event in stream.events_:
            assert (event.parent is not None) == (event.kind == "split")
    assert "died" in kinds and "split" in kinds
    assert np.abs(stream.cluster_centers_).max() < 10
    assert max(stream.cluster_ids_) >= 2
    still = StreamingKMeans(2, half_life=0.5, deaths=None, random_state=0).partial_fit(np.concatenate([near, far]))
    for _ in range(6):
        assert still.partial_fit(near).events_ == []


def test_times():
    X = np.array([[0.0], [0.0], [8.0]])
    parameters = {"half_life": 10, "time_unit": "seconds", "init": [[1.0]], "deaths": None}
    stream = StreamingKMeans(1, **parameters).partial_fit(X, times=[100, 100, 110])
    assert stream.cluster_centers_ == pytest.approx(4)
    when = np.array(["1970-01-01T00:01:40", "1970-01-01T00:01:40", "1970-01-01T00:01:50"], "datetime64[ms]")
    again = StreamingKMeans(1, **parameters).partial_fit(X, times=when)
    assert np.array_equal(again.cluster_centers_, stream.cluster_centers_)
    assert again.report_.time == 110
    with pytest.raises(ValueError):
        stream.partial_fit(X)
    with pytest.raises(ValueError, match="times.shape"):
        stream.partial_fit(X, times=[1, 2])
    with pytest.raises(ValueError, match="time"):
        stream.partial_fit(X, times=[1, 2, np.nan])


def test_weights():
    parameters = {"init": [[1.0]], "deaths": None}
    once = StreamingKMeans(1, **parameters).partial_fit([[0.0], [4.0]], sample_weight=[3, 1])
    assert once.cluster_centers_ == pytest.approx(1) and once.cluster_weights_ == pytest.approx(4)


def test_spark():
    X = blobs(dtype=np.float32)
    stream = StreamingKMeans(6, rules="spark", decay_factor=0.9, deaths="spark", init=X[:6]).partial_fit(X)
    assert stream.cluster_centers_.dtype == np.float64
    assert stream.predict(X).dtype == np.int32


def test_outlier_scores(X):
    stream = StreamingKMeans(6, random_state=0).partial_fit(X).partial_fit(X)
    scores = stream.outlier_scores(X)
    assert scores.dtype == np.float64 and np.median(scores) < 2
    assert stream.outlier_scores(X + 50).min() > scores.max()


def test_drift():
    X = blobs()
    stream = StreamingKMeans(6, half_life=2, watch_drift=True, random_state=0)
    for step in range(10):
        stream.partial_fit(X + step)
    assert stream.report_.drift_speed > 0


def test_fit_begins_anew(X):
    stream = StreamingKMeans(6, random_state=0).partial_fit(X).partial_fit(X)
    assert stream.fit(X).n_batches_ == 1
    assert np.array_equal(stream.labels_, stream.predict(X))
    assert np.array_equal(stream.fit_predict(X), stream.labels_)
    with pytest.raises(ValueError, match="n_samples=3 should be >= n_clusters=6"):
        stream.fit(X[:3])
    assert stream.n_batches_ == 1 and stream.n_features_in_ == 5
    assert stream.fit(X[:, :2]).cluster_centers_.shape == (6, 2)


def test_a_refused_batch_changes_nothing(X):
    stream = StreamingKMeans(6, random_state=0).partial_fit(X)
    before = stream.cluster_centers_
    for wrong in (X[:, :3], np.full((3, 5), np.nan)):
        with pytest.raises(ValueError):
            stream.partial_fit(wrong)
    assert np.array_equal(stream.cluster_centers_, before) and stream.n_batches_ == 1
    fresh = StreamingKMeans(6)
    with pytest.raises(ValueError):
        fresh.partial_fit(np.full((30, 5), np.nan))
    assert not hasattr(fresh, "n_features_in_")
    assert fresh.partial_fit(X[:, :2]).n_features_in_ == 2


@pytest.mark.parametrize("standardize", [False, True])
@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
def test_metrics(X, metric, standardize):
    stream = StreamingKMeans(6, metric=metric, standardize=standardize, random_state=0).partial_fit(X)
    assert np.array_equal(np.argmin(stream.transform(X), axis=1), stream.predict(X))
    assert stream.score(X) <= 0


WRONG = [
    {"n_clusters": 0}, {"half_life": -1}, {"time_unit": "hours"}, {"gain": "none"}, {"deaths": "never"},
    {"rules": "flink"}, {"init": "random"}, {"first_rows": 0}, {"metric": "l1"}, {"n_threads": 0}]  # fmt: skip


@pytest.mark.parametrize("parameters", WRONG, ids=str)
def test_wrong_parameters(X, parameters):
    with pytest.raises(InvalidParameterError, match=f"The '{next(iter(parameters))}' parameter of StreamingKMeans"):
        StreamingKMeans(**parameters).partial_fit(X)
