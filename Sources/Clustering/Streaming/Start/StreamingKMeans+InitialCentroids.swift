// How a stream gets its first centroids.
extension StreamingKMeans {
  /// A stream that begins with given centroids.
  ///
  /// - Parameters:
  ///   - centroids: k different rows; copied.
  ///   - weights: number of points that each counts as; `nil` for 0: then the first points of a
  ///     cluster replace its centroid.
  ///   - time: what the clock shows at the beginning: 0, or for seconds the time of the first
  ///     point.
  /// - Throws: ``ClusteringError`` where a parameter, a value or a weight is wrong.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(
    _ parameters: StreamingParameters, centroids: Matrix<Scalar>, weights: [Double]? = nil,
    at time: Double? = nil
  ) throws(ClusteringError) {
    self.init(parameters)
    try validate()
    if parameters.standardizes { throw .streaming(.standardizingNeedsFirstRows) }
    try checkWeights(weights, of: centroids.rows)
    try CentroidCheck.check(
      centroids, count: parameters.clusterCount, columns: centroids.columns,
      needsDirections: parameters.distance == .cosine)
    if let time {
      guard time.isFinite else { throw .streaming(.invalidTime(row: 0, time: time)) }
      clock = Self.clock(parameters, at: time)
    }
    let transform = try RowTransform(parameters.distance, columns: centroids.columns)
    let isa = parameters.execution.kernels
    let map = RowMap<Scalar>(transform, columns: centroids.columns, instructionSet: isa)
    let mapped = map?.mapped(centroids) ?? centroids
    try checkDistinct(mapped)
    begin(mapped, weights, transform)
  }

  /// A stream that begins with given centroids, and everything else as it is by default.
  ///
  /// - Throws: ``ClusteringError`` where a parameter, a value or a weight is wrong.
  public init(
    centroids: Matrix<Scalar>, weights: [Double]? = nil, forgetting: Forgetting = .never,
    seed: UInt64 = 0
  ) throws(ClusteringError) {
    let parameters = StreamingParameters(
      clusterCount: centroids.rows, forgetting: forgetting, seed: seed)
    try self.init(parameters, centroids: centroids, weights: weights)
  }

  /// A stream that goes on from a model: its centroids, weights and transform, which say what
  /// ``StreamingParameters/distance`` and ``StreamingParameters/standardizes`` are.
  ///
  /// The model of a stream (``latestModel``) also says what time it is, and its clusters as they
  /// were before anything was rounded: what is learnt next moves the centroids to the same bits as
  /// had nothing happened in between, if time is counted in the same unit. It does not say how its
  /// points spread (outlier scores begin anew, and which cluster is split), when clusters last got
  /// points, their ids, or how many batches there were. The weights of other models count as of the
  /// first time.
  ///
  /// - Throws: ``ClusteringError`` where a parameter is wrong.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(
    _ parameters: StreamingParameters, continuing model: KMeansModel<Scalar>
  ) throws(ClusteringError) {
    self.init(parameters)
    try validate()
    if parameters.rules == .spark, !model.transform.isIdentity {
      throw .streaming(.notInSpark("transformed rows"))
    }
    try model.distance.checkMeans()
    self.parameters.distance = model.distance
    self.parameters.standardizes = model.transform.standardization != nil
    try self.parameters.distance.checkMeans()
    try checkWeights(model.clusterWeights, of: model.clusterCount)
    try CentroidCheck.check(
      model.transformedCentroids, count: parameters.clusterCount, columns: model.dimension,
      needsDirections: model.transform.normalizesCentroids)
    // Those that are equal get places of their own, as in the stream that the model may come from.
    var weights: [Double]?
    if let streamed = model.streamed, goOn(from: streamed) { weights = streamed.weights }
    begin(model.transformedCentroids, model.clusterWeights, model.transform)
    if let streamed = model.streamed { goOn(from: streamed, weights) }
  }

  /// Takes the clusters of another stream as they were before anything was rounded.
  ///
  /// - Parameter weights: in units of the landmark; `nil` where that is another one.
  private mutating func goOn(from streamed: StreamedClusters, _ weights: [Double]?) {
    learner!.clusters.centers = streamed.centers
    learner!.clusters.means = streamed.centers
    if let weights { learner!.clusters.weights = weights }
    if parameters.rules == .spark {
      learner!.spark = SparkModel(
        centroids: streamed.centers, weights: learner!.clusters.weights,
        instructionSet: parameters.execution.kernels)
    }
  }

  /// Sets the clock to the time of another stream, where that was counted in the same unit.
  ///
  /// - Returns: whether it is the same clock, so that weights are in the same units.
  private mutating func goOn(from streamed: StreamedClusters) -> Bool {
    guard streamed.unit == parameters.forgetting.unit.rawValue else { return false }
    let clock = Self.clock(parameters, at: streamed.time)
    self.clock = clock
    let halfLife = parameters.forgetting.halfLife
    guard let landmark = streamed.landmark, streamed.halfLife == halfLife else { return false }
    let same = DecayClock(rate: clock.rate, landmark: landmark, latest: streamed.time)
    guard clock.rate > 0, clock.rate.isFinite, same.now.isFinite else { return false }
    self.clock = same
    return true
  }

  private func checkWeights(_ weights: [Double]?, of centroids: Int) throws(ClusteringError) {
    if parameters.rules == .spark {
      try SparkRequirement.checkInitialCenters(
        centroids, weights: weights ?? Array(repeating: 0, count: centroids),
        clusterCount: parameters.clusterCount)
    }
    guard let weights else { return }
    guard weights.count == centroids else {
      throw .streaming(.centroidWeightCountMismatch(weights: weights.count, centroids: centroids))
    }
    // Weights are kept in units of the landmark, of which there may be 2^500.
    for (cluster, weight) in weights.enumerated() where !(weight >= 0 && weight <= 1e150) {
      throw .streaming(.invalidCentroidWeight(cluster: cluster, weight: weight))
    }
  }

  private func checkDistinct(_ centroids: Matrix<Scalar>) throws(ClusteringError) {
    // Spark takes them, and gives all points to the first.
    guard parameters.rules == .own else { return }
    var same = DuplicateRows(count: centroids.rows)
    var first = [Int32](repeating: 0, count: centroids.rows)
    centroids.withRows { same.find(in: $0, &first) }
    if let second = first.indices.first(where: { first[$0] != Int32($0) }) {
      throw .streaming(.duplicateCentroids(Int(first[second]), second))
    }
  }

  /// Begins with centroids that are drawn; where the parameters are wrong, an update will say so.
  mutating func beginGaussian(_ dimension: Int, _ weight: Double) {
    guard (try? validate()) != nil,
      let transform = try? RowTransform(parameters.distance, columns: dimension),
      let drawn = try? XORShiftRandom.gaussianCentroids(
        parameters.clusterCount, dimension: dimension, seed: parameters.seed)
    else { return }
    var centroids: Matrix<Scalar> = drawn.converted(to: Scalar.self)
    let map = RowMap<Scalar>(
      transform, columns: dimension, instructionSet: parameters.execution.kernels)
    if let map { centroids = map.mapped(centroids) }
    begin(centroids, Array(repeating: weight, count: parameters.clusterCount), transform)
  }

  /// Checks the parameters, and that they go with the type of the points.
  ///
  /// - Throws: one case for each wrong value.
  func validate() throws(ClusteringError) {
    try parameters.validate()
    if Scalar.self != Double.self, parameters.rules == .spark || parameters.deaths == .spark {
      throw .streaming(.sparkNeedsDouble)
    }
  }

  /// - Parameter weights: as they are now; `nil` for 0 each.
  private mutating func begin(
    _ centroids: Matrix<Scalar>, _ weights: [Double]?, _ transform: RowTransform
  ) {
    let now = clock?.now ?? 1
    learner = StreamLearner(
      parameters, centroids: centroids,
      weights: weights.map { $0.map { $0 * now } }
        ?? Array(repeating: 0, count: centroids.rows),
      transform: transform, time: clock?.latest ?? 0)
  }
}
