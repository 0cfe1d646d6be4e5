"""Rows of every kind give the same labels, bit for bit; what is no rows is refused in scikit-learn's words."""

import numpy as np
import pytest
from conftest import blobs
from swiftkmeans import KMeans, OnePassKMeans, StreamingKMeans, evaluate, kmeans_plusplus
from swiftkmeans._validation import in_place, validated


class Lent:
    """An object that lends its memory by one protocol alone."""

    def __init__(self, array, protocol):
        self.array = array
        if protocol == "interface":
            self.__array_interface__ = array.__array_interface__


class LentByDLPack:
    def __init__(self, array):
        self.array = array

    def __dlpack__(self, **options):
        return self.array.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.array.__dlpack_device__()


def apart(X):
    """The rows in a wider array."""
    wide = np.full((X.shape[0], X.shape[1] + 3), np.nan, X.dtype)
    wide[:, : X.shape[1]] = X
    return wide[:, : X.shape[1]]


def misaligned(X):
    memory = np.empty(X.nbytes + 1, np.uint8)[1:]
    memory[:] = X.reshape(-1).view(np.uint8)
    return memory.view(X.dtype).reshape(X.shape)


def read_only(X):
    X = X.copy()
    X.flags.writeable = False
    return X


KINDS = {
    "rows apart": apart,
    "columns first": np.asfortranarray,
    "backwards": lambda X: X[::-1].copy()[::-1],
    "every second row": lambda X: np.repeat(X, 2, axis=0)[::2],
    "every second column": lambda X: np.repeat(X, 2, axis=1)[:, ::2],
    "misaligned": misaligned,
    "big-endian": lambda X: X.astype(X.dtype.newbyteorder()),
    "read-only": read_only,
    "list": lambda X: X.tolist(),
    "rows in a tuple": lambda X: tuple(X),
    "array interface": lambda X: Lent(X, "interface"),
    "dlpack": LentByDLPack,
    "memoryview": memoryview,
    "float128": lambda X: X.astype(np.longdouble),
}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", KINDS)
def test_kind(kind, dtype):
    # Whole numbers and halves, which every type holds.
    X = np.round(blobs(dtype=np.float64) * 2).astype(dtype) / 2
    expected = KMeans(6, random_state=3).fit(X)
    given = KINDS[kind](X)
    found = KMeans(6, random_state=3).fit(given)
    assert np.array_equal(found.labels_, expected.labels_)
    assert np.array_equal(found.predict(given), expected.labels_)
    # Lists and types that are none of the machine's become double, as in scikit-learn.
    assert np.allclose(found.transform(given), expected.transform(X), rtol=1e-6)
    assert found.cluster_centers_.dtype in (dtype, np.float64)
    assert found.labels_.dtype == np.int32


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int16, np.int32, np.int64, np.uint64, np.float16, bool])
def test_other_types_become_double(dtype):
    X = (np.abs(blobs(dtype=np.float64)) + np.arange(5)).astype(dtype)
    model = KMeans(2, random_state=0).fit(X)
    assert model.cluster_centers_.dtype == np.float64
    assert np.array_equal(model.labels_, KMeans(2, random_state=0).fit(X.astype(np.float64)).labels_)


def test_floats_are_not_copied(X):
    for given in (X, X[::2], apart(X), X[:, :1], read_only(X)):
        estimator = KMeans()
        assert validated(estimator, given, reset=True) is given
    copied = in_place(np.asfortranarray(X))
    assert copied.flags.c_contiguous and np.array_equal(copied, X)


def test_memory_map(X, tmp_path):
    np.save(tmp_path / "rows.npy", X)
    rows = np.load(tmp_path / "rows.npy", mmap_mode="r")
    assert validated(KMeans(), rows, reset=True) is rows
    assert np.array_equal(KMeans(6, random_state=0).fit(rows).labels_, KMeans(6, random_state=0).fit(X).labels_)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", ["csr", "csc", "coo", "bsr", "lil"])
@pytest.mark.parametrize("form", ["matrix", "array"])
@pytest.mark.parametrize("index", [np.int32, np.int64])
def test_sparse(kind, form, index, dtype):
    sparse = pytest.importorskip("scipy.sparse")
    X = np.where(blobs() > 5, blobs(), 0).astype(dtype)
    given = getattr(sparse, f"{kind}_{form}")(X)
    if kind in ("csr", "csc"):
        given.indices, given.indptr = given.indices.astype(index), given.indptr.astype(index)
    expected = KMeans(6, random_state=3).fit(X)
    found = KMeans(6, random_state=3).fit(given)
    assert np.array_equal(found.labels_, expected.labels_)
    assert np.array_equal(found.predict(given), expected.labels_)
    assert np.allclose(found.transform(given), expected.transform(X), rtol=1e-5, atol=1e-4)
    assert found.score(given) == pytest.approx(expected.score(X), rel=1e-6)
    assert found.cluster_centers_.dtype == dtype
    weights = np.arange(len(X)) % 3
    assert np.array_equal(
        KMeans(6, random_state=3).fit(given, sample_weight=weights).labels_,
        KMeans(6, random_state=3).fit(X, sample_weight=weights).labels_,
    )


