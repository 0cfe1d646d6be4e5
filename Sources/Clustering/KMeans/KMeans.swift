/// k-means by Lloyd's algorithm: the parameters, as a plain value.
///
/// ```swift
/// let points = try MatrixView(pixels.span, columns: 3)
/// let fit = try KMeans(clusterCount: 16, seed: 7).fit(points)
/// fit.model.centroids    // 16 x 3
/// fit.labels             // the nearest centroid of each row
/// ```
///
/// The result is a function of the points and these values alone: any number of threads and any
/// instruction set give the same bits.
public struct KMeans: Sendable, Hashable, Codable {
  /// k, the number of clusters: from 1 to the number of points of a weight above 0.
  public var clusterCount: Int
  /// Decides every random draw.
  public var seed: UInt64
  /// How initial centroids are found where none are given.
  public var initialization = CentroidInitialization.greedy
  /// What "near" means: any measure of which means are the centers, euclidean, cosine, weighted
  /// Euclidean or Mahalanobis, whose covariance may be that of the points. Inertia and distances
  /// are squared ones by that measure; the model keeps what it is made of.
  public var distance = DistanceMeasure.euclidean
  /// Whether every column is first divided by its standard deviation, after its mean was
  /// subtracted; a constant one is divided by 1. The model keeps both, and its centroids are in the
  /// units of the points; inertia, tolerance and distances are those of the standardised rows.
  public var standardizes = false
  /// How columns are scaled without being centred, so that zeros stay zeros: by their deviations,
  /// or by the document frequencies of terms; `nil` for not at all. Not beside ``standardizes``.
  /// The model keeps the factors, and its centroids are in the units of the points; inertia,
  /// tolerance and distances are those of the scaled rows.
  public var columnScale: ColumnScale?
  /// Whether rows are then divided by their length while centroids stay their means, as after
  /// `Normalizer` of scikit-learn; `nil` for no. Given centroids keep their length, too. With
  /// ``DistanceMeasure/cosine``, for which centroids get length 1 as well, it changes nothing;
  /// euclidean is the only other measure it goes with. A row of zeros has no direction and is
  /// refused.
  public var unitRows: Bool?
  /// The largest number of times that the centroids move.
  public var maxIterations = 300
  /// Stop when the sum of the squared moves of the centroids is at most this times the mean
  /// variance of a column; 0 means until no label changes.
  public var tolerance = 1e-4
  /// How many times to start anew, each with draws of its own; the run of the smallest inertia
  /// wins, the earliest on ties. Given initial centroids are run once, and so is the optimum.
  public var runs = 1
  /// Where and how it runs; changes the speed, never the result.
  public var execution = Execution()

  /// Whether the inertia of every iteration is computed, which takes a look at every point; `nil`:
  /// only where iterations are observed. See ``Iteration/inertia``.
  public var recordsInertia: Bool?

  /// How many bytes may be remembered of points in memory, or nothing for all that is wanted: 4 a
  /// point, or 16 where they have one column; for the strategy ``Execution/Strategy/filtered`` n d
  /// bytes and 40 a point, and 5/96 n k bytes and 32 a point for bounds. Changes the speed, never
  /// the result.
  public var rowMemory: Int?
  /// Whether rows that have no direction once they are standardised or scaled are left out: their
  /// label is -1, and they weigh nothing. Means, deviations and frequencies are those of all rows.
  package var leavesOutZeroRows: Bool?
  /// Whether every distance that a carried bound spares is computed after all, to test the bounds;
  /// slow.
  package var verifiesBounds: Bool?

  /// Parameters with the defaults above.
  public init(clusterCount: Int, seed: UInt64 = 0) {
    self.clusterCount = clusterCount
    self.seed = seed
  }

  /// Checks the parameters that do not depend on points.
  ///
  /// - Throws: one case for each wrong value.
  public func validate() throws(ClusteringError) {
    try ClusteringError.check(clusterCount: clusterCount)
    guard maxIterations > 0 else { throw .maxIterationsNotPositive(maxIterations) }
    guard tolerance >= 0, tolerance.isFinite else { throw .invalidTolerance(tolerance) }
    guard runs > 0 else { throw .runsNotPositive(runs) }
    try distance.checkMeans()
    try checkTransform()
    if let rowMemory, rowMemory < 0 { throw .rowMemoryNegative(rowMemory) }
    try execution.validate()
  }

  /// Checks the parameters for a number of points.
  func validate(points: Int) throws(ClusteringError) {
    try validate()
    try ClusteringError.check(clusterCount: clusterCount, of: points)
  }
}

// What the parameters of a fit ask to be done to rows first.
extension KMeans {
  /// Whether rows are divided by their length, so that each needs one.
  package var needsDirections: Bool { distance == .cosine || unitRows == true }

  /// Whether columns are standardised or scaled by what is measured of all rows.
  package var measuresColumns: Bool { standardizes || columnScale != nil }

  /// Whether there may be rows that are left out.
  package var mayLeaveOutRows: Bool {
    leavesOutZeroRows == true && measuresColumns && needsDirections
  }

  /// Refuses what does not go together.
  func checkTransform() throws(ClusteringError) {
    if standardizes, let columnScale { throw .transform(.standardizedAndScaled(columnScale)) }
    guard unitRows != true || distance == .euclidean || distance == .cosine else {
      throw .transform(.unitRowsWithDistance(distance.kind))
    }
  }

  /// The transform of some points.
  ///
  /// - Parameter moments: theirs, not mapped.
  /// - Throws: as ``PointSource/transform(for:standardizes:scale:unitRows:_:)``.
  package func transform<Source: PointSource>(
    of source: Source, _ moments: ColumnMoments<Source.Scalar>
  ) throws(Source.Failure) -> RowTransform {
    try source.transform(
      for: distance, standardizes: standardizes, scale: columnScale, unitRows: unitRows == true,
      moments)
  }

  /// Whether a transform may be one that these parameters ask for, whatever the scale of columns.
  func isMeant(by transform: RowTransform) -> Bool {
    transform.isOf(distance) && transform.normalizes == needsDirections
      && (transform.standardization != nil) == measuresColumns
  }

  /// Whether columns are scaled as a transform says: its factors alone tell by what.
  ///
  /// - Parameter source: points that are not mapped.
  /// - Complexity: O(1); up to two passes of O(n d) where columns are scaled.
  func scalesColumns<Source: PointSource>(
    of source: Source, as transform: RowTransform
  ) throws(Source.Failure) -> Bool {
    guard let columnScale else { return true }
    let moments = try source.checkedMoments()
    return try source.standardization(columnScale, moments) == transform.standardization
  }
}
