/// Rows that are left out because they have no direction once their columns are standardised.
enum ZeroRows {
  /// How many points have no label.
  static func count(in labels: [Int32]) -> Int { labels.count { $0 < 0 } }

  /// A line for the user: `a.csv: 1 row is left out, for it has no direction ...: 2`.
  ///
  /// - Parameter numbers: the rows of the file.
  static func note(_ path: String, _ numbers: [Int]) -> String? {
    let count = numbers.count
    if count == 0 { return nil }
    let some = numbers.prefix(8).map { "\($0)" }.joined(separator: ", ")
    let verb = count == 1 ? "row is left out, for it has" : "rows are left out, for they have"
    return "\(path): \(count) \(verb) no direction once the columns are standardised: "
      + "\(some)\(count > 8 ? ", ..." : "") (rows count from 0)"
  }
}
