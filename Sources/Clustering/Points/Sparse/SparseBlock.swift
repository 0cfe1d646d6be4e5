internal import KMeansLinearAlgebra

/// The memory of one block of sparse rows; belongs to one worker. An unsafe handle.
package final class SparseBlock<Scalar: ClusteringScalar> {
  private let rows: Int
  private let columns: Int
  private let offsets: UnsafeMutablePointer<Int>
  /// Copies of indices and values, where those that are stored do not serve [capacity].
  private var indices: UnsafeMutablePointer<Int32>
  private var values: UnsafeMutablePointer<Scalar>
  private var capacity = 1
  /// Rows with their zeros, where somebody wants them.
  private var dense: UnsafeMutablePointer<Scalar>?
  /// What was scattered to these rows last: all the rest of them is zero.
  private var scattered: [(row: Int, column: Int32)] = []

  init(rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    offsets = .allocate(capacity: rows + 1)
    indices = .allocate(capacity: capacity)
    values = .allocate(capacity: capacity)
  }

  deinit {
    offsets.deallocate()
    indices.deallocate()
    values.deallocate()
    if let dense { LargeMemory.give(back: dense) }
  }

  /// Rows in canonical form, mapped: in place, where they are that already; valid until the next
  /// call.
  func take(
    _ block: Range<Int>, of arrays: SparseArrays<Scalar>, by map: RowMap<Scalar>?
  ) -> CompressedRows<Scalar> {
    let first = arrays.offset(block.lowerBound)
    if arrays.isCanonical, map == nil, let stored = arrays.narrowIndices(from: first) {
      for row in 0...block.count {
        offsets[row] = arrays.offset(block.lowerBound &+ row) &- first
      }
      return CompressedRows(
        offsets: UnsafePointer(offsets), indices: stored, values: arrays.values(from: first),
        count: block.count)
    }
    makeRoom(arrays.offset(block.upperBound) - first)
    return copies(of: block, of: arrays, by: map)
  }

  /// Rows that lie anywhere, in canonical form and mapped; valid until the next call.
  func take(
    _ numbers: UnsafePointer<Int32>, count: Int, of arrays: SparseArrays<Scalar>,
    by map: RowMap<Scalar>?
  ) -> CompressedRows<Scalar> {
    let rows = UnsafeBufferPointer(start: numbers, count: count)
    makeRoom(rows.reduce(0) { $0 &+ arrays.range(Int($1)).count })
    return copies(of: rows.lazy.map { Int($0) }, of: arrays, by: map)
  }

  /// Copies of rows, in canonical form and mapped.
  @inline(__always)
  private func copies(
    of numbers: some Collection<Int>, of arrays: SparseArrays<Scalar>, by map: RowMap<Scalar>?
  ) -> CompressedRows<Scalar> {
    var (end, copied) = (0, 0)
    offsets[0] = 0
    for number in numbers {
      let range = arrays.range(number)
      if arrays.isCanonical {
        if let stored = arrays.narrowIndices(from: range.lowerBound) {
          (indices + end).update(from: stored, count: range.count)
        } else {
          for place in range { indices[end + place - range.lowerBound] = arrays.index(place) }
        }
        (values + end).update(from: arrays.values(from: range.lowerBound), count: range.count)
        end += range.count
      } else {
        end = copyCanonical(range, of: arrays, to: end)
      }
      copied += 1
      offsets[copied] = end
    }
    let rows = CompressedRows(
      offsets: UnsafePointer(offsets), indices: UnsafePointer(indices),
      values: UnsafePointer(values), count: copied)
    if let map {
      for row in 0..<copied { map.map(rows[row], into: values + offsets[row]) }
    }
    return rows
  }

  private func makeRoom(_ count: Int) {
    guard count > capacity else { return }
    indices.deallocate()
    values.deallocate()
    capacity = count
    indices = .allocate(capacity: count)
    values = .allocate(capacity: count)
  }

  /// Copies values of a row: columns ascend, values of one column are added in the order in which
  /// they come, and zeros are dropped, as in ``SparseMatrix``.
  ///
  /// - Returns: the place behind them.
  private func copyCanonical(
    _ range: Range<Int>, of arrays: SparseArrays<Scalar>, to start: Int
  ) -> Int {
    let order = range.sorted { (arrays.index($0), $0) < (arrays.index($1), $1) }
    var (place, end) = (0, start)
    while place < order.count {
      let index = arrays.index(order[place])
      var sum = 0.0
      while place < order.count, arrays.index(order[place]) == index {
        sum += Double(arrays.values(from: order[place]).pointee)
        place += 1
      }
      guard Scalar(sum) != 0 else { continue }
      indices[end] = index
      values[end] = Scalar(sum)
      end += 1
    }
    return end
  }

  /// The same rows with their zeros; valid until the next call.
  func scattered(_ block: CompressedRows<Scalar>) -> Rows<Scalar> {
    let target = dense ?? LargeMemory.take(rows * columns, of: Scalar.self)
    if dense == nil { target.initialize(repeating: 0, count: rows * columns) }
    dense = target
    for place in scattered { target[place.row &* columns &+ Int(place.column)] = 0 }
    scattered.removeAll(keepingCapacity: true)
    for row in 0..<block.count {
      let values = block[row]
      values.scatter(to: target + row &* columns)
      for place in 0..<values.count { scattered.append((row, values.indices[place])) }
    }
    return Rows(
      base: UnsafePointer(target), count: block.count, columns: columns, stride: columns)
  }
}
