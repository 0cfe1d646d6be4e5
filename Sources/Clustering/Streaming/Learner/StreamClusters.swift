/// The clusters of a stream: centroids, weights and second moments, in Double for any type of
/// points.
///
/// Weights are in units of the landmark of the stream's ``DecayClock``; quotients by a weight, such
/// as means and variances, have no unit.
struct StreamClusters: Sendable, Hashable {
  /// The means of the clusters' transformed points, by their decayed weights [k x d].
  var centers: Matrix<Double>
  /// The weight of each cluster: its points, and the centroid that it began with [k].
  var weights: [Double]
  /// The weight of its points alone [k].
  var momentWeights: [Double]
  /// The mean of its points alone, without the centroid that it began with, under any gain [k x d].
  var means: Matrix<Double>
  /// The variance of its points about that mean, column by column [k x d].
  var variances: Matrix<Double>
  /// The time at which each cluster last got a point, on the clock of the stream [k].
  var lastSeen: [Double]
  /// The id of each cluster.
  var ids: [Int]
  /// The beginning of each cluster, as a hash: clusters of different streams with the same id and
  /// the same origin are one and the same.
  var origins: [Int]
  /// The id that a new cluster gets.
  var nextID: Int

  /// Clusters that have no points yet.
  ///
  /// - Parameters:
  ///   - weights: in units of the landmark.
  ///   - time: the time of the clock.
  init(centers: Matrix<Double>, weights: [Double], time: Double) {
    self.centers = centers
    self.weights = weights
    means = centers
    momentWeights = Array(repeating: 0, count: centers.rows)
    guard let zeros = try? Matrix<Double>(rows: centers.rows, columns: centers.columns) else {
      preconditionFailure("a matrix of the size of one that exists")
    }
    variances = zeros
    lastSeen = Array(repeating: time, count: centers.rows)
    ids = Array(0..<centers.rows)
    nextID = centers.rows
    origins = []
    origins = (0..<centers.rows).map { origin(of: $0, parent: 0) }
  }

  /// The hash of a cluster's id, center and parent.
  func origin(of cluster: Int, parent: Int) -> Int {
    var hash = UInt64(bitPattern: Int64(parent)) ^ UInt64(ids[cluster])
    for column in 0..<columns {
      hash = (hash ^ centers[cluster, column].bitPattern) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash)
  }

  var count: Int { centers.rows }
  var columns: Int { centers.columns }

  /// Begins the time of clusters that were there before it.
  ///
  /// - Parameter now: the weight of an event of the first time, in units of the landmark.
  mutating func begin(at time: Double, now: Double) {
    scale(by: now)
    for cluster in 0..<count { lastSeen[cluster] = time }
  }

  /// Multiplies all weights, when the landmark moved.
  mutating func scale(by factor: Double) {
    guard factor != 1 else { return }
    for cluster in 0..<count {
      weights[cluster] *= factor
      momentWeights[cluster] *= factor
    }
  }

  /// The mean squared deviation of a cluster's points from its center, in one column.
  func squaredDeviation(_ cluster: Int, _ column: Int) -> Double {
    let offset = means[cluster, column] - centers[cluster, column]
    return variances[cluster, column] + offset * offset
  }

  /// The same for all clusters and columns.
  var squaredDeviations: Matrix<Double> {
    var result = variances
    for cluster in 0..<count {
      for column in 0..<columns { result[cluster, column] = squaredDeviation(cluster, column) }
    }
    return result
  }

  /// All weights, of points and of first centroids, and once more those of points.
  var totalWeight: Double { momentWeights.reduce(weights.reduce(0, +), +) }

  /// The largest magnitude of a center's value.
  var largestMagnitude: Double {
    let centers = centers.span
    return centers.indices.reduce(0.0) { max($0, centers[$1].magnitude) }
  }

  /// A power of two near the largest weight of points: quotients by it do not overflow, and keep
  /// their bits.
  var weightUnit: Double {
    let largest = momentWeights.max() ?? 0
    return largest > 0 ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
  }

  /// The weighted sum of the squared deviations of a cluster's points.
  ///
  /// - Parameters:
  ///   - places: the places that deviations are from [k x d]; `nil` for the centers.
  ///   - unit: the unit of the weights, in units of the landmark.
  func squaredError(
    _ cluster: Int, about places: Matrix<Double>? = nil, unit: Double
  ) -> Double {
    var sum = 0.0
    for column in 0..<columns {
      let offset = means[cluster, column] - (places ?? centers)[cluster, column]
      sum += variances[cluster, column] + offset * offset
    }
    return sum * (momentWeights[cluster] / unit)
  }

  /// Notes when clusters got points.
  mutating func see<Scalar>(_ batch: BatchRows<Scalar>, _ sums: BatchSums<Scalar>) {
    if case .together(let time) = batch.times {
      for cluster in 0..<count where sums.weights[cluster] > 0 {
        lastSeen[cluster] = max(lastSeen[cluster], time)
      }
    } else {
      for row in 0..<batch.points.count where batch.points.weight(row) > 0 {
        let cluster = Int(batch.labels[row])
        lastSeen[cluster] = max(lastSeen[cluster], batch.times[row])
      }
    }
  }
}
