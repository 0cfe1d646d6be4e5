"""Parameters of estimators, checked when they are used, in scikit-learn's words."""

import math
import numbers

import numpy as np

from ._errors import InvalidParameterError


def refuse(estimator, name, expected, value):
    raise InvalidParameterError(
        f"The {name!r} parameter of {type(estimator).__name__} must be {expected}. Got {value!r} instead."
    )


def integer(estimator, name, least, none=None):
    """The parameter as an int of at least `least`; None stands for `none`, where that is given."""
    value = getattr(estimator, name)
    if value is None and none is not None:
        return none
    if not isinstance(value, numbers.Integral) or value < least:
        or_none = " or None" if none is not None else ""
        refuse(estimator, name, f"an int in the range [{least}, inf){or_none}", value)
    return int(value)


def real(estimator, name, least, none=None):
    """The parameter as a float of at least `least`; None stands for `none`, where that is given."""
    value = getattr(estimator, name)
    if value is None and none is not None:
        return none
    if not isinstance(value, numbers.Real) or not least <= value or math.isinf(value):
        or_none = " or None" if none is not None else ""
        refuse(estimator, name, f"a float in the range [{float(least)}, inf){or_none}", value)
    return float(value)


def choice(estimator, name, numbers_of_words):
    """The number that stands for the parameter's word."""
    value = getattr(estimator, name)
    if isinstance(value, str) and value in numbers_of_words:
        return numbers_of_words[value]
    words = ", ".join(repr(word) for word in numbers_of_words)
    refuse(estimator, name, f"a str among {{{words}}}", value)


def word(numbers_of_words, number):
    """The word that a number stands for."""
    return next(word for word, value in numbers_of_words.items() if value == number)


def flag(estimator, name):
    value = getattr(estimator, name)
    if not isinstance(value, (bool, np.bool_, numbers.Integral)):
        refuse(estimator, name, "a bool", value)
    return int(bool(value))


def threads(estimator):
    """n_threads, 0 for as many as the process may use."""
    return integer(estimator, "n_threads", 1, none=0)
