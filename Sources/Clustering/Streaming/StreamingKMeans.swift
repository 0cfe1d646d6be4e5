/// k-means of points that come batch by batch and are forgotten as they age.
///
/// ```swift
/// var stream = StreamingKMeans<Float>(
///   clusterCount: 10, forgetting: .halfLife(5, .batches), seed: 1)
/// for batch in batches {
///   let report = try stream.update(batch.view)
///   print(report.inertia, report.events)
/// }
/// stream.latestModel?.centroids     // 10 x d
/// ```
///
/// Each batch is assigned to the centroids as they are; then every cluster decays, and those that
/// got points move towards their mean (see ``Forgetting`` for the rule). A value: a copy is a
/// snapshot that no update changes. The state is Double for any type of points, and a
/// function of the points and the parameters alone: any number of threads and any instruction set
/// give the same bits.
public struct StreamingKMeans<Scalar: ClusteringScalar>: Sendable {
  /// The parameters of the stream.
  public internal(set) var parameters: StreamingParameters
  /// The number of batches so far.
  public internal(set) var batchCount = 0
  /// The number of points so far.
  public internal(set) var pointCount = 0
  /// The clock; `nil` before the first time of a stream that counts seconds.
  var clock: DecayClock?
  /// The points that wait until there are enough to begin with.
  var warmup = StreamWarmup<Scalar>()
  /// The clusters and their updates; `nil` while there are no centroids.
  var learner: StreamLearner<Scalar>?
  /// What is remembered of its drift, where that is watched.
  var drift: StreamDrift?

  /// A stream whose centroids are found by its ``StreamingParameters/start``.
  public init(_ parameters: StreamingParameters) {
    self.parameters = parameters
    if parameters.forgetting.unit != .seconds {
      clock = Self.clock(parameters, at: 0)
    }
    if case .gaussian(let dimension, let weight) = parameters.start {
      beginGaussian(dimension, weight)
    }
  }

  /// A stream whose centroids are found among its first rows.
  public init(clusterCount: Int, forgetting: Forgetting = .never, seed: UInt64 = 0) {
    self.init(
      StreamingParameters(clusterCount: clusterCount, forgetting: forgetting, seed: seed))
  }

  /// A clock for some parameters. Spark's rules decay weights themselves: their clock decays none.
  static func clock(_ parameters: StreamingParameters, at time: Double) -> DecayClock {
    DecayClock(parameters.rules == .spark ? .never : parameters.forgetting, at: time)
  }
}

// The state that a stream has learnt.
extension StreamingKMeans {
  /// The time of the clock, in the unit of the forgetting: batches or points so far, or the latest
  /// time; `nil` before the first time.
  public var time: Double? { clock?.latest }

  /// Whether there are centroids.
  public var hasStarted: Bool { learner != nil }

  /// The number of columns; `nil` before the first row.
  package var dimension: Int? { learner?.nearest.centroids.columns ?? warmup.kept.rows?.columns }

  /// The number of points that wait for enough others to begin with.
  public var waitingPointCount: Int { warmup.count }

  /// The number of them that are kept: fewer where equal ones are kept as one.
  package var keptPointCount: Int { warmup.kept.weights.count }

  /// The centroids in the units of the points, in Double [k x d]; `nil` before there are any.
  public var centroids: Matrix<Double>? {
    learner.map { learner in
      // A mean of rows of length 1 is shorter than a direction.
      let centers =
        learner.transform.normalizesCentroids
        ? learner.nearest.centroids.converted(to: Double.self) : learner.clusters.centers
      return learner.transform.restored(centers)
    }
  }

  /// The present weight of each cluster: the decayed weights of its points [k]. Empty before there
  /// are centroids.
  public var clusterWeights: [Double] {
    guard let learner, let now = clock?.now else { return [] }
    return learner.clusters.weights.map { $0 / now }
  }

  /// The variances of the points of each cluster about the centroid, by their decayed weights,
  /// column by column, of transformed points [k x d]. 0 where it has had none; `nil` before there
  /// are centroids.
  public var clusterVariances: Matrix<Double>? { learner?.clusters.squaredDeviations }

  /// The id of each cluster: a new one takes the place, and the label, of one that died, and gets
  /// an id of its own. Empty before there are centroids.
  public var ids: [Int] { learner?.clusters.ids ?? [] }

  /// The present model, which no later update changes; `nil` before there are centroids.
  ///
  /// Its inertia is the squared error of all points about the centroids, by their decayed weights;
  /// its iterations are the batches so far.
  ///
  /// - Complexity: O(k d).
  public var latestModel: KMeansModel<Scalar>? {
    guard let learner, let clock else { return nil }
    return KMeansModel(
      transformed: learner.nearest.centroids, transform: learner.transform,
      clusterWeights: clusterWeights, inertia: learner.squaredError(now: clock.now),
      iterations: batchCount, converged: false,
      streamed: StreamedClusters(
        centers: learner.clusters.centers, weights: learner.clusters.weights,
        time: clock.latest, landmark: clock.landmark,
        unit: parameters.forgetting.unit.rawValue, halfLife: parameters.forgetting.halfLife,
        ids: learner.clusters.ids))
  }

  /// Changes the pace of forgetting from now on; weights that are forgotten already stay so.
  ///
  /// - Throws: ``ClusteringError`` where the pace is wrong, its unit of time is another one, or
  ///   weights near the largest Double would overflow in the units of the new pace; the stream is
  ///   then as it was.
  /// - Complexity: O(k).
  public mutating func forget(by forgetting: Forgetting) throws(ClusteringError) {
    guard forgetting.unit == parameters.forgetting.unit else {
      throw .streaming(.unitChange(from: parameters.forgetting.unit, to: forgetting.unit))
    }
    var parameters = parameters
    parameters.forgetting = forgetting
    try parameters.validate()
    if let old = clock {
      let new = Self.clock(parameters, at: old.latest)
      let factor = new.now / old.now
      if let clusters = learner?.clusters, !(clusters.totalWeight * factor).isFinite {
        throw .streaming(.weightsOverflow(times: factor))
      }
      learner?.clusters.scale(by: factor)
      clock = new
    }
    self.parameters = parameters
  }
}
