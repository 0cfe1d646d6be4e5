import Clustering
import KMeansFiles

/// How many points initial centroids count as: all the same, or each what a file says.
enum InitialWeight {
  case all(Double)
  case file(String)

  /// - Throws: ``Failure`` where a text is neither a number nor the name of a file.
  init(_ text: String) throws {
    if let number = Double(text) {
      self = .all(number)
    } else if exists(text) {
      self = .file(text)
    } else if looksLikeFile(text) {
      throw missingFile(text)
    } else {
      throw Failure.usage(
        "--init-weight \(text): expected a number, or a file of one weight for each centroid")
    }
  }

  /// The weight of centroids that are drawn.
  func ofAll() throws -> Double {
    switch self {
    case .all(let weight): return weight
    case .file(let path):
      throw Failure.usage(
        "--init-weight \(path): gaussian centroids weigh all the same, expected a number, or a file "
          + "of centroids by --init")
    }
  }

  /// The weight of each centroid of a file.
  func read(clusters: Int) throws -> [Double] {
    switch self {
    case .all(let weight):
      guard weight >= 0, weight.isFinite else {
        throw Failure.usage(
          "--init-weight \(weight): expected a finite number that is not negative")
      }
      return Array(repeating: weight, count: clusters)
    case .file(let path):
      try checkHoldsPoints(path)
      let weights = try MemoryBudget().values(of: path, .weights).values
      guard weights.count == clusters else {
        throw Failure.data(
          "\(path): \(counted(weights.count, "weight")) for "
            + "\(counted(clusters, "initial centroid")), expected one each")
      }
      if let row = weights.firstIndex(where: { !($0 >= 0 && $0 <= 1e150) }) {
        throw Failure.data(
          "\(path): the weight in row \(row + 1) is \(weights[row]), expected a number from 0 to 1e150 "
            + RowNumbers.ofRows)
      }
      return weights
    }
  }
}
