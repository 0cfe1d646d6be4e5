"""Makes wide.json: updates of the real Spark with more columns than a vector of Java has.

pip install pyspark==4.3.0 numpy; a JDK 17. On a processor with AVX-512:
    python wide.py 8 > 8.json
    PYSPARK_SUBMIT_ARGS="--driver-java-options -XX:UseAVX=2 pyspark-shell" python wide.py 4 > 4.json
    python wide.py join 8.json 4.json > wide.json
"""

import json
import sys

SHAPES = ((9, 4, 12, "batches", 0.7), (20, 7, 25, "batches", 0.6), (38, 6, 20, "points", 0.98))


def traces(lanes):
    import numpy
    from pyspark import SparkConf, SparkContext
    from pyspark.mllib.clustering import StreamingKMeansModel
    from pyspark.mllib.linalg import Vectors

    conf = SparkConf().setMaster("local[1]").setAppName("wide").set("spark.ui.enabled", "false")
    spark = SparkContext(conf=conf)
    for columns, clusters, rows, unit, decay in SHAPES:
        random = numpy.random.RandomState(columns)
        centers = numpy.round(random.randn(clusters, columns), 2)
        weights = [float(1 + cluster) for cluster in range(clusters)]
        model = StreamingKMeansModel([Vectors.dense(center) for center in centers], weights)
        batches, after = [], []
        for _ in range(2):
            points = centers[random.randint(clusters, size=rows)] + random.randn(rows, columns)
            batches.append(numpy.round(points, 2).tolist())
            model.update(spark.parallelize([Vectors.dense(x) for x in batches[-1]], 1), decay, unit)
            after.append({
                "centers": [[float(x) for x in center] for center in model.clusterCenters],
                "weights": [float(x) for x in model.clusterWeights],
            })
        yield {
            "name": f"{columns} columns, {lanes} lanes", "lanes": lanes, "centers": centers.tolist(),
            "weights": weights, "decay": decay, "unit": unit, "batches": batches, "after": after,
        }


def show(found):
    lines = [json.dumps(trace, separators=(",", ":")) for trace in found]
    print("[\n" + ",\n".join(lines) + "\n]")


if sys.argv[1] == "join":
    show([trace for name in sys.argv[2:] for trace in json.load(open(name))])
else:
    show(traces(int(sys.argv[1])))
