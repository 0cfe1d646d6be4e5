import KMeansFiles

/// Rows that are left out because they have no direction once their columns are standardised.
enum ZeroRows {
  /// How many points have no label.
  static func count(in labels: [Int32]) -> Int { labels.count { $0 < 0 } }

  /// A line for the user: `a.csv: 1 row is left out, for it has no direction ...: 2`.
  ///
  /// - Parameter numbers: the rows of the file.
  static func note(_ path: String, _ numbers: [Int]) -> String? {
    var rows = ToldRows()
    for number in numbers { rows.add(number..<number + 1) }
    return rows.note(path) {
      "\(counted($0, "row")) \(withoutDirection($0)) once the columns are standardised"
    }
  }

  /// A line for the user, where rows that a stream waited with turn out to have no direction.
  ///
  /// - Parameter count: how many of earlier batches there are.
  static func note(_ path: String, waited count: Int) -> String? {
    guard count > 0 else { return nil }
    return "\(path): \(count) of the rows that waited \(withoutDirection(count)) once the "
      + "columns are standardised"
  }

  /// What is with so many rows.
  static func withoutDirection(_ count: Int) -> String {
    count == 1
      ? "is left out, for it has no direction" : "are left out, for they have no direction"
  }
}
