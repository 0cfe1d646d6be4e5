import Clustering
import KMeansFiles
import VectorIO

/// Puts the name of the file that is to blame before what the library says is wrong: it knows rows
/// and columns, not where they came from.
struct ErrorLocator: Sendable {
  /// The file of the points.
  private(set) var points: String
  /// For each column of the points, which column of the file it is, from 0.
  private(set) var columns: [Int]
  /// The name of each of them; empty where the file has none.
  private var names: [String] = []
  /// Where weights come from.
  var weights = FileOrColumn.none
  /// The file of the labels.
  var labels: String?
  /// The file of the centroids.
  var centroids: String?
  /// Whether values of the file are rounded to floats, so that large ones become infinite.
  var narrows = false
  /// The advice behind a value that is no finite number.
  var notFiniteHint = ""
  /// How many rows of the file come before the first point.
  var rowsBefore = 0
  /// Rows of the file that are no points.
  var skipped = SkippedRows()
  /// What was read beside the points, where errors may be about times.
  var beside = AuxiliaryValues()
  /// The files that the points are from, where they are several.
  var parts: [FilePart] = []

  /// Of points whose columns are those of their source.
  init(_ points: String, columnCount: Int, centroids: String? = nil) {
    self.points = points
    columns = Array(0..<columnCount)
    self.centroids = centroids
  }

  /// Of the rows of a file that are read in a type.
  ///
  /// - Parameter weightColumn: the one that weights come from, if any.
  init<Scalar: ClusteringScalar>(
    _ info: VectorFileInfo, as type: Scalar.Type, weightColumn: String? = nil
  ) {
    points = info.path
    columns = info.chosenColumns.map { $0.number - 1 }
    names = info.chosenColumns.compactMap(\.name)
    weights = weightColumn.map(FileOrColumn.column) ?? .none
    narrows = info.isNarrowed(to: Scalar.self)
    notFiniteHint = info.notFiniteHint
  }

  /// Does something with points.
  func onError<Result>(_ body: () throws(ClusteringError) -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw failure(error)
    }
  }

  /// What the user is told of an error.
  func failure(_ error: ClusteringError) -> Failure {
    var located = self
    let mapped = located.inFile(error)
    let failure = Failure(mapped)
    return Failure(line: located.line(failure.line, error), status: failure.status)
  }

  /// The row and the column of the file, where the error has those of the points. Of several files
  /// it becomes the locator of the one that has the row.
  private mutating func inFile(_ error: ClusteringError) -> ClusteringError {
    var first = 0
    if isAboutInput(error) {
      var found: FilePart?
      _ = error.mappingRows { row in
        found = parts.part(ofRow: fileRow(row))
        return row
      }
      if let found {
        first = found.firstRow
        points = found.info.path
        columns = found.info.chosenColumns.map { $0.number - 1 }
      }
    }
    return switch error.mappingRows({ fileRow($0) - first }) {
    case .notFinite(let row, let column): .notFinite(row: row, column: columns[column])
    case .tooLarge(let row, let column, let limit):
      .tooLarge(row: row, column: columns[column], limit: limit)
    case let other: other
    }
  }

  /// Whether the rows of an error are those of the input, not those of a file beside it.
  private func isAboutInput(_ error: ClusteringError) -> Bool {
    switch error {
    case .weightCountMismatch, .invalidWeight, .invalidTotalWeight: weights.file == nil
    case .labelCountMismatch, .labelOutOfRange, .noLabelledPoints: labels == nil
    default: true
    }
  }

  /// The row of the file that a point is.
  func fileRow(_ row: Int) -> Int { skipped.fileRow(row + rowsBefore) }

  private func line(_ text: String, _ error: ClusteringError) -> String {
    switch error {
    case .specific(let specific):
      (specific.error as? DistanceError).map(line) ?? line(text, specific.error as? StreamingError)
    case .weightCountMismatch, .invalidWeight, .invalidTotalWeight:
      "\(weights.name(points)): \(text)"
    case .labelCountMismatch, .labelOutOfRange, .noLabelledPoints:
      "\(labels ?? points): \(text)"
    case .centroidCountMismatch(let found, _):
      "\(centroids ?? points): \(text) as -k says; without -k there \(found == 1 ? "is" : "are") "
        + counted(found, "cluster")
    case .centroidNotFinite, .zeroCentroid:
      "\(centroids ?? points): \(text)"
    case .dimensionMismatch(let found, let expected):
      // Which of the two the library found or expected does not matter to the user.
      ExpectedColumns.mismatch(
        points, found: columns.count, expected: found == columns.count ? expected : found,
        centroids ?? "the centroids")
    case .noPoints:
      "\(points): \(LeftOut(skipped).noPoints)"
    case .notFinite where narrows:
      "\(points): \(text); a 32-bit float holds numbers up to 3.4e38, --precision double more"
    case .notFinite:
      "\(points): \(text)\(notFiniteHint)"
    default:
      "\(points): \(text)"
    }
  }

  /// What is wrong with a distance of these points, with the column as their file has it.
  private func line(_ error: DistanceError) -> String {
    let text = error.line { column in
      guard columns.indices.contains(column) else { return nil }
      let name = names.count == columns.count ? " (\(names[column]))" : ""
      return "column \(columns[column] + 1)\(name)"
    }
    return "\(points): \(text)"
  }

  private func line(_ text: String, _ error: StreamingError?) -> String {
    switch error {
    case .duplicateCentroids: "\(centroids ?? points): \(text)"
    case .timeJump(let row, let time, let latest, let halfLives):
      "\(points): \(jump(row, time, latest, halfLives) ?? text); --max-time-jump N allows more half-lives"
    default: "\(points): \(text)"
    }
  }
}

extension ErrorLocator {
  /// A time too far ahead, with its line, where there are lines.
  private func jump(
    _ row: Int, _ time: Double, _ latest: Double, _ halfLives: Double
  ) -> String? {
    guard let jump = beside.jump(row: row, to: time, from: latest, halfLives: halfLives) else {
      return nil
    }
    return "\(jump): that would erase the model"
  }
}

extension AuxiliaryValues {
  /// A time too far ahead, as a message says it; `nil` where it stands on no line.
  func jump(row: Int, to time: Double, from latest: Double, halfLives: Double) -> String? {
    guard timeLines.indices.contains(row) else { return nil }
    return "line \(timeLines[row]): " + jump(to: time, from: latest, halfLives: halfLives)
  }

  /// The same without its line.
  func jump(to time: Double, from latest: Double, halfLives: Double) -> String {
    "the time \(timeText(time)) is more than \(halfLives) half-lives after \(timeText(latest)), the "
      + "latest before it"
  }
}

extension VectorFileInfo {
  /// Whether values are rounded to floats when they are read.
  func isNarrowed<Scalar: ClusteringScalar>(to type: Scalar.Type) -> Bool {
    Scalar.self == Float.self && precision == .double
  }
}
