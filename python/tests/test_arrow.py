"""Tables and streams of PyArrow, Polars and DuckDB: the same labels as of arrays, and what is wrong is told."""

import queue
import threading

import numpy as np
import pytest
from conftest import blobs
from swiftkmeans import KMeans, OnePassKMeans, StreamingKMeans, evaluate, kmeans_plusplus

pa = pytest.importorskip("pyarrow")

HALVES = np.round(blobs(dtype=np.float64) * 2) / 2  # what float16 and float32 hold, too
SMALL = np.clip(np.round(HALVES), -128, 127)


def fitted(X, **parameters):
    return KMeans(6, random_state=3, **parameters).fit(X)


def list_column(values, kind):
    """A table of one column of lists of the values' type."""
    rows, columns = values.shape
    flat = pa.array(values.reshape(-1))
    if kind == "fixed-size list":
        column = pa.FixedSizeListArray.from_arrays(flat, columns)
    else:
        offsets = np.arange(0, rows * columns + 1, columns)
        make = pa.LargeListArray if kind == "large list" else pa.ListArray
        column = make.from_arrays(pa.array(offsets, pa.int64() if kind == "large list" else pa.int32()), flat)
    return pa.table({"row": column})


LISTS = ["fixed-size list", "list", "large list"]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8])
def test_lists(kind, dtype):
    values = (SMALL if dtype is np.int8 else HALVES).astype(dtype)
    rows = values.astype(np.float64 if dtype is np.float64 else np.float32)
    table = list_column(values, kind)
    found, expected = fitted(table), fitted(rows)
    assert np.array_equal(found.labels_, expected.labels_)
    assert found.cluster_centers_.dtype == rows.dtype
    assert np.array_equal(found.cluster_centers_, expected.cluster_centers_)
    assert found.n_features_in_ == 5 and not hasattr(found, "feature_names_in_")
    assert np.array_equal(found.predict(table), expected.labels_)
    assert np.array_equal(expected.predict(table), expected.labels_)
    assert np.array_equal(found.transform(table), expected.transform(rows))
    assert found.score(table) == expected.score(rows)


@pytest.mark.parametrize("kind", LISTS)
def test_slices_and_chunks(kind):
    values = HALVES.astype(np.float32)
    sliced = list_column(values, kind).slice(11, 500)
    assert np.array_equal(fitted(sliced).labels_, fitted(values[11:511]).labels_)
    chunks = pa.concat_tables([list_column(values[:200], kind).slice(3), list_column(values[200:], kind)])
    assert np.array_equal(fitted(chunks).labels_, fitted(values[3:]).labels_)


def test_plain_columns():
    table = pa.table({name: HALVES[:, number].astype(np.float32) for number, name in enumerate("abcde")})
    found = fitted(table)
    assert np.array_equal(found.labels_, fitted(HALVES.astype(np.float32)).labels_)
    assert list(found.feature_names_in_) == list("abcde")
    assert np.array_equal(found.predict(table.slice(100)), found.labels_[100:])
    with pytest.raises(ValueError, match="feature names should match"):
        found.predict(table.rename_columns(list("edcba")))
    mixed = table.set_column(1, "b", pa.array(HALVES[:, 1].round().astype(np.int64)))
    assert fitted(mixed).cluster_centers_.dtype == np.float64


def test_initial_centroids_have_the_type_of_the_stream():
    for dtype in (np.float32, np.float64):
        values = HALVES.astype(dtype)
        start = HALVES[:6]
        expected = KMeans(6, init=start).fit(values).labels_
        plain = pa.table({name: values[:, number] for number, name in enumerate("abcde")})
        for table in (list_column(values, "fixed-size list"), plain):
            assert np.array_equal(KMeans(6, init=start).fit(table).labels_, expected)
            with pytest.raises(ValueError, match="does not match the number of features of the data 5"):
                KMeans(6, init=start[:, :4]).fit(table)
    with pytest.raises(ValueError, match="nobody knows how many columns"):
        KMeans(6, init=start).fit(list_column(HALVES, "list"))
    with pytest.raises(ValueError, match="callable"):
        KMeans(6, init=lambda X, n, random_state: X[:n]).fit(list_column(HALVES, "list"))


