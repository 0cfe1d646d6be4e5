// Fits by a strategy that spares distances, against fits by one that spares none, or others.
import Clustering
import Testing

/// The ways to fit that must have the same bits.
struct VerifiedFits {
  /// The strategy that says what is right.
  let reference: Execution.Strategy
  /// The strategy that every distance is computed for after all that its bounds spare.
  let strategy: Execution.Strategy
  var instructionSets = [InstructionSet.best]
  let threads: [Int]

  /// - Returns: the last of the fits.
  func check<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, k: Int, weights: [Double]? = nil, from start: Matrix<Scalar>? = nil,
    _ what: String, change: (inout KMeans) -> Void = { _ in }
  ) throws -> KMeans.Fit<Scalar> {
    var kmeans = KMeans(clusterCount: k, seed: 3)
    kmeans.initialization = .randomRows
    (kmeans.tolerance, kmeans.maxIterations) = (0, 60)
    kmeans.recordsInertia = true
    change(&kmeans)
    kmeans.execution.strategy = reference
    let expected = try kmeans.fit(points.view, weights: weights?.span, from: start)
    kmeans.execution.strategy = strategy
    kmeans.verifiesBounds = true
    var last = expected
    for isa in instructionSets {
      for threads in threads {
        (kmeans.execution.threads, kmeans.execution.instructionSet) = (threads, isa)
        last = try kmeans.fit(points.view, weights: weights?.span, from: start)
        expectSame(last, expected, "\(what), \(isa), \(threads) threads")
      }
    }
    return last
  }
}
