internal import KMeansKernelTypes

/// Puts near centroids beside each other, so that the bound of a group of them says something.
///
/// Halves of whole groups, again and again: along the line between two centroids that are far from
/// each other. Yinyang k-means (Ding et al., ICML 2015) finds its groups by a k-means of the
/// centroids; six neighbours in a register want equal sizes.
struct CentroidGrouping<Scalar: ClusteringScalar> {
  private let centroids: Rows<Scalar>
  private let directDistance: KernelSet<Scalar>.DirectDistance
  private var order: [Int32]

  /// The centroids in an order in which every six are neighbours.
  ///
  /// - Complexity: O(k d log k), three distances a centroid and halving.
  static func order(
    _ centroids: Rows<Scalar>, _ directDistance: @escaping KernelSet<Scalar>.DirectDistance
  ) -> [Int32] {
    var grouping = CentroidGrouping(centroids, directDistance)
    grouping.split(0..<centroids.count)
    return grouping.order
  }

  private init(
    _ centroids: Rows<Scalar>, _ directDistance: @escaping KernelSet<Scalar>.DirectDistance
  ) {
    self.centroids = centroids
    self.directDistance = directDistance
    order = (0..<Int32(centroids.count)).map { $0 }
  }

  private mutating func split(_ places: Range<Int>) {
    let groups = (places.count + FilterShape.groupSize - 1) / FilterShape.groupSize
    guard groups > 1 else { return }
    let first = farthest(from: order[places.lowerBound], in: places)
    let second = farthest(from: first, in: places)
    // |x - a|^2 - |x - b|^2 rises along the line from a to b.
    let heights = order[places].map { ($0, distance($0, first) - distance($0, second)) }
    let sorted = heights.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    for (place, entry) in zip(places, sorted) { order[place] = entry.0 }
    let middle = places.lowerBound + groups / 2 * FilterShape.groupSize
    split(places.lowerBound..<middle)
    split(middle..<places.upperBound)
  }

  private func farthest(from centroid: Int32, in places: Range<Int>) -> Int32 {
    var (farthest, most) = (centroid, -1.0)
    for place in places {
      let distance = distance(order[place], centroid)
      if distance > most { (farthest, most) = (order[place], distance) }
    }
    return farthest
  }

  private func distance(_ a: Int32, _ b: Int32) -> Double {
    directDistance(centroids[Int(a)], centroids[Int(b)], centroids.columns)
  }
}
