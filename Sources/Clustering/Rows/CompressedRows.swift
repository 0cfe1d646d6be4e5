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
    withLanes(columns: columns) { lanes, mask in
      var (place, otherPlace) = (0, 0)
      let (end, otherEnd) = (count, other.count)
      while place < end, otherPlace < otherEnd {
        let (column, otherColumn) = (indices[place], other.indices[otherPlace])
        // Both are read: which of them counts nobody can foresee.
        let value = column <= otherColumn ? Double(values[place]) : 0
        let otherValue = otherColumn <= column ? Double(other.values[otherPlace]) : 0
        let difference = value - otherValue
        lanes[Int(truncatingIfNeeded: min(column, otherColumn) & mask)] += difference * difference
        place &+= column <= otherColumn ? 1 : 0
        otherPlace &+= otherColumn <= column ? 1 : 0
      }
      add(from: place, to: lanes, mask)
      other.add(from: otherPlace, to: lanes, mask)
    }
  }

  /// Adds the squares of the values from a place on.
  @inline(__always)
  private func add(from first: Int, to lanes: UnsafeMutablePointer<Double>, _ mask: Int32) {
    var place = first
    while place < count {
      let value = Double(values[place])
      lanes[Int(truncatingIfNeeded: indices[place] & mask)] += value * value
      place &+= 1
    }
  }

  /// The sum of eight lanes that a closure adds to, in the order of `directDistance`. They lie in
  /// memory: a vector would be written and read as a whole for each value.
  @inline(__always)
  private func withLanes(
    columns: Int, _ body: (_ lanes: UnsafeMutablePointer<Double>, _ mask: Int32) -> Void
  ) -> Double {
    withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: 1) { memory in
      let lanes = memory.baseAddress!
      lanes.initialize(to: SIMD8(repeating: 0))
      // Fewer than 8 columns are added one after another: in one lane.
      body(UnsafeMutableRawPointer(lanes).assumingMemoryBound(to: Double.self), columns < 8 ? 0 : 7)
      return Self.sum(lanes.pointee)
    }
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
    withLanes(columns: columns) { lanes, mask in add(from: 0, to: lanes, mask) }
  }

  @inline(__always)
  private static func sum(_ lanes: SIMD8<Double>) -> Double {
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}
