internal import KMeansKernelTypes

/// The weighted sum, weight and number of the rows of each cluster, and their inertia: what one
/// iteration of Lloyd needs, and all that a worker elsewhere would have to send.
///
/// Sums are Double, the same bits for every thread count, block size, strategy and instruction set:
/// never rounded where ``ExactSums`` says how, else added in row order within a stripe.
package struct ClusterSums<Scalar: ClusteringScalar>: RowReduction {
  /// What is summed, and how.
  struct Shape: Sendable, Hashable {
    let clusters: Int
    let columns: Int
    let withInertia: Bool
    /// How no sum is rounded; `nil` where sums are.
    let exact: ExactSums?

    var layout: SumLayout { SumLayout(columns: columns) }
    /// How far behind the sum of a value lies the one of its residual.
    var residuals: Int { clusters * layout.stride }
    /// How many values there are in all.
    var count: Int { exact == nil ? residuals : 2 * residuals }
    /// The rows of a stripe.
    var stripeRows: Int { Stripes.rows(clusters: clusters) }
  }

  let shape: Shape
  let kernels: KernelSet<Scalar>
  /// Cluster after cluster, and behind all of them, where no sum is rounded, their residuals.
  var values: [Double]
  /// The inertia of the rows of a stripe, and of stripes that were merged.
  var inertiaSum = InertiaSum()
  /// The inertia where stripes come in any order, because no sum is rounded.
  var stripedInertia: StripedInertia?

  /// - Parameters:
  ///   - withInertia: whether the inertia is summed, too.
  ///   - exact: how no sum is rounded; every weight is 1 then. `nil` to round.
  package init(
    clusters: Int, columns: Int, withInertia: Bool = true, instructionSet: InstructionSet = .best,
    exact: ExactSums? = nil
  ) {
    self.init(
      Shape(clusters: clusters, columns: columns, withInertia: withInertia, exact: exact),
      .compiled(for: instructionSet))
  }

  init(_ shape: Shape, _ kernels: KernelSet<Scalar>) {
    self.shape = shape
    self.kernels = kernels
    values = Array(repeating: 0, count: shape.count)
    if shape.exact != nil { stripedInertia = StripedInertia(stripeRows: shape.stripeRows) }
  }

  /// How many clusters there are.
  package var clusters: Int { shape.clusters }
  /// How many columns a row has.
  package var columns: Int { shape.columns }
  package var needsDistances: Bool { shape.withInertia }
  package var takesCompressed: Bool { true }
  /// What is never rounded may be added in any order.
  package var isUnordered: Bool { shape.exact != nil }

  /// Row after row, the sum of each cluster; clusters x columns.
  package var sums: [Double] {
    (0..<clusters).flatMap { cluster in
      (0..<columns).map { total(cluster * shape.layout.stride + $0) }
    }
  }

  /// A sum, rounded once.
  private func total(_ place: Int) -> Double {
    isUnordered ? values[place] + values[place + shape.residuals] : values[place]
  }

  /// The weight of each cluster.
  package var weights: [Double] { (0..<clusters).map { values[shape.layout.weight(of: $0)] } }

  /// The number of rows of each cluster.
  package var counts: [Int] { (0..<clusters).map { Int(values[shape.layout.number(of: $0)]) } }

  /// The weighted sum of the squared distances, where ``needsDistances``.
  package var inertia: Double { stripedInertia?.total ?? inertiaSum.total }

  package func empty() -> ClusterSums { ClusterSums(shape, kernels) }

  package mutating func reset() {
    for index in values.indices { values[index] = 0 }
    inertiaSum = InertiaSum()
    stripedInertia?.reset()
  }

  package mutating func accumulate(_ block: LabeledRows<Scalar>) {
    let (rows, stride) = (block.points.rows, shape.layout.stride)
    if columns == 0 {
      addWeights(of: block)
    } else if let compressed = rows.compressed {
      add(compressed, block.labels, block.points.weights)
    } else if !isUnordered {
      values.withUnsafeMutableBufferPointer { values in
        kernels.accumulate(
          rows.base, rows.stride, rows.count, rows.columns, block.labels, block.points.weights,
          values.baseAddress!, stride)
      }
    } else {
      addExactly(rows, block.labels)
    }
    guard let distances = block.distances else { return }
    let weights = block.points.weights
    if isUnordered {
      stripedInertia!.add(distances, weights, first: block.first, count: rows.count)
    } else {
      inertiaSum.add(distances, weights, first: block.first, count: rows.count)
    }
  }

  package mutating func merge(_ later: borrowing ClusterSums) {
    for index in later.values.indices { values[index] += later.values[index] }
    inertiaSum.merge(later.inertiaSum)
    if let striped = later.stripedInertia { stripedInertia!.merge(striped) }
  }

  /// The mean of each cluster; a cluster without weight keeps its centroid.
  ///
  /// - Parameter spare: a matrix of the same shape that nobody wants any more: memory that is there
  ///   already.
  /// - Complexity: O(k d).
  package func means(
    keeping old: Matrix<Scalar>, in spare: consuming Matrix<Scalar>? = nil
  ) -> Matrix<Scalar> {
    var means = spare.take() ?? old
    let (columns, stride, residuals) = (columns, shape.layout.stride, shape.residuals)
    means.withMutableValues { target in
      old.withRows { old in
        values.withUnsafeBufferPointer { values in
          for cluster in 0..<clusters {
            let (mean, sum) = (target + cluster * columns, values.baseAddress! + cluster * stride)
            let weight = values[shape.layout.weight(of: cluster)]
            guard weight > 0 else {
              mean.update(from: old[cluster], count: columns)
              continue
            }
            // Zero is added where nothing was left: the same bits.
            let residual = isUnordered ? sum + residuals : nil
            for column in 0..<columns {
              mean[column] = Scalar((sum[column] + (residual?[column] ?? 0)) / weight)
            }
          }
        }
      }
    }
    return means
  }
}

/// The places of the sums of clusters in memory, as the kernels that accumulate want them: a value
/// a column, zeros that fill up whole vectors, and last the weight and the number of rows.
struct SumLayout {
  /// Values from one cluster to the next.
  let stride: Int

  init(columns: Int) { stride = (columns + 2 + 7) / 8 * 8 }

  func weight(of cluster: Int) -> Int { (cluster + 1) * stride - 2 }
  func number(of cluster: Int) -> Int { (cluster + 1) * stride - 1 }
}
