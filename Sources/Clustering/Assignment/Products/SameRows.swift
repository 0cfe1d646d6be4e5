/// Finds rows that have the same values as an earlier one: a hash table of row numbers that keeps its
/// memory.
struct SameRows: Sendable {
  private var hashes: [UInt64]
  /// Open addressing, at most half full; -1 where nothing is.
  private var table: [Int32]

  init(count: Int) {
    var size = 2
    while size < 2 * count { size *= 2 }
    hashes = Array(repeating: 0, count: count)
    table = Array(repeating: -1, count: size)
  }

  /// For each row the lowest one with the same values (-0 counts as 0).
  ///
  /// - Complexity: O(k d) expected.
  mutating func find<Scalar: ClusteringScalar>(
    in rows: Rows<Scalar>, _ representatives: inout [Int32]
  ) {
    for place in table.indices { table[place] = -1 }
    for row in 0..<rows.count {
      hashes[row] = Self.hash(rows[row], rows.columns)
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
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for column in 0..<columns {
      hash = (hash ^ Double(row[column] + 0).bitPattern) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 29
    }
    return hash
  }
}
