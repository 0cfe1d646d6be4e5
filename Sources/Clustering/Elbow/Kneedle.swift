internal import KMeansFiles

/// Finds the knee of a curve: where going on costs more than it brings.
///
/// Kneedle (Satopaa, Albrecht, Irwin, Raghavan, Finding a "Kneedle" in a Haystack: Detecting Knee
/// Points in System Behavior, ICDCS Workshops 2011), offline, for convex decreasing curves such as
/// the inertia over the number of clusters, without smoothing.
public enum Kneedle {
  /// The x of the first knee of a convex decreasing curve, or nothing where it has none.
  ///
  /// Both axes are brought to 0...1. The difference curve says how far the curve lies below the
  /// straight line between its extremes. A local maximum of it is a knee if the difference falls by
  /// more than `sensitivity` times the mean distance of two x before it rises again.
  ///
  /// An end of the curve is never a knee, so neither fewer than three points nor a straight or
  /// level line has one.
  ///
  /// - Parameters:
  ///   - x: finite values, each larger than the one before.
  ///   - y: one finite value for each x.
  ///   - sensitivity: S of the paper, finite and not negative: how long the curve must be flat
  ///     before what is behind it counts as a knee, in points. A smaller one finds more knees.
  /// - Throws: ``KneedleError`` where a value is wrong.
  /// - Complexity: O(n).
  public static func knee(
    x: [Double], y: [Double], sensitivity: Double = 1
  ) throws(KneedleError) -> Double? {
    try check(x, y, sensitivity)
    guard x.count > 2, let across = unitRange(x), let up = unitRange(y) else { return nil }
    let differences = zip(across, up).map { 1 - $1 - $0 }
    return knee(differences, margin: sensitivity / Double(x.count - 1)).map { x[$0] }
  }

  private static func check(
    _ x: [Double], _ y: [Double], _ sensitivity: Double
  ) throws(KneedleError) {
    guard sensitivity >= 0, sensitivity.isFinite else { throw .invalidSensitivity(sensitivity) }
    guard x.count == y.count else { throw .valueCountMismatch(x: x.count, y: y.count) }
    for index in x.indices {
      guard x[index].isFinite, y[index].isFinite else { throw .notFinite(index: index) }
      if index > 0, x[index] <= x[index - 1] { throw .notIncreasing(index: index) }
    }
  }

  /// The values with the smallest at 0 and the largest at 1; nothing where they are all the same.
  private static func unitRange(_ values: [Double]) -> [Double]? {
    guard let least = values.min(), let most = values.max(), least < most else { return nil }
    // Halves, because the distance of two large numbers may be infinite.
    let range = most / 2 - least / 2
    return values.map { ($0 / 2 - least / 2) / range }
  }

  /// The index of the first local maximum behind which the curve falls by more than a margin before
  /// the next one.
  ///
  /// The paper sets the threshold to 0 at a local minimum. Without that nothing changes: from there
  /// to the next maximum no difference is below the minimum, which was not below the threshold.
  private static func knee(_ differences: [Double], margin: Double) -> Int? {
    var candidate: (index: Int, threshold: Double)?
    for index in 1..<differences.count - 1 {
      let (before, here, after) =
        (differences[index - 1], differences[index], differences[index + 1])
      if here >= before, here >= after { candidate = (index, here - margin) }
      if let candidate, after < candidate.threshold { return candidate.index }
    }
    return nil
  }
}

/// What can be wrong with a curve that a knee is looked for in.
public enum KneedleError: Error, Sendable, Hashable {
  /// The number of x is not that of y.
  case valueCountMismatch(x: Int, y: Int)
  /// The x or y at an index is NaN or infinite.
  case notFinite(index: Int)
  /// The x at an index is not larger than the one before.
  case notIncreasing(index: Int)
  /// The sensitivity is negative, NaN or infinite.
  case invalidSensitivity(Double)
}

extension KneedleError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .valueCountMismatch(let x, let y):
      "\(counted(x, "value")) of x and \(y) of y, expected as many of each"
    case .notFinite(let index):
      "x or y number \(index) is not finite (counted from 0)"
    case .notIncreasing(let index):
      "x number \(index) is not larger than the one before (counted from 0)"
    case .invalidSensitivity(let sensitivity):
      "the sensitivity is \(sensitivity), expected a finite number that is not negative"
    }
  }
}
