internal import KMeansKernelTypes

// Sums that are never rounded, in whatever order rows come.
extension ClusterSums {
  /// Adds every row of a block to the sum of its label.
  mutating func addExactly(_ rows: Rows<Scalar>, _ labels: UnsafePointer<Int32>) {
    withExactSums { sums in
      for row in 0..<rows.count {
        sums.add(
          rows[row], sign: 1, to: Int(labels[row]), 0..<rows.columns, of: rows.columns, rows[row])
      }
    }
  }

  /// Sums all rows anew, without inertia, cluster by cluster, so that the sum at hand stays in the
  /// first cache.
  ///
  /// - Parameters:
  ///   - labels: IN, one a row.
  /// - Precondition: sums are exact.
  /// - Complexity: O(n d + k d).
  mutating func sumExactly<Blocks: RowBlocks<Scalar>>(
    _ rows: Blocks, _ labels: UnsafePointer<Int32>, threads: Int
  ) {
    reset()
    let order = GroupedRows(labels, count: rows.count, clusters: clusters)
    let clusters = clusters
    withExactSums { sums in
      order.rows.withUnsafeBufferPointer { numbers in
        nonisolated(unsafe) let numbers = numbers
        Workers.share(clusters, among: threads) { turns in
          let memory = rows.makeMemory(rows: 1)
          while let cluster = turns.next() {
            for place in order[cluster] {
              let next = numbers[min(place + Self.rowsAhead, numbers.count - 1)]
              let row = rows.row(Int(numbers[place]), memory)
              sums.add(
                row, sign: 1, to: cluster, 0..<rows.columns, of: rows.columns,
                rows.storedRow(Int(next)) ?? row)
            }
          }
        }
      }
    }
  }

  /// Takes rows off the clusters they left and adds them to those they came to; threads share the
  /// columns.
  ///
  /// - Precondition: sums are exact.
  /// - Complexity: O(moved rows x d).
  mutating func move<Blocks: RowBlocks<Scalar>>(
    _ moved: [MovedRow], of rows: Blocks, threads: Int
  ) {
    guard !moved.isEmpty else { return }
    let width = (rows.columns + threads - 1) / threads
    // Whole cache lines of sums: no two threads write to one.
    let part = (width + 7) / 8 * 8
    withExactSums { sums in
      Workers.share((rows.columns + part - 1) / part, among: threads) { turns in
        let memory = rows.makeMemory(rows: 1)
        while let turn = turns.next() {
          let columns = turn * part..<min((turn + 1) * part, rows.columns)
          for place in moved.indices {
            let move = moved[place]
            let next = Int(moved[min(place + Self.rowsAhead, moved.count - 1)].row)
            let row = rows.row(Int(move.row), memory)
            let ahead = rows.storedRow(next) ?? row
            sums.add(row, sign: -1, to: Int(move.from), columns, of: rows.columns, ahead)
            sums.add(row, sign: 1, to: Int(move.to), columns, of: rows.columns, ahead)
          }
        }
      }
    }
  }

  /// How many rows ahead of the one at hand are fetched: a row takes less time than memory does.
  private static var rowsAhead: Int { 6 }

  private mutating func withExactSums(_ body: (ExactSumPlaces<Scalar>) -> Void) {
    guard let exact = shape.exact else { preconditionFailure("these sums are rounded") }
    let (shape, kernels) = (shape, kernels)
    values.withUnsafeMutableBufferPointer { values in
      body(
        ExactSumPlaces(
          sums: values.baseAddress!, layout: shape.layout, residuals: shape.residuals,
          splitter: exact.splitter, add: kernels.addExactly))
    }
  }
}

/// A row that went from one cluster to another.
struct MovedRow {
  var row: Int32
  var from: Int32
  var to: Int32
}

/// Where exact sums lie. An unsafe handle, valid while they are borrowed; threads write to
/// different clusters or columns.
struct ExactSumPlaces<Scalar: ClusteringScalar>: @unchecked Sendable {
  let sums: UnsafeMutablePointer<Double>
  let layout: SumLayout
  /// How far behind the sum of a value lies the one of its residual.
  let residuals: Int
  let splitter: Double
  let add: KernelSet<Scalar>.AddExactly

  /// Adds some columns of a row; its weight and number, too, where the last column is among them.
  ///
  /// - Parameters:
  ///   - width: how many columns a row has.
  ///   - ahead: the row that will be read soon.
  func add(
    _ row: UnsafePointer<Scalar>, sign: Double, to cluster: Int, _ columns: Range<Int>,
    of width: Int, _ ahead: UnsafePointer<Scalar>
  ) {
    let place = sums + (cluster * layout.stride + columns.lowerBound)
    add(
      row + columns.lowerBound, columns.count, sign, splitter, place, place + residuals,
      ahead + columns.lowerBound)
    guard columns.upperBound == width else { return }
    sums[layout.weight(of: cluster)] += sign
    sums[layout.number(of: cluster)] += sign
  }
}
