"""Files: models that are saved and loaded, rows that stay in files, and the command line tool on the same rows."""

import os
import subprocess

import numpy as np
import pytest
from conftest import blobs
from swiftkmeans import KMeans, OnePassKMeans, StreamingKMeans, load


def test_models(X, tmp_path):
    model = KMeans(6, random_state=0).fit(X)
    model.save(tmp_path / "model.kmeans")
    there = load(tmp_path / "model.kmeans")
    assert isinstance(there, KMeans) and there.n_clusters == 6 and there.n_features_in_ == 5
    assert np.array_equal(there.predict(X), model.labels_)
    assert (there.inertia_, there.n_iter_, there.converged_) == (model.inertia_, model.n_iter_, model.converged_)
    assert not hasattr(there, "labels_")


@pytest.mark.parametrize("parameters", [{"metric": "cosine"}, {"standardize": True}], ids=str)
def test_models_of_transformed_rows(X, tmp_path, parameters):
    model = KMeans(6, random_state=0, **parameters).fit(X)
    model.save(str(tmp_path / "model.kmeans"))
    assert np.array_equal(load(str(tmp_path / "model.kmeans")).predict(X), model.labels_)


def test_streams_go_on(X, tmp_path):
    stream = StreamingKMeans(6, half_life=2, random_state=0).partial_fit(X)
    stream.save(tmp_path / "stream.kmeans")
    there = load(tmp_path / "stream.kmeans")
    assert isinstance(there, StreamingKMeans) and there.n_clusters == 6
    there.partial_fit(X + 1), stream.partial_fit(X + 1)
    assert np.array_equal(there.cluster_centers_, stream.cluster_centers_)
    with pytest.raises((ValueError, AttributeError)):
        StreamingKMeans().save(tmp_path / "none.kmeans")
    assert not (tmp_path / "none.kmeans").exists()


def test_sketches_go_on(X, tmp_path):
    one = OnePassKMeans(6, random_state=0).partial_fit(X)
    one.save(tmp_path / "sketch.kmeans")
    there = load(tmp_path / "sketch.kmeans")
    assert isinstance(there, OnePassKMeans) and there.n_samples_seen_ == 600
    assert there.partial_fit(X).n_samples_seen_ == 1200


def test_what_cannot_be_loaded(X, tmp_path):
    with pytest.raises(FileNotFoundError) as raised:
        load(tmp_path / "none.kmeans")
    assert raised.value.filename == str(tmp_path / "none.kmeans") or raised.value.filename == tmp_path / "none.kmeans"
    with pytest.raises(IsADirectoryError):
        load(tmp_path)
    (tmp_path / "text.kmeans").write_text("no archive of anything, but a text of some length")
    with pytest.raises(OSError, match="text.kmeans"):
        load(tmp_path / "text.kmeans")
    KMeans(6).fit(X).save(tmp_path / "model.kmeans")
    whole = (tmp_path / "model.kmeans").read_bytes()
    (tmp_path / "cut.kmeans").write_bytes(whole[:-7])
    with pytest.raises(OSError):
        load(tmp_path / "cut.kmeans")
    damaged = bytearray(whole)
    damaged[-9] ^= 1
    (tmp_path / "damaged.kmeans").write_bytes(damaged)
    with pytest.raises(OSError, match="(?i)checksum|damaged"):
        load(tmp_path / "damaged.kmeans")
    later = bytearray(whole)
    later[8] = 99  # the version of the format
    (tmp_path / "later.kmeans").write_bytes(later)
    with pytest.raises(OSError, match="version 1, found 99"):
        load(tmp_path / "later.kmeans")


def test_what_cannot_be_saved(X, tmp_path):
    model = KMeans(6).fit(X)
    with pytest.raises(FileNotFoundError):
        model.save(tmp_path / "no folder" / "model.kmeans")
    with pytest.raises(OSError):
        model.save(tmp_path)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rows_in_a_npy_file(tmp_path, dtype):
    X = blobs(rows=5000, dtype=dtype)
    np.save(tmp_path / "rows.npy", X)
    expected = KMeans(6, random_state=2).fit(X)
    for path in (tmp_path / "rows.npy", str(tmp_path / "rows.npy")):
        found = KMeans(6, random_state=2).fit(path)
        assert np.array_equal(found.labels_, expected.labels_)
        assert np.array_equal(found.cluster_centers_, expected.cluster_centers_)
        assert found.n_features_in_ == 5
        assert np.array_equal(found.predict(path), expected.labels_)
        assert found.score(path) == expected.score(X)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8, np.int32])
def test_an_array_to_start_from(tmp_path, dtype):
    X = np.round(blobs(rows=500, dtype=np.float64)).astype(dtype)
    np.save(tmp_path / "rows.npy", X)
    start = X[:6].astype(np.float64)
    found = KMeans(6, init=start).fit(tmp_path / "rows.npy")
    rows = X.astype(found.cluster_centers_.dtype)
    assert found.cluster_centers_.dtype == (np.float64 if dtype in (np.float64, np.int32) else np.float32)
    assert np.array_equal(found.labels_, KMeans(6, init=start).fit(rows).labels_)
    with pytest.raises(ValueError, match="does not match the number of features of the data 5"):
        KMeans(6, init=start[:, :2]).fit(tmp_path / "rows.npy")
    np.savetxt(tmp_path / "rows.csv", X.astype(float), delimiter=",")
    with pytest.raises(ValueError, match="nobody knows how many columns"):
        KMeans(6, init=start).fit(tmp_path / "rows.csv")


