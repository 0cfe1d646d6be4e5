/// The mean and the squared deviations of every column of sparse rows, without a look at zeros.
///
/// Values are added one by one and stripes merged by the update of Chan, Golub and LeVeque (1979),
/// as in ``ColumnMoments``; the rows that have no value in a column are merged at last, as so much
/// weight at 0. Nothing cancels: equal rows have exactly no deviation.
struct SparseMoments<Scalar: ClusteringScalar>: RowReduction {
  /// What is known of the values of one column.
  private struct Column {
    var rows = 0
    var weight = 0.0
    var mean = 0.0
    var deviations = 0.0
  }

  private var rows = 0
  private var weight = 0.0
  private var columns: [Column]

  init(columns count: Int) { columns = Array(repeating: Column(), count: count) }

  var needsDistances: Bool { false }
  var takesCompressed: Bool { true }
  func empty() -> SparseMoments { SparseMoments(columns: columns.count) }
  mutating func reset() { self = empty() }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    guard let compressed = block.points.rows.compressed else {
      preconditionFailure("these moments are of sparse rows")
    }
    columns.withUnsafeMutableBufferPointer { columns in
      for number in 0..<compressed.count {
        let (row, share) = (compressed[number], block.points.weight(number))
        // A row of weight 0 counts nothing, whatever is in it.
        guard share > 0 else { continue }
        rows += 1
        weight += share
        for place in 0..<row.count {
          var column = columns[row.column(place)]
          let value = Double(row.values[place])
          column.rows += 1
          column.weight += share
          let deviation = value - column.mean
          column.mean += share / column.weight * deviation
          column.deviations += share * (deviation * (value - column.mean))
          columns[row.column(place)] = column
        }
      }
    }
  }

  mutating func merge(_ later: borrowing SparseMoments) {
    rows += later.rows
    weight += later.weight
    for number in columns.indices where later.columns[number].rows > 0 {
      var column = columns[number]
      let other = later.columns[number]
      let total = column.weight + other.weight
      let (share, difference) = (other.weight / total, other.mean - column.mean)
      column.mean += share * difference
      column.deviations += other.deviations + difference * difference * column.weight * share
      column.weight = total
      column.rows += other.rows
      columns[number] = column
    }
  }

  /// The moments.
  func moments(_ instructionSet: InstructionSet) -> ColumnMoments<Scalar> {
    var (means, deviations) = ([Double](), [Double]())
    means.reserveCapacity(columns.count)
    deviations.reserveCapacity(columns.count)
    for column in columns {
      // Rounding must not make up a weight where every row has a value.
      let zeros = column.rows == rows ? 0 : max(0, weight - column.weight)
      let share = column.rows == rows ? 1 : weight > 0 ? column.weight / weight : 0
      means.append(share * column.mean)
      deviations.append(column.deviations + column.mean * column.mean * (zeros * share))
    }
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
