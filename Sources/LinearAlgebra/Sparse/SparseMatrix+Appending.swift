// Sparse matrices that grow row by row, and their canonical form.
extension SparseMatrix {
  /// Makes room for so many rows and values: memory that is not written costs address space alone.
  public mutating func reserve(rows: Int, nonzeros: Int) {
    offsets.reserveCapacity(rows + 1)
    indices.reserveCapacity(nonzeros)
    values.reserveCapacity(nonzeros)
  }

  /// Forgets all rows and keeps the memory.
  public mutating func removeAllRows() {
    offsets.removeSubrange(1...)
    indices.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// Appends a value to the row at hand, which ``finishRow()`` ends.
  ///
  /// - Precondition: there is such a column.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func append(_ value: Scalar, column: Int32) {
    precondition(column >= 0 && Int(column) < columns, "column \(column) of \(columns)")
    indices.append(column)
    values.append(value)
  }

  /// Appends values to the row at hand, which ``finishRow()`` ends.
  ///
  /// - Precondition: there are as many columns as values, each of them one of the matrix.
  /// - Complexity: amortised O(values).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func append(_ values: Span<Scalar>, columns indices: Span<Int32>) {
    precondition(values.count == indices.count, "\(values.count) values, \(indices.count) columns")
    var largest: UInt32 = 0
    for place in 0..<indices.count { largest = max(largest, UInt32(bitPattern: indices[place])) }
    precondition(indices.count == 0 || Int(largest) < columns, "a column beyond the \(columns)")
    values.withUnsafeBufferPointer { self.values.append(contentsOf: $0) }
    indices.withUnsafeBufferPointer { self.indices.append(contentsOf: $0) }
  }

  /// Ends the row at hand: sorts its columns where they do not ascend, adds up values of one column
  /// and drops zeros.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func finishRow() {
    offsets.append(values.count)
    canonicalize(from: rows - 1)
  }

  /// Drops the values of the row at hand.
  public mutating func dropUnfinishedRow() {
    indices.removeSubrange(offsets[rows]...)
    values.removeSubrange(offsets[rows]...)
  }

  /// Brings the rows from one on into the canonical form, in the same memory.
  ///
  /// - Complexity: O(nonzeros), and sorting where the columns of a row do not ascend.
  mutating func canonicalize(from first: Int = 0) {
    var (start, kept) = (offsets[first], offsets[first])
    for row in first..<rows {
      let end = offsets[row + 1]
      kept = compact(start..<end, to: kept)
      offsets[row + 1] = kept
      start = end
    }
    guard kept < values.count else { return }
    indices.removeSubrange(kept...)
    values.removeSubrange(kept...)
  }

  /// Moves the values of a row, in canonical form, to a place at or before theirs.
  ///
  /// - Returns: the end of its values.
  private mutating func compact(_ range: Range<Int>, to target: Int) -> Int {
    if isCanonical(range) {
      if target < range.lowerBound { move(range, to: target) }
      return target + range.count
    }
    // Values of one column are added in the order in which they came.
    let pairs = range.sorted { (indices[$0], $0) < (indices[$1], $1) }.map {
      (index: indices[$0], value: values[$0])
    }
    var (end, place) = (target, 0)
    while place < pairs.count {
      let index = pairs[place].index
      var sum = 0.0
      while place < pairs.count, pairs[place].index == index {
        sum += Double(pairs[place].value)
        place += 1
      }
      guard Scalar(sum) != 0 else { continue }
      indices[end] = index
      values[end] = Scalar(sum)
      end += 1
    }
    return end
  }

  /// Whether the columns of some values ascend, and none of the values is zero.
  private func isCanonical(_ range: Range<Int>) -> Bool {
    indices.withUnsafeBufferPointer { indices in
      values.withUnsafeBufferPointer { values in
        var last = Int32(-1)
        for place in range {
          guard indices[place] > last, values[place] != 0 else { return false }
          last = indices[place]
        }
        return true
      }
    }
  }
}
