/// Centroids ready for products: shifted, padded to whole vectors, with the terms of their scores.
struct PackedCentroids<Scalar: ClusteringScalar>: Sendable {
  /// Shifted rows; those of padding and of centroids that never win are zero.
  var matrix: Matrix<Scalar>
  /// h - q, rounded down; infinite where the row stands for no centroid that can win. For whole
  /// vectors and whole groups.
  var low: [Scalar]
  /// 2 q.
  var twicePart: [Double]
  /// The largest 2 q.
  private(set) var mostTwicePart = 0.0
  /// The lowest centroid with the same values: duplicates are ruled out here, not in every row.
  var firstEqual: [Int32]
  /// Whether some centroid is too large for a product: then every row is decided directly.
  var decidesDirectly: Bool

  /// The same rows in the groups of the fused kernels.
  private(set) var groups: CentroidGroups<Scalar>?
  /// The same rows as an inverted index, not shifted, instead of ``matrix``.
  private(set) var index: InvertedIndex<Scalar>?
  /// The squared norms of the centroids, where there is an index.
  private(set) var norms: [Double] = []
  /// The centroids without zeros, where there is an index and they have few values.
  private(set) var compressed: CompressedCentroids<Scalar>?

  /// The number of columns of a tile of scores.
  let width: Int
  /// Whether there are rows for products, not only the list of equal centroids.
  private let hasProducts: Bool

  /// Whether some centroid has the same values as another.
  private(set) var hasDuplicates = false
  private var hashes: DuplicateRows

  /// - Parameters:
  ///   - inGroups: whether fused kernels are to find them.
  ///   - hasProducts: whether products with them are computed.
  init(
    _ centroids: Matrix<Scalar>, centering: Centering<Scalar>, bound: ScoreErrorBound,
    inGroups: Bool, isInverted: Bool = false, hasProducts: Bool = true, threads: Int = 1
  ) throws(ShapeError) {
    index =
      isInverted ? InvertedIndex(clusters: centroids.rows, columns: centroids.columns) : nil
    let width =
      index?.width ?? (centroids.rows + Scalar.lanes - 1) / Scalar.lanes * Scalar.lanes
    self.width = width
    self.hasProducts = hasProducts
    let hasMatrix = hasProducts && !isInverted
    matrix = try Matrix(rows: hasMatrix ? width : 0, columns: centroids.columns)
    groups =
      hasMatrix && inGroups
      ? CentroidGroups(count: centroids.rows, columns: centroids.columns) : nil
    low = Array(repeating: .infinity, count: max(width, groups?.slots ?? 0))
    twicePart = Array(repeating: 0, count: width)
    firstEqual = Array(repeating: 0, count: centroids.rows)
    decidesDirectly = false
    hashes = DuplicateRows(count: centroids.rows)
    pack(centroids, centering, bound, threads: threads)
  }

  /// Packs other centroids of the same shape, in the same memory.
  ///
  /// - Complexity: O(k d) expected.
  mutating func pack(
    _ centroids: Matrix<Scalar>, _ centering: Centering<Scalar>, _ bound: ScoreErrorBound,
    threads: Int = 1
  ) {
    decidesDirectly = false
    let threads = NearestCentroids<Scalar>.threadsWorthwhile(
      threads, values: centroids.rows * centroids.columns)
    centroids.withRows { rows in
      hashes.find(in: rows, &firstEqual, threads: threads)
      hasDuplicates = firstEqual.indices.contains { firstEqual[$0] != Int32($0) }
      guard hasProducts else { return }
      if index != nil { return invert(rows, bound, threads: threads) }
      centering.shift.withUnsafeBufferPointer { shift in
        for row in 0..<rows.count {
          pack(rows[row], row, shift.baseAddress!, bound, wins: firstEqual[row] == Int32(row))
        }
      }
      mostTwicePart = twicePart.max() ?? 0
      matrix.withRows { groups?.fill(with: $0[0..<rows.count]) }
    }
  }

  /// Enters the centroids into the inverted index.
  private mutating func invert(_ rows: Rows<Scalar>, _ bound: ScoreErrorBound, threads: Int) {
    norms = Workers.map(rows.count, threads: threads) {
      Self.squaredNorm(rows[$0], columns: rows.columns)
    }
    for row in 0..<rows.count {
      note(norms[row], of: row, bound, wins: firstEqual[row] == Int32(row))
    }
    mostTwicePart = twicePart.max() ?? 0
    index?.fill(rows, leavingOut: low.map { $0 == .infinity }, threads: threads)
    compressed = CompressedCentroids(rows, valueCounts: index?.valueCounts ?? [], threads: threads)
  }

  /// Of a centroid: four sums, for each addition waits for the one before.
  private static func squaredNorm(_ values: UnsafePointer<Scalar>, columns: Int) -> Double {
    var sums = SIMD4<Double>(repeating: 0)
    var column = 0
    while column &+ 4 <= columns {
      let four = SIMD4(
        Double(values[column]), Double(values[column &+ 1]), Double(values[column &+ 2]),
        Double(values[column &+ 3]))
      sums += four * four
      column &+= 4
    }
    var norm = sums.sum()
    while column < columns {
      norm += Double(values[column]) * Double(values[column])
      column &+= 1
    }
    return norm
  }

  /// Packs one centroid.
  private mutating func pack(
    _ source: UnsafePointer<Scalar>, _ row: Int, _ shift: UnsafePointer<Scalar>,
    _ bound: ScoreErrorBound,
    wins: Bool
  ) {
    var norm = 0.0
    let columns = matrix.columns
    var values = matrix.mutableSpan
    values.withUnsafeMutableBufferPointer { values in
      let target = values.baseAddress! + row &* columns
      for column in 0..<columns {
        let value = source[column] - shift[column]
        target[column] = value
        norm += Double(value) * Double(value)
      }
      if !wins || !(norm <= bound.largestNorm) { target.update(repeating: 0, count: columns) }
    }
    note(norm, of: row, bound, wins: wins)
  }

  /// Notes the terms of a centroid's scores.
  private mutating func note(
    _ norm: Double, of row: Int, _ bound: ScoreErrorBound, wins: Bool
  ) {
    (low[row], twicePart[row]) = (.infinity, 0)
    guard wins else { return }
    guard norm <= bound.largestNorm else {
      decidesDirectly = true
      return
    }
    let part = bound.centroidPart(squaredNorm: norm)
    // Two steps down: the difference is rounded in Double, then to the scalar type.
    low[row] = Scalar(norm / 2 - part).nextDown.nextDown
    twicePart[row] = 2 * part
  }
}
