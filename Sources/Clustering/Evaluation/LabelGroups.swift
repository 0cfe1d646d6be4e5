/// The rows that are evaluated, and the group of each: the labels in use, numbered from 0.
struct LabelGroups {
  /// The label of each group, ascending.
  let labels: [Int32]
  /// The group of each row that is evaluated.
  let groups: [Int32]
  /// The rows that are evaluated; `nil` for all of them.
  let rows: [Int]?

  /// The number of groups, at least 1.
  var count: Int { labels.count }

  /// Checks the labels.
  ///
  /// - Parameters:
  ///   - clusters: the largest number of them; `nil` for as many as labels can name.
  ///   - weight: the weight of a row.
  /// - Throws: an error where a label is below -1 or too large, or where no row has a label and a
  ///   weight.
  /// - Complexity: O(n + k log k).
  init(
    _ rowLabels: [Int32], clusters: Int?, weight: (Int) -> Double
  ) throws(ClusteringError) {
    let largest = clusters.map { $0 - 1 } ?? Int(Int32.max)
    var rows: [Int] = []
    rows.reserveCapacity(rowLabels.count)
    var found: Set<Int32> = []
    var last: Int32 = -1
    for row in rowLabels.indices {
      let label = rowLabels[row]
      guard label >= -1, Int(label) <= largest else {
        throw .labelOutOfRange(row: row, label: Int(label), largest: largest)
      }
      guard label >= 0, weight(row) > 0 else { continue }
      rows.append(row)
      if label != last { found.insert(label) }
      last = label
    }
    guard !rows.isEmpty else { throw .noLabelledPoints(rowLabels.count) }
    labels = found.sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(labels, Int32(0)...))
    groups = rows.map { numbers[rowLabels[$0]]! }
    self.rows = rows.count == rowLabels.count ? nil : rows
  }
}

extension WeightedRows {
  /// Calls a closure with the rows that are evaluated, each with a label and a weight above 0; they
  /// are copied unless they are all rows.
  func withEvaluated<Result>(
    _ groups: LabelGroups, _ body: (WeightedRows) throws(ClusteringError) -> Result
  ) throws(ClusteringError) -> Result {
    guard let chosen = groups.rows else { return try body(self) }
    let matrix = rows.matrix(of: chosen)
    let weights = weights.map { weights in chosen.map { weights[$0] } }
    return try matrix.withRows { (rows) throws(ClusteringError) in
      guard let weights else { return try body(WeightedRows(rows: rows)) }
      return try weights.withUnsafeBufferPointer { (buffer) throws(ClusteringError) in
        try body(WeightedRows(rows: rows, weights: buffer.baseAddress))
      }
    }
  }
}
