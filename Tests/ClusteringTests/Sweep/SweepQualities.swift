// How good the clusters of a case are said to be, and curves over k.
import Clustering

extension SweepFaults {
  /// Evaluates the labels of a case and the means of its clusters.
  mutating func checkQuality<Scalar: ClusteringScalar>(_ input: SweepCase<Scalar>) {
    var random = input.generator(5)
    let labels = (0..<input.points.rows).map { _ in
      Int32(random.next() % UInt64(input.clusters + 1)) - 1
    }
    let sample = Int.random(in: 1...50, using: &random)
    begin("evaluate")
    let weights = input.weights
    func quality(
      _ threads: Int, _ set: InstructionSet
    ) throws(ClusteringError) -> ClusterQuality {
      try ClusterQuality(
        input.points.view, labels: labels, weights: weights?.span, sample: sample, seed: 1,
        execution: Execution(threads: threads, instructionSet: set))
    }
    let counted = labels.indices.filter { labels[$0] >= 0 && input.weight($0) > 0 }
    let taken = taken(input) { error in
      if case .noLabelledPoints = error { counted.isEmpty } else { nil }
    } by: { () throws(ClusteringError) in
      try quality(1, .best)
    }
    guard let found = taken else { return }
    begin("measured")
    check(found.points == counted.count, "\(found.points) points")
    checkSum(found.weight, counted.reduce(0) { $0 + input.weight($1) }, "weight")
    checkMeasures(found)
    for set in InstructionSet.available {
      check((try? quality(set == .best ? 2 : 1, set)) == found, "other bits by \(set)")
    }
  }

  private mutating func checkMeasures(_ found: ClusterQuality) {
    checkFinite([found.inertia, found.weight], "measures")
    let indices = [found.daviesBouldin, found.calinskiHarabasz, found.centroidDunn]
    for index in indices.compactMap({ $0 }) { check(index >= 0, "index \(index)") }
    for silhouette in [found.simplifiedSilhouette, found.silhouette].compactMap({ $0 }) {
      check(silhouette.magnitude <= 1, "silhouette \(silhouette)")
    }
    for distances in found.clusters.compactMap(\.distances) {
      checkFinite(
        [distances.mean, distances.standardDeviation, distances.minimum, distances.maximum],
        "distances")
    }
  }

  /// The quality of a fit, and fits of several k.
  mutating func checkCurve<Scalar: ClusteringScalar>(_ input: SweepCase<Scalar>) {
    var kmeans = KMeans(clusterCount: 1, seed: UInt64(input.number))
    kmeans.execution.threads = 1
    begin("curve")
    let taken = taken(input) { () throws(ClusteringError) in
      try kmeans.curve(
        input.points.view, weights: input.weights?.span, clusterCounts: Array(1...input.clusters))
    }
    for fit in taken?.fits ?? [] {
      check(fit.inertia.isFinite && fit.inertia >= 0, "inertia \(fit.inertia)")
    }
  }
}
