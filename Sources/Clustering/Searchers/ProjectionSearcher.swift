/// The search among the centroids that are next to the point in some random projections: Mahout's
/// `ProjectionSearch`. Their distances are exact; the nearest of all may not be among them.
///
/// What it finds is a function of the centroids and the point.
///
/// `@unchecked Sendable`: see ``CentroidSearcher``.
final class ProjectionSearcher: CentroidSearcher, @unchecked Sendable {
  private let basis: RandomBasis
  /// The number of centroids that are looked at on each side of the point in a projection.
  private let searchSize: Int
  private let distance: CentroidDistance
  private let capacity: Int
  /// The slots in the order of each projection [projections].
  private var sorted: [SortedSlots]
  /// The projections of each centroid [projections x capacity].
  private let keys: UnsafeMutablePointer<Double>
  /// Room for the projections of one row.
  private let row: UnsafeMutablePointer<Double>
  private var seen: SeenSlots
  private let arena = ScratchArena()

  /// A searcher of centroids, for at most `capacity` of them.
  ///
  /// - Complexity: O(p (m d + m log m)) for m centroids and p projections.
  init(
    _ centroids: SearchedCentroids, capacity: Int, _ basis: RandomBasis, searchSize: Int,
    _ distance: CentroidDistance
  ) {
    (self.basis, self.searchSize, self.distance) = (basis, searchSize, distance)
    self.capacity = capacity
    let memory = arena
    sorted = (0..<basis.count).map { _ in SortedSlots(capacity: capacity, memory) }
    keys = arena.take(basis.count * capacity)
    row = arena.take(basis.room)
    seen = SeenSlots(capacity: capacity, arena)
    for slot in 0..<centroids.count {
      basis.project(centroids[slot], row)
      for number in 0..<basis.count {
        keys[number * capacity + slot] = row[number]
        sorted[number].append(Int32(truncatingIfNeeded: slot), row[number])
      }
    }
    for number in 0..<basis.count { sorted[number].sort() }
  }

  /// - Complexity: O(p (d + log m)) and 2 p s distances for s centroids on each side.
  func nearest(
    to point: UnsafePointer<Double>, among centroids: SearchedCentroids
  ) -> (slot: Int, squaredDistance: Double) {
    basis.project(point, row)
    seen.begin()
    var found = FoundCentroid()
    for number in 0..<basis.count {
      let line = sorted[number]
      let place = line.place(of: row[number])
      let first = place &- min(place, searchSize)
      let end = place &+ min(line.count &- place, searchSize)
      for neighbour in first..<end {
        let slot = Int(line.slots[neighbour])
        if seen.insert(slot) { found.take(slot, distance(point, slot, centroids)) }
      }
    }
    return found.orNearest(to: point, among: centroids, distance)
  }

  /// - Complexity: O(p (d + m)), the last a move of memory.
  func appeared(_ slot: Int, among centroids: SearchedCentroids) {
    basis.project(centroids[slot], row)
    for number in 0..<basis.count {
      keys[number &* capacity &+ slot] = row[number]
      sorted[number].insert(slot, row[number])
    }
  }

  /// - Complexity: O(p (d + log m)), and O(1) for each centroid that it passes in a projection.
  func moved(_ slot: Int, among centroids: SearchedCentroids) {
    basis.project(centroids[slot], row)
    for number in 0..<basis.count {
      let place = number &* capacity &+ slot
      sorted[number].move(slot, from: keys[place], to: row[number])
      keys[place] = row[number]
    }
  }

  func removeAll() {
    for number in 0..<basis.count { sorted[number].removeAll() }
  }
}
