internal import KMeansKernelTypes

/// Rows in the order of their labels, those of a cluster in their own order.
struct RowsByLabel {
  /// Where the rows of each cluster begin; one more at the end.
  private(set) var starts: [Int]
  private(set) var rows: [Int32]

  /// - Complexity: O(n + k).
  init(_ labels: UnsafePointer<Int32>, count: Int, clusters: Int) {
    var starts = [Int](repeating: 0, count: clusters + 1)
    for row in 0..<count { starts[Int(labels[row]) + 1] += 1 }
    for cluster in 0..<clusters { starts[cluster + 1] += starts[cluster] }
    var next = starts
    rows = Array(unsafeUninitializedCapacity: count) { rows, filled in
      next.withUnsafeMutableBufferPointer { next in
        for row in 0..<count {
          let label = Int(labels[row])
          rows[next[label]] = Int32(truncatingIfNeeded: row)
          next[label] &+= 1
        }
      }
      filled = count
    }
    self.starts = starts
  }
}

extension ClusterSums {
  /// Sums some clusters anew, cluster by cluster: the same bits as row by row, without a sum of all clusters for each stripe.
  ///
  /// - Parameters:
  ///   - order: all rows by their labels.
  ///   - changed: whether a cluster has other rows than when it was summed last.
  ///   - map: what is done to the rows first.
  /// - Complexity: O(rows of these clusters x d).
  mutating func sum(
    _ points: WeightedRows<Scalar>, in order: RowsByLabel, changed: [Bool], stripeRows: Int,
    map: RowMap<Scalar>?, filter: FilterKernels<Scalar>, threads: Int
  ) {
    let (stride, columns) = (layout.stride, columns)
    let (clusters, kernels) = (clusters, kernels)
    let total = order.rows.count
    values.withUnsafeMutableBufferPointer { values in
      order.rows.withUnsafeBufferPointer { rows in
        nonisolated(unsafe) let (values, rows) = (values.baseAddress!, rows.baseAddress!)
        Workers.share(clusters, among: threads) { turns in
          let stack = StripeStack(stride: stride)
          let mapped = MappedBlock(map, rows: 1, columns: columns)
          while let cluster = turns.next() {
            guard changed[cluster] else { continue }
            let end = order.starts[cluster + 1]
            var place = order.starts[cluster]
            while place < end {
              let (first, stripe) = (place, Int(rows[place]) / stripeRows)
              repeat { place += 1 } while place < end && Int(rows[place]) / stripeRows == stripe
              let (sum, count) = (stack.sum(of: stripe), place - first)
              guard let mapped else {
                filter.sumOfRows(
                  points.rows.base, points.rows.stride, rows + first, count,
                  min(Self.rowsAhead, total - place), columns, points.weights, sum, stride)
                continue
              }
              var noLabel: Int32 = 0
              for row in first..<place {
                let row = Int(rows[row])
                let point = mapped.mapped(points[row..<row + 1])
                kernels.accumulate(
                  point.rows.base, 0, 1, columns, &noLabel, point.weights, sum, stride)
              }
            }
            stack.finish(into: values + cluster * stride)
          }
        }
      }
    }
  }

  /// How many rows ahead of the one at hand are fetched.
  private static var rowsAhead: Int { 8 }
}

/// A row that went from one cluster to another.
struct MovedRow {
  var row: Int32
  var from: Int32
  var to: Int32
}

extension ClusterSums {
  /// Takes rows off the clusters they left and adds them to those they came to: the bits that sums over all rows have, where
  /// sums are exact; see ``ExactGrid``.
  ///
  /// - Precondition: every weight is 1.
  /// - Complexity: O(moved rows x d).
  mutating func move(_ moved: [MovedRow], of rows: Rows<Scalar>) {
    let (stride, columns) = (layout.stride, columns)
    let layout = layout
    values.withUnsafeMutableBufferPointer { values in
      let values = values.baseAddress!
      for move in moved {
        for (cluster, sign) in [(Int(move.from), -1.0), (Int(move.to), 1.0)] {
          var (weight, noLabel) = (sign, Int32(0))
          kernels.accumulate(
            rows[Int(move.row)], 0, 1, columns, &noLabel, &weight, values + cluster * stride, stride
          )
          values[layout.number(of: cluster)] = values[layout.weight(of: cluster)]
        }
      }
    }
  }
}
