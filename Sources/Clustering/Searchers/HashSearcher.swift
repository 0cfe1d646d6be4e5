/// The search among the centroids in nearly the same direction from the origin as the point, by the
/// signs of 64 random projections: two rows differ in a sign with a probability in proportion to
/// the angle between them (Charikar, Similarity estimation techniques from rounding algorithms,
/// STOC 2002; Mahout's `LocalitySensitiveHashSearch`). The frame of a sketch puts the origin among
/// the points; where clusters lie behind each other, seen from there, signs say little.
///
/// What it finds is a function of the centroids and the point.
///
/// `@unchecked Sendable`: see ``CentroidSearcher``.
final class HashSearcher: CentroidSearcher, @unchecked Sendable {
  private let basis: RandomBasis
  private let distance: CentroidDistance
  /// The signs of each centroid [capacity].
  private let hashes: UnsafeMutablePointer<UInt64>
  /// Room for the projections of one row.
  private let row: UnsafeMutablePointer<Double>
  private var limit: HashLimit
  private let arena = ScratchArena()

  /// A searcher of centroids, for at most `capacity` of them.
  ///
  /// - Parameter basis: 64 directions.
  /// - Complexity: O(64 m d) for m centroids.
  init(
    _ centroids: SearchedCentroids, capacity: Int, _ basis: RandomBasis, searchSize: Int,
    _ distance: CentroidDistance
  ) {
    precondition(basis.count == HashLimit.signCount)
    (self.basis, self.distance) = (basis, distance)
    hashes = arena.take(capacity)
    row = arena.take(basis.room)
    limit = HashLimit(searchSize: searchSize, capacity: capacity, arena)
    for slot in 0..<centroids.count { hashes[slot] = hash(centroids[slot]) }
  }

  private func hash(_ values: UnsafePointer<Double>) -> UInt64 {
    basis.project(values, row)
    var hash: UInt64 = 0
    for bit in 0..<HashLimit.signCount where row[bit] > 0 { hash |= 1 << UInt64(bit) }
    return hash
  }

  /// - Complexity: O(64 d + m) and the distances of the centroids within the limit.
  func nearest(
    to point: UnsafePointer<Double>, among centroids: SearchedCentroids
  ) -> (slot: Int, squaredDistance: Double) {
    let hash = hash(point)
    limit.begin()
    var found = FoundCentroid()
    for slot in 0..<centroids.count {
      let bits = (hash ^ hashes[slot]).nonzeroBitCount
      guard bits <= limit.bits else { continue }
      let distance = distance(point, slot, centroids)
      found.take(slot, distance)
      limit.adapt(to: distance, bits)
    }
    return found.orNearest(to: point, among: centroids, distance)
  }

  /// - Complexity: O(64 d).
  func appeared(_ slot: Int, among centroids: SearchedCentroids) {
    hashes[slot] = hash(centroids[slot])
  }

  func moved(_ slot: Int, among centroids: SearchedCentroids) {
    hashes[slot] = hash(centroids[slot])
  }

  func removeAll() {}
}
