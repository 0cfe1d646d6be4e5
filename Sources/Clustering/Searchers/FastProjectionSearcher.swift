/// The search among the centroids that are next to the point in some random projections, and among
/// all that have changed since these were sorted: Mahout's `FastProjectionSearch`. Distances are
/// exact; the nearest of all may be none of these.
///
/// Projections are sorted again when more than 5 % of the centroids wait, or more than 2 % of what
/// was sorted has moved. Which ones wait is the history of the centroids: it is kept in their
/// marks, so that what is found is a function of centroids, marks and point.
///
/// `@unchecked Sendable`: see ``CentroidSearcher``.
final class FastProjectionSearcher: CentroidSearcher, @unchecked Sendable {
  /// What is known of a centroid: the values of its mark, which never change their meaning.
  enum Mark {
    /// It is sorted where it is.
    static let sorted: UInt8 = 0
    /// It waits, and was never sorted.
    static let appeared: UInt8 = 1
    /// It waits, and was sorted where it was before.
    static let moved: UInt8 = 2
  }

  private let searchSize: Int
  private let distance: CentroidDistance
  /// The slots in order, with entries of some that have moved since.
  var projected: ProjectedSlots
  /// Memory for the next order, and for the slots that wait in theirs.
  var (spare, waiting): (SortedSlots, SortedSlots)
  /// The slots that wait [capacity].
  let pending: UnsafeMutablePointer<Int32>
  var pendingCount = 0
  /// The number of those that were sorted before.
  var movedCount = 0
  /// Room for the projections of those that wait [capacity x ``RandomBasis/room``].
  let pendingKeys: UnsafeMutablePointer<Double>
  private let arena = ScratchArena()

  /// A searcher of centroids and their marks, for at most `capacity` of them.
  ///
  /// - Complexity: O(p (m d + m log m)) for m centroids and p projections.
  init(
    _ centroids: SearchedCentroids, capacity: Int, _ basis: RandomBasis, searchSize: Int,
    _ distance: CentroidDistance
  ) {
    (self.searchSize, self.distance) = (searchSize, distance)
    projected = ProjectedSlots(basis, capacity: capacity, arena)
    spare = SortedSlots(capacity: capacity, arena)
    waiting = SortedSlots(capacity: capacity, arena)
    pending = arena.take(capacity)
    pendingKeys = arena.take(capacity * basis.room)
    for slot in 0..<centroids.count {
      guard centroids.marks[slot] == Mark.sorted else {
        wait(slot)
        if centroids.marks[slot] == Mark.moved { movedCount += 1 }
        continue
      }
      projected.append(slot, centroids[slot])
    }
    projected.sort()
  }

  @inline(__always)
  private func wait(_ slot: Int) {
    pending[pendingCount] = Int32(truncatingIfNeeded: slot)
    pendingCount &+= 1
  }

  /// - Complexity: O(p (d + log m)) and 2 p s distances for s centroids on each side, and one for
  ///   each that waits: 5 % of m at most. Those are sorted once in 2 % of m moves.
  func nearest(
    to point: UnsafePointer<Double>, among centroids: SearchedCentroids
  ) -> (slot: Int, squaredDistance: Double) {
    if mustSort(centroids.count) { sortPending(centroids) }
    projected.begin(point)
    var found = FoundCentroid()
    for number in 0..<projected.basis.count {
      let line = projected.sorted[number]
      let place = line.place(of: projected.row[number])
      var (below, left) = (place, searchSize)
      while below > 0, left > 0 {
        below &-= 1
        left &-= look(line, below, point, centroids, &found)
      }
      var above = place
      left = searchSize
      while above < line.count, left > 0 {
        left &-= look(line, above, point, centroids, &found)
        above &+= 1
      }
    }
    for place in 0..<pendingCount {
      let slot = Int(pending[place])
      found.take(slot, distance(point, slot, centroids))
    }
    return found.orNearest(to: point, among: centroids, distance)
  }

  /// Looks at an entry of a projection.
  ///
  /// - Returns: 1, or 0 for one that has moved since.
  @inline(__always)
  private func look(
    _ line: SortedSlots, _ place: Int, _ point: UnsafePointer<Double>,
    _ centroids: SearchedCentroids, _ found: inout FoundCentroid
  ) -> Int {
    let slot = Int(line.slots[place])
    guard centroids.marks[slot] == Mark.sorted else { return 0 }
    if projected.seen.insert(slot) { found.take(slot, distance(point, slot, centroids)) }
    return 1
  }

  func appeared(_ slot: Int, among centroids: SearchedCentroids) {
    centroids.marks[slot] = Mark.appeared
    wait(slot)
  }

  func moved(_ slot: Int, among centroids: SearchedCentroids) {
    guard centroids.marks[slot] == Mark.sorted else { return }
    centroids.marks[slot] = Mark.moved
    movedCount &+= 1
    wait(slot)
  }

  func removeAll() {
    projected.removeAll()
    (pendingCount, movedCount) = (0, 0)
  }
}
