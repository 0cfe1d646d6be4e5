internal import KMeansKernelTypes

/// The weighted sum, weight and number of the rows of each cluster, and their inertia: what one
/// iteration of Lloyd needs, and all that a worker elsewhere would have to send.
///
/// Sums are Double, added in row order within a stripe: the same bits for every thread count, block
/// size, strategy and instruction set.
package struct ClusterSums<Scalar: ClusteringScalar>: RowReduction {
  /// Columns of a row.
  package let columns: Int
  /// How many clusters there are.
  package let clusters: Int
  package let needsDistances: Bool
  /// Row after row, what there is of each cluster; see ``SumLayout``.
  var values: [Double]
  var inertiaSum = InertiaSum()
  let kernels: KernelSet<Scalar>

  package init(
    clusters: Int, columns: Int, withInertia: Bool = true, instructionSet: InstructionSet = .best
  ) {
    self.columns = columns
    self.clusters = clusters
    needsDistances = withInertia
    kernels = .compiled(for: instructionSet)
    values = Array(repeating: 0, count: clusters * SumLayout(columns: columns).stride)
  }

  private init(like other: ClusterSums) {
    columns = other.columns
    clusters = other.clusters
    needsDistances = other.needsDistances
    kernels = other.kernels
    values = Array(repeating: 0, count: other.values.count)
  }

  var layout: SumLayout { SumLayout(columns: columns) }

  /// Row after row, the sum of each cluster; clusters x columns.
  package var sums: [Double] {
    (0..<clusters).flatMap { values[$0 * layout.stride..<$0 * layout.stride + columns] }
  }

  /// The weight of each cluster.
  package var weights: [Double] { (0..<clusters).map { values[layout.weight(of: $0)] } }

  /// The number of rows of each cluster.
  package var counts: [Int] { (0..<clusters).map { Int(values[layout.number(of: $0)]) } }

  /// The weighted sum of the squared distances, where ``needsDistances``.
  package var inertia: Double { inertiaSum.total }

  package func empty() -> ClusterSums { ClusterSums(like: self) }

  package mutating func reset() {
    for index in values.indices { values[index] = 0 }
    inertiaSum = InertiaSum()
  }

  package mutating func visit(_ block: VisitedRows<Scalar>) {
    let (rows, stride) = (block.points.rows, layout.stride)
    values.withUnsafeMutableBufferPointer { values in
      kernels.accumulate(
        rows.base, rows.stride, rows.count, rows.columns, block.labels, block.points.weights,
        values.baseAddress!, stride)
    }
    if let distances = block.distances {
      inertiaSum.add(distances, block.points.weights, first: block.first, count: rows.count)
    }
  }

  package mutating func merge(_ later: borrowing ClusterSums) {
    for index in values.indices { values[index] += later.values[index] }
    inertiaSum.merge(later.inertiaSum)
  }

  /// The mean of each cluster; a cluster without weight keeps its centroid.
  ///
  /// - Complexity: O(k d).
  package func means(keeping old: Matrix<Scalar>) -> Matrix<Scalar> {
    var means = old
    var target = means.mutableSpan
    for cluster in 0..<clusters {
      let weight = values[layout.weight(of: cluster)]
      guard weight > 0 else { continue }
      let sums = cluster * layout.stride
      for column in 0..<columns {
        target[cluster * columns + column] = Scalar(values[sums + column] / weight)
      }
    }
    return means
  }
}