def test_weights_bring_rows_into_memory():
    table, weights = list_column(HALVES, "list"), np.arange(len(HALVES)) % 3
    expected = KMeans(6, random_state=3).fit(HALVES, sample_weight=weights)
    assert np.array_equal(KMeans(6, random_state=3).fit(table, sample_weight=weights).labels_, expected.labels_)


def test_a_query_that_was_not_run_yet():
    polars = pytest.importorskip("polars")
    with pytest.raises(TypeError, match=r"X is a LazyFrame, which has no rows yet: expected those of X.collect\(\)"):
        KMeans(2).fit(polars.LazyFrame({"a": [1.0, 2.0, 3.0]}))


def test_more_rows_than_memory():
    values = blobs(rows=50_000, columns=16)
    found = fitted(list_column(values, "fixed-size list"), memory_limit=1 << 20)
    assert np.array_equal(found.labels_, fitted(values).labels_)


def test_polars():
    polars = pytest.importorskip("polars")
    values = HALVES.astype(np.float32)
    expected = fitted(values)
    plain = polars.DataFrame(values, schema=list("abcde"))
    found = fitted(plain)
    assert np.array_equal(found.labels_, expected.labels_)
    assert list(found.feature_names_in_) == list("abcde")
    assert np.array_equal(found.predict(plain), expected.labels_)
    arrays = polars.DataFrame({"row": polars.Series(values)})
    assert arrays.schema["row"] == polars.Array(polars.Float32, 5)
    assert np.array_equal(fitted(arrays).labels_, expected.labels_)
    lists = arrays.with_columns(polars.col("row").arr.to_list())
    assert np.array_equal(fitted(lists).labels_, expected.labels_)
    assert np.array_equal(fitted(lists[7:300]).labels_, fitted(values[7:300]).labels_)
    assert np.array_equal(fitted(arrays["row"]).labels_, expected.labels_)
    assert found.transform(plain).shape == (len(values), 6)


