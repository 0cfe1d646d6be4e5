/// A summary of a stream of points: some weighted centroids, from which k-means of all points can
/// be found and its cost be bounded, long after the points are gone.
///
/// ```swift
/// var sketch = StreamingSketch<Float>(clusterCount: 20, seed: 1)
/// try sketch.add(all: &rows)                    // once; a pipe will do
/// let model = try BallKMeans(clusterCount: 20, seed: 1).fit(sketch)
/// let cost = sketch.costBounds(for: model.centroids)
/// ```
///
/// Each point goes to the nearest centroid, or, with a probability in proportion to its weight and
/// squared distance, becomes one; when there are too many, the centroids are clustered in the same
/// way (Shindler, Wong, Meyerson, Fast and accurate k-means for large datasets, 2011; Mahout's
/// `StreamingKMeans`). Points are taken in blocks, with the result of taking them one by one: a
/// function of the points, their order and the parameters, the same bits for any slices, threads
/// and instruction set. A value: a copy is a snapshot.
public struct StreamingSketch<Scalar: ClusteringScalar>: Sendable {
  /// The way in which points are summarised.
  public let parameters: SketchParameters
  /// What is done to rows before they are summarised; `nil` while rows wait to say how columns are
  /// standardised or vary together, and before the first of rows whose columns are weighted or
  /// mixed.
  public internal(set) var transform: RowTransform?
  /// Rows as they came, which wait for that.
  var waiting = WarmupRows<Scalar>()
  /// Transformed rows that wait for the frame and the cutoff to be known.
  var warmup = WarmupRows<Scalar>()
  /// The sketch, once these have come; `nil` before.
  var sketcher: Sketcher?
  /// The reach of all transformed points.
  var extent = SketchExtent<Scalar>()
  /// The largest block of points; `nil` for the default. It changes the speed, never the result.
  package var blockRows: Int? {
    didSet { sketcher?.mostRows = blockRows }
  }
  /// The number of threads from now on; `nil` for that of the parameters. It changes the speed,
  /// never the result.
  package var threads: Int? {
    didSet { sketcher?.mostThreads = threads }
  }
  /// Whether every point is compared with all centroids, one by one: the same results, slower.
  package var comparesAll = false {
    didSet { sketcher?.comparesAll = comparesAll }
  }

  /// A sketch without points. Wrong parameters are refused when points come.
  public init(_ parameters: SketchParameters) {
    self.parameters = parameters
    transform = parameters.knownTransform
  }

  /// A sketch without points, for some number of clusters.
  public init(clusterCount: Int, seed: UInt64 = 0) {
    self.init(SketchParameters(clusterCount: clusterCount, seed: seed))
  }

  /// Forgets all that follows from the state: the next points build it anew. Changes the speed,
  /// never the result.
  package mutating func dropCaches() { sketcher?.dropCaches() }

  /// The sketch as it is, with the rows that wait; `nil` without any, or where they cannot be
  /// transformed, which ``begun()`` throws.
  var settled: Sketcher? {
    if !waiting.weights.isEmpty { return (try? begun())?.settled }
    return sketcher ?? warmedUp
  }
}

extension StreamingSketch {
  /// A sketch of the rows that wait for the frame and the cutoff; `nil` without any.
  var warmedUp: Sketcher? {
    warmup.sketched(parameters) {
      $0.mostRows = blockRows
      $0.mostThreads = threads
      $0.comparesAll = comparesAll
    }
  }
}

// What a sketch knows. While fewer than 1,000 points have come, or as many as columns are
// standardised by, each of these clusters them anew.
extension StreamingSketch {
  /// The number of points that were ever added.
  public package(set) var pointCount: Int {
    get { waiting.weights.count + (sketcher?.state.pointCount ?? warmup.weights.count) }
    set { sketcher?.state.pointCount = newValue }
  }

  /// d, the number of columns of the points; `nil` before the first.
  public var dimension: Int? {
    sketcher?.columns ?? warmup.rows?.columns ?? waiting.rows?.columns
      ?? transform?.standardization?.means.count
  }

  /// The centroids, in the units of the points [m x d]; `nil` before the first of a weight above 0.
  /// With the cosine they are means of rows of length 1, shorter than these.
  public var centroids: Matrix<Scalar>? { doubleCentroids?.converted(to: Scalar.self) }

  /// The same, not rounded to the type of the points.
  package var doubleCentroids: Matrix<Double>? {
    guard let begun = try? begun(), let state = begun.settled?.state, state.count > 0 else {
      return nil
    }
    let centroids = begun.extent.clamped(state.restored(state.coordinates))
    return begun.transform?.restored(centroids) ?? centroids
  }

  /// The weight of the points of each centroid [m]; whole numbers up to 2^53 add up exactly.
  public var weights: [Double] { settled?.state.weights ?? [] }

  /// The sum of w |x - c|^2 over the transformed points of each centroid [m]; where the distance d
  /// is no squared Euclidean one (Manhattan and its like), a bound on the sum of w d(x, c), which
  /// is an estimate for that of Tanimoto.
  public var squaredErrors: [Double] { settled?.state.map(\.squaredError) ?? [] }

  /// The sum of w |x - c|^2 over all points and the centroids that they went to, or of what
  /// ``squaredErrors`` has in its place.
  public var squaredError: Double { squaredErrors.reduce(0, +) }

  /// The squared distance at which a point of weight 1 certainly becomes a centroid, the distance
  /// where ``SketchParameters/power`` is 1; `nil` while no two points differed.
  public var distanceCutoff: Double? { settled?.state.cutoff }

  /// N as it is now: about how many centroids there are to be.
  public var numClusters: Int { settled?.state.numClusters ?? parameters.initialNumClusters }

  /// The number of times that the centroids were clustered because there were too many.
  public var collapseCount: Int { settled?.state.collapseCount ?? 0 }
  /// The number of those collapses that raised the cutoff as ``SketchParameters/Collapse/jump``
  /// does, whatever rule was asked for: there had been more than 1,000 and 16 in N points.
  public var jumpCount: Int { settled?.state.jumpCount ?? 0 }

  /// The number of points and centroids that had several candidates, which were compared directly.
  package var redecidedCount: Int { settled?.state.redecidedCount ?? 0 }
}
