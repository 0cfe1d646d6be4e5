/// Finds rows that have the same values as an earlier one: a hash table of row numbers that keeps
/// its memory.
struct DuplicateRows: Sendable {
  private var hashes: [UInt64]
  /// Open addressing, at most half full; -1 for an empty place.
  private var table: [Int32]

  init(count: Int) {
    var size = 2
    while size < 2 * count { size *= 2 }
    hashes = Array(repeating: 0, count: count)
    table = Array(repeating: -1, count: size)
  }

  /// Finds for each row the lowest one with the same values (-0 counts as 0).
  ///
  /// - Complexity: O(k d) expected.
  mutating func find<Scalar: ClusteringScalar>(
    in rows: Rows<Scalar>, _ representatives: inout [Int32], threads: Int = 1
  ) {
    for place in table.indices { table[place] = -1 }
    hashes.withUnsafeMutableBufferPointer { hashes in
      nonisolated(unsafe) let hashes = hashes
      Workers.share(rows.count, among: threads) { queue in
        while let row = queue.next() { hashes[row] = Self.hash(rows[row], rows.columns) }
      }
    }
    for row in 0..<rows.count {
      var place = Int(truncatingIfNeeded: hashes[row]) & (table.count - 1)
      while table[place] >= 0, !isSame(Int(table[place]), row, rows) {
        place = (place + 1) & (table.count - 1)
      }
      if table[place] < 0 { table[place] = Int32(row) }
      representatives[row] = table[place]
    }
  }

  private func isSame<Scalar: ClusteringScalar>(
    _ first: Int, _ second: Int, _ rows: Rows<Scalar>
  ) -> Bool {
    guard hashes[first] == hashes[second] else { return false }
    let (first, second) = (rows[first], rows[second])
    return (0..<rows.columns).allSatisfy { first[$0] == second[$0] }
  }

  private static func hash<Scalar: ClusteringScalar>(
    _ row: UnsafePointer<Scalar>, _ columns: Int
  ) -> UInt64 {
    // Four at a time, so that no product waits for the one before.
    let factor = SIMD4<UInt64>(
      0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0xd6e8_feb8_6659_fd93)
    var (a, b, c, d) = (factor[0], factor[1], factor[2], factor[3])
    var column = 0
    while column &+ 4 <= columns {
      a = mix(a, row[column], factor[0])
      b = mix(b, row[column &+ 1], factor[1])
      c = mix(c, row[column &+ 2], factor[2])
      d = mix(d, row[column &+ 3], factor[3])
      column &+= 4
    }
    while column < columns {
      a = mix(a, row[column], factor[0])
      column &+= 1
    }
    return mix(mix(mix(a, b, factor[1]), c, factor[2]), d, factor[3])
  }

  @inline(__always)
  private static func mix<Scalar: ClusteringScalar>(
    _ hash: UInt64, _ value: Scalar, _ factor: UInt64
  ) -> UInt64 {
    mix(hash, Double(value + 0).bitPattern, factor)
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ bits: UInt64, _ factor: UInt64) -> UInt64 {
    let product = (hash ^ bits) &* factor
    return product ^ (product >> 29)
  }
}
