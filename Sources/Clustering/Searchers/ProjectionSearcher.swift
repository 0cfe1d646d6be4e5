/// The search among the centroids that are next to the point in some random projections: Mahout's
/// `ProjectionSearch`. Their distances are exact; the nearest of all may not be among them.
///
/// What it finds is a function of the centroids and the point.
///
/// `@unchecked Sendable`: see ``CentroidSearcher``.
final class ProjectionSearcher: CentroidSearcher, @unchecked Sendable {
  /// The number of centroids that are looked at on each side of the point in a projection.
  private let searchSize: Int
  private let distance: CentroidDistance
  private var projected: ProjectedSlots
  private let arena = ScratchArena()

  /// A searcher of centroids, for at most `capacity` of them.
  ///
  /// - Complexity: O(p (m d + m log m)) for m centroids and p projections.
  init(
    _ centroids: SearchedCentroids, capacity: Int, _ basis: RandomBasis, searchSize: Int,
    _ distance: CentroidDistance
  ) {
    (self.searchSize, self.distance) = (searchSize, distance)
    projected = ProjectedSlots(basis, capacity: capacity, arena)
    for slot in 0..<centroids.count { projected.append(slot, centroids[slot]) }
    projected.sort()
  }

  /// - Complexity: O(p (d + log m)) and 2 p s distances for s centroids on each side.
  func nearest(
    to point: UnsafePointer<Double>, among centroids: SearchedCentroids
  ) -> (slot: Int, squaredDistance: Double) {
    projected.begin(point)
    var found = FoundCentroid()
    for number in 0..<projected.basis.count {
      let line = projected.sorted[number]
      let place = line.place(of: projected.row[number])
      let first = place &- min(place, searchSize)
      let end = place &+ min(line.count &- place, searchSize)
      for neighbour in first..<end {
        let slot = Int(line.slots[neighbour])
        if projected.seen.insert(slot) { found.take(slot, distance(point, slot, centroids)) }
      }
    }
    return found.orNearest(to: point, among: centroids, distance)
  }

  /// - Complexity: O(p (d + m)), the last a move of memory.
  func appeared(_ slot: Int, among centroids: SearchedCentroids) {
    projected.insert(slot, centroids[slot])
  }

  /// - Complexity: O(p (d + log m)), and O(1) for each centroid that it passes in a projection.
  func moved(_ slot: Int, among centroids: SearchedCentroids) {
    projected.move(slot, to: centroids[slot])
  }

  func removeAll() { projected.removeAll() }
}

// One slot that comes, or moves, at a time.
extension ProjectedSlots {
  /// Puts a slot into its place in each projection.
  fileprivate mutating func insert(_ slot: Int, _ centroid: UnsafePointer<Double>) {
    basis.project(centroid, row)
    for number in 0..<basis.count {
      keys[number &* capacity &+ slot] = row[number]
      sorted[number].insert(slot, row[number])
    }
  }

  /// Puts a slot into another place.
  fileprivate mutating func move(_ slot: Int, to centroid: UnsafePointer<Double>) {
    basis.project(centroid, row)
    for number in 0..<basis.count {
      let place = number &* capacity &+ slot
      sorted[number].move(slot, from: keys[place], to: row[number])
      keys[place] = row[number]
    }
  }
}
