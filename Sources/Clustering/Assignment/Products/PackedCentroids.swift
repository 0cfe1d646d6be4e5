/// Centroids as the GEMM wants them: shifted, padded to whole vectors, with what their scores need.
struct PackedCentroids<Scalar: ClusteringScalar>: Sendable {
  /// Shifted rows; those of padding and of centroids that never win are zero.
  var matrix: Matrix<Scalar>
  /// h - q, rounded down; infinite where the row stands for no centroid that can win.
  var low: [Scalar]
  /// 2 q.
  var twicePart: [Double]
  /// The lowest centroid with the same values: duplicates are ruled out here, not in every row.
  var representative: [Int32]
  /// Whether some centroid is too large for a product: then every row is decided directly.
  var decidesDirectly: Bool

  /// How many columns a tile of scores has.
  var width: Int { matrix.rows }

  init(_ centroids: Matrix<Scalar>, frame: Frame<Scalar>, rule: RulingOut) throws(ShapeError) {
    let width = (centroids.rows + Scalar.lanes - 1) / Scalar.lanes * Scalar.lanes
    matrix = try Matrix(rows: width, columns: centroids.columns)
    low = Array(repeating: .infinity, count: width)
    twicePart = Array(repeating: 0, count: width)
    representative = Self.representatives(of: centroids)
    decidesDirectly = false
    for row in 0..<centroids.rows where representative[row] == Int32(row) {
      pack(centroids, row, frame, rule)
    }
  }

  /// Packs one centroid.
  private mutating func pack(
    _ centroids: Matrix<Scalar>, _ row: Int, _ frame: Frame<Scalar>, _ rule: RulingOut
  ) {
    var norm = 0.0
    var values = matrix.mutableSpan
    let source = centroids[row]
    let start = row * source.count
    for column in 0..<source.count {
      let value = source[column] - frame.shift[column]
      values[start + column] = value
      norm += Double(value) * Double(value)
    }
    guard norm <= rule.largestNorm else {
      for column in 0..<source.count { values[start + column] = 0 }
      decidesDirectly = true
      return
    }
    let part = rule.centroidPart(squaredNorm: norm)
    // Two steps down: the difference is rounded in Double, then to the scalar type.
    low[row] = Scalar(norm / 2 - part).nextDown.nextDown
    twicePart[row] = 2 * part
  }

  /// For each centroid the lowest one with the same values (-0 counts as 0).
  ///
  /// - Complexity: O(k d) expected.
  private static func representatives(of centroids: Matrix<Scalar>) -> [Int32] {
    var seen: [UInt64: [Int32]] = [:]
    var result: [Int32] = []
    result.reserveCapacity(centroids.rows)
    for row in 0..<centroids.rows {
      let values = centroids[row]
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for column in values.indices {
        hash = (hash ^ Double(values[column] + 0).bitPattern) &* 0x9e37_79b9_7f4a_7c15
        hash ^= hash >> 29
      }
      let same = seen[hash, default: []].first { other in
        let found = centroids[Int(other)]
        return values.indices.allSatisfy { found[$0] == values[$0] }
      }
      if same == nil { seen[hash, default: []].append(Int32(row)) }
      result.append(same ?? Int32(row))
    }
    return result
  }
}
