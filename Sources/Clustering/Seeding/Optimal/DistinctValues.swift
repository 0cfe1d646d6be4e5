internal import KMeansFiles

/// The distinct values of a column that have any weight, in ascending order.
struct DistinctValues: Sendable {
  private(set) var values: [Double] = []
  /// The weight of all rows of each value.
  private(set) var weights: [DoubleDouble] = []
  /// The first row of each value that has a weight.
  private(set) var rows: [Int32] = []

  var count: Int { values.count }

  /// - Precondition: the source has one column.
  /// - Complexity: O(n), one pass over the points; 16 bytes a point while they are sorted, and a
  ///   copy of the values.
  init<Source: PointSource>(_ source: Source) throws(Source.Failure) {
    add(try Self.order(of: source), source.weights)
  }

  private static func order<Source: PointSource>(
    of source: Source
  ) throws(Source.Failure) -> ColumnOrder<Source.Scalar> {
    let column = LargeMemory.take(source.count, of: Source.Scalar.self)
    defer { LargeMemory.give(back: column) }
    _ = try source.reduce(into: ColumnCopy(values: column))
    let rows = Rows(base: UnsafePointer(column), count: source.count, columns: 1, stride: 1)
    return ColumnOrder(WeightedRows(rows: rows))
  }

  private mutating func add<Scalar: ClusteringScalar>(
    _ order: ColumnOrder<Scalar>, _ allWeights: UnsafePointer<Double>?
  ) {
    let most = 1 + (1..<order.count).count { order.values[$0 - 1] < order.values[$0] }
    values.reserveCapacity(most)
    weights.reserveCapacity(most)
    rows.reserveCapacity(most)
    for place in 0..<order.count {
      let (value, row) = (Double(order.values[place]), order.rows[place])
      let weight = DoubleDouble(allWeights?[Int(row)] ?? 1)
      guard weight.high > 0 else { continue }
      if let last = values.last, last == value {
        weights[weights.count - 1] = weights[weights.count - 1] + weight
      } else {
        values.append(value)
        weights.append(weight)
        rows.append(row)
      }
    }
  }

  /// The mean of the values of some places, rounded once to the type of the points.
  ///
  /// Values are measured from one among them, without any error, so that what they have in common
  /// takes no digits.
  ///
  /// - Complexity: O(places).
  func mean<Scalar: ClusteringScalar>(of some: Range<Int>) -> Scalar {
    let origin = values[some.lowerBound + some.count / 2]
    // In units of the heaviest value nothing overflows.
    let unit = -Int(some.reduce(0.0) { max($0, weights[$1].high) }.exponent)
    var (sum, weight) = (DoubleDouble(0), DoubleDouble(0))
    for place in some {
      let share = weights[place].scaled(by: unit)
      sum = sum + share * .difference(values[place], origin)
      weight = weight + share
    }
    return (DoubleDouble(origin) + sum / weight).rounded()
  }
}

/// Copies the only column of rows.
///
/// `@unchecked Sendable`: workers write to entries of different rows.
private struct ColumnCopy<Scalar: ClusteringScalar>: RowReduction, @unchecked Sendable {
  let values: UnsafeMutablePointer<Scalar>

  var needsDistances: Bool { false }
  var isUnordered: Bool { true }
  func empty() -> ColumnCopy { self }
  mutating func reset() {}
  mutating func merge(_ later: borrowing ColumnCopy) {}

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    for row in 0..<block.points.count {
      values[block.first + row] = block.points.rows[row].pointee
    }
  }
}
