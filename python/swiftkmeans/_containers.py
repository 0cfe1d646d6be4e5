"""What `transform` returns, where scikit-learn's set_output asks for a table."""

import sys


def contained(estimator, X, values):
    """The array, or a table of it with the names of get_feature_names_out."""
    container = getattr(estimator, "_sklearn_output_config", {}).get("transform")
    if container is None and "sklearn" in sys.modules:
        container = sys.modules["sklearn"].get_config()["transform_output"]
    if container == "pandas":
        import pandas

        index = X.index if isinstance(X, pandas.DataFrame) else None
        return pandas.DataFrame(values, index=index, columns=estimator.get_feature_names_out(), copy=False)
    if container == "polars":
        import polars

        return polars.DataFrame(values, schema=list(estimator.get_feature_names_out()), orient="row")
    return values
