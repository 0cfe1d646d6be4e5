import Clustering
import KMeansFiles
import VectorIO

/// The clusters of points, as a file says them.
enum ClusterLabels {
  /// One whole number a row, from -1 on.
  static func read(_ path: String) throws -> [Int32] {
    try checkHoldsPoints(path)
    let rows = try VectorFile<Double>(path)
    guard rows.columns == 1 else {
      throw FileError.malformed(
        path: rows.info.path, place: .wholeFile,
        problem: "\(counted(rows.columns, "column")), expected one label a row")
    }
    let matrix = try MemoryBudget().rows(of: rows, .labels).matrix
    return try (0..<matrix.rows).map { row in
      let value = matrix[row, 0]
      guard let label = Int32(exactly: value), label >= -1 else {
        throw FileError.malformed(
          path: rows.info.path, place: .row(row),
          problem: "expected a whole number from -1 to \(Int32.max), found \(value) "
            + "(rows count from 0)")
      }
      return label
    }
  }
}