def test_rows_in_other_files(tmp_path):
    X = np.round(blobs(rows=500) * 4) / 4
    np.savetxt(tmp_path / "rows.csv", X, delimiter=",", fmt="%g")
    expected = KMeans(6, random_state=2).fit(X)
    found = KMeans(6, random_state=2).fit(tmp_path / "rows.csv")
    assert np.array_equal(found.labels_, expected.labels_)
    import gzip

    (tmp_path / "rows.csv.gz").write_bytes(gzip.compress((tmp_path / "rows.csv").read_bytes()))
    assert np.array_equal(KMeans(6, random_state=2).fit(tmp_path / "rows.csv.gz").labels_, expected.labels_)
    assert np.array_equal(found.predict(tmp_path / "rows.csv"), expected.labels_)
    assert np.array_equal(found.predict(str(tmp_path / "rows.csv.gz")), expected.labels_)
    with pytest.raises(ValueError, match="here only .npy files are read"):
        found.transform(tmp_path / "rows.csv")


def test_files_whose_columns_have_names(tmp_path):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(np.round(blobs(rows=300) * 4) / 4, columns=["a", "b", "c", "d", "höhe"])
    table.to_csv(tmp_path / "rows.csv", index=False)
    turned = table[["höhe", "c", "b", "a", "d"]].assign(other=7.5)
    turned.to_csv(tmp_path / "turned.csv", index=False)
    model = KMeans(6, random_state=2).fit(tmp_path / "rows.csv")
    assert list(model.feature_names_in_) == list(table.columns)
    assert np.array_equal(model.predict(tmp_path / "turned.csv"), model.labels_)
    with pytest.raises(OSError, match="there is no column 'höhe'"):
        turned.drop(columns="höhe").to_csv(tmp_path / "few.csv", index=False)
        model.predict(tmp_path / "few.csv")
    # Names of a table go into files, and choose the columns of files.
    model = KMeans(6, random_state=2).fit(table)
    assert np.array_equal(model.predict(tmp_path / "turned.csv"), model.labels_)
    model.save(tmp_path / "model.kmeans")
    there = load(tmp_path / "model.kmeans")
    assert list(there.feature_names_in_) == list(table.columns)
    assert np.array_equal(there.predict(tmp_path / "turned.csv"), model.labels_)
    with pytest.raises(ValueError, match="feature names should match"):
        there.predict(turned[turned.columns[:5]])


@pytest.mark.parametrize("parameters", [
    {"half_life": 2.5, "time_unit": "points", "deaths": None, "random_state": 7},
    {"forgetfulness": 0.25, "gain": "fixed", "deaths": 3.0, "first_rows": 40, "random_state": 2**64 - 1},
    {"decay_factor": 0.5, "deaths": "spark", "first_rows": 600},
    {"standardize": True, "metric": "cosine", "watch_drift": True},
], ids=str)  # fmt: skip
def test_parameters_of_loaded_streams(X, tmp_path, parameters):
    stream = StreamingKMeans(6, **parameters).partial_fit(X.astype(np.float64))
    stream.save(tmp_path / "stream.kmeans")
    there = load(tmp_path / "stream.kmeans").get_params()
    assert there["n_clusters"] == 6
    for name, value in parameters.items():
        assert there[name] == value, name
    for name in {"half_life", "forgetfulness", "decay_factor"} - set(parameters):
        assert there[name] is None, name


def test_parameters_and_names_of_loaded_sketches(X, tmp_path):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(X, columns=list("abcde"))
    parameters = {"num_clusters": 50, "distance_cutoff": 0.5, "beta": 1.5, "random_state": 5, "standardize": True}
    one = OnePassKMeans(6, **parameters).partial_fit(table)
    one.save(tmp_path / "sketch.kmeans")
    there = load(tmp_path / "sketch.kmeans")
    assert {name: there.get_params()[name] for name in parameters} == parameters
    assert list(there.feature_names_in_) == list("abcde")
    assert np.array_equal(there.cluster_centers_, one.cluster_centers_)


def test_names_of_loaded_streams(X, tmp_path):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(X, columns=list("abcde"))
    stream = StreamingKMeans(6, half_life=2, random_state=0).partial_fit(table)
    stream.save(tmp_path / "stream.kmeans")
    there = load(tmp_path / "stream.kmeans")
    assert list(there.feature_names_in_) == list("abcde")
    with pytest.raises(ValueError, match="feature names should match"):
        there.partial_fit(table[list("bacde")])
    table.to_csv(tmp_path / "rows.csv", index=False)
    assert np.array_equal(there.predict(tmp_path / "rows.csv"), stream.predict(table))


