import Clustering
import KMeansFiles

/// Undamaged archives of models, streams, sketches and the parts of a fit that travel: one for each
/// kind of section that there can be.
enum ModelSeed: String, CaseIterable {
  // Models of fits, and what they remember of the columns of their points.
  case euclidean, cosine, standardized, floats, floatsAsDoubles
  case weighted, mahalanobis
  case scaled, unitRows
  case namedColumns, chosenColumns, indexedColumns
  // Models of streams.
  case learntModel, learntFloats, learntWithoutForgetting, learntBySeconds, learntDirections
  // Streams.
  case stream, streamOfFloats, cosineStream, standardizedStream, directedStream, sparkStream
  case weightedStream, mahalanobisStream
  case streamBySeconds, streamByPoints, gaussianStream, waitingStream, equalRowsStream
  case driftingStream
  // Sketches.
  case sketch, sketchOfFloats, fixedSketch, shindlerSketch, waitingSketch, weightlessSketch
  case cosineSketch, standardizedSketch, unstandardizedSketch, projectedSketch, hashedSketch
  case weightedSketch, mahalanobisSketch, minkowskiSketch, tanimotoSketch

  // What a fit goes on from, and sums of a part of the rows.
  case plan, planOfFloats, planWithWeights, progress, progressOfFloats, finishedProgress
  case sums, sumsWithoutRows, exactSums

  /// Whether it holds a stream.
  var isStream: Bool { rawValue.lowercased().contains("stream") }
  /// Whether it holds a sketch.
  var isSketch: Bool { rawValue.lowercased().contains("sketch") }
  var isOfFloats: Bool {
    [
      .floats, .streamOfFloats, .learntFloats, .sketchOfFloats, .planOfFloats, .progressOfFloats,
      .exactSums,
    ].contains(self)
  }
  var isPlan: Bool { rawValue.hasPrefix("plan") }
  var isProgress: Bool { rawValue.lowercased().contains("progress") }
  var isOfSums: Bool { rawValue.lowercased().contains("sums") }
  /// What an archive of it is of.
  var archiveKind: String {
    if isSketch { return StreamingSketch<Double>.archiveKind }
    if isStream { return StreamingKMeans<Double>.archiveKind }
    if isPlan { return LloydPlan<Double>.archiveKind }
    if isProgress { return LloydProgress<Double>.archiveKind }
    return isOfSums ? PartSums<Double>.archiveKind : KMeansModel<Double>.archiveKind
  }
  /// Whether a stream has learnt what it holds.
  private var isLearnt: Bool { isStream || rawValue.contains("learnt") }

  /// The archive.
  func archive() throws -> Archive {
    if isSketch { return try isOfFloats ? sketch(Float.self) : sketch(Double.self) }
    if isPlan || isProgress {
      return try isOfFloats ? lloyd(of: Float.self) : lloyd(of: Double.self)
    }
    if isOfSums {
      return isOfFloats
        ? Self.sums(of: Float.self, exact: self == .exactSums, rows: 0..<2048).archive
        : Self.sums(
          of: Double.self, exact: false, rows: self == .sums ? 0..<3072 : 3072..<3072
        ).archive
    }
    let areFloats = isOfFloats || self == .floatsAsDoubles
    guard isLearnt else { return try areFloats ? fit(of: Float.self) : fit(of: Double.self) }
    return try areFloats ? learn(Float.self) : learn(Double.self)
  }

  private func fit<Scalar: ClusteringScalar>(of type: Scalar.Type) throws -> Archive {
    var kmeans = KMeans(clusterCount: 3, seed: 1)
    kmeans.distance =
      switch self {
      case .cosine: .cosine
      case .weighted: .weightedEuclidean(weights: [2, 0.5, 3])
      case .mahalanobis: .mahalanobis(nil)
      default: .euclidean
      }
    kmeans.standardizes = self == .standardized
    if self == .scaled { kmeans.columnScale = .inverseDocumentFrequency }
    if self == .unitRows { (kmeans.columnScale, kmeans.unitRows) = (.deviation, true) }
    let points: Matrix<Scalar> = TestData.noise.points(30, 3, seed: 4)
    var model = try kmeans.fit(points.view).model
    model.inputColumns =
      switch self {
      case .namedColumns: InputColumns(format: "csv", fileColumns: 3, names: ["age", "", "größe"])
      case .chosenColumns:
        InputColumns(format: "tsv", fileColumns: 9, numbers: [2, 9, 2], names: ["b", "i", "b"])
      case .indexedColumns:
        InputColumns(
          format: "libsvm", fileColumns: 3, firstIndex: 0,
          text: InputText(delimiter: ";", decimal: ",", comment: "#"),
          means: [1, 2, 3])
      default: nil
      }
    return model.archive
  }

  /// The parameters of the fits whose plan and progress are kept.
  var parameters: KMeans {
    var kmeans = KMeans(clusterCount: 3, seed: 1)
    kmeans.maxIterations = 5
    kmeans.initialization = .randomRows
    kmeans.execution.threads = 1
    if self == .planWithWeights {
      kmeans.clusterCount = 2
      (kmeans.distance, kmeans.standardizes, kmeans.leavesOutZeroRows) = (.cosine, true, true)
    }
    return kmeans
  }

