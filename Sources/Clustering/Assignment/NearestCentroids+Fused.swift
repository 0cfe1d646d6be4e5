internal import KMeansKernelTypes

// The strategy `fused`: kernels that keep scores in registers. The rows that they cannot decide are
// multiplied again, row by row. See `ScoreErrorBound` for the bound.
extension NearestCentroids {
  /// Leaves the label of each row in `scratch.labels`, and the second best where it is asked for.
  ///
  /// - Returns: the number of rows that `directDistance` had to decide.
  func assignFused(
    _ rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>, _ result: Assignment,
    _ ahead: Rows<Scalar>?
  ) -> Int {
    if result.wantsSecond { return assignPairs(rows, scratch, result) }
    return assignFused(ListedRows(rows), scratch, ahead)
  }

  /// Leaves the label of each row in `scratch.labels`, and what it was found by, as
  /// ``assignFused(_:_:_:others:)`` does, by the strategy `fused` or `inverted`.
  func assignListed(
    _ rows: ListedRows<Scalar>, _ scratch: AssignmentScratch<Scalar>,
    others: UnsafeMutablePointer<Double>?
  ) -> Int {
    strategy == .inverted
      ? assignInverted(rows, scratch, others: others)
      : assignFused(rows, scratch, nil, others: others)
  }

  /// Leaves the label of each row in `scratch.labels`, and what it was found by: the norms of the
  /// rows, the two best scores, and in `scratch.ambiguous` the rows that had more than one
  /// candidate.
  ///
  /// - Parameters:
  ///   - rows: at most as many as the scratch is made for.
  ///   - others: as for ``rerank(_:_:_:others:products:)``.
  /// - Returns: the number of those.
  /// - Precondition: the strategy is `fused`.
  func assignFused(
    _ rows: ListedRows<Scalar>, _ scratch: AssignmentScratch<Scalar>, _ ahead: Rows<Scalar>?,
    others: UnsafeMutablePointer<Double>? = nil
  ) -> Int {
    guard rows.count > 0, let groups = packed.groups else { return 0 }
    let kernels = kernels.fused
    centering.shift.withUnsafeBufferPointer { shift in
      kernels.packTiles(
        rows.rows.base, rows.rows.stride, rows.list, rows.count, rows.columns, shift.baseAddress!,
        scratch.packed, scratch.norms)
    }
    return packed.low.withUnsafeBufferPointer { low in
      let tiles = (rows.count + kernels.tileRows - 1) / kernels.tileRows
      groups.values.withUnsafeBufferPointer { values in
        kernels.nearest(
          scratch.packed, tiles, rows.columns, values.baseAddress!, groups.count,
          low.baseAddress!, scratch.labels, scratch.best, scratch.second,
          scratch.sums, ahead.map { UnsafeRawPointer($0.base) },
          ahead.map { $0.count * $0.stride * MemoryLayout<Scalar>.stride } ?? 0)
      }
      return rerank(rows, scratch, low, others: others) { multiplyAlone(rows[$0], scratch) }
    }
  }

  /// Leaves the products of a row with all centroids in the scratch.
  func multiplyAlone(
    _ point: UnsafePointer<Scalar>, _ scratch: AssignmentScratch<Scalar>
  ) -> UnsafePointer<Scalar> {
    let d = centroids.columns
    centering.shift.withUnsafeBufferPointer { shift in
      for column in 0..<d { scratch.shifted[column] = point[column] - shift[column] }
    }
    packed.matrix.withRows {
      kernels.multiplyRow(scratch.shifted, $0.base, packed.width, d, scratch.tile)
    }
    return UnsafePointer(scratch.tile)
  }
}

/// Centroids in the layout of the fused kernels: groups, chunk by chunk, block by block of columns.
///
/// Within a chunk of groups the groups follow each other block by block, each column by column.
struct CentroidGroups<Scalar: ClusteringScalar>: Sendable {
  private let columns: Int
  /// The number of groups.
  private(set) var count: Int
  /// Zeros for the fill of the last group.
  private(set) var values: [Scalar]

  /// Groups for some centroids, all of them zero.
  init(count centroids: Int, columns: Int) {
    let size = FusedKernels<Scalar>.groupSize
    self.columns = columns
    count = (centroids + size - 1) / size
    values = Array(repeating: 0, count: count * size * columns)
  }

  /// The number of centroids that there is room for.
  var slots: Int { count * FusedKernels<Scalar>.groupSize }

  /// Takes the values of packed centroids, times a sign.
  ///
  /// - Parameter rows: at most as many as there is room for; the rest of the last group keeps its
  ///   values.
  /// - Complexity: O(k d).
  mutating func fill(with rows: Rows<Scalar>, sign: Scalar = 1) {
    let (size, block) = (FusedKernels<Scalar>.groupSize, FusedKernels<Scalar>.blockColumns)
    count = (rows.count + size - 1) / size
    values.withUnsafeMutableBufferPointer { values in
      var target = values.baseAddress!
      for chunk in stride(from: 0, to: count, by: FusedKernels<Scalar>.chunkGroups) {
        let groups = chunk..<min(chunk + FusedKernels<Scalar>.chunkGroups, count)
        for first in stride(from: 0, to: columns, by: block) {
          let length = min(block, columns - first)
          for group in groups {
            for slot in 0..<min(size, rows.count - group * size) {
              let source = rows[group * size + slot] + first
              for column in 0..<length { target[column &* size &+ slot] = sign * source[column] }
            }
            target += size * length
          }
        }
      }
    }
  }
}
