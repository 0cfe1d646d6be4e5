import Clustering
import Foundation
import KMeansReference

/// `--verify`: the fit replayed in the naive reference.
struct FitReplay<Scalar: ClusteringScalar> {
  private var replay: Replay

  init(_ points: borrowing Points<Scalar>) {
    let view = points.view
    let rows = (0..<view.rows).map { row in (0..<view.columns).map { Double(view[row][$0]) } }
    replay = Replay(points: rows, weights: points.weights, of: Scalar.self)
  }

  mutating func observe(_ iteration: KMeans.Iteration, _ centroids: Matrix<Scalar>) {
    if iteration.number == 1 { replay.restart() }
    replay.observe(
      number: iteration.number, centers: Self.doubles(centroids), inertia: iteration.inertia,
      moved: iteration.moved, refilled: iteration.refilled)
  }

  /// Compares the result of the only run, and fails where anything differed.
  mutating func finish(_ fit: KMeans.Fit<Scalar>) throws {
    replay.finish(
      centers: Self.doubles(fit.model.centroids), labels: fit.labels.map(Int.init),
      inertia: fit.model.inertia)
    guard let first = replay.differences.first else { return }
    throw Failure(
      line: "--verify: \(replay.differences.count) differences, the first: \(first)",
      status: EX_SOFTWARE)
  }

  private static func doubles(_ matrix: Matrix<Scalar>) -> [[Double]] {
    (0..<matrix.rows).map { row in (0..<matrix.columns).map { Double(matrix[row, $0]) } }
  }
}
