internal import KMeansCLibrary

/// The figures of a batch, or of several small ones: those with fewer points in all than 32 wait
/// for others, for they say next to nothing.
struct DriftStep: Sendable, Hashable {
  /// The least number of points.
  static var leastPoints: Double { 32 }

  /// The number of points with a weight, and the weight.
  var points = 0.0
  var weight = 0.0
  var inertia = 0.0
  /// The squares of the share statistic, and how many there are.
  var shares = 0.0
  var shareCount = 0.0
  /// The sum over clusters of |S|^2 / Q, and how many there are.
  var offsets = 0.0
  var offsetCount = 0.0

  var isEnough: Bool { points >= Self.leastPoints }

  /// Adds a batch.
  ///
  /// - Parameters:
  ///   - sums: of the batch, about the centroids before it.
  ///   - before: the decayed weights of the clusters before it.
  /// - Returns: the divergence of the shares in bits.
  mutating func add<Scalar: ClusteringScalar>(
    _ sums: BatchSums<Scalar>, before: [Double]
  ) -> Double {
    let batch = sums.weights.reduce(0, +)
    guard batch > 0 else { return 0 }
    for cluster in before.indices where sums.weights[cluster] > 0 {
      points += Double(sums.counts[cluster])
      guard sums.counts[cluster] > 1 else { continue }
      let (offset, squares) = sums.offsets(cluster)
      guard squares > 0 else { continue }
      // Of n points of weight W, sums of squared weights are W / n times those of weights.
      let ratio = offset / squares * (Double(sums.counts[cluster]) / sums.weights[cluster])
      if ratio.isFinite {
        offsets += ratio
        offsetCount += 1
      }
    }
    weight += batch
    inertia += sums.inertia
    let total = before.reduce(0, +)
    guard total > 0, total.isFinite else { return 0 }
    let divergence = Self.divergence(sums.weights, batch, before, total)
    let both = batch / (batch + total) * total
    shares += 8 * both * divergence * log(2)
    shareCount += 1
    return divergence
  }

  /// The Jensen-Shannon divergence of two distributions, given by weights and their sums, in bits.
  static func divergence(_ a: [Double], _ ofA: Double, _ b: [Double], _ ofB: Double) -> Double {
    var sum = 0.0
    for place in a.indices {
      let (p, q) = (a[place] / ofA, b[place] / ofB)
      let middle = (p + q) / 2
      if p > 0 { sum += p * log2(p / middle) }
      if q > 0 { sum += q * log2(q / middle) }
    }
    return min(max(0, sum / 2), 1)
  }
}

extension BatchSums {
  /// Whether the mean squared distance of some cluster's rows is above ten of its decayed ones:
  /// one far outlier among hundreds of rows.
  ///
  /// - Parameter before: the clusters as they were.
  func isFar(from before: StreamClusters) -> Bool {
    weights.indices.contains { cluster in
      guard weights[cluster] > 0, before.momentWeights[cluster] > 0 else { return false }
      let radius = (0..<columns).reduce(0.0) { $0 + before.squaredDeviation(cluster, $1) }
      return offsets(cluster).squares / weights[cluster] > 10 * radius
    }
  }

  /// The squared length of the sum of the weighted differences of a cluster's rows from the
  /// centroid, and the sum of their weighted squares.
  fileprivate func offsets(_ cluster: Int) -> (squaredSum: Double, squares: Double) {
    deviations.withRows { deviations in
      squares.withRows { squares in
        (0..<columns).reduce(into: (0.0, 0.0)) { sums, column in
          let deviation = deviations[cluster][column]
          sums.0 += deviation * deviation
          sums.1 += squares[cluster][column]
        }
      }
    }
  }
}
