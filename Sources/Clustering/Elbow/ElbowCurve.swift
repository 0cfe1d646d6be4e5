private import KMeansCLibrary

/// The inertia over the number of clusters, to choose that number by.
///
/// ```swift
/// let curve = try KMeans(clusterCount: 20, seed: 7).curve(points, clusterCounts: Array(2...20))
/// try curve.knee()                       // 6, say
/// curve.fits.map { curve.explained($0) } // the share of the variance that each explains
/// ```
public struct ElbowCurve: Sendable, Hashable, Codable {
  /// The start of the better fit of a number of clusters.
  public enum Start: String, Sendable, Hashable, Codable, CaseIterable {
    /// A new start, as of a fit of that number alone.
    case fresh
    /// The centroids of the number before.
    case warm
  }

  /// What the better fit of a number of clusters came to.
  public struct Fit: Sendable, Hashable, Codable {
    /// k, the number of clusters.
    public let clusters: Int
    /// The weighted sum of the squared distances of the points to their centroids.
    public let inertia: Double
    /// How long both fits took, with drawing what they start from.
    public let seconds: Double
    /// How many iterations were run.
    public let iterations: Int
    /// Whether the fit stopped by itself, not because the iterations were used up.
    public let converged: Bool
    /// Where it started.
    public let start: Start
    /// Indices by which it is compared; `nil` where they were not asked for.
    public let indices: ClusterIndices?
    /// How far it is from points without clusters; `nil` where that was not asked for.
    public internal(set) var gap: Gap?

    /// A fit of parts.
    public init(
      clusters: Int, inertia: Double, seconds: Double, iterations: Int, converged: Bool,
      start: Start = .fresh, indices: ClusterIndices? = nil, gap: Gap? = nil
    ) {
      self.clusters = clusters
      self.inertia = inertia
      self.seconds = seconds
      self.iterations = iterations
      self.converged = converged
      self.start = start
      self.indices = indices
      self.gap = gap
    }
  }

  /// The inertia of one cluster of all points, as near as its centroid can be: what there is to
  /// explain.
  public let totalInertia: Double
  /// The fits, by the number of clusters.
  public internal(set) var fits: [Fit]

  /// A curve of parts.
  public init(totalInertia: Double, fits: [Fit]) {
    self.totalInertia = totalInertia
    self.fits = fits
  }

  /// The share of the total variance that the clusters of a fit explain, from 0 to 1: 1 where all
  /// points are equal.
  public func explained(_ fit: Fit) -> Double {
    // The mean as a centroid is rounded to the type of the points, so one cluster may have more.
    totalInertia > 0 ? min(1, max(0, 1 - fit.inertia / totalInertia)) : 1
  }

  /// The number of clusters at the knee, or nothing where there is none: ``Kneedle`` of the
  /// logarithm of the inertia.
  ///
  /// Of the inertia itself the first few clusters take so much that what later ones take is next to
  /// nothing: for twelve round blobs the knee would be at six or seven. A cluster too few costs a
  /// share of the inertia that is left, whatever that is, and a cluster too many hardly any share:
  /// that is what the logarithm shows. Inertia that rounding alone leaves counts as 2^-52 of the
  /// total.
  ///
  /// - Throws: ``KneedleError`` where the sensitivity is negative or not finite; of a curve that
  ///   was not made by `KMeans.curve`, also where its values are wrong.
  public func knee(sensitivity: Double = 1) throws(KneedleError) -> Int? {
    let x = fits.map { Double($0.clusters) }
    let least = max(totalInertia * 0x1p-52, .leastNonzeroMagnitude)
    let y = fits.map { log(max($0.inertia, least)) }
    let knee = try Kneedle.knee(x: x, y: y, sensitivity: sensitivity)
    return knee.flatMap { Int(exactly: $0) }
  }
}
