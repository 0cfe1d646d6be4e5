/// k-means of points that are read once: a sketch of all of them, then ball k-means of the sketch.
///
/// ```swift
/// var rows = try VectorFile<Float>("points.npy")      // or "-", a pipe
/// let fit = try OnePassKMeans(clusterCount: 20, seed: 7).fit(&rows)
/// fit.model.centroids    // 20 x d
/// fit.cost               // what the k-means cost of all points lies between, for certain
/// ```
///
/// What Mahout's `streamingkmeans` does in sequential mode, without its faults. The result is a
/// function of the points, their order and these values alone.
public struct OnePassKMeans: Sendable, Hashable, Codable {
  /// How points are summarised.
  public var sketch: SketchParameters
  /// How the summary is clustered.
  public var ball: BallKMeans

  /// The measure by which points are near to centroids: ``SketchParameters/distance``.
  public var distance: DistanceMeasure {
    get { sketch.distance }
    set { sketch.distance = newValue }
  }
  /// The power of the distance that points count by: ``SketchParameters/power``.
  public var power: Int? {
    get { sketch.power }
    set { sketch.power = newValue }
  }
  /// Whether columns are standardised by the first rows: ``SketchParameters/standardizes``.
  public var standardizes: Bool {
    get { sketch.standardizes }
    set { sketch.standardizes = newValue }
  }

  /// The defaults of both.
  public init(clusterCount: Int, seed: UInt64 = 0) {
    sketch = SketchParameters(clusterCount: clusterCount, seed: seed)
    ball = BallKMeans(clusterCount: clusterCount, seed: seed)
  }

  /// Checks the parameters.
  ///
  /// - Throws: one case for each wrong value.
  public func validate() throws(ClusteringError) {
    try sketch.validate()
    try ball.validate()
    let wanted = sketch.initialNumClusters
    guard wanted > ball.clusterCount else {
      throw .sketch(.numClustersTooSmall(wanted, clusters: ball.clusterCount))
    }
  }

  /// What one pass found.
  public struct Fit<Scalar: ClusteringScalar>: Sendable {
    /// The part to keep; its inertia is an estimate from above, see
    /// ``BallKMeans/fit(_:)-(StreamingSketch<Scalar>)``.
    public let model: KMeansModel<Scalar>
    /// What is known of the points; more may be added, or other sketches be merged.
    public let sketch: StreamingSketch<Scalar>
    /// What the k-means cost of all points, transformed as the model does, lies between for the
    /// centroids of the model.
    public let cost: CostBounds
  }

  /// Clusters all rows that a source still has.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, and what the source
  ///   throws.
  /// - Complexity: O(n m d) for a sketch of m centroids; memory for O(m d) and a few thousand rows.
  public func fit<Source: RowSource>(
    _ source: inout Source
  ) throws -> Fit<Source.Scalar> where Source.Scalar: ClusteringScalar {
    try validate()
    var sketch = StreamingSketch<Source.Scalar>(sketch)
    try sketch.add(all: &source)
    return try fit(sketch)
  }

  /// Clusters points in memory.
  ///
  /// - Parameter weights: one finite, non-negative weight a point; `nil` for 1 each.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong.
  /// - Complexity: O(n m d) for a sketch of m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    try validate()
    var sketch = StreamingSketch<Scalar>(sketch)
    try sketch.add(points, weights: weights)
    return try fit(sketch)
  }

  /// Clusters the rows of a matrix: ``fit(_:weights:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong.
  /// - Complexity: O(n m d) for a sketch of m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(points.view, weights: weights)
  }

  /// Clusters what a sketch knows.
  ///
  /// - Throws: ``ClusteringError`` where a parameter is wrong, there are fewer points than
  ///   clusters, or the sketch has fewer centroids.
  /// - Complexity: O(m k d) an iteration for m centroids of the sketch.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ sketch: StreamingSketch<Scalar>
  ) throws(ClusteringError) -> Fit<Scalar> {
    try validate()
    try ClusteringError.check(clusterCount: ball.clusterCount, of: sketch.pointCount)
    let begun = try sketch.begun()
    let model = try ball.fit(begun)
    return Fit(
      model: model, sketch: sketch,
      cost: begun.costBounds(transformed: model.transformedCentroids))
  }
}
