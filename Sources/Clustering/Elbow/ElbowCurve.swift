/// The inertia over the number of clusters, to choose that number by.
///
/// ```swift
/// let curve = try KMeans(clusterCount: 20, seed: 7).curve(points, clusterCounts: Array(2...20))
/// try curve.knee()                       // 6, say
/// curve.fits.map { curve.explained($0) } // the share of the variance that each explains
/// ```
public struct ElbowCurve: Sendable, Hashable, Codable {
  /// What one fit of the curve came to.
  public struct Fit: Sendable, Hashable, Codable {
    /// k, the number of clusters.
    public let clusters: Int
    /// The weighted sum of the squared distances of the points to their centroids.
    public let inertia: Double
    /// How long it took to draw the new centroids and to fit.
    public let seconds: Double
    /// How many iterations were run.
    public let iterations: Int
    /// Whether the fit stopped by itself, not because the iterations were used up.
    public let converged: Bool

    /// A fit of parts.
    public init(
      clusters: Int, inertia: Double, seconds: Double, iterations: Int, converged: Bool
    ) {
      self.clusters = clusters
      self.inertia = inertia
      self.seconds = seconds
      self.iterations = iterations
      self.converged = converged
    }
  }

  /// The weighted sum of the squared distances of the points to their mean: what there is to explain.
  public let totalInertia: Double
  /// The fits, by the number of clusters.
  public let fits: [Fit]

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

  /// The number of clusters at the knee by ``Kneedle``, or nothing where there is none.
  ///
  /// - Throws: ``KneedleError`` where the sensitivity is negative or not finite; of a curve that was
  ///   not made by ``KMeans/curve(_:weights:clusterCounts:onFit:)``, also where its values are wrong.
  public func knee(sensitivity: Double = 1) throws(KneedleError) -> Int? {
    let x = fits.map { Double($0.clusters) }
    let knee = try Kneedle.knee(x: x, y: fits.map(\.inertia), sensitivity: sensitivity)
    return knee.flatMap { Int(exactly: $0) }
  }
}
