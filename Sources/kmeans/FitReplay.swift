import Clustering
import Foundation
import KMeansReference

/// `--verify`: each run of the fit replayed in the naive reference.
struct FitReplay<Scalar: ClusteringScalar> {
  private let blank: Replay
  private var runs: [Replay] = []

  init(_ points: borrowing Points<Scalar>) {
    let view = points.view
    let rows = (0..<view.rows).map { row in (0..<view.columns).map { Double(view[row][$0]) } }
    blank = Replay(points: rows, weights: points.weights, of: Scalar.self)
  }

  mutating func observe(_ iteration: KMeans.Iteration, _ centroids: Matrix<Scalar>) {
    if iteration.number == 1 { runs.append(blank) }
    runs[runs.count - 1].observe(
      number: iteration.number, centers: Self.doubles(centroids), inertia: iteration.inertia,
      moved: iteration.moved, refilled: iteration.refilled)
  }

  /// Compares the result with the run that it is of, and fails where anything differed.
  mutating func finish(_ fit: KMeans.Fit<Scalar>) throws {
    runs[fit.run].finish(
      centers: Self.doubles(fit.model.centroids), labels: fit.labels.map(Int.init),
      inertia: fit.model.inertia)
    let differences = runs.flatMap(\.differences)
    guard let first = differences.first else { return }
    throw Failure(
      line: "--verify: the result differs from the naive reference in "
        + "\(differences.count) places, the first: \(first)",
      status: EX_SOFTWARE)
  }

  private static func doubles(_ matrix: Matrix<Scalar>) -> [[Double]] {
    (0..<matrix.rows).map { row in (0..<matrix.columns).map { Double(matrix[row, $0]) } }
  }
}
