import Clustering

extension Scene {
  /// Centers in a cube about the origin that are apart from one another: each is the best of some
  /// candidates, the one whose nearest center so far is farthest (Mitchell, "Spectrally optimal
  /// sampling for distribution ray tracing", 1991).
  ///
  /// - Complexity: O(c k^2 d) with c candidates, of which there are fewer where centers are many.
  func firstCenters() -> [[Double]] {
    let draws = Draws(seed: seed, purpose: .sceneCenters)
    let candidates = max(1, min(20, 2_000_000 / max(1, clusters * clusters)))
    var centers: [[Double]] = []
    for cluster in 0..<clusters {
      var (best, farthest) = ([Double](), -1.0)
      for candidate in 0..<candidates {
        // Numbers that do not depend on how many candidates there are.
        let first = (cluster * 20 + candidate) * dimension
        let center = (0..<dimension).map { (draws.uniform(first + $0) - 0.5) * extent }
        guard candidates > 1 else {
          best = center
          break
        }
        let distance = Self.nearest(to: center, among: centers)
        if distance > farthest { (best, farthest) = (center, distance) }
      }
      centers.append(best)
    }
    return centers
  }

  /// The squared distance to the nearest of some points; infinite where there are none.
  private static func nearest(to point: [Double], among others: [[Double]]) -> Double {
    others.reduce(.infinity) { least, other in
      var sum = 0.0
      for (a, b) in zip(point, other) { sum += (a - b) * (a - b) }
      return min(least, sum)
    }
  }
}
