/// Sparse rows column by column: the distances of one row to all of them at once.
///
/// ``CompressedRow/squaredDistance(to:columns:)`` merges two rows, and its processor guesses wrong
/// at every second step which of them comes next. Here the lanes of all rows are kept instead, and
/// columns come one after another: one that the row has a value in adds the square of that to all
/// of them, which is a plain loop, and puts right those that have a value there, too. Each lane
/// adds the same numbers in the same order, so the sums are the same bits.
struct SampledColumns<Scalar: ClusteringScalar>: Sendable {
  /// The columns that have values, ascending.
  private var columns: [Int32] = []
  /// Where the values of each begin; one more at the end.
  private var starts: [Int] = []
  /// The rows of the values of a column, ascending, and the values.
  private var rows: [Int32] = []
  private var values: [Double] = []
  private let count: Int
  /// Fewer than 8 columns are added one after another: in one lane.
  private let mask: Int32

  /// - Parameter columns: those of a row.
  /// - Complexity: O(v log v) for v values.
  init(_ sparse: CompressedRows<Scalar>, columns columnCount: Int) {
    count = sparse.count
    mask = columnCount < 8 ? 0 : 7
    var entries: [(key: UInt64, value: Double)] = []
    for number in 0..<sparse.count {
      let row = sparse[number]
      for place in 0..<row.count {
        let key = UInt64(UInt32(bitPattern: row.indices[place])) << 32 | UInt64(number)
        entries.append((key, Double(row.values[place])))
      }
    }
    entries.sort { $0.key < $1.key }
    for entry in entries {
      let column = Int32(truncatingIfNeeded: entry.key >> 32)
      if columns.last != column {
        columns.append(column)
        starts.append(rows.count)
      }
      rows.append(Int32(truncatingIfNeeded: entry.key))
      values.append(entry.value)
    }
    starts.append(rows.count)
  }

  /// Finds the squared distances of one of the rows to all of them.
  ///
  /// - Parameter distances: OUT, one a row.
  /// - Complexity: O(values of the row x m + all values) for m rows; memory for 9 m numbers.
  func squaredDistances(
    of row: CompressedRow<Scalar>, into distances: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 9 * count) { memory in
      let lanes = memory.baseAddress!
      lanes.initialize(repeating: 0, count: 8 * count)
      rows.withUnsafeBufferPointer { rows in
        values.withUnsafeBufferPointer { values in
          add(row, rows, values, to: lanes, kept: lanes + 8 * count)
        }
      }
      for other in 0..<count {
        let lane = { (number: Int) in lanes[number &* count &+ other] }
        let (first, second) = (lane(0) + lane(4), lane(1) + lane(5))
        let (third, fourth) = (lane(2) + lane(6), lane(3) + lane(7))
        distances[other] = (first + third) + (second + fourth)
      }
    }
  }

  /// Adds the squares of all differences to the lanes of the rows.
  private func add(
    _ row: CompressedRow<Scalar>, _ rows: UnsafeBufferPointer<Int32>,
    _ values: UnsafeBufferPointer<Double>, to lanes: UnsafeMutablePointer<Double>,
    kept: UnsafeMutablePointer<Double>
  ) {
    guard let rows = rows.baseAddress, let values = values.baseAddress else { return }
    var place = 0
    for number in columns.indices {
      let (column, list) = (columns[number], starts[number]..<starts[number + 1])
      let lane = lanes + Int(column & mask) &* count
      guard place < row.count, row.indices[place] == column else {
        for entry in list { lane[Int(rows[entry])] += values[entry] * values[entry] }
        continue
      }
      let value = Double(row.values[place])
      place &+= 1
      for entry in list { kept[entry &- list.lowerBound] = lane[Int(rows[entry])] }
      let square = value * value
      for other in 0..<count { lane[other] += square }
      for entry in list {
        let difference = value - values[entry]
        lane[Int(rows[entry])] = kept[entry &- list.lowerBound] + difference * difference
      }
    }
  }
}
