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
/// Each batch is assigned to the centroids as they are; then every cluster decays, and those that got
/// points move towards their mean (see ``Forgetting`` for the rule). A value: a copy is a snapshot that no
/// update changes. The state is Double whatever the type of the points, and a function of the points and
/// the parameters alone: any number of threads and any instruction set give the same bits.
public struct StreamingKMeans<Scalar: ClusteringScalar>: Sendable {
  /// How the stream is clustered.
  public internal(set) var parameters: StreamingParameters
  /// How many batches there were.
  public internal(set) var batchCount = 0
  /// How many points there were.
  public internal(set) var pointCount = 0
  /// Nothing before the first time of a stream that counts seconds.
  var clock: DecayClock?
  /// What waits until there are enough points to begin with.
  var warmup = StreamWarmup<Scalar>()
  /// Nothing while there are no centroids.
  var learner: StreamLearner<Scalar>?

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
  public init(clusterCount: Int, forgetting: Forgetting = .never, seed: UInt64) {
    self.init(
      StreamingParameters(clusterCount: clusterCount, forgetting: forgetting, seed: seed))
  }

  /// A clock for some parameters. Spark's rules decay weights themselves: for their clock nothing does.
  static func clock(_ parameters: StreamingParameters, at time: Double) -> DecayClock {
    DecayClock(parameters.rules == .spark ? .never : parameters.forgetting, at: time)
  }
}

// What a stream has learnt.
extension StreamingKMeans {
  /// What the clock shows, in the unit of the forgetting: batches or points so far, or the latest time;
  /// nothing before the first time.
  public var time: Double? { clock?.latest }

  /// Whether there are centroids.
  public var hasStarted: Bool { learner != nil }

  /// How many points wait for enough others to begin with.
  public var waitingPointCount: Int { warmup.count }

  /// How many of them are kept: fewer where equal ones are kept as one.
  package var keptPointCount: Int { warmup.kept.weights.count }

  /// k rows of d values in the units of the points, in Double; nothing before there are any.
  public var centroids: Matrix<Double>? {
    learner.map { learner in
      // A mean of rows of length 1 is shorter.
      let centers =
        learner.transform.normalizes
        ? learner.nearest.centroids.converted(to: Double.self) : learner.clusters.centers
      return learner.transform.restored(centers)
    }
  }

  /// What each cluster weighs now: its points, each with what is left of its weight. Empty before there
  /// are centroids.
  public var clusterWeights: [Double] {
    guard let learner, let now = clock?.now else { return [] }
    return learner.clusters.weights.map { $0 / now }
  }

  /// k rows of d variances: of the points of each cluster, each with what is left of its weight, about the
  /// centroid, column by column, of transformed points. 0 where it has had none; nothing before there are
  /// centroids.
  public var clusterVariances: Matrix<Double>? { learner?.clusters.squaredDeviations }

  /// The id of each cluster: a new one takes the place, and the label, of one that died, and gets an id
  /// of its own. Empty before there are centroids.
  public var ids: [Int] { learner?.clusters.ids ?? [] }

  /// The model as it is now, which no later update changes; nothing before there are centroids.
  ///
  /// Its inertia is the squared error of all points, each with what is left of its weight, about the
  /// centroids; its iterations are the batches so far.
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
        unit: parameters.forgetting.unit.rawValue, halfLife: parameters.forgetting.halfLife))
  }

  /// Forgets at another pace from now on; what was forgotten so far is gone.
  ///
  /// - Throws: ``ClusteringError`` where the pace is wrong, time is to be counted in another unit, or weights near the
  ///   largest Double would overflow in the units of the new pace; nothing changes then.
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
