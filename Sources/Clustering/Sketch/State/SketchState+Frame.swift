// The frames of sketches that come together.
extension SketchState {
  /// The centroids as they look in another frame.
  ///
  /// - Parameter others: say what kernels are used.
  func entries(in frame: [Double], for others: SketchParameters) -> SketchedPoints {
    var coordinates = Array(UnsafeBufferPointer(start: memory.coordinates, count: count * columns))
    var entries = Array(UnsafeBufferPointer(start: memory.entries, count: count))
    if frame != shift {
      for slot in entries.indices {
        var squares = 0.0
        for column in 0..<columns {
          // Two roundings, relative to where it is in the units of the points and in the new frame.
          let value = coordinates[slot * columns + column] + shift[column]
          let new = value - frame[column]
          coordinates[slot * columns + column] = new
          squares += value * value + new * new
        }
        entries[slot].coordinateError += 2 * Double.unitRoundoff * squares.squareRoot()
      }
    }
    return SketchedPoints(
      coordinates: coordinates, entries: entries, columns: columns,
      kernels: .compiled(for: others.execution.kernels))
  }

  /// The frame in which this sketch and another one can be kept together: in each column its own
  /// shift, where that loses no digits of the other's rows, as between sketches of one data set;
  /// else the other's, where that loses none of its own; else 0, where coordinates are the values
  /// themselves.
  func frame(with other: SketchState) -> [Double] {
    shift.indices.map { column in
      let (own, theirs) = (shift[column], other.shift[column])
      if other.keepsDigits(of: column, at: own) { return own }
      return keepsDigits(of: column, at: theirs) ? theirs : 0
    }
  }

  /// Whether a column of the coordinates keeps its digits where the shift s of the frame becomes
  /// another one, s'.
  ///
  /// A coordinate has an error of 2^-53 of its size. Values near s have that error as they are,
  /// which is not made larger while |s - s'| is at most |s|: at 0 never. Otherwise coordinates grow
  /// from |x - s| to about |s - s'|. By 2^20 times they may, as in ``SketchShift``; more than a
  /// sixteenth of the weight must not lose more, however much lies elsewhere. Coordinates of 0, or
  /// of the rounding of s, have no digits to lose.
  ///
  /// - Complexity: O(1), or O(m) where the frames are that far apart.
  private func keepsDigits(of column: Int, at other: Double) -> Bool {
    let (own, distance) = (shift[column].magnitude, (shift[column] - other).magnitude)
    if distance <= own { return true }
    var (near, far) = (0.0, 0.0)
    for slot in 0..<count {
      let coordinate = memory.coordinates[slot * columns + column].magnitude
      guard coordinate > own * 0x1p-50 else { continue }
      let weight = memory.entries[slot].weight
      if coordinate < distance * 0x1p-20 { near += weight } else { far += weight }
    }
    return near <= (near + far) / 16
  }
}
