import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// Where the weights of the points come from: a file with one number a row, or a column of the input.
enum PointWeights: Sendable {
  case none
  case file(String)
  case column(String)

  /// A file where there is one of that name, else a column.
  init(_ text: String?) {
    guard let text else {
      self = .none
      return
    }
    self = FileManager.default.fileExists(atPath: text) ? .file(text) : .column(text)
  }

  /// Reading options that bring the column of weights in.
  func adding(to options: ReadingOptions) -> ReadingOptions {
    guard case .column(let name) = self, case .listed(let items) = options.columns,
      !items.contains(name)
    else { return options }
    var options = options
    options.columns = .listed(items + [name])
    return options
  }

  /// The weights in a file of one column.
  static func read(_ path: String) throws -> [Double] {
    var rows = try VectorFile<Double>(path)
    guard rows.columns == 1 else {
      throw FileError.malformed(
        path: path, place: .wholeFile,
        problem: "\(rows.columns) columns, expected one weight a row")
    }
    let matrix = try Matrix(reading: &rows)
    return (0..<matrix.rows).map { matrix[$0, 0] }
  }

  /// Takes a column out of a matrix: its values come back as weights, and the columns behind it move
  /// one to the left, so that the coordinates are the first ones of each row.
  static func split<Scalar: ClusteringScalar>(
    _ name: String, from matrix: inout Matrix<Scalar>, _ info: VectorFileInfo
  ) throws -> [Double] {
    let place = info.chosenColumns.firstIndex { $0.name == name }
      ?? info.chosenColumns.firstIndex { "\($0.number)" == name }
    guard let place else {
      throw FileError.unusable(
        path: info.path,
        problem: "there is no numeric column '\(name)' to take weights from, nor a file of that name")
    }
    guard matrix.columns > 1 else {
      throw FileError.unusable(path: info.path, problem: "no column is left beside the weights")
    }
    var values = matrix.mutableSpan
    var weights: [Double] = []
    weights.reserveCapacity(values.count / info.columns)
    for start in stride(from: 0, to: values.count, by: info.columns) {
      weights.append(Double(values[start + place]))
      for column in start + place..<start + info.columns - 1 {
        values[column] = values[column + 1]
      }
    }
    return weights
  }
}
