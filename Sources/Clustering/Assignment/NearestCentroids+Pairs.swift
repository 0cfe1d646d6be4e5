internal import KMeansKernelTypes

// The nearest and the second nearest centroid by the strategy `fused`: a kernel finds the two best
// scores, and the third one says where it may be mistaken. These rows are decided one by one.
extension NearestCentroids {
  /// Leaves the label and the distance of each row in the scratch, and its second best in the
  /// result.
  ///
  /// - Returns: the number of rows with other candidates than the two that have the best scores.
  /// - Precondition: the strategy is `fused`, and there are two centroids or more.
  func assignPairs(
    _ rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>, _ result: Assignment
  ) -> Int {
    guard rows.count > 0, let groups = packed.groups else { return 0 }
    let kernels = kernels.fused
    centering.shift.withUnsafeBufferPointer { shift in
      kernels.packTiles(
        rows.base, rows.stride, nil, rows.count, rows.columns, shift.baseAddress!, scratch.packed,
        scratch.norms)
    }
    return packed.low.withUnsafeBufferPointer { low in
      // Only one of equal centroids has a score, and any of them may be the second.
      guard !packed.hasDuplicates else {
        for row in 0..<rows.count { decidePairAlone(row, of: rows, scratch, low, result) }
        return rows.count
      }
      groups.values.withUnsafeBufferPointer { values in
        kernels.nearestPair(
          scratch.packed, (rows.count + kernels.tileRows - 1) / kernels.tileRows, rows.columns,
          values.baseAddress!, groups.count, low.baseAddress!, scratch.labels,
          scratch.secondLabels, scratch.best, scratch.second, scratch.third, scratch.sums)
      }
      directDistances(rows, scratch.labels, scratch.distances)
      directDistances(rows, scratch.secondLabels, scratch.secondDistances)
      return decidePairs(rows, scratch, low, result)
    }
  }

  /// Puts the two centroids with the best scores in order, row by row, and decides the rows where
  /// others may be as near.
  ///
  /// With V the scores, q the parts of the centroids and p that of the point, no centroid is as
  /// near as the farther one of those with V_1 <= V_2 where it has V_j > V_2 + 2 max(q_1, q_2) + 2p
  /// (``ScoreErrorBound``).
  ///
  /// - Returns: the number of these rows.
  private func decidePairs(
    _ rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>,
    _ low: UnsafeBufferPointer<Scalar>, _ result: Assignment
  ) -> Int {
    packed.twicePart.withUnsafeBufferPointer { twicePart in
      var undecided = 0
      for row in 0..<rows.count {
        let (label, second) = (scratch.labels[row], scratch.secondLabels[row])
        let norm = Double(scratch.norms[row])
        let threshold = bound.threshold(
          score: Double(scratch.second[row]),
          twiceParts: max(twicePart[Int(label)], twicePart[Int(second)])
            + 2 * bound.pointPart(squaredNorm: norm))
        // Written so that a NaN is a case for directDistance.
        guard mayRuleOut(squaredNorm: norm), Double(scratch.third[row]) > threshold else {
          undecided += 1
          decidePairAlone(row, of: rows, scratch, low, result)
          continue
        }
        let (distance, other) = (scratch.distances[row], scratch.secondDistances[row])
        let isInOrder = distance < other || distance == other && label < second
        scratch.labels[row] = isInOrder ? label : second
        scratch.distances[row] = isInOrder ? distance : other
        result.secondLabels?[row] = isInOrder ? second : label
        result.secondDistances?[row] = isInOrder ? other : distance
      }
      return undecided
    }
  }

  /// Decides the two nearest centroids of a row, by scores of its own.
  private func decidePairAlone(
    _ row: Int, of rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>,
    _ low: UnsafeBufferPointer<Scalar>, _ result: Assignment
  ) {
    let line = multiplyAlone(rows[row], scratch)
    kernels.nearestTwo(
      line, packed.width, 1, packed.width, low.baseAddress!, scratch.labels + row,
      scratch.best + row, scratch.second + row)
    decideTwo(row, line, of: rows, scratch, low, result)
  }
}
