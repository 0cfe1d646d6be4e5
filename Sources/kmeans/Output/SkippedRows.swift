import Foundation

/// The rows of a file that were left out, and results for all of its rows.
struct SkippedRows: Sendable {
  /// Ascending, counted from 0 among all rows of the file.
  let numbers: [Int]

  /// One result for each row of the file: `filler` where the row was left out.
  func filled<Value>(_ results: [Value], with filler: Value) -> [Value] {
    if numbers.isEmpty { return results }
    var all: [Value] = []
    all.reserveCapacity(results.count + numbers.count)
    var next = 0
    for number in numbers {
      let count = number - all.count
      all += results[next..<next + count]
      next += count
      all.append(filler)
    }
    return all + results[next...]
  }

  /// The values of the rows that were not left out, where there is one for each row of the file; else
  /// the values as they are, which may be those of the points already.
  func kept<Value>(of all: [Value], points: Int) -> [Value] {
    guard !numbers.isEmpty, all.count == points + numbers.count else { return all }
    var next = numbers.startIndex
    return all.indices.filter { index in
      guard next < numbers.endIndex, numbers[next] == index else { return true }
      next += 1
      return false
    }.map { all[$0] }
  }

  /// Which row of the file a row is that was not left out.
  func fileRow(_ row: Int) -> Int {
    numbers.enumerated().prefix { $0.element - $0.offset <= row }.count + row
  }

  /// A line for the user: `a.csv: 3 rows are left out: 4, 17, 18`.
  func note(_ path: String) -> String? {
    Self.note(path, count: numbers.count, first: numbers)
  }

  /// The same where only the first numbers are known.
  ///
  /// - Parameter first: as many as there are, but no more than ``named`` are needed.
  static func note(_ path: String, count: Int, first numbers: [Int]) -> String? {
    if count == 0 { return nil }
    let some = numbers.prefix(named).map { "\($0)" }.joined(separator: ", ")
    let verb = count == 1 ? "row is" : "rows are"
    return "\(path): \(count) \(verb) left out, for a value is missing or not finite: "
      + "\(some)\(count > named ? ", ..." : "") (rows count from 0)"
  }

  /// How many rows a line for the user names.
  static let named = 8
}
