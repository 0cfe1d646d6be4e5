internal import KMeansFiles

/// The values of rows of one column in ascending order, and whose they are; rows of equal values
/// are in their own order.
///
/// 8 bytes a row for floats, 12 for doubles; 16 while they are sorted.
///
/// `@unchecked Sendable`: written only before other code sees it.
final class ColumnOrder<Scalar: ClusteringScalar>: @unchecked Sendable {
  let count: Int
  /// The number of the row of each value [n].
  let rows: UnsafeMutablePointer<Int32>
  /// The values, ascending [n].
  let values: UnsafeMutablePointer<Scalar>

  /// - Precondition: the rows have one column, and no value is NaN.
  /// - Complexity: O(n), three passes over them for floats, at most six for doubles.
  init<Blocks: RowBlocks<Scalar>>(_ blocks: Blocks) {
    count = blocks.count
    let range = Self.keyRange(blocks)
    var sort = RadixSort(count: count)
    Self.forEachValue(blocks) { sort.keys[$0] = UInt32(truncatingIfNeeded: $1.sortKey - range.low) }
    sort.sort(bits: min(32, range.bits))
    let memory = blocks.makeMemory(rows: 1)
    if range.bits > 32 {
      // By the lower half of the key, and then, as that order stays among equals, by the upper one.
      for place in 0..<count {
        let key = blocks.row(Int(sort.rows[place]), memory).pointee.sortKey - range.low
        sort.keys[place] = UInt32(truncatingIfNeeded: key >> 32)
      }
      sort.sort(bits: range.bits - 32)
    }
    let result = sort.takeResult()
    rows = result.rows
    defer { LargeMemory.give(back: result.keys) }
    values = LargeMemory.take(count, of: Scalar.self)
    if range.bits <= 32 {
      for place in 0..<count {
        values[place] = Scalar(sortKey: range.low + UInt64(result.keys[place]))
      }
    } else {
      for place in 0..<count { values[place] = blocks.row(Int(rows[place]), memory).pointee }
    }
  }

  deinit {
    LargeMemory.give(back: rows)
    LargeMemory.give(back: values)
  }

  /// How many bytes are remembered of so many rows, and taken while they are sorted.
  static func bytes(rows: Int) -> Int { rows * 16 }

  /// The smallest key, and how many bits the others take above it.
  private static func keyRange<Blocks: RowBlocks<Scalar>>(
    _ blocks: Blocks
  ) -> (low: UInt64, bits: Int) {
    var (low, high) = (UInt64.max, UInt64.min)
    forEachValue(blocks) {
      let key = $1.sortKey
      (low, high) = (min(low, key), max(high, key))
    }
    guard low < high else { return (low, 0) }
    return (low, UInt64.bitWidth - (high - low).leadingZeroBitCount)
  }

  /// Hands over every value with the number of its row.
  private static func forEachValue<Blocks: RowBlocks<Scalar>>(
    _ blocks: Blocks, _ body: (Int, Scalar) -> Void
  ) {
    let blockRows = 1024
    let memory = blocks.makeMemory(rows: blockRows)
    for first in stride(from: 0, to: blocks.count, by: blockRows) {
      let rows = blocks.load(first..<min(first + blockRows, blocks.count), into: memory).rows
      for row in 0..<rows.count { body(first + row, rows[row].pointee) }
    }
  }
}

extension ClusteringScalar {
  /// An integer that is larger for a larger number, within 32 bits for floats; -0 is just below 0.
  @inline(__always)
  var sortKey: UInt64 {
    if Self.self == Float.self {
      let bits = Float(Double(self)).bitPattern
      return UInt64(bits >> 31 == 0 ? bits | 1 << 31 : ~bits)
    }
    let bits = Double(self).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  /// The number of a key.
  @inline(__always)
  init(sortKey key: UInt64) {
    if Self.self == Float.self {
      let bits = UInt32(truncatingIfNeeded: key)
      self.init(Float(bitPattern: bits >> 31 == 0 ? ~bits : bits ^ 1 << 31))
    } else {
      self.init(Double(bitPattern: key >> 63 == 0 ? ~key : key ^ 1 << 63))
    }
  }
}
