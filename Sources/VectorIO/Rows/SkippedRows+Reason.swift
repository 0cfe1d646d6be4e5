package import KMeansFiles

// Why rows are left out, and what exactly is wrong with some of them.
extension SkippedRows {
  /// Why a row is left out. The names are those of keys that programs read.
  package enum Reason: UInt8, Sendable, Hashable, CaseIterable, Codable {
    /// A value is missing, a text, or no finite number; or the weight of the row is.
    case value
    /// All values are zero, so that the row has no direction.
    case zero
    /// The record is none of its format: it has another number of fields, a quote that is never
    /// closed, bytes that are no text.
    case malformed
    /// A value is larger than its sums can hold.
    case tooLarge
    /// The time of the row is too far after the latest before it.
    case timeJump
    /// The time of the row is missing, or none.
    case time
    /// The key of the row is empty or too long, so that no model is its own.
    case key

    /// The name that programs read.
    package var name: String { "\(self)" }
  }

  /// What is wrong with a row that was left out.
  package struct Fault: Sendable, Hashable {
    /// One line, such as `line 90: 2 fields, expected 4 as in line 1`.
    package let text: String

    package init(_ text: String) { self.text = text }

    package init(_ place: FileError.Place, _ problem: String) { text = "\(place): \(problem)" }
  }

  /// The number of rows for each reason that occurs.
  ///
  /// - Complexity: O(runs).
  package var counts: [Reason: Int] {
    parts.reduce(into: [:]) { $0[$1.reason, default: 0] += $1.rows.count }
  }
}

extension SkippedRows {
  /// These and some of the rows among them that were not left out.
  ///
  /// - Parameters:
  ///   - others: rows, counted from 0 among those of which none was left out, ascending.
  ///   - start: the row of the file that is row 0 where none is left out.
  ///   - faults: what is wrong with each of them.
  /// - Complexity: O(runs + others).
  package func adding(
    _ others: [Int], behind start: Int, for reason: Reason, _ faults: [String]
  ) -> SkippedRows {
    var all = SkippedRows()
    var rest = Array(zip(others, faults))[...]
    // The row of the file that the row 0 would be, were those before it left out.
    var offset = start
    for part in parts {
      while let (row, fault) = rest.first, row + offset < part.rows.lowerBound {
        all.append(row + offset..<row + offset + 1, for: reason, fault: Fault(fault))
        rest.removeFirst()
      }
      all.append(part.rows, for: part.reason)
      offset += part.rows.count
    }
    for (row, fault) in rest {
      all.append(row + offset..<row + offset + 1, for: reason, fault: Fault(fault))
    }
    all.firstFaults.merge(firstFaults) { first, _ in first }
    all.lastFault = all.lastFault ?? lastFault
    return all
  }
}

/// The largest number of rows that may be left out.
package enum InvalidRowLimit: Sendable, Hashable {
  case count(Int)
  /// A share of all rows, from 0 to 1, which says nothing before the first 1,000 have come.
  case share(Double)

  /// Whether more rows than that are left out.
  ///
  /// - Parameters:
  ///   - rows: how many have come, those that are left out among them.
  ///   - isEnd: whether no other will come.
  package func isExceeded(by leftOut: Int, of rows: Int, isEnd: Bool) -> Bool {
    switch self {
    case .count(let count): leftOut > count
    case .share(let share):
      (isEnd || rows >= 1000) && Double(leftOut) > share * Double(rows)
    }
  }

  /// A share in percent as people type it: `0.9` of 0.009, which times 100 is 0.9000000000000001.
  private static func percent(_ share: Double) -> String {
    var scale = 1.0
    while scale < 1e15 {
      let rounded = (share * 100 * scale).rounded() / scale
      if rounded / 100 == share { return Int(exactly: rounded)?.description ?? rounded.description }
      scale *= 10
    }
    return (share * 100).description
  }

  /// What is wrong where it is exceeded.
  ///
  /// - Parameter last: the fault of the last row, where it can be told.
  package func problem(_ leftOut: Int, of rows: Int, last: String?) -> String {
    let limit =
      switch self {
      case .count(let count): "\(count)"
      case .share(let share): "\(Self.percent(share)) %"
      }
    return
      "\(leftOut) of \(counted(rows, "row")) \(leftOut == 1 ? "is" : "are") left out, expected at "
      + "most \(limit) (--max-bad-rows)\(last.map { "; the last: \($0)" } ?? "")"
  }
}

extension SkippedRows {
  /// What is wrong with the last row, if there is any.
  package var lastWords: String? {
    guard let last = lastPart else { return nil }
    let row = last.rows.upperBound - 1
    return switch last.reason {
    case .value, .zero, .tooLarge: last.reason.words(of: row)
    case .malformed, .timeJump, .time, .key: lastFault?.text ?? last.reason.words(of: row)
    }
  }
}

extension SkippedRows.Reason {
  /// What is wrong with a row, counted from 0.
  func words(of row: Int) -> String { "row \(row + 1) (rows count from 1), \(words)" }

  /// What is wrong with a row, behind its number.
  package var words: String {
    switch self {
    case .value: "where a value is missing or no finite number"
    case .zero: "which has no direction"
    case .malformed: "which is malformed"
    case .tooLarge: "where a value is too large"
    case .timeJump: "whose time is too far after the latest before it"
    case .time: "where the time is missing or no time"
    case .key: "whose key is empty or too long"
    }
  }
}
