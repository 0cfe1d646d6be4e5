"""KMeans stands where scikit-learn's KMeans stood: pipelines, searches, plots, tables."""

import numpy as np
import pytest

sklearn = pytest.importorskip("sklearn", minversion="1.6")
import sklearn.cluster  # noqa: E402
from sklearn import set_config  # noqa: E402
from sklearn.base import clone  # noqa: E402
from sklearn.compose import ColumnTransformer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.metrics import adjusted_rand_score  # noqa: E402
from sklearn.model_selection import GridSearchCV, cross_val_score  # noqa: E402
from sklearn.pipeline import Pipeline, make_pipeline  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402

from swiftkmeans import KMeans, OnePassKMeans, StreamingKMeans  # noqa: E402


def test_finds_what_scikit_learn_finds(doubles):
    theirs = sklearn.cluster.KMeans(6, n_init=1, random_state=0, init=doubles[:6], tol=0).fit(doubles)
    ours = KMeans(6, init=doubles[:6], tol=0).fit(doubles)
    assert np.array_equal(ours.labels_, theirs.labels_)
    assert np.allclose(ours.cluster_centers_, theirs.cluster_centers_)
    assert ours.inertia_ == pytest.approx(theirs.inertia_)
    assert ours.n_iter_ == pytest.approx(theirs.n_iter_, abs=1)
    assert np.allclose(ours.transform(doubles), theirs.transform(doubles))
    assert ours.score(doubles) == pytest.approx(theirs.score(doubles))
    assert ours.labels_.dtype == theirs.labels_.dtype == np.int32


def test_pipeline(doubles):
    pipeline = Pipeline([("scale", StandardScaler()), ("cluster", KMeans(6, random_state=0))])
    labels = pipeline.fit_predict(doubles)
    assert np.array_equal(labels, pipeline.predict(doubles))
    assert pipeline.transform(doubles).shape == (len(doubles), 6)
    assert list(pipeline.get_feature_names_out()) == [f"kmeans{number}" for number in range(6)]
    assert "KMeans(n_clusters=6, random_state=0)" in repr(pipeline)
    assert "KMeans" in pipeline._repr_html_()
    weights = np.ones(len(doubles))
    assert np.array_equal(pipeline.fit(doubles, cluster__sample_weight=weights)[-1].labels_, labels)


def test_as_features_of_a_classifier(doubles):
    truth = KMeans(3, random_state=1).fit(doubles).labels_
    scores = cross_val_score(make_pipeline(KMeans(6, random_state=0), LogisticRegression()), doubles, truth)
    assert scores.mean() > 0.9


def test_grid_search(doubles):
    search = GridSearchCV(KMeans(random_state=0), {"n_clusters": [2, 6]}, n_jobs=2).fit(doubles)
    assert search.best_params_ == {"n_clusters": 6}
    pipeline = make_pipeline(StandardScaler(), KMeans(random_state=0))
    search = GridSearchCV(pipeline, {"kmeans__n_clusters": np.arange(2, 8, 2)}).fit(doubles)
    assert search.best_params_ == {"kmeans__n_clusters": 6}


def test_columns_of_tables(doubles):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(doubles, columns=list("abcde"), index=np.arange(len(doubles)) + 7)
    model = KMeans(6, random_state=0).fit(table)
    assert list(model.feature_names_in_) == list("abcde")
    assert np.array_equal(model.labels_, KMeans(6, random_state=0).fit(doubles).labels_)
    with pytest.raises(ValueError, match="feature names should match"):
        model.predict(table[list("edcba")])
    with pytest.warns(UserWarning, match="does not have valid feature names"):
        model.predict(doubles)
    wide = model.set_output(transform="pandas").transform(table)
    assert list(wide.columns) == [f"kmeans{number}" for number in range(6)]
    assert list(wide.index) == list(table.index)
    assert clone(model).fit_transform(table).equals(wide)
    columns = ColumnTransformer([("clusters", KMeans(2, random_state=0), ["a", "b"])], remainder="passthrough")
    assert columns.set_output(transform="pandas").fit_transform(table).shape == (len(doubles), 5)
    polars = pytest.importorskip("polars")
    assert isinstance(model.set_output(transform="polars").transform(table), polars.DataFrame)
    with pytest.raises(ValueError, match="output config"):
        model.set_output(transform="csv")


def test_config_of_scikit_learn_asks_for_tables(doubles):
    pandas = pytest.importorskip("pandas")
    model = KMeans(6, random_state=0).fit(doubles)
    with sklearn.config_context(transform_output="pandas"):
        assert isinstance(model.transform(doubles), pandas.DataFrame)
    assert isinstance(model.transform(doubles), np.ndarray)


def test_routing_of_weights(doubles):
    weights = np.where(np.arange(len(doubles)) < 300, 1.0, 0.0)
    set_config(enable_metadata_routing=True)
    try:
        asking = KMeans(3, random_state=0).set_fit_request(sample_weight=True)
        routed = make_pipeline(StandardScaler().set_fit_request(sample_weight=False), clone(asking))
        routed.fit(doubles, sample_weight=weights)
        rows = StandardScaler().fit_transform(doubles)
        assert np.array_equal(routed[-1].labels_, KMeans(3, random_state=0).fit(rows, None, weights).labels_)
        with pytest.raises(ValueError, match="sample_weight"):
            make_pipeline(KMeans(3)).fit(doubles, sample_weight=weights)
    finally:
        set_config(enable_metadata_routing=False)


@pytest.mark.parametrize("estimator", [KMeans(6), StreamingKMeans(6), OnePassKMeans(6)], ids=lambda e: type(e).__name__)
def test_yellowbrick(doubles, estimator, monkeypatch):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    # Yellowbrick calls what Matplotlib no longer has, whatever it draws.
    monkeypatch.setattr(matplotlib.cm, "get_cmap", lambda name=None: matplotlib.colormaps[name], raising=False)
    cluster = pytest.importorskip("yellowbrick.cluster", exc_type=ImportError)
    elbow = cluster.KElbowVisualizer(estimator, k=(3, 9), timings=False)
    elbow.fit(doubles)
    assert elbow.elbow_value_ in range(3, 9)
    silhouette = cluster.SilhouetteVisualizer(clone(estimator))
    silhouette.fit(doubles)
    assert 0 < silhouette.silhouette_score_ <= 1


def test_metrics_take_the_labels(doubles):
    labels = KMeans(6, random_state=0).fit_predict(doubles)
    assert adjusted_rand_score(labels, sklearn.cluster.KMeans(6, random_state=0).fit_predict(doubles)) > 0.5
    assert sklearn.metrics.silhouette_score(doubles, labels) > 0.3
