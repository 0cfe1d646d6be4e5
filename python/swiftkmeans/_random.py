"""random_state: None, a number, or one of NumPy's generators, as a seed of the library."""

from __future__ import annotations

import numbers
from typing import Union

import numpy as np

# What random_state may be.
RandomState = Union[None, int, np.random.RandomState, np.random.Generator]


def seed_of(random_state: RandomState) -> int:
    """A seed below 2^64.

    A number is its own seed, so that `kmeans fit --seed` finds the same clusters. None draws one from NumPy's global
    generator, a RandomState or Generator from itself.
    """
    if isinstance(random_state, numbers.Integral):
        if not 0 <= random_state < 2**64:
            raise ValueError(f"random_state={random_state}: expected a seed from 0 to 2**64 - 1")
        return int(random_state)
    if random_state is None or random_state is np.random:
        return int(np.random.randint(2**63 - 1, dtype=np.int64))
    if isinstance(random_state, np.random.RandomState):
        return int(random_state.randint(2**63 - 1, dtype=np.int64))
    if isinstance(random_state, np.random.Generator):
        return int(random_state.integers(2**63 - 1))
    raise ValueError(f"{random_state!r} cannot be used to seed a numpy.random.RandomState instance")


def generator_of(random_state):
    """What scikit-learn hands to a callable: a RandomState, or the Generator that was given."""
    if random_state is None or random_state is np.random:
        return np.random.mtrand._rand
    if isinstance(random_state, numbers.Integral):
        return np.random.RandomState(int(random_state) % 2**32)
    return random_state
