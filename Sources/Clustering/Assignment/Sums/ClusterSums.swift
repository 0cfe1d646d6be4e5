internal import KMeansKernelTypes

/// The weighted sum, weight and number of the rows of each cluster, and their inertia: what one
/// iteration of Lloyd needs, and all that a worker elsewhere would have to send.
///
/// Sums are Double, the same bits for every thread count, block size, strategy and instruction set:
/// never rounded where ``ExactSums`` says how, else added in row order within a stripe.
package struct ClusterSums<Scalar: ClusteringScalar>: RowReduction {
  /// Columns of a row.
  package let columns: Int
  /// How many clusters there are.
  package let clusters: Int
  package let needsDistances: Bool
  /// Row after row, what there is of each cluster; see ``SumLayout``. Behind all of them, where
  /// sums are exact, what they leave.
  var values: [Double]
  let exact: ExactSums?
  var inertiaSum = InertiaSum()
  let kernels: KernelSet<Scalar>

  package init(
    clusters: Int, columns: Int, withInertia: Bool = true, instructionSet: InstructionSet = .best
  ) {
    self.init(
      clusters: clusters, columns: columns, withInertia: withInertia,
      instructionSet: instructionSet, exact: nil)
  }

  /// - Parameter exact: how to sum without rounding; every weight is 1 then.
  init(
    clusters: Int, columns: Int, withInertia: Bool, instructionSet: InstructionSet,
    exact: ExactSums?
  ) {
    self.columns = columns
    self.clusters = clusters
    needsDistances = withInertia
    kernels = .compiled(for: instructionSet)
    self.exact = exact
    let count = clusters * SumLayout(columns: columns).stride
    values = Array(repeating: 0, count: exact == nil ? count : 2 * count)
  }

  private init(like other: ClusterSums) {
    columns = other.columns
    clusters = other.clusters
    needsDistances = other.needsDistances
    kernels = other.kernels
    exact = other.exact
    values = Array(repeating: 0, count: other.values.count)
  }

  var layout: SumLayout { SumLayout(columns: columns) }

  /// How far behind a sum lies what it leaves.
  var rests: Int { clusters * layout.stride }

  /// Row after row, the sum of each cluster; clusters x columns.
  package var sums: [Double] {
    (0..<clusters).flatMap { cluster in
      (0..<columns).map { total(cluster * layout.stride + $0) }
    }
  }

  /// A sum, rounded once.
  private func total(_ place: Int) -> Double {
    exact == nil ? values[place] : values[place] + values[place + rests]
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
    if exact == nil {
      values.withUnsafeMutableBufferPointer { values in
        kernels.accumulate(
          rows.base, rows.stride, rows.count, rows.columns, block.labels, block.points.weights,
          values.baseAddress!, stride)
      }
    } else {
      addExactly(rows, block.labels)
    }
    if let distances = block.distances {
      inertiaSum.add(distances, block.points.weights, first: block.first, count: rows.count)
    }
  }

  package mutating func merge(_ later: borrowing ClusterSums) {
    for index in later.values.indices { values[index] += later.values[index] }
    inertiaSum.merge(later.inertiaSum)
  }

  /// The inertia, where sums are exact.
  package func ordered() -> ClusterSums? {
    guard exact != nil else { return nil }
    var inertia = ClusterSums(
      clusters: 0, columns: columns, withInertia: needsDistances, instructionSet: .best,
      exact: exact)
    inertia.inertiaSum = inertiaSum
    return inertia
  }

  package mutating func resetOrdered() { inertiaSum = InertiaSum() }

  /// The mean of each cluster; a cluster without weight keeps its centroid.
  ///
  /// - Parameter spare: a matrix of the same shape that nobody wants any more: memory that is there
  ///   already.
  /// - Complexity: O(k d).
  package func means(
    keeping old: Matrix<Scalar>, in spare: consuming Matrix<Scalar>? = nil
  ) -> Matrix<Scalar> {
    var means = spare.take() ?? old
    let (columns, stride) = (columns, layout.stride)
    means.withMutableValues { target in
      old.withRows { old in
        values.withUnsafeBufferPointer { values in
          for cluster in 0..<clusters {
            let (mean, sum) = (target + cluster * columns, values.baseAddress! + cluster * stride)
            let weight = values[layout.weight(of: cluster)]
            guard weight > 0 else {
              mean.update(from: old[cluster], count: columns)
              continue
            }
            // Zero is added where nothing was left: the same bits.
            let rest = exact == nil ? nil : sum + rests
            for column in 0..<columns {
              mean[column] = Scalar((sum[column] + (rest?[column] ?? 0)) / weight)
            }
          }
        }
      }
    }
    return means
  }
}
