"""scikit-learn's own checks of estimators."""

import inspect
import os
import subprocess
import sys
import warnings

import pytest

sklearn = pytest.importorskip("sklearn", minversion="1.6")
from sklearn.utils import estimator_checks  # noqa: E402
from sklearn.utils.estimator_checks import check_estimator  # noqa: E402

from swiftkmeans import KMeans, OnePassKMeans, StreamingKMeans  # noqa: E402

# scikit-learn expects the two to fail for its own KMeans, MiniBatchKMeans and BisectingKMeans: a weight of 2 is as good
# as a row that is there twice, but initial centroids are drawn by random numbers, of which each row takes one.
_WEIGHTS = "random numbers belong to rows, so that repeated rows draw others than weighted ones"
EXPECTED = {
    "check_sample_weight_equivalence_on_dense_data": _WEIGHTS,
    "check_sample_weight_equivalence_on_sparse_data": _WEIGHTS,
}
ESTIMATORS = [KMeans(), StreamingKMeans(), OnePassKMeans()]


def names(estimator):
    return type(estimator).__name__


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=names)
def test_check_estimator(estimator):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = EXPECTED
        results = check_estimator(estimator, expected_failed_checks=expected, on_skip=None, on_fail=None)
    failed = [(r["check_name"], str(r["exception"])) for r in results if r["status"] == "failed"]
    assert failed == []
    assert {"check_clustering", "check_dict_unchanged", "check_n_features_in"} <= {r["check_name"] for r in results}
    assert {r["check_name"] for r in results if r["status"] == "xfail"} <= set(expected)


def test_arrays_of_the_array_api():
    """scikit-learn checks this where the environment variable is set before its import."""
    program = (
        "from sklearn.utils.estimator_checks import check_array_api_input as check\n"
        "from swiftkmeans import KMeans\n"
        "check('KMeans', KMeans(), array_namespace='numpy', expect_only_array_outputs=False)\n"
    )
    check = getattr(estimator_checks, "check_array_api_input", None)
    if check is None or "expect_only_array_outputs" not in inspect.signature(check).parameters:
        pytest.skip("this scikit-learn has no such check")
    subprocess.run([sys.executable, "-c", program], env={**os.environ, "SCIPY_ARRAY_API": "1"}, check=True)


def test_it_inherits_from_scikit_learn_once_that_is_imported():
    program = (
        "import inspect\n"
        "from swiftkmeans import KMeans\n"
        "early, signature = KMeans(3), inspect.signature(KMeans)\n"
        "from sklearn.base import BaseEstimator, ClusterMixin, clone\n"
        "assert isinstance(KMeans(), BaseEstimator) and isinstance(early, ClusterMixin)\n"
        "assert inspect.signature(KMeans) == signature and clone(early).n_clusters == 3\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_class_of_both_families():
    program = (
        "from sklearn.base import BaseEstimator\n"
        "import swiftkmeans\n"
        "class Mixed(BaseEstimator, swiftkmeans.KMeans): pass\n"
        "assert Mixed(2).fit([[0.0], [1.0], [5.0]]).predict([[0.2]]).shape == (1,)\n"
        "assert swiftkmeans.KMeans(2).fit([[0.0], [1.0], [5.0]]).n_features_in_ == 1\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_tags():
    tags = sklearn.utils.get_tags(KMeans())
    assert tags.estimator_type == "clusterer" and sklearn.base.is_clusterer(KMeans())
    assert tags.input_tags.sparse and not sklearn.utils.get_tags(StreamingKMeans()).input_tags.sparse
    assert tags.transformer_tags.preserves_dtype == ["float64", "float32"]


def test_parameters_have_the_names_and_defaults_of_scikit_learn():
    own, theirs = KMeans().get_params(), sklearn.cluster.KMeans().get_params()
    assert set(theirs) <= set(own)
    differing = {name for name in theirs if own[name] != theirs[name]}
    assert differing == {"algorithm", "n_init"}  # both are accepted in scikit-learn's words
    KMeans(2, algorithm="lloyd", n_init="auto").fit([[0.0], [1.0], [5.0]])