def test_sparse_rows_are_not_copied():
    sparse = pytest.importorskip("scipy.sparse")
    given = sparse.random(100, 50, 0.2, format="csr", dtype=np.float32)
    kept = validated(KMeans(), given, reset=True, sparse=True)
    assert np.shares_memory(kept.data, given.data) and np.shares_memory(kept.indices, given.indices)


@pytest.mark.parametrize("estimator", [StreamingKMeans(3), OnePassKMeans(3)], ids=lambda e: type(e).__name__)
def test_sparse_rows_are_refused_where_they_are_not_taken(estimator):
    sparse = pytest.importorskip("scipy.sparse")
    with pytest.raises(TypeError, match="(?i)sparse"):
        estimator.fit(sparse.random(100, 50, 0.2, format="csr"))


REFUSED = [
    (np.zeros((0, 3)), ValueError, "0 sample"),
    (np.zeros((3, 0)), ValueError, "0 feature"),
    (np.zeros(3), ValueError, "Reshape your data"),
    ([1.0, 2.0], ValueError, "Reshape your data"),
    (1.0, ValueError, "Expected 2D array, got scalar array"),
    (np.zeros((3, 3, 3)), ValueError, "dim"),
    (np.zeros((3, 2), complex), ValueError, "Complex data not supported"),
    (np.array([["a", "b"]]), ValueError, "could not convert|convert|numeric"),
    ([[1.0, 2.0], [3.0]], ValueError, "inhomogeneous|sequence"),
    (np.array([[1.0, None]], dtype=object), ValueError, "NaN"),
    (np.array([[1.0, {}]], dtype=object), TypeError, "argument must be|float"),
    (np.full((4, 2), np.nan), ValueError, "NaN"),
    (np.full((4, 2), np.inf, np.float32), ValueError, "inf"),
]


@pytest.mark.parametrize("X, kind, words", REFUSED)
@pytest.mark.parametrize("make", [KMeans, StreamingKMeans, OnePassKMeans])
def test_what_is_no_rows_is_refused(make, X, kind, words):
    with pytest.raises(kind, match=words):
        make(1).fit(X)


def test_the_place_of_a_wrong_value_is_told(X):
    X[17, 3] = np.nan
    with pytest.raises(ValueError, match="NaN.*row 17, column 3"):
        KMeans(2).fit(X)
    with pytest.raises(ValueError, match="NaN.*row 17, column 3"):
        KMeans(2).fit(X[:10]).predict(X)


def test_a_failed_fit_leaves_what_there_was(X):
    model = KMeans(2, random_state=0).fit(X)
    labels = model.predict(X)
    with pytest.raises(ValueError):
        model.fit(np.full((5, 9), np.nan))
    assert model.n_features_in_ == 5 and np.array_equal(model.predict(X), labels)


def test_predict_converts_to_the_type_of_the_fit(X):
    model = KMeans(6, random_state=0).fit(X)
    assert model.cluster_centers_.dtype == np.float32
    assert np.array_equal(model.predict(X.astype(np.float64)), model.labels_)
    assert model.transform(X.astype(np.float64)).dtype == np.float64
    assert model.transform(X).dtype == np.float32
    model = KMeans(6, random_state=0).fit(X.astype(np.float64))
    assert np.array_equal(model.predict(X), model.labels_)


WEIGHTS = [[1, 2, 0], np.array([1, 2, 0], np.float32), (1, 2, 0), np.array([1, 9, 2, 9, 0])[::2]]


@pytest.mark.parametrize("weights", WEIGHTS)
def test_weights_of_any_kind(weights):
    model = KMeans(1).fit(np.array([[0.0], [3.0], [100.0]]), sample_weight=weights)
    assert model.cluster_centers_ == pytest.approx(2)
    assert model.inertia_ == pytest.approx(6)
    assert model.score([[0.0], [3.0], [100.0]], sample_weight=weights) == pytest.approx(-6)


@pytest.mark.parametrize(
    "weights, words",
    [
        ([1, 2], "expected"),
        ([[1, 2, 3]], "1D"),
        ([0, 0, 0], "non-zero"),
        ([1, -1, 1], "negative"),
        ([1, np.nan, 1], "weight"),
    ],
)
def test_wrong_weights(weights, words):
    with pytest.raises(ValueError, match=words):
        KMeans(1).fit(np.array([[0.0], [3.0], [100.0]]), sample_weight=weights)


def strided(array):
    wide = np.zeros(2 * len(array), array.dtype)
    wide[::2] = array
    return wide[::2]