def test_duckdb(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    values = HALVES.astype(np.float32)
    table = list_column(values, "list")
    import pyarrow.parquet

    pyarrow.parquet.write_table(table, tmp_path / "rows.parquet", row_group_size=100)
    connection = duckdb.connect()
    connection.execute("set threads = 1")
    query = f"select row from '{tmp_path}/rows.parquet'"
    expected = fitted(values)
    assert np.array_equal(fitted(connection.sql(query)).labels_, expected.labels_)
    assert np.array_equal(expected.predict(connection.sql(query)), expected.labels_)
    arrays = connection.sql(f"select row::float[5] as row from ({query})")
    assert np.array_equal(fitted(arrays).labels_, expected.labels_)
    plain = connection.sql(f"select row[1] as a, row[2] as b from ({query})")
    found = fitted(plain)
    assert np.array_equal(found.labels_, fitted(values[:, :2]).labels_)
    assert list(found.feature_names_in_) == ["a", "b"]
    sketch = OnePassKMeans(6, random_state=0).fit(connection.sql(query))
    assert sketch.n_samples_seen_ == len(values)


def test_nulls_are_refused_with_their_row():
    rows = [[1.0, 2.0]] * 40
    lists = pa.array([*rows, None], pa.list_(pa.float32(), 2))
    with pytest.raises(ValueError, match="(?i)null.*40|40.*null"):
        KMeans(1).fit(pa.table({"row": lists}))
    values = pa.array([*rows, [1.0, None]], pa.list_(pa.float32()))
    with pytest.raises(ValueError, match="(?i)null.*40|40.*null"):
        KMeans(1).fit(pa.table({"row": values}))
    plain = pa.table({"a": pa.array([1.0] * 30 + [None]), "b": pa.array([1.0] * 31)})
    with pytest.raises(ValueError, match="(?i)null.*30|30.*null"):
        KMeans(1).fit(plain)
    # A null that is not in the slice.
    assert KMeans(1).fit(plain.slice(0, 30)).inertia_ == 0


def test_values_that_are_not_finite_are_refused():
    with pytest.raises(ValueError, match="(?i)nan|finite"):
        KMeans(1).fit(pa.table({"a": [1.0, 2.0, float("nan")]}))


@pytest.mark.parametrize(
    "table",
    [
        pa.table({"a": ["x", "y"]}),
        pa.table({"a": pa.array([[1.0], [1.0, 2.0]])}),
        pa.table({"a": pa.array([[1.0], [2.0]]), "b": [1.0, 2.0]}),
        pa.table({"a": pa.array([["x"], ["y"]])}),
        pa.table({"a": pa.array([], pa.float32())}),
        pa.table({}),
    ],
    ids=["texts", "lengths", "lists and numbers", "lists of texts", "no rows", "no columns"],
)
def test_what_is_no_rows_is_refused(table):
    for make in (KMeans, StreamingKMeans, OnePassKMeans):
        with pytest.raises(ValueError):
            make(1).fit(table).predict([[1.0]])


def failing(schema):
    yield from list_column(HALVES[:100], "list").to_batches()
    raise OSError("the disk has gone")


def test_an_error_in_the_middle_of_a_stream():
    schema = list_column(HALVES, "list").schema
    with pytest.raises(ValueError, match="the disk has gone"):
        fitted(pa.RecordBatchReader.from_batches(schema, failing(schema)))
    model = fitted(HALVES)
    with pytest.raises(ValueError, match="the disk has gone"):
        model.predict(pa.RecordBatchReader.from_batches(schema, failing(schema)))
    sketch = OnePassKMeans(6)
    sketch.partial_fit(HALVES)
    with pytest.raises(ValueError, match="the disk has gone"):
        sketch.partial_fit(pa.RecordBatchReader.from_batches(schema, failing(schema)))
    assert len(HALVES) <= sketch.n_samples_seen_ <= len(HALVES) + 100  # what was there stays


class Counted:
    """A table that counts how often it was asked for a stream, and how often one was released."""

    def __init__(self, table):
        self.table, self.asked, self.living = table, 0, 0

    def __arrow_c_stream__(self, requested_schema=None):
        self.asked += 1
        owner = self

        class Token:
            def __del__(self):
                owner.living -= 1

        def batches(token):
            yield from owner.table.to_batches(max_chunksize=100)

        self.living += 1
        return pa.RecordBatchReader.from_batches(self.table.schema, batches(Token())).__arrow_c_stream__()


def test_a_stream_is_asked_for_once_and_released():
    counted = Counted(list_column(HALVES, "list"))
    model = fitted(counted)
    assert (counted.asked, counted.living) == (1, 0)
    model.predict(counted)
    assert (counted.asked, counted.living) == (2, 0)
    with pytest.raises(ValueError):
        KMeans(100_000).fit(counted)
    assert (counted.asked, counted.living) == (3, 0)


def test_a_stream_is_consumed_once():
    table = list_column(HALVES, "list")
    reader = table.to_reader()
    expected = fitted(table).labels_
    assert np.array_equal(fitted(reader).labels_, expected)
    with pytest.raises(ValueError):
        fitted(reader)

    class Again:
        capsule = table.__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema=None):
            return self.capsule

    again = Again()
    assert np.array_equal(fitted(again).labels_, expected)
    with pytest.raises(ValueError, match="released"):
        fitted(again)


def test_a_changed_schema_is_refused():
    model = fitted(list_column(HALVES, "list"))
    with pytest.raises(ValueError):
        model.predict(list_column(HALVES[:, :3], "list"))
    sketch = OnePassKMeans(6).fit(list_column(HALVES, "list"))
    with pytest.raises(ValueError):
        sketch.partial_fit(list_column(HALVES[:, :3], "list"))


def test_each_batch_of_a_stream_is_an_update():
    table = list_column(HALVES, "fixed-size list")
    batches = np.array_split(HALVES, 3)
    reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=200))
    options = {"half_life": 2, "first_rows": 100, "random_state": 0}
    by_arrow = StreamingKMeans(6, **options).partial_fit(reader)
    by_arrays = StreamingKMeans(6, **options)
    for batch in batches:
        by_arrays.partial_fit(batch)
    assert by_arrow.n_batches_ == 3
    assert np.array_equal(by_arrow.cluster_centers_, by_arrays.cluster_centers_)
    assert by_arrow.report_[:-2] == by_arrays.report_[:-2]  # without drift, which is NaN
    assert not hasattr(by_arrow, "labels_")
    assert np.array_equal(by_arrow.predict(table), by_arrays.predict(HALVES))
    assert np.array_equal(by_arrow.outlier_scores(table), by_arrays.outlier_scores(HALVES))


