/// When rows are sorted by label, after which bounds begin to pay.
///
/// In the first iterations centroids move so far that no bound survives; sorting and one full pass cost about two passes, so
/// it is done when few rows move any more, and once more when far fewer do and many groups are still alive.
struct SortingPlan {
  private(set) var sortsNow = false
  /// The share of rows that moved when they were sorted last.
  private var movedAtSort: Double?
  private var moved = 1.0
  private var iterations = 0

  mutating func note(_ counts: AssignmentCounts, clusters: Int) {
    iterations += 1
    moved = Double(counts.moved) / Double(max(1, counts.rows))
    let alive = Double(counts.compared) / Double(max(1, counts.rows * clusters))
    sortsNow =
      if let movedAtSort {
        moved < movedAtSort / 3 && alive > 0.4
      } else {
        iterations > 1 && moved < 0.29
      }
  }

  mutating func noteSort() {
    sortsNow = false
    movedAtSort = moved
  }
}