  /// Hands over the points of these fits.
  func withPoints<Scalar: ClusteringScalar, Result>(
    of type: Scalar.Type, _ body: (InMemoryPoints<Scalar>) throws -> Result
  ) throws -> Result {
    var points = TestData.noise.points(30, 3, seed: 4, of: Scalar.self).doubles
    // The mean of those with a weight is 0: one of them has no direction.
    points.replaceSubrange(0..<3, with: [[1, 2, -3], [-1, -2, 3], [0, 0, 0]])
    let matrix = try Matrix(points.map { $0.map { Scalar($0) } })
    let weights = points.indices.map { $0 < 3 ? 1.0 : 0 }
    return try matrix.withRows { (rows) throws(any Error) in
      try weights.withUnsafeBufferPointer { weights in
        try body(
          InMemoryPoints(
            WeightedRows(
              rows: rows, weights: self == .planWithWeights ? weights.baseAddress : nil),
            parameters.execution))
      }
    }
  }

  private func lloyd<Scalar: ClusteringScalar>(of type: Scalar.Type) throws -> Archive {
    try withPoints(of: type) { points in
      let lloyd = try Lloyd(points, parameters: parameters)
      if isPlan { return lloyd.plan.archive }
      let run = try lloyd.begin(run: 0)
      try run.iterate()
      if self == .finishedProgress { _ = try run.finish() }
      return try run.checkpoint().archive
    }
  }

  /// The sums of some rows.
  static func sums<Scalar: ClusteringScalar>(
    of type: Scalar.Type, exact isExact: Bool, rows range: Range<Int>
  ) -> PartSums<Scalar> {
    let points = TestData.integers.points(5000, 2, seed: 5, of: Scalar.self)
    var values = ValueRange()
    (values.largest, values.smallest) = (4, 1)
    let none = ClusterSums<Scalar>(
      clusters: 2, columns: 2, exact: isExact ? ExactSums(values, rows: 5000) : nil)
    let labels = (0..<5000).map { Int32($0 % 3 % 2) }
    let distances = (0..<5000).map { Double($0 % 7) }
    return points.withRows { rows in
      RowPass(
        WeightedRows(rows: rows)[range], stripeRows: 1024, threads: 1, firstRow: range.lowerBound
      ).sums(labels: labels, distances: distances, like: none)
    }
  }

  private func learn<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws -> Archive {
    let parameters = streamingParameters
    var stream = StreamingKMeans<Scalar>(parameters)
    let isTimed = parameters.forgetting.unit == .seconds
    for batch in 0..<(self == .driftingStream ? 14 : 3) {
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
    case .cosineSketch: parameters.distance = .cosine
    case .projectedSketch: parameters.searcher = .fastProjection(projections: 2)
    case .hashedSketch: parameters.searcher = .hashing(searchSize: 3)
    case .weightedSketch:
      (parameters.distance, parameters.power) = (.weightedEuclidean(weights: [2, 0.5, 3]), 1)
    case .mahalanobisSketch: parameters.distance = .mahalanobis(nil)
    case .minkowskiSketch: parameters.distance = .minkowski(exponent: 2.5)
    case .tanimotoSketch: parameters.distance = .tanimoto
    case .standardizedSketch, .unstandardizedSketch:
      (parameters.distance, parameters.standardizes) = (.cosine, true)
      parameters.leavesOutZeroRows = true
    default: break
    }
    let count = self == .waitingSketch || self == .unstandardizedSketch ? 40 : 1200
    let points: Matrix<Scalar> = TestData.noise.points(count, 3, seed: 4)
    let weights =
      self == .weightlessSketch
      ? Array(repeating: 0, count: count)
      : (0..<count).map { 0.1 * Double($0 % 7) }
    var sketch = StreamingSketch<Scalar>(parameters)
    try sketch.add(points.view, weights: weights.span)
    if self == .sketch { try sketch.merge(sketch) }
    // As if there had been enough rows to standardise by.
    if self == .standardizedSketch || self == .mahalanobisSketch { sketch = try sketch.begun() }
    return sketch.archive
  }

  private var streamingParameters: StreamingParameters {
    var parameters = StreamingParameters(
      clusterCount: 3, forgetting: .halfLife(2), seed: 1)
    parameters.start = .firstRows(20)
    switch self {
    case .learntWithoutForgetting: parameters.forgetting = .never
    case .streamBySeconds, .learntBySeconds: parameters.forgetting = .halfLife(60, .seconds)
    case .streamByPoints:
      parameters.forgetting = Forgetting(.forgetfulness(0.01), .points)
      (parameters.gain, parameters.deaths) = (.fixed, .never)
    case .driftingStream:
      parameters.drift = DriftParameters()
      parameters.drift?.minimumBatches = 5
    case .waitingStream: parameters.start = .firstRows(100)
    case .equalRowsStream: parameters.start = .firstRows(3)
    case .gaussianStream:
      (parameters.forgetting, parameters.start) = (.never, .gaussian(dimension: 3, weight: 1))
    case .sparkStream:
      (parameters.rules, parameters.forgetting) = (.spark, .decayFactor(0.5))
      (parameters.start, parameters.deaths) = (.gaussian(dimension: 3, weight: 1), .spark)
    case .cosineStream: parameters.distance = .cosine
    case .weightedStream: parameters.distance = .weightedEuclidean(weights: [2, 0.5, 3])
    case .mahalanobisStream:
      parameters.distance = .mahalanobis(.init(values: [2, 1, 0, 1, 2, 0, 0, 0, 1]))
    case .standardizedStream: (parameters.standardizes, parameters.start) = (true, .firstRows(nil))
    case .directedStream, .learntDirections:
      (parameters.distance, parameters.standardizes) = (.cosine, true)
      parameters.leavesOutZeroRows = true
    default: break
    }
    return parameters
  }
}
