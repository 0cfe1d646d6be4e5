/// The unsafe handle of sparse rows: of each row the columns whose values are not zero, ascending,
/// and these values. Whoever makes one keeps the memory alive while it is used.
///
/// `@unchecked Sendable`: it only reads.
struct CompressedRows<Scalar: ClusteringScalar>: @unchecked Sendable {
  /// Where the values of each row begin; one more at the end [count + 1].
  let offsets: UnsafePointer<Int>
  let indices: UnsafePointer<Int32>
  let values: UnsafePointer<Scalar>
  let count: Int

  /// A row; not checked.
  @inline(__always)
  subscript(row: Int) -> CompressedRow<Scalar> {
    let first = offsets[row]
    return CompressedRow(
      indices: indices + first, values: values + first, count: offsets[row &+ 1] &- first)
  }

  /// Some of the rows; not checked.
  subscript(range: Range<Int>) -> CompressedRows {
    CompressedRows(
      offsets: offsets + range.lowerBound, indices: indices, values: values, count: range.count)
  }
}

/// The unsafe handle of one sparse row.
struct CompressedRow<Scalar: ClusteringScalar> {
  /// The columns, ascending [count].
  let indices: UnsafePointer<Int32>
  /// Their values [count].
  let values: UnsafePointer<Scalar>
  let count: Int

  /// The column at a place; not checked.
  @inline(__always)
  func column(_ place: Int) -> Int { Int(truncatingIfNeeded: indices[place]) }

  /// Whether every value is zero.
  var isZero: Bool { (0..<count).allSatisfy { values[$0] == 0 } }

  /// Writes the values to their columns.
  @inline(__always)
  func scatter(to row: UnsafeMutablePointer<Scalar>) {
    for place in 0..<count { row[column(place)] = values[place] }
  }

  /// Writes zeros to their columns.
  @inline(__always)
  func clear(_ row: UnsafeMutablePointer<Scalar>) {
    for place in 0..<count { row[column(place)] = 0 }
  }
}

// Distances without the zeros: the bits of `directDistance`, to whose lanes a column without
// values would only add +0.
extension CompressedRow {
  /// The squared Euclidean distance to another sparse row, of so many columns.
  ///
  /// - Complexity: O(values of both).
  func squaredDistance(to other: CompressedRow, columns: Int) -> Double {
    var (place, otherPlace) = (0, 0)
    var lanes = SIMD8<Double>(repeating: 0)
    // Fewer than 8 columns are added one after another: in one lane.
    let mask: Int32 = columns < 8 ? 0 : 7
    let (end, otherEnd) = (count, other.count)
    while place < end || otherPlace < otherEnd {
      let column = place < end ? indices[place] : .max
      let otherColumn = otherPlace < otherEnd ? other.indices[otherPlace] : .max
      let value = column <= otherColumn ? Double(values[place]) : 0
      let otherValue = otherColumn <= column ? Double(other.values[otherPlace]) : 0
      let difference = value - otherValue
      let lane = Int(truncatingIfNeeded: min(column, otherColumn) & mask)
      lanes[lane] = lanes[lane] + difference * difference
      place &+= column <= otherColumn ? 1 : 0
      otherPlace &+= otherColumn <= column ? 1 : 0
    }
    return Self.sum(lanes)
  }

  /// The inner product with a row with its zeros, summed in Double.
  ///
  /// - Complexity: O(values).
  @inline(__always)
  func product(with dense: UnsafePointer<Scalar>) -> Double {
    // Two sums, for each addition waits for the one before.
    var (first, second) = (0.0, 0.0)
    var place = 0
    while place &+ 2 <= count {
      first += Double(values[place]) * Double(dense[column(place)])
      second += Double(values[place &+ 1]) * Double(dense[column(place &+ 1)])
      place &+= 2
    }
    if place < count { first += Double(values[place]) * Double(dense[column(place)]) }
    return first + second
  }

  /// The squared norm, summed in Double.
  ///
  /// - Complexity: O(values).
  @inline(__always)
  var squaredNorm: Double {
    var (first, second) = (0.0, 0.0)
    var place = 0
    while place &+ 2 <= count {
      first += Double(values[place]) * Double(values[place])
      second += Double(values[place &+ 1]) * Double(values[place &+ 1])
      place &+= 2
    }
    if place < count { first += Double(values[place]) * Double(values[place]) }
    return first + second
  }

  /// The squared length of a row of so many columns.
  ///
  /// - Complexity: O(values).
  func squaredLength(columns: Int) -> Double {
    var lanes = SIMD8<Double>(repeating: 0)
    let mask: Int32 = columns < 8 ? 0 : 7
    for place in 0..<count {
      let lane = Int(truncatingIfNeeded: indices[place] & mask)
      let value = Double(values[place])
      lanes[lane] = lanes[lane] + value * value
    }
    return Self.sum(lanes)
  }

  @inline(__always)
  private static func sum(_ lanes: SIMD8<Double>) -> Double {
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}
