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
        Workers.share(clusters, among: threads) { queue in
          let memory = rows.makeMemory(rows: 1)
          while let cluster = queue.next() {
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
      Workers.share((rows.columns + part - 1) / part, among: threads) { queue in
        let memory = rows.makeMemory(rows: 1)
        while let turn = queue.next() {
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

  /// The number of rows by which prefetching is ahead of the one at hand: a row takes less time
  /// than memory does.
  private static var rowsAhead: Int { 6 }

  /// Adds sums without inertia.
  ///
  /// - Precondition: both are exact, and of one shape.
  mutating func addExactly(_ others: ClusterSums) {
    values.withUnsafeMutableBufferPointer { values in
      others.values.withUnsafeBufferPointer { others in
        for place in 0..<values.count { values[place] += others[place] }
      }
    }
  }

  mutating func withExactSums(_ body: (ExactSumPlaces<Scalar>) -> Void) {
    guard let exact = shape.exact else { preconditionFailure("these sums are rounded") }
    let (shape, kernels) = (shape, kernels)
    values.withUnsafeMutableBufferPointer { values in
      body(
        ExactSumPlaces(
          sums: values.baseAddress!, layout: shape.layout, residuals: shape.residuals,
          splitter: exact.splitter, add: kernels.addExactly, move: kernels.moveExactly))
    }
  }
}

/// A row that went from one cluster to another.
struct MovedRow {
  var row: Int32
  var from: Int32
  var to: Int32
}

/// The places of exact sums. An unsafe handle, valid while they are borrowed; threads write to
/// different clusters or columns.
struct ExactSumPlaces<Scalar: ClusteringScalar>: @unchecked Sendable {
  let sums: UnsafeMutablePointer<Double>
  let layout: SumLayout
  /// How far behind the sum of a value lies the one of its residual.
  let residuals: Int
  let splitter: Double
  let add: KernelSet<Scalar>.AddExactly
  let move: KernelSet<Scalar>.MoveExactly

  /// Takes rows off the clusters that they left, where there were such, and adds them to others.
  ///
  /// - Parameters:
  ///   - numbers, from, to: `count` of each: the numbers of the rows, and two labels, the first one
  ///     -1 where there was no cluster.
  func move(
    _ rows: Rows<Scalar>, _ numbers: UnsafePointer<Int32>, from: UnsafePointer<Int32>,
    to: UnsafePointer<Int32>, count: Int
  ) {
    move(
      rows.base, rows.stride, numbers, from, to, count, rows.columns, splitter, sums,
      layout.stride, residuals)
  }

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

/// How values are split so that no sum of them is ever rounded: then sums are the same bits in any
/// order, and rows that move may be taken off one cluster and added to another.
///
/// With n <= 2^p rows of values below 2^e, a multiple of g = 2^(e + p - 53) is summed without
/// rounding in Double: no sum has more than 53 bits. What a value has beyond that multiple is at
/// most g/2, and sums of it are exact, too, where the last bit of the smallest value, which a Float
/// holds, is not below 2^(p - 54) g. Pixels, counts and embeddings are like that; values over more
/// than some fifteen powers of ten are not.
///
/// This is error-free extraction (Rump, Ogita and Oishi, Accurate floating-point summation, part I,
/// SIAM J. Sci. Comput. 31(1), 2008) into two bins that are known beforehand, as reproducible
/// summation has it (Demmel and Nguyen, Parallel reproducible summation, IEEE Trans. Computers
/// 64(7), 2015).
package struct ExactSums: Sendable, Hashable {
  /// 3/2 2^52 g; see `addExactly`.
  package let splitter: Double

  /// Exact sums by a splitter that is known.
  init(splitter: Double) { self.splitter = splitter }

  /// How some rows are summed without rounding, or `nil` where they cannot be.
  package init?(_ range: ValueRange, rows: Int) {
    guard range.areFloats, rows <= Int(Int32.max) else { return nil }
    // A splitter rounds what is below 2^51 g.
    let p = max(3, Int.bitWidth - max(0, rows - 1).leadingZeroBitCount)
    guard range.largest > 0 else {
      splitter = 0x1.8p52
      return
    }
    let unit = Int(range.largest.exponent) + 1 + p - 53
    guard Int(range.smallest.exponent) - 23 >= unit + p - 54 else { return nil }
    splitter = Double(sign: .plus, exponent: unit + 52, significand: 1.5)
  }
}