def test_rows_in_no_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        KMeans().fit(tmp_path / "none.npy")
    with pytest.raises(FileNotFoundError):
        KMeans().fit("none.csv")
    (tmp_path / "rows.csv").write_text("1,2\n3\n")
    with pytest.raises((OSError, ValueError), match="rows.csv"):
        KMeans(1).fit(tmp_path / "rows.csv")
    with pytest.raises(ValueError, match="sample_weight"):
        KMeans(1).fit(tmp_path / "rows.csv", sample_weight=[1, 1])


@pytest.mark.skipif("KMEANS_TOOL" not in os.environ, reason="KMEANS_TOOL names no program")
@pytest.mark.parametrize("parameters, options", [
    ({}, []),
    ({"metric": "cosine"}, ["--distance", "cosine"]),
    ({"standardize": True}, ["--standardize"]),
    ({"init": "random", "n_init": 3}, ["--init", "random", "--runs", "3"]),
], ids=str)  # fmt: skip
def test_the_tool_finds_the_same(tmp_path, parameters, options):
    X = blobs(rows=5000)
    np.save(tmp_path / "rows.npy", X)
    model = KMeans(6, random_state=11, **parameters).fit(X)
    subprocess.run(
        [os.environ["KMEANS_TOOL"], "fit", tmp_path / "rows.npy", "-k", "6", "--seed", "11", "--labels",
         tmp_path / "labels.npy", "--model", tmp_path / "model.kmeans", "--quiet", *options], check=True)  # fmt: skip
    assert np.array_equal(np.load(tmp_path / "labels.npy"), model.labels_)
    there = load(tmp_path / "model.kmeans")
    assert np.array_equal(there.cluster_centers_, model.cluster_centers_)
    assert np.array_equal(there.predict(X), model.labels_)
    model.save(tmp_path / "own.kmeans")
    subprocess.run(
        [os.environ["KMEANS_TOOL"], "assign", tmp_path / "rows.npy", "--model", tmp_path / "own.kmeans", "--labels",
         tmp_path / "assigned.npy", "--quiet"], check=True)  # fmt: skip
    assert np.array_equal(np.load(tmp_path / "assigned.npy"), model.labels_)


def test_names_of_files_that_are_none(X, tmp_path):
    model = KMeans(2).fit(X)
    for path in (f"{tmp_path}/nul\0x", f"{tmp_path}/nul\0x".encode()):
        for use in (model.save, KMeans(2).fit, model.predict):
            with pytest.raises(ValueError, match="embedded null"):
                use(path)
    assert not (tmp_path / "nul").exists()
    with pytest.raises(TypeError):
        load(3)


def test_npy_files_that_hold_no_rows(tmp_path):
    np.save(tmp_path / "one.npy", np.arange(20.0))
    np.save(tmp_path / "none.npy", np.float64(3))
    (tmp_path / "empty.npy").write_bytes(b"")
    (tmp_path / "cut.npy").write_bytes((tmp_path / "one.npy").read_bytes()[:-9])
    for name in ("none.npy", "empty.npy", "cut.npy"):
        for use in (KMeans(2).fit, KMeans(2).fit([[1.0], [2.0]]).predict, KMeans(2).fit([[1.0], [2.0]]).transform):
            with pytest.raises(OSError, match=name):
                use(tmp_path / name)
    model = KMeans(2, random_state=0).fit(tmp_path / "one.npy")
    assert np.array_equal(model.predict(tmp_path / "one.npy"), model.labels_)
    assert model.transform(tmp_path / "one.npy").shape == (20, 2)
    for make in (StreamingKMeans, OnePassKMeans):
        assert make(2, random_state=0).fit(tmp_path / "one.npy").n_samples_seen_ == 20


def test_times_are_of_seconds(X):
    with pytest.raises(ValueError, match="times are for time_unit='seconds'"):
        StreamingKMeans(2).partial_fit(X, times=np.arange(600))
    later = np.arange(600).astype("m8[ms]")
    stream = StreamingKMeans(2, half_life=3, time_unit="seconds").partial_fit(X, times=later)
    assert stream.report_.time == 0.599


def test_what_load_takes(X, tmp_path):
    sums = tmp_path / "rows.npy"
    np.save(sums, X)
    with pytest.raises(OSError):
        load(sums)
    if "KMEANS_TOOL" in os.environ:
        subprocess.run(
            [os.environ["KMEANS_TOOL"], "stream", sums, "-k", "3", "--checkpoint", tmp_path / "c", "--quiet"], check=True)
        with pytest.raises(OSError, match="expected a model, a stream or a sketch that was saved, found 'checkpoint of a"):
            load(tmp_path / "c")


def test_runs_of_a_loaded_sketch(tmp_path):
    X = np.random.default_rng(0).normal(size=(5000, 3))
    one = OnePassKMeans(12, random_state=1, n_runs=1).fit(X)
    one.save(tmp_path / "sketch.kmeans")
    there = load(tmp_path / "sketch.kmeans").set_params(n_runs=1)
    assert np.array_equal(there.cluster_centers_, one.cluster_centers_)
