private import Dispatch

/// Replays a fit in the naive reference, iteration by iteration, and notes every difference.
///
/// Each iteration starts from the centroids that the product had, so that the rounding of one does
/// not add up to that of the next.
public struct Replay {
  private let points: [[Double]]
  private let weights: [Double]?
  /// The unit roundoff and the smallest positive number of the type of the centroids.
  private let unitRoundoff: Double
  private let leastMagnitude: Double
  /// Whether the centers have length 1.
  private let normalizesCenters: Bool
  private var labels: [Int]?
  private var expected: [[Double]]?

  /// One line for each difference.
  public private(set) var differences: [String] = []
  /// The number of iterations that were compared.
  public private(set) var iterations = 0

  /// A replay over points of some type, which is also that of the centroids.
  public init<Scalar: BinaryFloatingPoint>(
    points: [[Double]], weights: [Double]?, of type: Scalar.Type, normalizesCenters: Bool = false
  ) {
    self.normalizesCenters = normalizesCenters
    self.points = points
    self.weights = weights
    unitRoundoff = Double(Scalar.ulpOfOne) / 2
    leastMagnitude = Double(Scalar.leastNonzeroMagnitude)
  }

  /// Compares an iteration that began with `centers`.
  ///
  /// - Parameter inertia: `nil` where it is not known.
  public mutating func observe(
    number: Int, centers: [[Double]], inertia: Double?, moved: Int, refilled: Int
  ) {
    iterations += 1
    compareCenters(centers, before: number)
    let found = assign(centers)
    if let inertia {
      compare(
        inertia, Reference.inertia(points, found, centers, weights: weights),
        "inertia of iteration \(number)")
    }
    let count = labels.map { old in old.indices.count { old[$0] != found[$0] } } ?? found.count
    if count != moved {
      differences.append(
        "iteration \(number): \(moved) \(moved == 1 ? "point" : "points") moved, the reference says \(count)"
      )
    }
    let refill = Reference.refillEmptyClusters(points, found, centers, weights: weights)
    // If no point moved, the centroids stay, and no cluster is refilled.
    if moved > 0, refill.refilled != refilled {
      differences.append(
        "iteration \(number): \(refilled) \(refilled == 1 ? "cluster" : "clusters") refilled, the reference says \(refill.refilled)"
      )
    }
    labels = moved > 0 ? refill.labels : found
    expected = Reference.update_centers(points, labels!, centers, weights: weights)
  }

  /// Compares the result of the fit; a label below 0 is that of a point that is left out.
  public mutating func finish(centers: [[Double]], labels: [Int], inertia: Double) {
    compareCenters(centers, before: iterations + 1)
    let found = assign(centers)
    let wrong = found.indices.count { labels[$0] >= 0 && found[$0] != labels[$0] }
    if wrong > 0 {
      differences.append(
        "\(wrong) final \(wrong == 1 ? "label differs" : "labels differ") from the reference")
    }
    compare(
      inertia, Reference.inertia(points, found, centers, weights: weights), "the final inertia")
  }

  /// Sums of n non-negative terms in two orders differ by a relative 2 n 2^-53 at most.
  private mutating func compare(_ value: Double, _ reference: Double, _ name: String) {
    let bound = 2 * Double(points.count + 8) * 0x1p-53 * reference
    if !((value - reference).magnitude <= bound) {
      differences.append("\(name): \(value), the reference says \(reference)")
    }
  }

  /// A centroid is a mean, off by the error of a sum of n values, rounded to its type.
  private mutating func compareCenters(_ centers: [[Double]], before iteration: Int) {
    guard let expected else { return }
    let largest = points.reduce(0.0) { $1.reduce($0) { max($0, $1.magnitude) } }
    for (cluster, center) in centers.enumerated() {
      let mean = expected[cluster]
      let length = Reference.squaredDistance(mean, mean.map { _ in 0 }).squareRoot()
      // A mean without a direction leaves its center in place.
      if normalizesCenters, length < 0x1p-20 { continue }
      let divisor = normalizesCenters ? length : 1
      for (column, value) in center.enumerated() {
        // A mean of which every value was rounded, divided by its length and rounded again.
        let rounding = normalizesCenters ? 4 * unitRoundoff : 2 * unitRoundoff * value.magnitude
        let bound =
          4 * Double(points.count) * 0x1p-53 * largest / divisor + rounding + leastMagnitude
        if !((value - mean[column] / divisor).magnitude <= bound) {
          differences.append(
            "iteration \(iteration): centroid \(cluster), column \(column) is \(value), "
              + "the reference says \(mean[column] / divisor)")
          return
        }
      }
    }
  }

  private func assign(_ centers: [[Double]]) -> [Int] {
    let (points, chunk) = (points, 1024)
    return [Int](unsafeUninitializedCapacity: points.count) { buffer, count in
      count = points.count
      nonisolated(unsafe) let found = buffer.baseAddress!
      DispatchQueue.concurrentPerform(iterations: (points.count + chunk - 1) / chunk) { part in
        for row in part * chunk..<min((part + 1) * chunk, points.count) {
          found[row] = Reference.nearest(points[row], centers)
        }
      }
    }
  }
}
