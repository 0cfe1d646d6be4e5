"""The real Apache Spark in this process's JVM: `StreamingKMeansModel.update`, called by py4j.

Only the update is timed: vectors are objects of the JVM, cached there and counted before, and Python sees
none of them while the clock runs.
"""
import os
import re
import shutil
import subprocess
import sys


def check_java():
    """Raises where there is no JDK 17 or later, which Spark 4 needs."""
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin/java") if home else shutil.which("java")
    if not java or not os.access(java, os.X_OK):
        raise RuntimeError("there is no java; Spark 4 needs a JDK 17 or later (openjdk-17-jre-headless)")
    told = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    version = re.search(r'version "(\d+)', told)
    if not version or int(version[1]) < 17:
        raise RuntimeError(f"{told.splitlines()[0] if told else java}; Spark 4 needs a JDK 17 or later")


class SparkStream:
    """A `StreamingKMeansModel` of `local[threads]`, with as many partitions as threads."""

    #: Every point of every batch is learnt.
    sample = None

    def __init__(self, job):
        check_java()
        os.environ["PYSPARK_PYTHON"] = sys.executable
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        # 4 GB hold half a million vectors with room to spare.
        os.environ["PYSPARK_SUBMIT_ARGS"] = "--driver-memory 4g pyspark-shell"
        from pyspark import SparkConf, SparkContext
        settings = SparkConf().setMaster(f"local[{job['threads']}]").setAppName("duel")
        settings.set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false")
        settings.set("spark.log.level", "ERROR")
        self.context = SparkContext.getOrCreate(settings)
        self.threads = job["threads"]
        self.decay = 0.5 ** (1 / job["half_life"])
        self.jvm = self.context._jvm.org.apache.spark.mllib

    def vectors(self, rows):
        """Rows as an RDD of vectors in the JVM, cached and counted.

        A batch is an RDD of its own that one update sees: since Spark 3.3 the first vector of a cluster
        becomes the accumulator of its sum, so an update overwrites vectors in the cache. Times do not
        change by it; a second update of the same cached RDD would learn other points.
        """
        from pyspark.mllib.common import _py2java
        from pyspark.mllib.linalg import Vectors
        points = self.context.parallelize([Vectors.dense(row) for row in rows], self.threads)
        rdd = _py2java(self.context, points).rdd().cache()
        if rdd.count() != len(rows):
            raise RuntimeError(f"the JVM counts {rdd.count()} points of {len(rows)}")
        return rdd

    prepare = vectors

    def forget(self, rdd):
        rdd.unpersist(True)

    def begin(self, start):
        """A model of these centers, of weight 1 each."""
        found = self.vectors(start).toJavaRDD().collect()
        gateway = self.context._gateway
        centers = gateway.new_array(self.jvm.linalg.Vector, len(start))
        weights = gateway.new_array(gateway.jvm.double, len(start))
        for cluster in range(len(start)):
            centers[cluster], weights[cluster] = found[cluster], 1.0
        self.model = self.jvm.clustering.StreamingKMeansModel(centers, weights)

    def update(self, rdd):
        self.model = self.model.update(rdd, self.decay, "batches")

    def centroids(self):
        import numpy as np
        from pyspark.serializers import CPickleSerializer
        # Pickled at once: py4j asks the JVM for each number of an array by itself.
        pickled = self.jvm.api.python.SerDe.dumps(self.model.clusterCenters())
        return np.array([center.toArray() for center in CPickleSerializer().loads(bytes(pickled))])

    def notes(self):
        system = self.context._jvm.java.lang.System
        return f"JVM {system.getProperty('java.version')}, local[{self.threads}]"
