internal import KMeansKernelTypes

/// The parameters by which a stream of points is summarised: a plain value. The names are Mahout's.
public struct SketchParameters: Sendable, Hashable, Codable {
  /// The distance cutoff at the beginning: the squared distance (the distance itself where the
  /// power is 1) at which a point of weight 1 certainly becomes a centroid of its own, for one of
  /// weight w that times 1/w. It grows, but for
  /// sketches that are merged: the smaller one counts.
  public enum DistanceCutoff: Sendable, Hashable, Codable {
    /// The smallest positive squared distance between two of the first min(1000, n) rows, times the
    /// smallest positive weight of these, so that the unit of the weights does not matter. The rows
    /// are then clustered as all others are. Where all are equal, or none has a weight, the first
    /// positive distance to a centroid, times the smallest weight so far.
    case estimated
    /// A squared distance, in the units of the points, for points of weight 1.
    case fixed(Double)
    /// 1 / (k (1 + ln n)) for n points: the paper's start, right for points of weight 1 within the
    /// unit ball.
    case shindler(points: Int)
  }

  /// The treatment of a sketch that is larger than `clusterOvershoot * numClusters`.
  public enum Collapse: String, Sendable, Hashable, Codable, CaseIterable {
    /// The centroids are clustered once as points are, at the cutoff as it is; where more than
    /// `numClusters` remain, the cutoff is multiplied by beta afterwards. What Mahout does.
    case once
    /// The cutoff is multiplied by beta, then the centroids are clustered, until at most
    /// `numClusters` remain. What the paper does.
    case paper
    /// As `once`, but the cutoff is raised to where `numClusters` are expected to remain: one
    /// collapse where the others need many while the cutoff is far too small.
    case jump
  }

  /// k, the number of clusters that the sketch is for.
  public var clusterCount: Int
  /// The seed of every random draw.
  public var seed: UInt64
  /// N, about how many centroids the sketch is to have, "k log n": more than k. It grows to
  /// `clusterLogFactor * ln(n)` as points come. `nil` for the default.
  public var numClusters: Int?
  /// The distance cutoff at the beginning.
  public var distanceCutoff = DistanceCutoff.estimated
  /// The factor by which the cutoff grows when it was too small. However near to 1 it is, a sketch
  /// ends: after 1,000 collapses and 16 in N points the cutoff is raised as by
  /// ``Collapse/jump``, which ``StreamingSketch/jumpCount`` counts.
  public var beta = 1.3
  /// The number of centroids for each unit of the natural logarithm of the number of points; `nil`
  /// for k. (Mahout's is 20, whatever k is.)
  public var clusterLogFactor: Double?
  /// The multiple of `numClusters` that the sketch may hold before it collapses.
  public var clusterOvershoot = 2.0
  /// The way in which it collapses.
  public var collapse = Collapse.once
  /// The measure by which points are near to each other: with the cosine each row is divided by its
  /// length as it comes, with others its columns are weighted or mixed. The cutoff is of such rows
  /// then. A covariance that is not given is that of the first ``rowsToStandardizeBy`` rows.
  ///
  /// Where it is no squared Euclidean distance of transformed rows (Manhattan, Chebyshev,
  /// Minkowski, Tanimoto), centroids are means all the same, and every point is compared with all
  /// of them, one by one.
  public var distance = DistanceMeasure.euclidean
  /// The power of the distance that points count by, 1 or 2: a point of weight w at a distance d
  /// becomes a centroid with a probability in proportion to w d^power, the cutoff is compared with
  /// that, and the best run of ball k-means has the smallest sum of it. 2 is k-means, 1 k-median in
  /// the rule by which a sketch grows ((k, z)-clustering); centroids are means with both. `nil` for
  /// 2, or 1 where the distance is none of squares (Manhattan and its like).
  public var power: Int?
  /// Whether columns are standardised, before anything else is done to rows: by the means and
  /// deviations of the first ``rowsToStandardizeBy`` rows, or of all if there are not so many. The
  /// cutoff is of such rows then.
  public var standardizes = false
  /// Whether rows that have no direction once they are standardised are left out: they are no
  /// points.
  package var leavesOutZeroRows: Bool?
  /// The searcher where it is not exact; `nil` otherwise, as in parameters from before there were
  /// others.
  var approximateSearcher: Searcher?
  /// Where and how it runs; changes the speed, never the result. Large products are shared among
  /// the threads; `filtered` rules centroids out by bytes, `fused` by products, `blas` by those of
  /// OpenBLAS.
  public var execution = Execution()

  /// The number of rows whose means and deviations standardise all rows. They are kept until there
  /// are so many.
  public static var rowsToStandardizeBy: Int { 10_000 }

  /// Parameters with the defaults above.
  public init(clusterCount: Int, seed: UInt64 = 0) {
    self.clusterCount = clusterCount
    self.seed = seed
  }

  /// Checks the parameters.
  ///
  /// - Throws: one case for each wrong value.
  public func validate() throws(ClusteringError) {
    try ClusteringError.check(clusterCount: clusterCount)
    if let numClusters, numClusters <= clusterCount {
      throw .sketch(.numClustersTooSmall(numClusters, clusters: clusterCount))
    }
    switch distanceCutoff {
    case .estimated: break
    case .fixed(let cutoff):
      guard cutoff > 0, cutoff.isFinite else { throw .sketch(.invalidDistanceCutoff(cutoff)) }
    case .shindler(let points):
      guard points > 0 else { throw .sketch(.pointsOfCutoffNotPositive(points)) }
    }
    guard beta > 1, beta.isFinite else { throw .sketch(.invalidBeta(beta)) }
    if let clusterLogFactor, !(clusterLogFactor >= 0 && clusterLogFactor.isFinite) {
      throw .sketch(.invalidClusterLogFactor(clusterLogFactor))
    }
    guard clusterOvershoot >= 1, clusterOvershoot.isFinite else {
      throw .sketch(.invalidClusterOvershoot(clusterOvershoot))
    }
    try searcher.validate()
    if let power, power != 1, power != 2 { throw .sketch(.invalidPower(power)) }
    try distance.validate()
    try execution.validate()
  }
}

extension SketchParameters {
  /// The number of centroids for each unit of the logarithm of the number of points.
  var logFactor: Double { clusterLogFactor ?? Double(clusterCount) }

  /// The power of the distance that points count by.
  package var usedPower: Int { power ?? (distance.hasMeans ? 2 : 1) }

  /// N before it grows: nothing is known of the number of points yet.
  var initialNumClusters: Int {
    // What is wrong is refused later: it must not end the program here.
    numClusters ?? max(clusterCount &+ 1, Int(max(0, min(7 * Double(clusterCount), 0x1p52))))
  }

  /// The strategy that is used: `filtered` where bytes rule out, `fused` or `blas` where products
  /// do.
  ///
  /// `auto` is what a sweep over d and k says (docs/measurements/one-pass.md): each point and each
  /// move is quantised, which products of bytes must make up for.
  package func resolvedStrategy(columns: Int) -> Execution.Strategy {
    let canFilter =
      columns <= FilterShape.mostColumns
      && Execution.Strategy.filtered.isAvailable(on: execution.kernels)
    let pays = columns >= 128 || Double(initialNumClusters) * Double(columns + 32) >= 20_000
    let isWanted = execution.strategy == .filtered || execution.strategy == .auto && pays
    if canFilter && isWanted { return .filtered }
    return execution.strategy == .blas ? .blas : .fused
  }
}
