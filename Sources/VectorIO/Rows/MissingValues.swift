internal import KMeansFiles
package import KMeansLinearAlgebra

/// The means of columns, and how many missing values they were taken for.
///
/// Means are sums in Double in the order of the rows, divided by the number of values: the same
/// bits wherever the rows come from, and however many come at a time.
package struct MissingValues: Sendable, Hashable, Codable {
  /// The mean of each column, once they are known.
  package private(set) var means: [Double]?
  /// How many values of each column were filled in.
  package internal(set) var filled: [Int]
  /// How many rows the means are of, where those are the first ones.
  package internal(set) var learnedRows: Int?
  var sums: [Double]
  var counts: [Int]

  /// - Parameter means: what is known already, one a column.
  package init(columns: Int, means: [Double]? = nil) {
    self.means = means
    filled = Array(repeating: 0, count: columns)
    sums = Array(repeating: 0, count: columns)
    counts = filled
  }

  /// Puts all parts in their places.
  mutating func restore(
    means: [Double]?, filled: [Int], learnedRows: Int?, sums: [Double], counts: [Int]
  ) {
    (self.means, self.filled, self.learnedRows) = (means, filled, learnedRows)
    (self.sums, self.counts) = (sums, counts)
  }

  /// How many columns there are.
  package var columns: Int { filled.count }

  /// Takes what was filled in so far, and counts anew.
  package mutating func takeFilled() -> MissingValues {
    defer { filled = Array(repeating: 0, count: filled.count) }
    return self
  }

  /// How many values were filled in, of all columns.
  package var filledCount: Int { filled.reduce(0, +) }

  /// Adds the values of some rows to the sums.
  ///
  /// - Complexity: O(values).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package mutating func learn<Scalar: MatrixScalar>(_ rows: borrowing MatrixView<Scalar>) {
    for row in 0..<rows.rows {
      let values = rows[row]
      for column in 0..<values.count where values[column].isFinite {
        sums[column] += Double(values[column])
        counts[column] += 1
      }
    }
  }

  mutating func learn<Scalar: ReadableScalar>(_ values: UnsafeBufferPointer<Scalar>) {
    let columns = sums.count
    var column = 0
    for value in values {
      if value.isFinite {
        sums[column] += Double(value)
        counts[column] += 1
      }
      column = column + 1 == columns ? 0 : column + 1
    }
  }

  /// Ends learning.
  ///
  /// - Throws: ``FileError`` for a column without a value, or with a mean that no double holds.
  package mutating func finish(
    _ info: VectorFileInfo, among rows: String, _ hint: String
  ) throws(FileError) {
    let empty = counts.indices.filter { counts[$0] == 0 }
    guard empty.isEmpty else {
      let isOne = empty.count == 1
      throw .malformed(
        path: info.path, place: .wholeFile,
        problem: "\(isOne ? "column" : "columns") \(info.list(empty)) \(isOne ? "has" : "have") no "
          + "value\(rows) to take a mean of: \(hint) \(info.argument(empty)) leaves "
          + "\(isOne ? "it" : "them") out")
    }
    let found = sums.indices.map { sums[$0] / Double(counts[$0]) }
    if let bad = found.firstIndex(where: { !$0.isFinite }) {
      throw .malformed(
        path: info.path, place: .wholeFile,
        problem: "the sum of column \(info.list([bad])) is more than a 64-bit float can hold")
    }
    means = found
  }

  /// Fills the missing values of rows in, by their own means where none are known.
  ///
  /// - Parameters:
  ///   - rows: what these rows are, for a message.
  ///   - hint: the words of a message before columns that are to be left out.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package mutating func fill<Scalar: MatrixScalar>(
    _ points: inout Matrix<Scalar>, _ info: VectorFileInfo, among rows: String, _ hint: String
  ) throws(FileError) {
    if points.rows == 0 { return }
    if means == nil {
      learn(points.view)
      try finish(info, among: rows, hint)
      learnedRows = points.rows
    }
    var values = points.mutableSpan
    fill(&values)
  }

  /// Fills missing values in.
  ///
  /// - Precondition: the means are known.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package mutating func fill<Scalar: MatrixScalar>(_ values: inout MutableSpan<Scalar>) {
    let columns = filled.count
    var column = 0
    for index in 0..<values.count {
      if values[index].isNaN {
        values[index] = Scalar(means![column])
        filled[column] += 1
      }
      column = column + 1 == columns ? 0 : column + 1
    }
  }

  /// Lines for the user: `a.csv: 'age': 12 values are missing, the mean 41.3 is taken`.
  package func notes(_ info: VectorFileInfo) -> [String] {
    guard let means else { return [] }
    let columns = filled.indices.filter { filled[$0] > 0 }
    let shown = columns.prefix(Self.mostNotes).map { column in
      let count = filled[column]
      return "\(info.path): column \(info.list([column])): \(counted(count, "value")) "
        + "\(count == 1 ? "is" : "are") missing, the mean \(Self.text(means[column])) is taken"
    }
    guard columns.count > shown.count else { return shown }
    let rest = columns.dropFirst(shown.count)
    let count = rest.reduce(0) { $0 + filled[$1] }
    return shown + [
      "\(info.path): \(counted(count, "value")) of \(counted(rest.count, "more column")) "
        + "\(count == 1 ? "is" : "are") missing, the means are taken"
    ]
  }

  /// How many columns notes name.
  private static let mostNotes = 8

  /// A number in six digits.
  private static func text(_ value: Double) -> String {
    let magnitude = value.magnitude
    guard magnitude >= 1e-4, magnitude < 1e15 else { return value.description }
    var scale = 1.0
    while magnitude * scale < 1e5 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return Int(exactly: rounded)?.description ?? rounded.description
  }
}