def test_sparse_rows_whose_arrays_lie_otherwise():
    sparse = pytest.importorskip("scipy.sparse")
    X = np.where(blobs() > 0, blobs(), 0)
    expected = KMeans(6, random_state=0).fit(X)
    plain = sparse.csr_matrix(X)
    for change in (
        strided, lambda a: a[::-1].copy()[::-1], lambda a: a.astype(a.dtype.newbyteorder(">")),
        lambda a: np.concatenate([a, a[:50]])[: len(a)],
    ):  # fmt: skip
        other = plain.copy()
        other.data, other.indices, other.indptr = change(plain.data), change(plain.indices), change(plain.indptr)
        if other.data.dtype.isnative:
            assert np.array_equal(KMeans(6, random_state=0).fit(other).labels_, expected.labels_)
    spare = plain.copy()
    spare.data, spare.indices = np.append(plain.data, [7] * 50), np.append(plain.indices, [0] * 50)
    assert np.array_equal(KMeans(6, random_state=0).fit(spare).labels_, expected.labels_)


@pytest.mark.parametrize("name, change, message", [
    ("indices", lambda a: a[:-100], "indices has 1400 entries, expected 1500"),
    ("indices", lambda a: a.astype(float), "expected whole numbers"),
    ("data", lambda a: a[:-1], "data has 1499 entries, expected 1500"),
    ("indptr", lambda a: a[:-1], "indptr has 600 entries, expected 601 for 600 rows"),
    ("indptr", lambda a: -a, "offset|ascend|negative"),
], ids=str)  # fmt: skip
def test_sparse_rows_that_lie(name, change, message):
    sparse = pytest.importorskip("scipy.sparse")
    rows = sparse.csr_matrix(np.tile([[1.0, 0, 2, 0], [0, 3, 0, 4], [5, 0, 0, 0]], (200, 1)) * 1.0)
    rows = sparse.csr_matrix(np.tile([[1.0, 0, 2, 3, 0], [0, 3, 0, 0, 4]], (300, 1)))
    setattr(rows, name, change(getattr(rows, name)))
    with pytest.raises(ValueError, match=message):
        KMeans(2).fit(rows)


@pytest.mark.parametrize("make", [KMeans, StreamingKMeans, OnePassKMeans])
def test_numbers_beyond_all_counts(X, make):
    for name in ("n_clusters", "n_threads"):
        for value in (2**31, 2**32 + 1, 2**64 + 3):
            with pytest.raises(ValueError, match=f"{name}.*range"):
                make(**{name: value}).fit(X)


def test_other_numbers_beyond_all_counts(X):
    for parameters in ({"max_iter": 2**64 + 3}, {"n_init": 2**32 + 1}, {"tol": 10**400}):
        with pytest.raises(ValueError, match="range"):
            KMeans(3, **parameters).fit(X)
    for call in (
        lambda: kmeans_plusplus(X, float("inf")), lambda: kmeans_plusplus(X, "abc"), lambda: kmeans_plusplus(X, 2.5),
        lambda: kmeans_plusplus(X, 2, n_threads=2.7), lambda: evaluate(X, np.arange(600) % 3, n_threads=float("inf")),
        lambda: evaluate(X, np.arange(600) % 3, sample_size=2.7), lambda: OnePassKMeans(3, n_runs=2**31).fit(X),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="must be an int"):
            call()
    for weights in (10**400, 1j, np.arange(600) * 1j, np.zeros(600, "M8[s]"), np.ma.masked_less(np.arange(600), 3), "a"):
        with pytest.raises(ValueError, match="sample_weight"):
            KMeans(3).fit(X, sample_weight=weights)
    start = {"init": lambda X, n_clusters, random_state: X[:n_clusters], "random_state": np.int32(3)}
    assert len(KMeans(3, **start).fit(X).cluster_centers_) == 3


def test_where_a_value_is_not_finite(X):
    pandas, sparse = pytest.importorskip("pandas"), pytest.importorskip("scipy.sparse")
    table = pandas.DataFrame(X, columns=list("abcde"))
    table.iloc[17, 3] = np.nan
    for make in (KMeans, StreamingKMeans, OnePassKMeans):
        with pytest.raises(ValueError, match="Input X contains NaN or infinity: .*row 17, column 3"):
            make(3).fit(table)
    rows = sparse.csr_matrix(table.to_numpy())
    with pytest.raises(ValueError, match="Input X contains NaN or infinity: .*row 17, column 3"):
        KMeans(3).fit(rows)
    with pytest.raises(ValueError, match="^the value of centroid 0, column 0 is not finite"):
        KMeans(3, init=np.full((3, 5), np.nan)).fit(X)
    model = KMeans(3).fit(X.astype(np.float32))
    with pytest.raises(ValueError, match="X has values beyond float32"):
        model.predict(X.astype(np.float64) * 1e300)


def test_subclasses_with_other_parameters(X):
    class Own(KMeans):
        def __init__(self, n_clusters=3, **parameters):
            super().__init__(n_clusters, **parameters)

    assert list(Own(4).get_params()) == ["n_clusters"] and "n_clusters=4" in repr(Own(4))
    assert len(Own(4).fit(X).cluster_centers_) == 4
