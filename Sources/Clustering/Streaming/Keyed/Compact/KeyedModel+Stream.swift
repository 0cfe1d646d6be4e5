// A small model and the stream that it is the state of.
extension StreamingKMeans {
  /// Whether the numbers of a ``KeyedModel`` and the parameters say everything of the stream.
  var isCompact: Bool {
    guard let learner, clock != nil, drift == nil, parameters.drift == nil,
      parameters.rules == .own, parameters.deaths != .spark, learner.transform.isIdentity,
      learner.map == nil, learner.spark == nil, warmup.kept.rows == nil
    else { return false }
    // The centroids that points are compared with are nearly always the centers, rounded.
    let (centers, centroids) = (learner.clusters.centers.span, learner.nearest.centroids.span)
    return centers.indices.allSatisfy { Scalar(centers[$0]) == centroids[$0] }
  }

  /// Puts the state into a piece of memory.
  ///
  /// - Precondition: ``isCompact``.
  func write(to model: KeyedModel) {
    guard let learner, let clock else { preconditionFailure("a stream that has begun") }
    let (clusters, layout) = (learner.clusters, model.layout)
    Self.copy(clusters.centers, to: model.centers)
    Self.copy(clusters.means, to: model.means)
    Self.copy(clusters.variances, to: model.variances)
    for cluster in 0..<layout.clusters {
      model.weights[cluster] = clusters.weights[cluster]
      model.momentWeights[cluster] = clusters.momentWeights[cluster]
      model.lastSeen[cluster] = clusters.lastSeen[cluster]
      model[layout.ids + cluster] = clusters.ids[cluster]
      model[layout.origins + cluster] = clusters.origins[cluster]
    }
    model[layout.nextID] = clusters.nextID
    model[layout.batchCount] = batchCount
    model[layout.pointCount] = pointCount
    model.set(clock)
  }

  private static func copy(_ matrix: Matrix<Double>, to place: UnsafeMutablePointer<Double>) {
    matrix.withRows { place.update(from: $0.base, count: $0.count * $0.columns) }
  }

  /// The stream whose state is in a piece of memory.
  init(_ model: KeyedModel, _ parameters: StreamingParameters) {
    // Centroids come from the model: none are drawn.
    var undrawn = parameters
    undrawn.start = .firstRows(nil)
    self.init(undrawn)
    self.parameters = parameters
    let layout = model.layout
    let clock = model.clock(rate: Self.clock(parameters, at: 0).rate)
    self.clock = clock
    batchCount = model[layout.batchCount]
    pointCount = model[layout.pointCount]
    var clusters = StreamClusters(
      centers: Self.matrix(model.centers, layout),
      weights: Array(UnsafeBufferPointer(start: model.weights, count: layout.clusters)),
      time: clock.latest)
    clusters.means = Self.matrix(model.means, layout)
    clusters.variances = Self.matrix(model.variances, layout)
    for cluster in 0..<layout.clusters {
      clusters.momentWeights[cluster] = model.momentWeights[cluster]
      clusters.lastSeen[cluster] = model.lastSeen[cluster]
      clusters.ids[cluster] = model.id(cluster)
      clusters.origins[cluster] = model[layout.origins + cluster]
    }
    clusters.nextID = model[layout.nextID]
    learner = StreamLearner(
      parameters, clusters, centroids: clusters.centers.converted(to: Scalar.self),
      transform: .identity)
  }

  private static func matrix(
    _ values: UnsafeMutablePointer<Double>, _ layout: KeyedLayout
  ) -> Matrix<Double> {
    guard var matrix = try? Matrix<Double>(rows: layout.clusters, columns: layout.columns) else {
      preconditionFailure("a matrix of the size of one that exists")
    }
    matrix.withMutableValues { $0.update(from: values, count: layout.values) }
    return matrix
  }
}