def test_empty_batches():
    schema = pa.schema({"a": pa.float32()})

    def reader(*batches):
        arrays = [pa.record_batch({"a": pa.array(batch, pa.float32())}) for batch in batches]
        return pa.RecordBatchReader.from_batches(schema, arrays)

    some = [[], [1.0, 2.0], [], [9.0], []]
    model = KMeans(2, random_state=0).fit(reader(*some))
    assert list(model.predict(reader(*some))) == list(model.labels_) == list(model.predict(reader([1.0, 2.0, 9.0])))
    for nothing in (reader(), reader([], [])):
        with pytest.raises(ValueError, match="the Arrow stream has no rows"):
            model.predict(nothing)
    stream = StreamingKMeans(2, first_rows=2, random_state=0).partial_fit(reader(*some))
    assert stream.n_batches_ == 2 and stream.report_.number == 2
    assert stream.partial_fit(reader()).report_.number == 2
    for make in (KMeans, StreamingKMeans, OnePassKMeans):
        for nothing in (reader(), reader([], [])):
            with pytest.raises(ValueError, match="no points|no rows"):
                make(1).fit(nothing)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"])
def test_whole_numbers(dtype):
    values = np.abs(SMALL).astype(dtype)
    rows = values.astype(np.float32 if values.itemsize <= 2 else np.float64)
    table = pa.table({name: values[:, number] for number, name in enumerate("abcde")})
    for given in (table, list_column(values, "fixed-size list")):
        found = fitted(given)
        assert found.cluster_centers_.dtype == rows.dtype
        assert np.array_equal(found.labels_, fitted(rows).labels_)


