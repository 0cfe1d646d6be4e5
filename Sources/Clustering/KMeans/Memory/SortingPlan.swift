/// When rows are sorted by label, after which bounds begin to pay.
///
/// In the first iterations centroids move so far that no bound would survive; sorting and one full
/// pass cost about two passes. So rows are sorted once bounds would rule out most of what a few
/// points are compared with, if centroids moved again as far as they just did; and once more when
/// far fewer rows move and many groups are still alive.
struct SortingPlan {
  /// The share of the rows that moved when they were sorted last.
  private var movedAtSort: Double?
  private var moved = 1.0
  private var alive = 1.0

  mutating func note(_ counts: AssignmentCounts, clusters: Int) {
    moved = Double(counts.moved) / Double(max(1, counts.rows))
    alive = Double(counts.compared) / Double(max(1, counts.rows * clusters))
  }

  /// Whether to sort now.
  ///
  /// - Parameter sampled: the share of the centroids that would stay alive for a few points; asked
  ///   for only where it matters.
  func sortsNow(sampled: () -> Double) -> Bool {
    guard let movedAtSort else { return sampled() < 0.15 }
    return moved < movedAtSort / 5 && alive > 0.4
  }

  mutating func noteSort() { movedAtSort = moved }
}
