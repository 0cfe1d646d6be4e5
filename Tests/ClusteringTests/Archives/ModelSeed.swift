import Clustering
import KMeansFiles

/// Undamaged archives of models, streams and sketches: one for each kind of section that there can
/// be.
enum ModelSeed: String, CaseIterable {
  // Models of fits, and what they remember of the columns of their points.
  case euclidean, cosine, standardized, floats, floatsAsDoubles
  case namedColumns, chosenColumns, indexedColumns
  // Models of streams.
  case learntModel, learntFloats, learntWithoutForgetting, learntBySeconds, learntDirections
  // Streams.
  case stream, streamOfFloats, cosineStream, standardizedStream, directedStream, sparkStream
  case streamBySeconds, streamByPoints, gaussianStream, waitingStream, equalRowsStream
  // Sketches.
  case sketch, sketchOfFloats, fixedSketch, shindlerSketch, waitingSketch, weightlessSketch

  /// Whether it holds a stream.
  var isStream: Bool { rawValue.lowercased().contains("stream") }
  /// Whether it holds a sketch.
  var isSketch: Bool { rawValue.lowercased().contains("sketch") }
  var isOfFloats: Bool {
    [.floats, .streamOfFloats, .learntFloats, .sketchOfFloats].contains(self)
  }
  /// Whether a stream has learnt what it holds.
  private var isLearnt: Bool { isStream || rawValue.contains("learnt") }

  /// The archive.
  func archive() throws -> Archive {
    if isSketch { return try isOfFloats ? sketch(Float.self) : sketch(Double.self) }
    let areFloats = isOfFloats || self == .floatsAsDoubles
    guard isLearnt else { return try areFloats ? fit(of: Float.self) : fit(of: Double.self) }
    return try areFloats ? learn(Float.self) : learn(Double.self)
  }

  private func fit<Scalar: ClusteringScalar>(of type: Scalar.Type) throws -> Archive {
    var kmeans = KMeans(clusterCount: 3, seed: 1)
    kmeans.distance = self == .cosine ? .cosine : .euclidean
    kmeans.standardizes = self == .standardized
    let points: Matrix<Scalar> = TestData.noise.points(30, 3, seed: 4)
    var model = try kmeans.fit(points.view).model
    model.inputColumns =
      switch self {
      case .namedColumns: InputColumns(format: "csv", fileColumns: 3, names: ["age", "", "größe"])
      case .chosenColumns:
        InputColumns(format: "tsv", fileColumns: 9, numbers: [2, 9, 2], names: ["b", "i", "b"])
      case .indexedColumns: InputColumns(format: "libsvm", fileColumns: 3, firstIndex: 0)
      default: nil
      }
    return model.archive
  }

  private func learn<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws -> Archive {
    let parameters = parameters
    var stream = StreamingKMeans<Scalar>(parameters)
    let isTimed = parameters.forgetting.unit == .seconds
    for batch in 0..<3 {
      var points: Matrix<Scalar> = TestData.noise.points(30, 3, seed: UInt64(batch))
      if self == .equalRowsStream { points = points.picking((0..<30).map { $0 % 2 }) }
      let times = isTimed ? (0..<30).map { 1e9 + Double(10 * batch + $0 % 7) } : nil
      _ = try stream.update(points.view, times: times?.span)
      // Of other batches there would be more than two values.
      if self == .equalRowsStream { break }
    }
    return isStream ? stream.archive : stream.latestModel.map(\.archive)!
  }

  private func sketch<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws -> Archive {
    var parameters = SketchParameters(clusterCount: 2, seed: 3)
    parameters.numClusters = self == .sketchOfFloats ? nil : 9
    switch self {
    case .fixedSketch: (parameters.distanceCutoff, parameters.clusterLogFactor) = (.fixed(0.01), 1)
    case .shindlerSketch: parameters.distanceCutoff = .shindler(points: 1200)
    default: break
    }
    let count = self == .waitingSketch ? 40 : 1200
    let points: Matrix<Scalar> = TestData.noise.points(count, 3, seed: 4)
    let weights =
      self == .weightlessSketch
      ? Array(repeating: 0, count: count)
      : (0..<count).map { 0.1 * Double($0 % 7) }
    var sketch = StreamingSketch<Scalar>(parameters)
    try sketch.add(points.view, weights: weights.span)
    if self == .sketch { try sketch.merge(sketch) }
    return sketch.archive
  }

  private var parameters: StreamingParameters {
    var parameters = StreamingParameters(
      clusterCount: 3, forgetting: .halfLife(2), seed: 1)
    parameters.start = .firstRows(20)
    switch self {
    case .learntWithoutForgetting: parameters.forgetting = .never
    case .streamBySeconds, .learntBySeconds: parameters.forgetting = .halfLife(60, .seconds)
    case .streamByPoints:
      parameters.forgetting = Forgetting(.forgetfulness(0.01), .points)
      (parameters.gain, parameters.deaths) = (.fixed, .never)
    case .waitingStream: parameters.start = .firstRows(100)
    case .equalRowsStream: parameters.start = .firstRows(3)
    case .gaussianStream:
      (parameters.forgetting, parameters.start) = (.never, .gaussian(dimension: 3, weight: 1))
    case .sparkStream:
      (parameters.rules, parameters.forgetting) = (.spark, .decayFactor(0.5))
      (parameters.start, parameters.deaths) = (.gaussian(dimension: 3, weight: 1), .spark)
    case .cosineStream: parameters.distance = .cosine
    case .standardizedStream: (parameters.standardizes, parameters.start) = (true, .firstRows(nil))
    case .directedStream, .learntDirections:
      (parameters.distance, parameters.standardizes) = (.cosine, true)
      parameters.leavesOutZeroRows = true
    default: break
    }
    return parameters
  }
}
