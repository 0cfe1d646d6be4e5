"""Handles of the raw library: what was freed is refused, whoever asks."""

import ctypes

import numpy as np
import pytest
from swiftkmeans import KMeans
from swiftkmeans import _structures as c
from swiftkmeans._library import call, library
from swiftkmeans._lloyd import fit_options
from swiftkmeans._rows import rows_of


def fresh_model():
    X = np.arange(12.0).reshape(6, 2)
    made = ctypes.c_void_p()
    call(library.km_fit, rows_of(X), fit_options(clusters=2), made, None)
    return made.value


def test_freeing_twice_is_refused():
    number = fresh_model()
    assert library.km_model_free(number) == c.OK
    assert library.km_model_free(number) == c.INVALID_HANDLE
    with pytest.raises(RuntimeError, match="freed"):
        call(library.km_model_get_info, number, c.km_model_info())
    assert fresh_model() != number


def test_handles_of_another_kind_are_refused():
    number = fresh_model()
    for free in (library.km_stream_free, library.km_sketch_free, library.km_bytes_free, library.km_sums_free):
        assert free(number) == c.INVALID_HANDLE
    assert library.km_model_free(number) == c.OK
    for nonsense in (1, 12345, 2**63, id(number)):
        assert library.km_model_free(nonsense) == c.INVALID_HANDLE
    assert library.km_model_free(None) == c.OK


def test_a_collected_estimator_frees_its_handle():
    model = KMeans(2).fit(np.arange(12.0).reshape(6, 2))
    number = model._model.number
    del model
    with pytest.raises(RuntimeError, match="freed"):
        call(library.km_model_get_info, number, c.km_model_info())


def test_statuses_have_names():
    assert library.km_status_name(c.INVALID_DATA) == b"KM_INVALID_DATA"
    assert library.km_status_name(99) == b"?"