def made(table, batches=6, failure=None, each=lambda: None):
    """A stream that Python code makes, batch by batch; where there is a failure, the last batch is one."""

    def rows():
        parts = table.to_batches(max_chunksize=-(-table.num_rows // batches))
        for number, part in enumerate(parts):
            each()
            if failure is not None and number == len(parts) - 1:
                raise failure
            yield part

    return pa.RecordBatchReader.from_batches(table.schema, rows())


PLAIN = pa.table({name: column for name, column in zip("abcde", HALVES.T)})


@pytest.mark.parametrize("make", [StreamingKMeans, OnePassKMeans])
def test_whoever_makes_rows_may_use_the_estimator(make):
    estimator = make(6, random_state=0).partial_fit(PLAIN)
    seen = []

    def ask():
        seen.append((estimator.n_samples_seen_, len(estimator.predict(HALVES[:3]))))

    estimator.partial_fit(made(PLAIN, each=ask))
    assert [count for _, count in seen] == [3] * 6 and estimator.n_samples_seen_ == 1200


@pytest.mark.parametrize("make", [StreamingKMeans, OnePassKMeans])
@pytest.mark.parametrize("begun", [False, True])
def test_rows_before_an_error_have_been_learnt(make, begun):
    estimator = make(6, random_state=0)
    if begun:
        estimator.partial_fit(HALVES)
    with pytest.raises(ValueError, match="could not give its next rows: RuntimeError: boo$"):
        estimator.partial_fit(made(PLAIN, failure=RuntimeError("boo")))
    assert estimator.n_samples_seen_ == 500 + 600 * begun and len(estimator.predict(HALVES)) == 600
    if make is StreamingKMeans:
        assert estimator.report_.number == estimator.n_batches_ == 5 + begun and not hasattr(estimator, "labels_")
    if not begun:
        assert list(estimator.feature_names_in_) == list("abcde")


def test_a_fit_that_fails_leaves_nothing():
    for make in (KMeans, StreamingKMeans, OnePassKMeans):
        estimator = make(6)
        with pytest.raises(ValueError, match="RuntimeError: boo"):
            estimator.fit(made(PLAIN, failure=RuntimeError("boo")))
        assert vars(estimator) == vars(make(6))
        with pytest.raises(KeyboardInterrupt):
            estimator.fit(made(PLAIN, failure=KeyboardInterrupt()))


@pytest.mark.parametrize("make", [StreamingKMeans, OnePassKMeans])
def test_labels_of_a_stream_that_nobody_keeps(make):
    with pytest.raises(ValueError, match="keeps no rows of an Arrow stream: expected fit, and then predict"):
        make(6).fit_predict(PLAIN)
    with pytest.raises(ValueError, match="n_samples=3 should be >= n_clusters=6"):
        make(6).fit(PLAIN.slice(0, 3))


@pytest.mark.parametrize("rows", [
    pa.table({"e": [[1.0, 2.0], [3.0], [4.0, 5.0, 6.0]]}),
    pa.table({"a": pa.array([1, 2, 3], pa.date32())}),
    pa.table({"a": [True, False, True]}),
    pa.table({"a": ["1", "2", "3"]}),
    pa.table({"a": [{"b": 1.0}, {"b": 2.0}, {"b": 3.0}]}),
], ids=lambda table: str(table.schema.types[0]))  # fmt: skip
def test_the_same_rows_are_refused_everywhere(rows):
    model = KMeans(2, random_state=0).fit([[1.0], [2.0], [4.0]])
    for use in (
        KMeans(2).fit, lambda X: KMeans(2).fit(X, sample_weight=[1, 1, 1]), model.transform, model.score, model.predict,
        lambda X: evaluate(X, [0, 1, 1]), lambda X: kmeans_plusplus(X, 2),
    ):  # fmt: skip
        with pytest.raises(ValueError) as raised:
            use(rows)
        assert "\n" not in str(raised.value)


def test_rows_that_are_read_into_memory():
    lists = list_column(HALVES, "large list")
    weights = np.arange(600) % 3
    expected = KMeans(6, random_state=0).fit(HALVES, sample_weight=weights)
    for rows in (PLAIN, lists, made(PLAIN), pa.chunked_array(lists.column(0).chunks)):
        found = KMeans(6, random_state=0).fit(rows, sample_weight=weights)
        assert np.array_equal(found.labels_, expected.labels_)
    assert np.array_equal(expected.transform(lists), expected.transform(HALVES))
    # The rows outlive what they were read from.
    kept = KMeans(6, random_state=0).fit(PLAIN, sample_weight=weights).transform(PLAIN)
    assert np.array_equal(kept, expected.transform(HALVES))


def test_a_table_of_a_class_derived_from_pandas():
    pandas = pytest.importorskip("pandas")

    class Derived(pandas.DataFrame):
        pass

    table = Derived(HALVES, columns=list("abcde"), index=np.arange(600) * 1000.0 + 1)
    model = KMeans(6, random_state=0).fit(table)
    assert model.n_features_in_ == 5 and np.array_equal(model.labels_, KMeans(6, random_state=0).fit(HALVES).labels_)


@pytest.mark.parametrize("make", [StreamingKMeans, OnePassKMeans])
def test_a_new_estimator_learns_from_whoever_makes_its_rows(make):
    estimator = make(6, random_state=0)
    estimator.partial_fit(made(PLAIN, each=lambda: estimator.partial_fit(HALVES)))
    assert estimator.n_samples_seen_ == 7 * 600 and len(estimator.predict(HALVES)) == 600


@pytest.mark.parametrize("make", [StreamingKMeans, OnePassKMeans])
@pytest.mark.parametrize("method", ["fit", "partial_fit"])
def test_rows_may_wait_for_other_estimators(make, method):
    others, batches = [make(3, random_state=0) for _ in range(200)], queue.Queue(1)

    def produce():
        for other in others:
            other.partial_fit(HALVES)
            batches.put(PLAIN.to_batches()[0])
        batches.put(None)

    thread = threading.Thread(target=produce, daemon=True)
    thread.start()
    reader = pa.RecordBatchReader.from_batches(PLAIN.schema, iter(lambda: batches.get(timeout=20), None))
    assert getattr(make(3, random_state=0), method)(reader).n_samples_seen_ == 200 * 600
    thread.join(20)


@pytest.mark.parametrize("failure, kind, message", [
    (KeyboardInterrupt(), KeyboardInterrupt, "^$"),
    (KeyboardInterrupt("stop"), KeyboardInterrupt, "^stop$"),
    (ValueError("after KeyboardInterrupt"), ValueError, "next rows: ValueError: after KeyboardInterrupt$"),
    (RuntimeError("first\nsecond: KeyboardInterrupt"), ValueError, "next rows: RuntimeError: first second: Keyb"),
    (OSError(), ValueError, "next rows: OSError$"),
], ids=repr)  # fmt: skip
def test_what_the_maker_of_rows_raises(failure, kind, message):
    with pytest.raises(kind, match=message) as raised:
        KMeans(6).fit(made(PLAIN, failure=failure))
    assert "Traceback" not in str(raised.value)
