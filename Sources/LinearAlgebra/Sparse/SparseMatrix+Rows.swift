// Some of the rows of a sparse matrix: copied, kept, or changed.
extension SparseMatrix {
  /// A copy of some of the rows.
  ///
  /// - Precondition: the numbers are those of rows.
  public func rows(_ numbers: some Sequence<Int>) -> SparseMatrix {
    var picked = self
    picked.removeAllRows()
    for row in numbers { picked.append(rows: row..<row + 1, of: self) }
    return picked
  }

  /// Appends some rows of a matrix of as many columns.
  ///
  /// - Complexity: O(rows + their values).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package mutating func append(rows: Range<Int>, of other: SparseMatrix) {
    precondition(columns == other.columns, "\(other.columns) columns, expected \(columns)")
    let range = other.offsets[rows.lowerBound]..<other.offsets[rows.upperBound]
    let distance = values.count - range.lowerBound
    indices.append(contentsOf: other.indices[range])
    values.append(contentsOf: other.values[range])
    for row in rows { offsets.append(other.offsets[row + 1] + distance) }
  }

  /// Drops rows from one on, in the same memory.
  ///
  /// - Complexity: O(rows and values from there on).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package mutating func keepRows(from first: Int, where isKept: (_ row: Int) -> Bool) {
    var (kept, place, start) = (first, offsets[first], offsets[first])
    for row in first..<rows {
      let end = offsets[row + 1]
      if isKept(row) {
        if place < start { move(start..<end, to: place) }
        place += end - start
        kept += 1
        offsets[kept] = place
      }
      start = end
    }
    offsets.removeSubrange((kept + 1)...)
    indices.removeSubrange(place...)
    values.removeSubrange(place...)
  }

  /// Puts other values in place of those of rows from one on; one that becomes zero is dropped.
  ///
  /// - Complexity: O(rows and values from there on).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package mutating func replaceValues(
    from first: Int, by replacement: (_ column: Int, _ value: Scalar) -> Scalar
  ) {
    for place in offsets[first]..<values.count {
      values[place] = replacement(Int(indices[place]), values[place])
    }
    canonicalize(from: first)
  }

  /// Moves values to a place before theirs.
  mutating func move(_ range: Range<Int>, to target: Int) {
    for (place, source) in zip(target..., range) {
      indices[place] = indices[source]
      values[place] = values[source]
    }
  }
}
