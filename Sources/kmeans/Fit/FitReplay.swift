import Clustering
import Foundation
import KMeansFiles
import KMeansLinearAlgebra
import KMeansReference

/// `--verify`: each run of the fit replayed in the naive reference.
struct FitReplay<Scalar: ClusteringScalar> {
  private let blank: Replay
  private var runs: [Replay] = []

  /// - Parameter parameters: transforms that they ask for are applied by the naive reference
  ///   itself, with the product's means and deviations, whose last bits depend on the order of the
  ///   sum.
  init(_ points: borrowing Points<Scalar>, _ parameters: KMeans) throws(ClusteringError) {
    var rows = points.view.doubles
    if parameters.measuresColumns || parameters.distance != .euclidean {
      let measured = try points.view.withWeightedRows(points.weights?.span) {
        (rows) throws(ClusteringError) in
        let points = InMemoryPoints(rows, Execution(threads: 1))
        return try parameters.transform(
          of: points, try rows.checkedMoments(Execution(threads: 1)))
      }
      rows = Self.mapped(rows, measured)
    }
    if parameters.needsDirections { rows = Reference.normalized(rows, of: Scalar.self) }
    var weights = points.weights
    if parameters.mayLeaveOutRows {
      for (row, values) in rows.enumerated() where values.allSatisfy({ $0 == 0 }) {
        weights = weights ?? Array(repeating: 1, count: rows.count)
        weights![row] = 0
      }
    }
    blank = Replay(
      points: rows, weights: weights, of: Scalar.self,
      normalizesCenters: parameters.distance == .cosine)
  }

  /// The rows standardised, weighted or mixed by the naive reference.
  private static func mapped(_ rows: [[Double]], _ measured: RowTransform) -> [[Double]] {
    let moments: Reference.Moments? = measured.standardization.map { ($0.means, $0.deviations) }
    switch measured.linear {
    case .weights(let weights):
      return Reference.weighted(rows, after: moments, weights: weights, of: Scalar.self)
    case .whitening(let whitening):
      return Reference.whitened(
        rows, after: moments, mean: whitening.covariance.mean,
        covariance: whitening.covariance.values, of: Scalar.self)
    case .scales, nil:
      guard let moments else { return rows }
      return Reference.standardized(
        rows, means: moments.means, deviations: moments.deviations, of: Scalar.self)
    }
  }

  mutating func observe(_ iteration: KMeans.Iteration, _ centroids: Matrix<Scalar>) {
    if iteration.number == 1 { runs.append(blank) }
    runs[runs.count - 1].observe(
      number: iteration.number, centers: centroids.view.doubles, inertia: iteration.inertia,
      moved: iteration.moved, refilled: iteration.refilled)
  }

  /// Compares the result with the run that it is of, and fails where any value differed.
  mutating func finish(_ fit: KMeans.Fit<Scalar>) throws {
    runs[fit.run].finish(
      centers: fit.model.transformedCentroids.view.doubles, labels: fit.labels.map(Int.init),
      inertia: fit.model.inertia)
    let differences = runs.flatMap(\.differences)
    guard let first = differences.first else { return }
    throw Failure(
      line: "--verify: the result differs from the naive reference in "
        + "\(counted(differences.count, "place")), the first: \(first)",
      status: EX_SOFTWARE)
  }
}
