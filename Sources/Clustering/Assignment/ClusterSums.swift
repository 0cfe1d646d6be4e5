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
  /// Four times a number for each cluster: see ``count(_:_:)``. Zeros between visits.
  private var tallies: [Int32]
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
    tallies = Array(repeating: 0, count: 4 * clusters)
  }

  private init(like other: ClusterSums) {
    columns = other.columns
    needsDistances = other.needsDistances
    kernels = other.kernels
    sums = Array(repeating: 0, count: other.sums.count)
    weights = Array(repeating: 0, count: other.weights.count)
    counts = Array(repeating: 0, count: other.counts.count)
    tallies = Array(repeating: 0, count: other.tallies.count)
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
    guard rowWeights != nil || rows < 8 * clusters else { return count(labels, rows) }
    counts.withUnsafeMutableBufferPointer { counts in
      weights.withUnsafeMutableBufferPointer { weights in
        for row in 0..<rows {
          let cluster = Int(truncatingIfNeeded: labels[row])
          weights[cluster] += rowWeights.map { $0[row] } ?? 1
          counts[cluster] &+= 1
        }
      }
    }
  }

  /// Where each row weighs 1, sums of weights are exact in any order: rows are counted in four tallies, so
  /// that neighbours with the same label need not wait for each other.
  private mutating func count(_ labels: UnsafePointer<Int32>, _ rows: Int) {
    let clusters = clusters
    defer { enterTallies() }
    tallies.withUnsafeMutableBufferPointer { tallies in
      let first = tallies.baseAddress!
      let (second, third, fourth) = (
        first + clusters, first + 2 * clusters, first + 3 * clusters
      )
      var row = 0
      while row &+ 4 <= rows {
        first[Int(truncatingIfNeeded: labels[row])] &+= 1
        second[Int(truncatingIfNeeded: labels[row &+ 1])] &+= 1
        third[Int(truncatingIfNeeded: labels[row &+ 2])] &+= 1
        fourth[Int(truncatingIfNeeded: labels[row &+ 3])] &+= 1
        row &+= 4
      }
      while row < rows {
        first[Int(truncatingIfNeeded: labels[row])] &+= 1
        row &+= 1
      }
    }
  }

  /// Enters what was counted.
  private mutating func enterTallies() {
    let clusters = clusters
    for cluster in 0..<clusters {
      let count =
        (tallies[cluster] + tallies[clusters + cluster])
        + (tallies[2 * clusters + cluster] + tallies[3 * clusters + cluster])
      counts[cluster] += Int(count)
      weights[cluster] += Double(count)
    }
    for place in tallies.indices { tallies[place] = 0 }
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
