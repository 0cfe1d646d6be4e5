// How the nearest centroid is looked for: exactly, or as Mahout does.
extension SketchParameters {
  /// The search for the centroid that is nearest to a point. All but the first may miss it; the
  /// distances that they compare are exact, and no weight is ever lost.
  ///
  /// Only sketches are searched like that: ball k-means finds the nearest centroid always.
  public enum Searcher: Sendable, Hashable, Codable {
    /// The nearest of all centroids, exactly: bounds rule out what cannot be nearest.
    case brute
    /// The nearest of those that are next to the point in some random projections, `searchSize` on
    /// each side: Mahout's `ProjectionSearch`. From 1 to 99 projections.
    case projection(projections: Int = 3, searchSize: Int = 2)
    /// The same among centroids that are sorted by their projections only now and then, and all
    /// that have changed since: Mahout's `FastProjectionSearch`.
    case fastProjection(projections: Int = 3, searchSize: Int = 2)
    /// The nearest of those in about the same direction, by the signs of 64 random projections:
    /// Mahout's `LocalitySensitiveHashSearch`. The `searchSize` nearest so far say in how many
    /// signs another one may differ.
    case hashing(searchSize: Int = 2)

    /// The largest number of projections, Mahout's.
    static var mostProjections: Int { 99 }

    /// Whether it remembers something of the centroids that does not follow from them.
    var remembers: Bool {
      if case .fastProjection = self { true } else { false }
    }

    /// Checks the numbers.
    func validate() throws(ClusteringError) {
      let searchSize: Int
      switch self {
      case .brute: return
      case .hashing(let size): searchSize = size
      case .projection(let projections, let size), .fastProjection(let projections, let size):
        guard 1...Self.mostProjections ~= projections else {
          throw .sketch(.invalidProjections(projections, most: Self.mostProjections))
        }
        searchSize = size
      }
      guard searchSize >= 1 else { throw .sketch(.searchSizeNotPositive(searchSize)) }
    }
  }

  /// The search for the centroid that is nearest to a point.
  public var searcher: Searcher {
    get { approximateSearcher ?? .brute }
    set { approximateSearcher = newValue == .brute ? nil : newValue }
  }
}
