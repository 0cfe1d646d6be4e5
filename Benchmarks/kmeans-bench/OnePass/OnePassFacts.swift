import Clustering
import KMeansLinearAlgebra

extension BenchReport {
  /// A report of one pass that begins with what is run on what.
  init(
    onePass options: BenchOptions, _ onePass: OnePassKMeans, data: String, points: Int,
    columns: Int, precision: String, _ isa: InstructionSet
  ) {
    self.init([("benchmark", "onepass"), ("data", data)])
    add("points", points)
    add("dimension", columns)
    add("clusters", options.k)
    add("km", onePass.sketch.numClusters.map(String.init) ?? "default")
    add("collapse", onePass.sketch.collapse.rawValue)
    add("sketchStrategy", onePass.sketch.resolvedStrategy(columns: columns).rawValue)
    add("ballRuns", onePass.ball.runs)
    add("precision", precision)
    add("threads", options.threadCount)
    add("openblasThreads", options.threadCount == 1 ? 1 : BLASThreads.current)
    addMachine(isa)
  }

  /// Adds what a sketch has become.
  mutating func add<Scalar: ClusteringScalar>(_ sketch: StreamingSketch<Scalar>) {
    add("sketchCentroids", sketch.weights.count)
    add("numClusters", sketch.numClusters)
    add("collapses", sketch.collapseCount)
    add("distanceCutoff", sketch.distanceCutoff.map { "\($0)" } ?? "unknown")
    add("redecidedShare", Double(sketch.redecidedCount) / Double(max(1, sketch.pointCount)))
    add("squaredError", sketch.squaredError)
  }
}
