internal import KMeansKernelTypes

/// The weighted sum, weight and number of the rows of each cluster, and their inertia: what one
/// iteration of Lloyd needs, and all that a worker elsewhere would have to send.
///
/// Sums are Double, added in row order within a stripe: the same bits for every thread count, block
/// size, strategy and instruction set.
package struct ClusterSums<Scalar: ClusteringScalar>: RowReduction {
  /// Columns of a row.
  package let columns: Int
  /// Row after row, the sum of each cluster; clusters x columns.
  package private(set) var sums: [Double]
  /// The weight of each cluster.
  package private(set) var weights: [Double]
  /// The number of rows of each cluster.
  package private(set) var counts: [Int]
  /// The weighted sum of the squared distances, where ``needsDistances``.
  package private(set) var inertia = 0.0
  package let needsDistances: Bool
  private let kernels: KernelSet<Scalar>

  package init(
    clusters: Int, columns: Int, withInertia: Bool = true, instructionSet: InstructionSet = .best
  ) {
    self.columns = columns
    needsDistances = withInertia
    kernels = .compiled(for: instructionSet)
    sums = Array(repeating: 0, count: clusters * columns)
    weights = Array(repeating: 0, count: clusters)
    counts = Array(repeating: 0, count: clusters)
  }

  private init(like other: ClusterSums) {
    columns = other.columns
    needsDistances = other.needsDistances
    kernels = other.kernels
    sums = Array(repeating: 0, count: other.sums.count)
    weights = Array(repeating: 0, count: other.weights.count)
    counts = Array(repeating: 0, count: other.counts.count)
  }

  /// How many clusters there are.
  package var clusters: Int { weights.count }

  package func empty() -> ClusterSums { ClusterSums(like: self) }

  package mutating func reset() {
    for index in sums.indices { sums[index] = 0 }
    for cluster in weights.indices {
      weights[cluster] = 0
      counts[cluster] = 0
    }
    inertia = 0
  }

  package mutating func visit(_ block: VisitedRows<Scalar>) {
    let rows = block.points.rows
    sums.withUnsafeMutableBufferPointer { sums in
      kernels.accumulate(
        rows.base, rows.stride, rows.count, rows.columns, block.labels, block.points.weights,
        sums.baseAddress!)
    }
    count(block.labels, block.points.weights, rows.count)
    guard let distances = block.distances else { return }
    if let weights = block.points.weights {
      for row in 0..<rows.count { inertia += weights[row] * distances[row] }
    } else {
      for row in 0..<rows.count { inertia += distances[row] }
    }
  }

  /// Adds the rows to the numbers and weights of their clusters.
  private mutating func count(
    _ labels: UnsafePointer<Int32>, _ rowWeights: UnsafePointer<Double>?, _ rows: Int
  ) {
    counts.withUnsafeMutableBufferPointer { counts in
      weights.withUnsafeMutableBufferPointer { weights in
        let (counts, weights) = (counts.baseAddress!, weights.baseAddress!)
        if let rowWeights {
          for row in 0..<rows {
            let cluster = Int(truncatingIfNeeded: labels[row])
            weights[cluster] += rowWeights[row]
            counts[cluster] &+= 1
          }
        } else {
          for row in 0..<rows {
            let cluster = Int(truncatingIfNeeded: labels[row])
            weights[cluster] += 1
            counts[cluster] &+= 1
          }
        }
      }
    }
  }

  package mutating func merge(_ later: borrowing ClusterSums) {
    for index in sums.indices { sums[index] += later.sums[index] }
    for cluster in weights.indices {
      weights[cluster] += later.weights[cluster]
      counts[cluster] += later.counts[cluster]
    }
    inertia += later.inertia
  }

  /// The mean of each cluster; a cluster without weight keeps its centroid.
  ///
  /// - Complexity: O(k d).
  package func means(keeping old: Matrix<Scalar>) -> Matrix<Scalar> {
    var means = old
    var values = means.mutableSpan
    for cluster in weights.indices where weights[cluster] > 0 {
      for index in cluster * columns..<(cluster + 1) * columns {
        values[index] = Scalar(sums[index] / weights[cluster])
      }
    }
    return means
  }
}
