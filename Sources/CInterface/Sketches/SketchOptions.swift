// The structures of sketches and of ball k-means.
internal import Clustering
internal import KMeansCHeader

extension km_sketch_options: VersionedStructure {
  static var initial: km_sketch_options {
    var options = km_sketch_options()
    options.type = Int32(KM_FLOAT32)
    options.beta = SketchParameters(clusterCount: 1).beta
    return options
  }
  static var name: String { "km_sketch_options" }
  static var initializer: String { "call km_sketch_options_init" }

  /// The parameters of the library.
  func parameters() throws -> SketchParameters {
    var parameters = SketchParameters(clusterCount: try clusterCount(clusters), seed: seed)
    let centroids = try count(num_clusters, "options->num_clusters")
    if centroids > 0 { parameters.numClusters = centroids }
    if distance_cutoff != 0 { parameters.distanceCutoff = .fixed(distance_cutoff) }
    parameters.beta = beta
    parameters.distance = try distanceMeasure(distance)
    parameters.standardizes = try flag(standardize, "options->standardize")
    parameters.execution = try execution(threads: threads)
    try parameters.validate()
    return parameters
  }
}

extension km_sketch_options {
  /// The options that say the same.
  ///
  /// - Throws: where none do.
  init(_ parameters: SketchParameters, _ scalar: ScalarType) throws {
    self = .initial
    (clusters, seed) = (Int64(parameters.clusterCount), parameters.seed)
    num_clusters = Int64(parameters.numClusters ?? 0)
    if case .fixed(let cutoff) = parameters.distanceCutoff { distance_cutoff = cutoff }
    (beta, type) = (parameters.beta, scalar.rawValue)
    distance = number(of: parameters.distance)
    standardize = parameters.standardizes ? 1 : 0
    var same = try self.parameters()
    (same.execution, same.leavesOutZeroRows) = (parameters.execution, parameters.leavesOutZeroRows)
    guard same == parameters else {
      throw BorderError.argument("the sketch has options that km_sketch_options has no word for")
    }
  }
}

extension km_ball_options: VersionedStructure {
  static var initial: km_ball_options {
    let defaults = BallKMeans(clusterCount: 1)
    var options = km_ball_options()
    options.max_iterations = Int64(defaults.maxIterations)
    options.final_iterations = Int64(defaults.finalIterations)
    options.trim_fraction = defaults.trimFraction
    options.test_probability = defaults.testProbability
    options.runs = Int32(defaults.runs)
    options.correct_weights = defaults.correctsWeights ? 1 : 0
    return options
  }
  static var name: String { "km_ball_options" }
  static var initializer: String { "call km_ball_options_init" }

  /// The parameters of the library.
  ///
  /// - Parameter own: the number of clusters where none is given.
  func parameters(clusters own: Int) throws -> BallKMeans {
    var ball = BallKMeans(
      clusterCount: clusters == 0 ? own : try clusterCount(clusters), runs: Int(runs), seed: seed)
    ball.maxIterations = Int(max_iterations)
    ball.finalIterations = Int(final_iterations)
    (ball.trimFraction, ball.testProbability) = (trim_fraction, test_probability)
    if try flag(random_init, "options->random_init") { ball.initialization = .uniform }
    ball.correctsWeights = try flag(correct_weights, "options->correct_weights")
    ball.execution = try execution(threads: threads)
    try ball.validate()
    return ball
  }
}

extension km_cost: VersionedStructure {
  static var initial: km_cost { km_cost() }
  static var name: String { "km_cost" }

  init(_ bounds: CostBounds) {
    self.init()
    (lower, upper) = (bounds.lowerBound, bounds.upperBound)
  }
}

extension km_sketch_info: VersionedStructure {
  static var initial: km_sketch_info { km_sketch_info() }
  static var name: String { "km_sketch_info" }

  init<Scalar: ClusteringScalar>(_ sketch: StreamingSketch<Scalar>) {
    self.init()
    clusters = Int64(sketch.parameters.clusterCount)
    (columns, points) = (Int64(sketch.dimension ?? 0), Int64(sketch.pointCount))
    centroids = Int64(sketch.weights.count)
    (distance_cutoff, squared_error) = (sketch.distanceCutoff ?? .nan, sketch.squaredError)
    type = ScalarType(Scalar.self).rawValue
  }
}
