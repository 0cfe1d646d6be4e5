// The structures of streams.
internal import Clustering
internal import KMeansCHeader

extension km_stream_options: VersionedStructure {
  static var initial: km_stream_options {
    let defaults = StreamingParameters(clusterCount: 1)
    var options = km_stream_options()
    (options.type, options.deaths) = (Int32(KM_FLOAT32), Int32(KM_DEATHS_AFTER_HALF_LIVES))
    options.death_half_lives = 8
    options.max_time_jump = defaults.maxTimeJump
    return options
  }
  static var name: String { "km_stream_options" }
  static var initializer: String { "call km_stream_options_init" }

  /// The parameters of the library.
  func parameters() throws -> StreamingParameters {
    var parameters = StreamingParameters(
      clusterCount: try clusterCount(clusters), forgetting: try forgettingPace(), seed: seed)
    parameters.gain = try choice(
      gain, "options->gain", of: [(KM_GAIN_WEIGHTED, .weighted), (KM_GAIN_FIXED, .fixed)])
    parameters.deaths = try choice(
      deaths, "options->deaths",
      of: [
        (KM_DEATHS_NEVER, .never),
        (KM_DEATHS_AFTER_HALF_LIVES, .afterHalfLives(death_half_lives)),
        (KM_DEATHS_SPARK, .spark),
      ])
    parameters.rules = try choice(
      rules, "options->rules", of: [(KM_RULES_OWN, .own), (KM_RULES_SPARK, .spark)])
    parameters.maxTimeJump = max_time_jump
    let rows = try count(first_rows, "options->first_rows")
    parameters.start = .firstRows(rows == 0 ? nil : rows)
    parameters.distance = try distanceMeasure(distance)
    parameters.standardizes = try flag(standardize, "options->standardize")
    parameters.drift = try flag(watch_drift, "options->watch_drift") ? DriftParameters() : nil
    parameters.execution = try execution(threads: threads, strategy: strategy)
    try parameters.validate()
    return parameters
  }

  private func forgettingPace() throws -> Forgetting {
    let unit: Forgetting.Unit = try choice(
      time_unit, "options->time_unit",
      of: [(KM_BATCHES, .batches), (KM_POINTS, .points), (KM_SECONDS, .seconds)])
    let pace: Forgetting.Pace = try choice(
      forgetting_form, "options->forgetting_form",
      of: [
        (KM_FORGET_NEVER, .never), (KM_FORGET_HALF_LIFE, .halfLife(forgetting)),
        (KM_FORGET_DECAY_FACTOR, .decayFactor(forgetting)),
        (KM_FORGET_FORGETFULNESS, .forgetfulness(forgetting)),
      ])
    return Forgetting(pace, unit)
  }
}

extension km_stream_options {
  /// The options that say the same, but for given centroids.
  ///
  /// - Throws: where none do.
  init(_ parameters: StreamingParameters, _ scalar: ScalarType) throws {
    self = .initial
    (clusters, seed) = (Int64(parameters.clusterCount), parameters.seed)
    (forgetting_form, forgetting) =
      switch parameters.forgetting.pace {
      case .never: (Int32(KM_FORGET_NEVER), 0)
      case .halfLife(let time): (Int32(KM_FORGET_HALF_LIFE), time)
      case .decayFactor(let factor): (Int32(KM_FORGET_DECAY_FACTOR), factor)
      case .forgetfulness(let share): (Int32(KM_FORGET_FORGETFULNESS), share)
      }
    time_unit =
      switch parameters.forgetting.unit {
      case .batches: Int32(KM_BATCHES)
      case .points: Int32(KM_POINTS)
      case .seconds: Int32(KM_SECONDS)
      }
    gain = Int32(parameters.gain == .weighted ? KM_GAIN_WEIGHTED : KM_GAIN_FIXED)
    switch parameters.deaths {
    case .never: deaths = Int32(KM_DEATHS_NEVER)
    case .spark: deaths = Int32(KM_DEATHS_SPARK)
    case .afterHalfLives(let time): death_half_lives = time
    }
    rules = Int32(parameters.rules == .own ? KM_RULES_OWN : KM_RULES_SPARK)
    max_time_jump = parameters.maxTimeJump
    if case .firstRows(let rows?) = parameters.start { first_rows = Int64(rows) }
    (type, distance) = (scalar.rawValue, number(of: parameters.distance))
    standardize = parameters.standardizes ? 1 : 0
    watch_drift = parameters.drift == nil ? 0 : 1
    var same = try self.parameters()
    (same.execution, same.leavesOutZeroRows) = (parameters.execution, parameters.leavesOutZeroRows)
    guard same == parameters else {
      throw BorderError.argument("the stream has options that km_stream_options has no word for")
    }
  }
}

extension km_batch_report: VersionedStructure {
  static var initial: km_batch_report { km_batch_report() }
  static var name: String { "km_batch_report" }

  init(_ report: BatchReport) {
    self.init()
    (number, points) = (Int64(report.number), Int64(report.points))
    waiting_points = Int64(report.waitingPoints)
    too_late_points = Int64(report.tooLatePoints)
    (spare_clusters, events) = (Int64(report.spareClusters), Int64(report.events.count))
    (time, inertia, inertia_after) = (report.time, report.inertia, report.inertiaAfter)
    drift_speed = report.drift?.speed ?? .nan
    drift_alarms = Int32(clamping: report.drift?.events.count ?? 0)
  }
}

extension km_event {
  init(_ event: ClusterEvent) {
    self.init()
    (cluster, label, parent) = (Int64(event.cluster), Int32(clamping: event.label), -1)
    switch event.kind {
    case .born: kind = Int32(KM_BORN)
    case .died: kind = Int32(KM_DIED)
    case .split(let from): (kind, parent) = (Int32(KM_SPLIT), Int64(from))
    }
  }
}

extension km_predictions: VersionedStructure {
  static var initial: km_predictions { km_predictions() }
  static var name: String { "km_predictions" }
  static var initializer: String { "call km_predictions_init" }

  /// What is wanted.
  var parts: Predictions.Parts {
    var parts = Predictions.Parts.labels
    if squared_distances != nil { parts.insert(.squaredDistances) }
    if margins != nil { parts.insert(.margins) }
    if outlier_scores != nil { parts.insert(.outlierScores) }
    if tail_probabilities != nil { parts.insert(.tailProbabilities) }
    return parts
  }

  /// Hands out what was found.
  func take(_ found: Predictions) {
    labels?.update(from: found.labels, count: found.count)
    ids?.update(from: found.ids.map { Int64($0) }, count: found.count)
    squared_distances?.update(from: found.squaredDistances, count: found.squaredDistances.count)
    margins?.update(from: found.margins, count: found.margins.count)
    outlier_scores?.update(from: found.outlierScores, count: found.outlierScores.count)
    tail_probabilities?.update(
      from: found.tailProbabilities, count: found.tailProbabilities.count)
  }
}

extension km_stream_info: VersionedStructure {
  static var initial: km_stream_info { km_stream_info() }
  static var name: String { "km_stream_info" }

  init<Scalar: ClusteringScalar>(_ stream: StreamingKMeans<Scalar>) {
    self.init()
    clusters = Int64(stream.parameters.clusterCount)
    columns = Int64(stream.dimension ?? 0)
    (batches, points) = (Int64(stream.batchCount), Int64(stream.pointCount))
    (waiting_points, time) = (Int64(stream.waitingPointCount), stream.time ?? .nan)
    (type, started) = (ScalarType(Scalar.self).rawValue, stream.hasStarted ? 1 : 0)
  }
}
