internal import KMeansKernelTypes

/// The search for the nearest of some centroids that move and grow in number: the seam behind which
/// approximate searches stand. What is found depends on the centroids, their marks and the point
/// alone, never on how the searcher came to know them.
///
/// A centroid is known by its slot, never by its coordinates: nothing is looked up by value, so
/// equal centroids, equal projections and small units lose nothing.
///
/// A searcher is a cache of the centroids and can be made anew from them at any time. Whoever
/// changes one has made sure that nobody else holds it.
protocol CentroidSearcher: AnyObject, Sendable {
  /// The nearest of the centroids that it looks at, and its distance; of equally near ones the
  /// lowest slot.
  ///
  /// - Precondition: there is a centroid.
  func nearest(
    to point: UnsafePointer<Double>, among centroids: SearchedCentroids
  ) -> (slot: Int, squaredDistance: Double)

  /// Takes in a centroid that is new in the last slot.
  func appeared(_ slot: Int, among centroids: SearchedCentroids)

  /// Follows a centroid that has other coordinates than before.
  func moved(_ slot: Int, among centroids: SearchedCentroids)

  /// Forgets all centroids.
  func removeAll()
}

/// The centroids that a searcher looks among: an unsafe handle, valid as long as their memory.
struct SearchedCentroids {
  /// Coordinates [count x columns].
  let coordinates: UnsafePointer<Double>
  /// What a searcher has to remember of each that does not follow from it: 0 for nothing [count].
  let marks: UnsafeMutablePointer<UInt8>
  let count: Int
  let columns: Int

  /// The coordinates of a centroid; not checked.
  @inline(__always)
  subscript(slot: Int) -> UnsafePointer<Double> { coordinates + slot &* columns }
}

/// The distance by which searchers compare: the one place where it is computed.
struct CentroidDistance: Sendable {
  /// A distance of two rows of some number of columns.
  let kernel: KernelSet<Double>.DirectDistance

  /// The distance of a point and a centroid.
  @inline(__always)
  func callAsFunction(
    _ point: UnsafePointer<Double>, _ slot: Int, _ centroids: SearchedCentroids
  ) -> Double {
    kernel(point, centroids[slot], centroids.columns)
  }
}

/// The nearest of the centroids that were looked at so far.
struct FoundCentroid {
  private(set) var slot = Int.max
  private(set) var squaredDistance = Double.infinity

  /// Looks at a centroid.
  @inline(__always)
  mutating func take(_ slot: Int, _ distance: Double) {
    if (distance, slot) < (squaredDistance, self.slot) {
      (self.slot, squaredDistance) = (slot, distance)
    }
  }

  /// What was found, or the nearest of all where nothing was.
  @inline(__always)
  func orNearest(
    to point: UnsafePointer<Double>, among centroids: SearchedCentroids,
    _ distance: CentroidDistance
  ) -> (slot: Int, squaredDistance: Double) {
    if slot < centroids.count { return (slot, squaredDistance) }
    return BruteSearcher(distance).nearest(to: point, among: centroids)
  }
}
