internal import KMeansKernelTypes

/// The sums of the clusters over the rows of which the squared distance is below the limit of their
/// cluster, in the order of ``ClusterSums``: the same bits as that where nothing is trimmed.
struct TrimmedSums<Kept: RowReduction>: RowReduction {
  typealias Scalar = Kept.Scalar

  private(set) var kept: Kept
  /// The inertia of all rows, as ``ClusterSums`` has it where nothing is trimmed.
  private var inertiaSum = InertiaSum()
  private let limits: [Double]

  init(_ kept: Kept, limits: [Double]) {
    self.kept = kept
    self.limits = limits
  }

  var inertia: Double { inertiaSum.total }
  var needsDistances: Bool { true }
  func empty() -> TrimmedSums { TrimmedSums(kept.empty(), limits: limits) }

  mutating func reset() {
    kept.reset()
    inertiaSum = InertiaSum()
  }

  mutating func merge(_ later: borrowing TrimmedSums) {
    kept.merge(later.kept)
    inertiaSum.merge(later.inertiaSum)
  }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    inertiaSum.add(
      block.distances!, block.points.weights, first: block.first, count: block.points.count)
    var row = 0
    while row < block.points.count {
      let end = end(of: row, in: block)
      if end > row {
        kept.accumulate(
          LabeledRows(
            first: block.first + row, points: block.points[row..<end],
            labels: block.labels + row, distances: nil))
      }
      row = end + 1
    }
  }

  /// The first row from `row` on that is trimmed.
  private func end(of row: Int, in block: LabeledRows<Scalar>) -> Int {
    var end = row
    while end < block.points.count, block.distances![end] < limits[Int(block.labels[end])] {
      end += 1
    }
    return end
  }
}

extension NearestCentroids {
  /// The squared distance from each centroid below which points are in its ball: the square of
  /// `fraction` times the squared distance to the nearest other centroid, each product rounded.
  ///
  /// Twins are one centroid here: the ball of two equal ones would hold nothing. Where there are no
  /// others the ball is everything. A limit is never 0, so that what lies on a centroid is in its
  /// ball.
  ///
  /// - Complexity: O(k^2 d).
  func trimLimits(fraction: Double, threads: Int) -> [Double] {
    let k = centroids.rows
    let (firstEqual, square) = (packed.firstEqual, fraction * fraction)
    return [Double](unsafeUninitializedCapacity: k) { buffer, initialized in
      initialized = k
      // Workers write to entries of different centroids.
      nonisolated(unsafe) let limits = buffer.baseAddress!
      centroids.withRows { rows in
        Workers.share(k, among: threads) { queue in
          while let centroid = queue.next() {
            var least = Double.infinity
            for other in 0..<k where firstEqual[other] != firstEqual[centroid] {
              least = min(least, kernels.directDistance(rows[centroid], rows[other], rows.columns))
            }
            limits[centroid] = least.isFinite ? max(.leastNonzeroMagnitude, square * least) : least
          }
        }
      }
    }
  }
}
