"""Rows that several tests take."""

import numpy as np
import pytest


def blobs(rows=600, columns=5, clusters=6, dtype=np.float32, seed=0):
    """Rows of round clusters that lie apart."""
    generator = np.random.default_rng(seed)
    centers = generator.normal(scale=10, size=(clusters, columns))
    labels = generator.integers(clusters, size=rows)
    return (centers[labels] + generator.normal(size=(rows, columns))).astype(dtype)


@pytest.fixture
def X():
    return blobs()


@pytest.fixture
def doubles():
    return blobs(dtype=np.float64)
