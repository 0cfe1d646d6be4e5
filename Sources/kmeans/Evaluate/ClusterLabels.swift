import Clustering
import KMeansFiles
import VectorIO

/// The clusters of points, read from a file.
enum ClusterLabels {
  /// One whole number a row, from -1 on.
  static func read(_ path: String) throws -> [Int32] {
    try checkHoldsPoints(path)
    let (name, values) = try MemoryBudget().values(of: path, .labels)
    return try values.enumerated().map { row, value in
      guard let label = Int32(exactly: value), label >= -1 else {
        throw FileError.malformed(
          path: name, place: .row(row),
          problem: "expected a whole number from -1 to \(Int32.max), found \(value) "
            + "(rows count from 0)")
      }
      return label
    }
  }
}
