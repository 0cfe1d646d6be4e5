"""Parameters of estimators, checked when they are used, in scikit-learn's words."""

import math
import numbers

import numpy as np

from ._errors import InvalidParameterError


def refuse(estimator, name, expected, value):
    raise InvalidParameterError(
        f"The {name!r} parameter of {type(estimator).__name__} must be {expected}. Got {value!r} instead."
    )


INT32, INT64 = 2**31 - 1, 2**63 - 1  # what the library's counts hold


def integer(estimator, name, least, none=None, most=INT32):
    """The parameter as an int from `least` to `most`; None stands for `none`, where that is given."""
    return integer_of(type(estimator).__name__, name, getattr(estimator, name), least, none, most)


def integer_of(owner, name, value, least, none=None, most=INT32):
    """As `integer`, of the argument of a function."""
    if value is None and none is not None:
        return none
    if not isinstance(value, numbers.Integral) or not least <= value <= most:
        or_none = " or None" if none is not None else ""
        end = "inf)" if not isinstance(value, numbers.Integral) or value < least else f"{most}]"
        raise InvalidParameterError(
            f"The {name!r} parameter of {owner} must be an int in the range [{least}, {end}{or_none}. Got {value!r} "
            "instead."
        )
    return int(value)


def real(estimator, name, least, none=None):
    """The parameter as a float of at least `least`; None stands for `none`, where that is given."""
    value = getattr(estimator, name)
    if value is None and none is not None:
        return none
    try:
        number = float(value) if isinstance(value, numbers.Real) else math.nan
    except OverflowError:
        number = math.inf
    if not least <= number < math.inf:
        or_none = " or None" if none is not None else ""
        refuse(estimator, name, f"a float in the range [{float(least)}, inf){or_none}", value)
    return number


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
