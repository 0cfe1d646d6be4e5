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

  /// The values of the rows that were not left out, where there is one for each row of the file; else
  /// the values as they are, which may be those of the points already.
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

  /// Calls a closure for each row of the file, with the point that it is; with nothing where it was left
  /// out.
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

  /// Which row of the file a row is that was not left out.
  func fileRow(_ row: Int) -> Int {
    var before = 0
    for run in runs {
      if run.lowerBound - before > row { break }
      before += run.count
    }
    return row + before
  }

  /// A line for the user: `a.csv: 3 rows are left out: 4, 17, 18`.
  func note(_ path: String) -> String? { LeftOut(self).note(path) }
}

/// How many rows were left out, and the first of them: all that is told of them.
struct LeftOut: Sendable {
  private(set) var count = 0
  private var first: [Int] = []

  init(_ rows: SkippedRows = SkippedRows()) { add(rows) }

  /// Adds rows behind those that there are.
  mutating func add(_ rows: SkippedRows) {
    count += rows.count
    if first.count < Self.named { first += rows.first(Self.named - first.count) }
  }

  /// A line for the user: `a.csv: 3 rows are left out: 4, 17, 18`.
  func note(_ path: String) -> String? {
    if count == 0 { return nil }
    let some = first.map { "\($0)" }.joined(separator: ", ")
    let verb = count == 1 ? "row is" : "rows are"
    return "\(path): \(count) \(verb) left out, for a value is missing or not finite: "
      + "\(some)\(count > Self.named ? ", ..." : "") (rows count from 0)"
  }

  /// How many rows a line for the user names.
  private static let named = 8
}
