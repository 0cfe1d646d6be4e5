"""evaluate: the figures of scikit-learn, and those it does not have."""

import dataclasses

import numpy as np
import pytest
from conftest import blobs
from swiftkmeans import KMeans, evaluate, kmeans_plusplus


def test_figures_of_scikit_learn(doubles):
    metrics = pytest.importorskip("sklearn.metrics")
    model = KMeans(6, random_state=0).fit(doubles)
    quality = evaluate(doubles, model.labels_)
    assert quality.davies_bouldin == pytest.approx(metrics.davies_bouldin_score(doubles, model.labels_))
    assert quality.calinski_harabasz == pytest.approx(metrics.calinski_harabasz_score(doubles, model.labels_))
    assert quality.silhouette == pytest.approx(metrics.silhouette_score(doubles, model.labels_))
    assert quality.inertia == pytest.approx(model.inertia_)
    assert (quality.points, quality.left_out, quality.clusters, quality.weight) == (600, 0, 6, 600)
    assert 0 < quality.simplified_silhouette < 1 and quality.centroid_dunn > 0


def test_rows_of_arrow_and_of_files(X, tmp_path):
    labels = KMeans(6, random_state=0).fit(X).labels_
    np.save(tmp_path / "rows.npy", X)
    assert evaluate(tmp_path / "rows.npy", labels, random_state=0) == evaluate(X, labels, random_state=0)
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table({name: column for name, column in zip("abcde", X.T)})
    assert evaluate(table, labels, random_state=0) == evaluate(X, labels, random_state=0)
    for mine, theirs in zip(kmeans_plusplus(table, 6, random_state=0), kmeans_plusplus(X, 6, random_state=0)):
        assert np.array_equal(mine, theirs)


def test_labels_of_any_origin(X):
    labels = np.where(np.arange(600) < 100, -1, np.arange(600) % 2)
    quality = evaluate(X, labels.astype(np.int64))
    assert (quality.left_out, quality.clusters) == (100, 2)
    assert quality == evaluate(X, labels.tolist())
    weighted = evaluate(X, labels, sample_weight=np.full(600, 2.0))
    assert weighted.inertia == pytest.approx(2 * quality.inertia)
    assert np.isnan(evaluate(X, np.zeros(600, int)).silhouette)
    with pytest.raises(dataclasses.FrozenInstanceError):
        quality.points = 3


def test_a_sample():
    X = blobs(rows=3000)
    labels = KMeans(6, random_state=0).fit_predict(X)
    whole, sample = evaluate(X, labels), evaluate(X, labels, sample_size=500, random_state=1)
    assert sample.silhouette == pytest.approx(whole.silhouette, abs=0.05)
    assert sample == evaluate(X, labels, sample_size=500, random_state=1)
    assert sample.davies_bouldin == whole.davies_bouldin


def test_sparse_rows(X):
    sparse = pytest.importorskip("scipy.sparse")
    labels = KMeans(6, random_state=0).fit_predict(X)
    dense, found = evaluate(X, labels, random_state=0), evaluate(sparse.csr_array(X), labels, random_state=0)
    for name in (field.name for field in dataclasses.fields(dense)):
        assert getattr(found, name) == pytest.approx(getattr(dense, name), rel=1e-6), name


def test_wrong_labels(X):
    for wrong in (np.zeros(5, int), np.zeros(600), np.full(600, -2), np.full(600, 2**40)):
        with pytest.raises(ValueError):
            evaluate(X, wrong)
