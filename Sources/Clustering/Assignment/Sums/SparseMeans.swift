internal import KMeansLinearAlgebra

/// The means of clusters of sparse rows, cluster by cluster: memory for one sum a thread, where
/// ``ClusterSums`` has one for each cluster, and to the same bits.
///
/// Rows of a cluster are added in the order in which a pass adds them: those of a stripe one after
/// another, and stripes like the digits of a binary counter; stripes without a row of the cluster
/// add nothing. Sums that are never rounded need no order.
struct SparseMeans<Scalar: ClusteringScalar>: Sendable {
  private let rows: MappedSparseRows<Scalar>
  private let exact: ExactSums?
  private let stripeRows: Int
  private let execution: Execution

  /// - Parameters:
  ///   - exact: how sums are not rounded; `nil` where they are.
  ///   - stripeRows: the rows of a stripe.
  init(
    _ rows: MappedSparseRows<Scalar>, exact: ExactSums?, stripeRows: Int, _ execution: Execution
  ) {
    self.rows = rows
    self.exact = exact
    self.stripeRows = stripeRows
    self.execution = execution
  }

  /// The mean of each cluster; a cluster without weight keeps its centroid.
  ///
  /// - Parameters:
  ///   - labels: one a row.
  ///   - weights: the weight of each cluster by these labels.
  ///   - isAsBefore: whether the rows of a cluster are those that its centroid is the mean of.
  ///   - retired: memory for them, of the same shape.
  /// - Complexity: O(values of the rows in other clusters + k d).
  func means(
    _ labels: [Int32], weights: [Double], keeping old: Matrix<Scalar>, isAsBefore: [Bool]? = nil,
    in retired: consuming Matrix<Scalar>? = nil
  ) -> Matrix<Scalar> {
    var means = retired.take() ?? old
    let order = labels.withUnsafeBufferPointer {
      GroupedRows($0.baseAddress!, count: labels.count, clusters: old.rows)
    }
    let columns = old.columns
    means.withMutableValues { means in
      old.withRows { old in
        nonisolated(unsafe) let means = means
        Workers.share(old.count, among: execution.threadCount) { queue in
          let sum = SparseClusterSum<Scalar>(columns: columns)
          let memory = rows.makeMemory(rows: 1)
          while let cluster = queue.next() {
            let mean = means + cluster * columns
            guard weights[cluster] > 0, isAsBefore?[cluster] != true else {
              mean.update(from: old[cluster], count: columns)
              continue
            }
            add(order, cluster, to: sum, memory)
            sum.takeMean(weight: weights[cluster], into: mean)
          }
        }
      }
    }
    return means
  }

  /// Adds the rows of a cluster.
  private func add(
    _ order: GroupedRows, _ cluster: Int, to sum: SparseClusterSum<Scalar>,
    _ memory: SparseBlock<Scalar>
  ) {
    order.rows.withUnsafeBufferPointer { numbers in
      sum.begin(
        values: order[cluster].reduce(0) { $0 &+ rows.arrays.range(Int(numbers[$1])).count })
      for place in order[cluster] {
        let number = Int(numbers[place])
        let row = rows.compressed(number..<number + 1, memory)[0]
        if let exact {
          sum.add(row, splitter: exact.splitter)
        } else {
          sum.add(row, weight: rows.weights?[number], stripe: number / stripeRows)
        }
      }
    }
  }
}
