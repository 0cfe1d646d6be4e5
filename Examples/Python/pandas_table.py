"""Customers in a pandas table: groups by standardised columns, what each is like, and how many there are.

    pip install swift-kmeans pandas
    python pandas_table.py [ROWS]

Ends with the line "groups: 4".
"""

import sys

import numpy as np
import pandas as pd
from swiftkmeans import KMeans, evaluate


def customers(rows, seed=0):
    """A table of customers of four kinds."""
    generator = np.random.default_rng(seed)
    kinds = pd.DataFrame(
        {"visits": [2, 20, 5, 40], "basket": [150.0, 12.0, 30.0, 60.0], "age": [55, 25, 40, 35]},
        index=["rare and large", "often and small", "now and then", "regular"],
    )
    chosen = kinds.iloc[generator.integers(len(kinds), size=rows)]
    noise = generator.normal(size=(rows, 3)) * [1, 5, 4]
    return (chosen.reset_index(drop=True) + noise).clip(lower=0)


def best_number(table):
    """The number of groups, of 2 to 8, whose silhouette is the best."""
    silhouettes = {}
    for k in range(2, 9):
        # Visits and money are of different units: each column counts by its deviation.
        model = KMeans(k, standardize=True, n_init=4, random_state=0).fit(table)
        scaled = (table - table.mean()) / table.std()
        silhouettes[k] = evaluate(scaled, model.labels_, sample_size=2000, random_state=0).silhouette
    return max(silhouettes, key=silhouettes.get)


def main():
    table = customers(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    k = best_number(table)
    model = KMeans(k, standardize=True, n_init=4, random_state=0).fit(table)
    # Centroids are in the units of the table.
    groups = pd.DataFrame(model.cluster_centers_, columns=model.feature_names_in_)
    groups["customers"] = np.bincount(model.labels_)
    print(groups.round(1).to_string())
    new = pd.DataFrame({"visits": [3], "basket": [140.0], "age": [60]})
    print(f"a new customer belongs to group {model.predict(new)[0]}")
    print(f"groups: {k}")


if __name__ == "__main__":
    main()
