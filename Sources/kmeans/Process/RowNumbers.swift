import Clustering
import KMeansFiles

// The library counts rows and columns from 0, as programs do. People count lines and columns of a
// file from 1: what they read here has all numbers of rows and columns from 1, and JSON and files
// have rows from 0. Clusters are no rows: their numbers are labels, from 0.
extension ClusteringError {
  /// The line of an error that names a row or a column, counted from 1; `nil` for other errors.
  var lineFromOne: String? {
    switch self {
    case .notFinite(let row, let column):
      "the value in row \(row + 1), column \(column + 1) is not finite \(RowNumbers.ofBoth)"
    case .tooLarge(let row, let column, let limit):
      "the value in row \(row + 1), column \(column + 1) is beyond +-\(limit): its square would "
        + "overflow \(RowNumbers.ofBoth)"
    case .zeroRow(let row):
      "row \(row + 1) has no direction: all its values are zero, or become zero \(RowNumbers.ofRows)"
    case .zeroCentroid(let cluster):
      "centroid \(cluster) has no direction: all its values are zero (centroids count from 0)"
    case .invalidWeight(let row, let weight):
      "the weight of row \(row + 1) is \(weight), expected a finite number that is not negative"
    case .centroidNotFinite(let cluster, let column):
      "the value of centroid \(cluster), column \(column + 1) is not finite or too large "
        + "(centroids count from 0, columns from 1)"
    case .labelOutOfRange(let row, let label, let largest):
      "the label of row \(row + 1) is \(label), expected a cluster from 0 to \(largest) or -1 for none "
        + RowNumbers.ofRows
    case .specific(let specific):
      (specific.error as? StreamingError)?.lineFromOne
        ?? (specific.error as? DistanceError)?.line()
        ?? (specific.error as? KeyedStreamsError)?.lineFromOne
    default: nil
    }
  }
}

extension DistanceError {
  /// The line of the error.
  ///
  /// - Parameter name: that of a column; `nil` for its number.
  func line(_ name: (Int) -> String? = { _ in nil }) -> String {
    let column = column ?? 0
    return description(first: 1, column: name(column) ?? "column \(column + 1)")
  }
}

extension StreamingError {
  fileprivate var lineFromOne: String? {
    switch self {
    case .invalidTime(let row, let time):
      "the time of row \(row + 1) is \(time), expected a finite number \(RowNumbers.ofRows)"
    case .timeJump(let row, let time, let latest, let halfLives):
      "the time of row \(row + 1) is \(time), more than \(halfLives) half-lives after \(latest), the "
        + "latest before it: that would erase the model \(RowNumbers.ofRows)"
    default: nil
    }
  }
}

extension KeyedStreamsError {
  fileprivate var lineFromOne: String? {
    switch self {
    case .emptyKey(let row):
      "the key of row \(row + 1) is empty, expected a text \(RowNumbers.ofRows)"
    case .keyTooLong(let row, let bytes):
      "the key of row \(row + 1) has \(bytes) bytes, expected at most 1024 \(RowNumbers.ofRows)"
    default: nil
    }
  }
}

/// What is said behind numbers of rows, which are no numbers of lines.
enum RowNumbers {
  static let ofRows = "(rows count from 1)"
  static let ofBoth = "(rows and columns count from 1)"
}

extension FileError {
  /// The line of the error, rows counted from 1.
  var lineFromOne: String {
    guard case .malformed(let path, .row(let row), let problem) = self else { return description }
    return FileError.malformed(path: path, place: .row(row + 1), problem: problem).description
  }
}
