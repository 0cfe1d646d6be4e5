import KMeansFiles
import VectorIO

// Rows of a file that were left out, and results for all of its rows.
extension SkippedRows {
  /// One result for each row of the file: `filler` where the row was left out.
  func filled<Value>(_ results: [Value], with filler: Value) -> [Value] {
    if isEmpty { return results }
    var all: [Value] = []
    all.reserveCapacity(results.count + count)
    var next = 0
    for run in runs {
      let kept = run.lowerBound - all.count
      all += results[next..<next + kept]
      next += kept
      all += repeatElement(filler, count: run.count)
    }
    return all + results[next...]
  }

  /// The values of the rows that were not left out, where there is one for each row of the file;
  /// else the values as they are, which may be those of the points already.
  func kept<Value>(of all: [Value], points: Int) -> [Value] {
    guard !isEmpty, all.count == points + count else { return all }
    var kept: [Value] = []
    kept.reserveCapacity(points)
    var next = 0
    for run in runs {
      kept += all[next..<run.lowerBound]
      next = run.upperBound
    }
    return kept + all[next...]
  }

  /// Calls a closure for each row of the file, with the number of its point, or `nil` where it was
  /// left out.
  func forEachRow(points: Int, _ body: (Int?) throws -> Void) rethrows {
    var point = 0
    var before = 0
    for run in runs {
      while point + before < run.lowerBound {
        try body(point)
        point += 1
      }
      for _ in run { try body(nil) }
      before += run.count
    }
    for rest in point..<points { try body(rest) }
  }

  /// The number in the file of a row that was not left out.
  func fileRow(_ row: Int) -> Int {
    var before = 0
    for run in runs {
      if run.lowerBound - before > row { break }
      before += run.count
    }
    return row + before
  }

  /// Lines for the user: `a.csv: 3 rows are left out, for a value is missing ...: 4, 17, 18`.
  ///
  /// - Parameter parts: the files that the rows are from, where they are several.
  func notes(_ path: String, _ parts: [FilePart] = []) -> [String] {
    LeftOut(self).notes(path, parts)
  }
}

extension LeftOut {
  /// The words for a file of which no row is a point.
  var noPoints: String { "there are no points" + (summary.map { "; \($0)" } ?? "") }
}

/// The number of rows that were left out for each reason, and the first of them, for messages.
struct LeftOut: Sendable, Codable {
  private var rows: [SkippedRows.Reason: ToldRows] = [:]
  private var firstFaults: [SkippedRows.Reason: String] = [:]
  /// What was wrong with the last row.
  private(set) var lastFault: String?
  var count: Int { rows.values.reduce(0) { $0 + $1.count } }

  init(_ rows: SkippedRows = SkippedRows()) { add(rows) }

  /// Adds rows behind those that there are.
  ///
  /// - Parameter path: names their file, where there are several.
  mutating func add(_ others: SkippedRows, of path: String? = nil) {
    for part in others.parts { rows[part.reason, default: ToldRows()].add(part.rows) }
    let file = path.map { "\($0): " } ?? ""
    firstFaults.merge(others.firstFaults.mapValues { file + $0.text }) { first, _ in first }
    if let last = others.lastWords { lastFault = file + last }
  }

  /// A line for the user for each reason.
  func notes(_ path: String, _ parts: [FilePart] = []) -> [String] {
    SkippedRows.Reason.allCases.compactMap { reason in
      let note = rows[reason]?.note(path, parts) { Self.words($0, reason) }
      return note.map { $0 + (firstFaults[reason].map { "; the first: \($0)" } ?? "") }
    }
  }

  /// A line for the user about all of them; `nil` where there are none.
  var summary: String? {
    guard count > 0 else { return nil }
    let parts = SkippedRows.Reason.allCases.compactMap { reason in
      rows[reason].map { rows in
        "\(rows.count) \(reason.summary)"
          + (firstFaults[reason].map { " (the first: \($0))" } ?? "")
      }
    }
    return "\(counted(count, "row")) left out: \(parts.joined(separator: ", "))"
  }

  private static func words(_ count: Int, _ reason: SkippedRows.Reason) -> String {
    let isOne = count == 1
    let rows = "\(counted(count, "row")) \(isOne ? "is" : "are") left out, for "
    switch reason {
    case .value: return rows + "a value is missing or no finite number"
    case .zero: return "\(counted(count, "row")) of zeros \(ZeroRows.withoutDirection(count))"
    case .malformed: return rows + (isOne ? "it is malformed" : "they are malformed")
    case .tooLarge: return rows + "a value is beyond 1e140"
    case .timeJump:
      return rows + "\(isOne ? "its" : "their") time is too far after the latest before"
    case .time: return rows + "\(isOne ? "its" : "their") time is missing or no time"
    case .key: return rows + "\(isOne ? "its" : "their") key is empty or too long"
    }
  }
}

extension SkippedRows.Reason {
  /// What some rows are, behind their number.
  fileprivate var summary: String {
    switch self {
    case .value: "with a value that is missing or no finite number"
    case .zero: "without a direction"
    case .malformed: "malformed"
    case .tooLarge: "with a value beyond 1e140"
    case .timeJump: "too far ahead in time"
    case .time: "with a time that is missing or no time"
    case .key: "with a key that is empty or too long"
    }
  }
}

/// The number of rows of some kind, and the first of them.
struct ToldRows: Sendable, Codable {
  @CheckedCount private(set) var count = 0
  @CheckedCount private var first: [Int] = []

  mutating func add(_ rows: Range<Int>) {
    count += rows.count
    first += rows.prefix(max(0, Self.named - first.count))
  }

  /// A line for the user; `nil` where there are none.
  ///
  /// - Parameter what: gives the words about so many of them.
  func note(_ path: String, _ parts: [FilePart] = [], what: (Int) -> String) -> String? {
    if count == 0 { return nil }
    let some = first.map { row in
      parts.part(ofRow: row).map { "\(row - $0.firstRow + 1) of \($0.info.path)" } ?? "\(row + 1)"
    }.joined(separator: ", ")
    return
      "\(path): \(what(count)): \(some)\(count > Self.named ? ", ..." : "") \(RowNumbers.ofRows)"
  }

  /// The number of rows that a line for the user names.
  private static let named = 8
}

/// Rows that are left out because they have no direction once their columns are standardised.
enum ZeroRows {
  /// The number of points without a label.
  static func count(in labels: [Int32]) -> Int { labels.count { $0 < 0 } }

  /// A line for the user: `a.csv: 1 row is left out, for it has no direction ...: 2`.
  ///
  /// - Parameters:
  ///   - numbers: the rows of the file.
  ///   - isScaled: whether columns are scaled and not centred.
  static func note(
    _ path: String, _ numbers: [Int], _ parts: [FilePart] = [], isScaled: Bool = false
  ) -> String? {
    var rows = ToldRows()
    for number in numbers { rows.add(number..<number + 1) }
    return rows.note(path, parts) {
      "\(counted($0, "row")) \(withoutDirection($0)) once the columns are "
        + (isScaled ? "scaled" : "standardised")
    }
  }

  /// A line for the user, where rows that a stream waited with turn out to have no direction.
  ///
  /// - Parameter count: the number of such rows of earlier batches.
  static func note(_ path: String, waited count: Int) -> String? {
    guard count > 0 else { return nil }
    return "\(path): \(count) of the rows that waited \(withoutDirection(count)) once the "
      + "columns are standardised"
  }

  /// The words about so many rows.
  static func withoutDirection(_ count: Int) -> String {
    count == 1
      ? "is left out, for it has no direction" : "are left out, for they have no direction"
  }
}
