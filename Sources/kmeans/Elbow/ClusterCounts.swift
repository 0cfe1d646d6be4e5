import ArgumentParser

/// The numbers of clusters of a curve, as typed on the command line: `2-20`, `10-100:10`, `2,4,8`.
struct ClusterCounts: Sendable {
  /// Each once, from the smallest to the largest.
  let values: [Int]

  /// A list of numbers and ranges with or without a step, in any order.
  ///
  /// - Throws: `ValidationError` where it is none.
  static func parse(_ text: String) throws -> ClusterCounts {
    var values: Set<Int> = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let range = range(item) else {
        throw ValidationError("expected A-B, A-B:STEP or a list such as 2,4,8")
      }
      guard range.first <= range.last else {
        throw ValidationError("expected \(range.last)-\(range.first) in place of \(item)")
      }
      guard range.step > 0 else { throw ValidationError("expected a step of at least 1") }
      let steps = (range.last - range.first) / range.step
      guard steps < limit, values.count + steps < limit else {
        throw ValidationError("expected at most \(limit) numbers of clusters")
      }
      values.formUnion(stride(from: range.first, through: range.last, by: range.step))
    }
    return ClusterCounts(values: values.sorted())
  }

  /// The largest number of fits of a curve: more would take too long for any user.
  private static let limit = 10_000

  private static func range(_ item: Substring) -> (first: Int, last: Int, step: Int)? {
    guard let parts = item.wholeMatch(of: #/(\d+)(?:-(\d+)(?::(\d+))?)?/#)?.output,
      let first = Int(parts.1), let last = Int(parts.2 ?? parts.1),
      let step = Int(parts.3 ?? "1")
    else { return nil }
    return (first, last, step)
  }
}
