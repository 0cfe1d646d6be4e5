/// Counts the points of a stream by the lines of its trace.
///
/// A trace may leave out batches (`--trace-every`). These have as many points as those that it has,
/// where these have one size: a stream is cut into batches of so many rows, of which the last one
/// may have fewer.
package struct PointCount: Sendable, Hashable {
  /// How many points there were up to the last line, in its run; `nil` where nobody knows.
  package private(set) var total: Int? = 0
  /// The number of the batch of the last line.
  private(set) var batch = 0
  /// How many points a whole batch has, and whether all batches so far had so many.
  private var size: Int?
  private var isEven = true

  package init() {}

  /// Counts a line. Where the number of its batch falls, another run begins, and another count.
  ///
  /// - Parameter end: how many points there are up to its end, where that is known.
  /// - Returns: which points came since the line before; `nil` where nobody knows.
  package mutating func add(batch: Int, points: Int, end: Int? = nil) -> Range<Int>? {
    guard batch >= 1, points >= 0 else { return nil }
    if batch < self.batch { self = PointCount() }
    let missing = max(0, batch - self.batch - 1)
    // A stream that begins when its input has ended tells of its last batch twice.
    let isNew = batch > self.batch
    self.batch = batch
    guard let before = total else { return nil }
    let whole = size ?? points
    total = Self.sum(before, points)
    if missing > 0 {
      let (between, isTooMany) = whole.multipliedReportingOverflow(by: missing)
      total =
        isEven && points <= whole && !isTooMany
        ? Self.sum(before, between).flatMap { Self.sum($0, points) } : nil
    }
    if let end { total = max(before, end) }
    if isNew {
      isEven = isEven && points == whole
      size = whole
    }
    return total.map { before..<$0 }
  }

  /// A trace may say anything.
  private static func sum(_ one: Int, _ other: Int) -> Int? {
    let (sum, isTooLarge) = one.addingReportingOverflow(other)
    return isTooLarge ? nil : sum
  }
}
