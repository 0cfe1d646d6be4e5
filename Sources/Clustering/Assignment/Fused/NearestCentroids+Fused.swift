internal import KMeansKernelTypes

// The strategy `fused`: kernels that keep scores in registers. The rows that they cannot decide are
// multiplied again, row by row. See `RulingOut` for the bound.
extension NearestCentroids {
  /// Leaves the label of each row in `scratch.labels`, and the second best where it is asked for.
  ///
  /// - Returns: the number of rows that `directDistance` had to decide.
  func assignFused(
    _ rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>, _ result: Assignment,
    _ ahead: Rows<Scalar>?
  ) -> Int {
    guard rows.count > 0, let groups = packed.groups else { return 0 }
    let kernels = kernels.fused
    frame.shift.withUnsafeBufferPointer { shift in
      kernels.packTiles(
        rows.base, rows.stride, nil, rows.count, rows.columns, shift.baseAddress!, scratch.packed,
        scratch.norms)
    }
    return packed.low.withUnsafeBufferPointer { low in
      if result.wantsSecond {
        for row in 0..<rows.count { decideTwoAlone(row, of: rows, scratch, low, result) }
        return rows.count
      }
      let tiles = (rows.count + kernels.tileRows - 1) / kernels.tileRows
      groups.values.withUnsafeBufferPointer { values in
        kernels.nearest(
          scratch.packed, tiles, rows.columns, values.baseAddress!, groups.count,
          low.baseAddress!, scratch.labels, scratch.best, scratch.second,
          scratch.sums, ahead.map { UnsafeRawPointer($0.base) },
          ahead.map { $0.count * $0.stride * MemoryLayout<Scalar>.stride } ?? 0)
      }
      return decideTies(rows, scratch, low) { multiplyAlone(rows[$0], scratch) }
    }
  }

  /// Decides the two nearest centroids of a row, by scores of its own.
  private func decideTwoAlone(
    _ row: Int, of rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>,
    _ low: UnsafeBufferPointer<Scalar>, _ result: Assignment
  ) {
    let line = multiplyAlone(rows[row], scratch)
    kernels.nearestTwo(
      line, packed.width, 1, packed.width, low.baseAddress!, scratch.labels + row,
      scratch.best + row, scratch.second + row)
    decideTwo(row, line, of: rows, scratch, low, result)
  }

  /// Leaves the products of a row with all centroids in the scratch.
  private func multiplyAlone(
    _ point: UnsafePointer<Scalar>, _ scratch: AssignmentScratch<Scalar>
  ) -> UnsafePointer<Scalar> {
    let d = centroids.columns
    frame.shift.withUnsafeBufferPointer { shift in
      for column in 0..<d { scratch.shifted[column] = point[column] - shift[column] }
    }
    packed.matrix.withRows {
      kernels.multiplyRow(scratch.shifted, $0.base, packed.width, d, scratch.tile)
    }
    return UnsafePointer(scratch.tile)
  }
}
