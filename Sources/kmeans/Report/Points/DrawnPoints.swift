import Clustering
import KMeansReports

/// Points that were drawn of all, as the model compares them: transformed, with their clusters.
struct DrawnPoints {
  /// Row after row [m x d].
  let values: [Double]
  let columns: Int
  let labels: [Int32]
  /// How many points they were drawn of.
  let total: Int
  /// The silhouettes of some of them.
  let silhouette: Silhouette?

  var count: Int { labels.count }

  /// - Parameter rows: the points as they are [m x d], in the order in which they were drawn.
  /// - Complexity: O(m k d), and O(s^2 d) for the silhouettes of s of them.
  init<Scalar: ClusteringScalar>(
    _ rows: Matrix<Scalar>, of total: Int, _ model: KMeansModel<Scalar>, _ execution: Execution
  ) throws {
    let labels = try model.labelsAndDistances(
      rows.view, execution: execution, leavingOutZeroRows: true
    ).labels
    let map = RowMap<Scalar>(
      model.transform, columns: rows.columns, instructionSet: execution.kernels)
    let mapped = map?.mapped(rows) ?? rows
    (columns, self.total, self.labels) = (rows.columns, total, labels)
    values = mapped.doubleValues
    let sample = Self.silhouetteRows(columns: rows.columns)
    // Of the first ones, for all were drawn.
    let count = min(rows.rows, sample)
    silhouette =
      try model.distance.hasMeans && count > 0
      ? Silhouette(
        mapped.view.rows(0..<count), labels: Array(labels.prefix(count)), sample: count,
        execution: execution) : nil
  }

  /// How many points have their silhouettes taken: each is compared with all others.
  private static func silhouetteRows(columns: Int) -> Int {
    max(200, min(5000, Int((1.5e9 / Double(columns)).squareRoot())))
  }

  /// The value of a point in a column.
  func value(_ point: Int, _ column: Int) -> Double { values[point * columns + column] }
}

extension Matrix where Scalar: ClusteringScalar {
  /// The values row after row, in Double.
  var doubleValues: [Double] {
    let values = span
    return values.indices.map { Double(values[$0]) }
  }
}
