/// The mean and the squared deviations of every column of sparse rows, from the sums of values and
/// of their squares: a row without a value adds nothing but its weight.
///
/// A deviation may be off by a few 2^-53 of the sum of squares, as many as there are rows: enough
/// for the unit of a tolerance. ``ColumnMoments`` looks at every zero.
struct SparseMoments<Scalar: ClusteringScalar>: RowReduction {
  private var weight = 0.0
  private var sums: [Double]
  private var squares: [Double]

  init(columns: Int) {
    sums = Array(repeating: 0, count: columns)
    squares = sums
  }

  var needsDistances: Bool { false }
  var takesCompressed: Bool { true }
  func empty() -> SparseMoments { SparseMoments(columns: sums.count) }
  mutating func reset() { self = empty() }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    guard let rows = block.points.rows.compressed else {
      preconditionFailure("these moments are of sparse rows")
    }
    sums.withUnsafeMutableBufferPointer { sums in
      squares.withUnsafeMutableBufferPointer { squares in
        for number in 0..<rows.count {
          let (row, share) = (rows[number], block.points.weight(number))
          // A row of weight 0 counts nothing, whatever is in it.
          guard share > 0 else { continue }
          weight += share
          for place in 0..<row.count {
            let (column, value) = (row.column(place), Double(row.values[place]))
            sums[column] += share * value
            squares[column] += share * (value * value)
          }
        }
      }
    }
  }

  mutating func merge(_ later: borrowing SparseMoments) {
    weight += later.weight
    for column in sums.indices {
      sums[column] += later.sums[column]
      squares[column] += later.squares[column]
    }
  }

  /// The moments.
  func moments(_ instructionSet: InstructionSet) -> ColumnMoments<Scalar> {
    let means = sums.map { weight > 0 ? $0 / weight : 0 }
    let deviations = sums.indices.map { max(0, squares[$0] - sums[$0] * means[$0]) }
    return ColumnMoments(
      weight: weight, means: means, deviations: deviations, instructionSet: instructionSet)
  }
}

/// The box of sparse rows that have a weight: a column that some of them have no value in has a
/// zero, too.
struct SparseColumnBox<Scalar: ClusteringScalar>: RowReduction {
  private var low: [Scalar]
  private var high: [Scalar]
  private var counts: [Int]
  private var rows = 0

  init(columns: Int) {
    low = Array(repeating: .infinity, count: columns)
    high = Array(repeating: -.infinity, count: columns)
    counts = Array(repeating: 0, count: columns)
  }

  var needsDistances: Bool { false }
  var takesCompressed: Bool { true }
  func empty() -> SparseColumnBox { SparseColumnBox(columns: low.count) }
  mutating func reset() { self = empty() }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    guard let compressed = block.points.rows.compressed else {
      preconditionFailure("this box is of sparse rows")
    }
    for number in 0..<compressed.count where block.points.weight(number) > 0 {
      let row = compressed[number]
      rows += 1
      for place in 0..<row.count {
        let (column, value) = (row.column(place), row.values[place])
        low[column] = min(low[column], value)
        high[column] = max(high[column], value)
        counts[column] += 1
      }
    }
  }

  mutating func merge(_ later: borrowing SparseColumnBox) {
    rows += later.rows
    for column in low.indices {
      low[column] = min(low[column], later.low[column])
      high[column] = max(high[column], later.high[column])
      counts[column] += later.counts[column]
    }
  }

  /// The box.
  var box: ColumnBox<Scalar> {
    let hasZero = { (column: Int) in counts[column] < rows }
    return ColumnBox(
      low: low.indices.map { hasZero($0) ? min(low[$0], 0) : low[$0] },
      high: high.indices.map { hasZero($0) ? max(high[$0], 0) : high[$0] })
  }
}
