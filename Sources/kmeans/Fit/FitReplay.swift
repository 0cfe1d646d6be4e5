import Clustering
import Foundation
import KMeansLinearAlgebra
import KMeansReference

/// `--verify`: each run of the fit replayed in the naive reference.
struct FitReplay<Scalar: ClusteringScalar> {
  private let blank: Replay
  private var runs: [Replay] = []

  init(_ points: borrowing Points<Scalar>) {
    blank = Replay(points: points.view.doubles, weights: points.weights, of: Scalar.self)
  }

  mutating func observe(_ iteration: KMeans.Iteration, _ centroids: Matrix<Scalar>) {
    if iteration.number == 1 { runs.append(blank) }
    runs[runs.count - 1].observe(
      number: iteration.number, centers: centroids.view.doubles, inertia: iteration.inertia,
      moved: iteration.moved, refilled: iteration.refilled)
  }

  /// Compares the result with the run that it is of, and fails where anything differed.
  mutating func finish(_ fit: KMeans.Fit<Scalar>) throws {
    runs[fit.run].finish(
      centers: fit.model.centroids.view.doubles, labels: fit.labels.map(Int.init),
      inertia: fit.model.inertia)
    let differences = runs.flatMap(\.differences)
    guard let first = differences.first else { return }
    throw Failure(
      line: "--verify: the result differs from the naive reference in "
        + "\(differences.count) places, the first: \(first)",
      status: EX_SOFTWARE)
  }
}
