import Clustering
import KMeansFiles

// Streams that begin as it was asked for.
extension StreamStart {
  /// Completes the parameters of a stream and checks them.
  ///
  /// - Parameter learning: what was asked for; a model has a transform of its own.
  func complete(_ parameters: inout StreamingParameters, _ learning: LearningOptions) throws {
    switch self {
    case .firstRows(let count): parameters.start = .firstRows(count)
    case .gaussian(let columns, let weight):
      parameters.start = .gaussian(dimension: columns ?? 1, weight: weight)
    case .centroids: break
    case .model(let model, let path):
      if learning.standardize {
        throw Failure.usage(
          "--standardize: the model \(path) says what is done to rows, expected no such option")
      }
      let distance = model.distance
      try learning.checkDistance(of: distance, path)
      parameters.distance = distance
    }
    try parameters.validate()
    if case .centroids = self {
      if parameters.standardizes { throw ClusteringError.streaming(.standardizingNeedsFirstRows) }
      if parameters.distance.isEstimated { throw ClusteringError.distance(.covarianceNeedsRows) }
    }
  }

  /// A stream for points of some columns.
  ///
  /// - Parameter points: the name of the input.
  func stream<Scalar: ClusteringScalar>(
    _ parameters: StreamingParameters, columns: Int, of points: String
  ) throws -> StreamingKMeans<Scalar> {
    let locator = ErrorLocator(points, columnCount: columns, centroids: path)
    switch self {
    case .firstRows:
      return StreamingKMeans(parameters)
    case .gaussian(let asked, let weight):
      if let asked, asked != columns {
        throw Failure.usage(
          "--dimension \(asked): the points of \(points) have \(counted(columns, "column"))")
      }
      // Centers, means, variances, and what rows are compared with, in the making and made.
      try MemoryBudget().check(
        Double(parameters.clusterCount) * Double(columns) * 64,
        "\(counted(parameters.clusterCount, "cluster")) of \(counted(columns, "column"))")
      var parameters = parameters
      parameters.start = .gaussian(dimension: columns, weight: weight)
      return StreamingKMeans(parameters)
    case .centroids(let given, let path, let weights):
      let model: KMeansModel<Scalar> = try given.model(from: path)
      return try locator.onError { () throws(ClusteringError) in
        try check(model, columns)
        return try StreamingKMeans(
          parameters, centroids: model.centroids, weights: weights)
      }
    case .model(let given, let path):
      let model: KMeansModel<Scalar> = try given.model(from: path)
      return try locator.onError { () throws(ClusteringError) in
        try check(model, columns)
        return try StreamingKMeans(parameters, continuing: model)
      }
    }
  }

  private func check<Scalar>(
    _ model: KMeansModel<Scalar>, _ columns: Int
  ) throws(ClusteringError) {
    guard model.dimension == columns else {
      throw .dimensionMismatch(found: columns, expected: model.dimension)
    }
  }
}

extension StreamStart {
  /// The ids of the clusters of a model of a stream.
  var ids: [Int]? {
    guard case .model(let model, _) = self else { return nil }
    return model.streamed?.ids
  }

  /// What goes on and what does not.
  ///
  /// - Parameter learns: whether points are learnt, not only predicted.
  func notes(_ parameters: StreamingParameters, learns: Bool) -> [String] {
    guard case .model(let model, let path) = self else { return [] }
    guard learns else {
      return ["\(path): it does not say how its clusters spread: there are no outlier scores"]
    }
    let (unit, forgets) = (
      parameters.forgetting.unit, parameters.forgetting.halfLivesPerUnit > 0
    )
    guard let streamed = model.streamed else {
      return forgets
        ? ["\(path): it does not say its time: its weights count as of the first point"] : []
    }
    var lines = [
      "\(path): its centroids and weights go on; cluster ids, batch numbers, the spread of clusters "
        + "(outlier scores) and how long they got no points (--deaths) begin anew"
    ]
    if streamed.unit == unit.rawValue {
      lines[0] += "; the clock goes on at \(streamed.time) \(unit.rawValue)"
    } else if forgets {
      lines.append(
        "\(path): its time is \(streamed.time) \(streamed.unit), which says nothing of "
          + "\(unit.rawValue): its weights count as of the first point")
    }
    return lines + paceNote(streamed, parameters.forgetting, path)
  }

  /// A line about how fast the earlier stream forgot, where that differs: it does not go on.
  private func paceNote(
    _ streamed: StreamedClusters, _ forgetting: Forgetting, _ path: String
  ) -> [String] {
    let halfLife = forgetting.halfLife.isFinite ? forgetting.halfLife : nil
    let isSame =
      streamed.halfLife == halfLife
      && (halfLife == nil || streamed.unit == forgetting.unit.rawValue)
    if isSame { return [] }
    let before = StreamSummary.pace(halfLife: streamed.halfLife, unit: streamed.unit)
    let now = StreamSummary.pace(halfLife: halfLife, unit: forgetting.unit.rawValue)
    return [
      "\(path): how fast is forgotten does not go on: before \(before), now \(now) "
        + "(--half-life, --decay-factor)"
    ]
  }
}
