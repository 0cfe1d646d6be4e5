/// The search among all centroids, which is exact.
final class BruteSearcher: CentroidSearcher {
  private let distance: CentroidDistance

  init(_ distance: CentroidDistance) { self.distance = distance }

  /// - Complexity: O(m d) for m centroids.
  func nearest(
    to point: UnsafePointer<Double>, among centroids: SearchedCentroids
  ) -> (slot: Int, squaredDistance: Double) {
    var (slot, least) = (0, Double.infinity)
    for other in 0..<centroids.count {
      let found = distance(point, other, centroids)
      if found < least { (slot, least) = (other, found) }
    }
    return (slot, least)
  }

  func appeared(_ slot: Int, among centroids: SearchedCentroids) {}
  func moved(_ slot: Int, among centroids: SearchedCentroids) {}
  func removeAll() {}
}
