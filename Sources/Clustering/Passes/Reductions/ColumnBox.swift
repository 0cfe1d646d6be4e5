/// The smallest and the largest value of each column, over the rows that have a weight.
package struct ColumnBox<Scalar: ClusteringScalar>: RowReduction, Hashable {
  /// Infinite where no row has a weight.
  package private(set) var low: [Scalar]
  package private(set) var high: [Scalar]

  package init(columns: Int) {
    low = Array(repeating: .infinity, count: columns)
    high = Array(repeating: -.infinity, count: columns)
  }

  /// - Precondition: as many values of both.
  init(low: [Scalar], high: [Scalar]) {
    precondition(low.count == high.count)
    self.low = low
    self.high = high
  }

  package var needsDistances: Bool { false }
  package func empty() -> ColumnBox { ColumnBox(columns: low.count) }
  package mutating func reset() { self = empty() }

  /// The largest difference of two values of a column.
  package var width: Double {
    zip(low, high).reduce(0) { max($0, Double($1.1) - Double($1.0)) }
  }

  /// Widens it by a row.
  mutating func add(_ row: UnsafePointer<Scalar>) {
    add(Rows(base: row, count: 1, columns: low.count, stride: low.count))
  }

  /// Widens it by rows, all of which count. There is no branch in the inner loop, so that it is one
  /// over vectors.
  private mutating func add(_ rows: Rows<Scalar>) {
    let columns = low.count
    low.withUnsafeMutableBufferPointer { low in
      high.withUnsafeMutableBufferPointer { high in
        for row in 0..<rows.count {
          let values = rows[row]
          for column in 0..<columns {
            let value = values[column]
            low[column] = value < low[column] ? value : low[column]
            high[column] = value > high[column] ? value : high[column]
          }
        }
      }
    }
  }

  package mutating func accumulate(_ block: LabeledRows<Scalar>) {
    let points = block.points
    guard points.weights != nil else { return add(points.rows) }
    for row in 0..<points.count where points.weight(row) > 0 { add(points.rows[row]) }
  }

  package mutating func merge(_ later: borrowing ColumnBox) {
    for column in low.indices {
      low[column] = min(low[column], later.low[column])
      high[column] = max(high[column], later.high[column])
    }
  }

  /// The nearest value within a column.
  func clamp(_ value: Scalar, column: Int) -> Scalar {
    min(max(value, low[column]), high[column])
  }
}
