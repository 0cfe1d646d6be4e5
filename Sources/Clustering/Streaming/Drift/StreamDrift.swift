internal import KMeansCLibrary

/// What a stream remembers to see its own drift: a reference for its centroids, and a test for each
/// figure. A value of the state: copies and archives have it.
struct StreamDrift: Sendable, Hashable {
  /// The places that follow the centers with the same half-life [k x d].
  var reference: Matrix<Double>
  var step = DriftStep()
  /// The half-lives until clusters have settled that began, or were split, or whose center an
  /// outlier has thrown: until then only the inertia is tested.
  var unsettled = 0.0
  /// One for each ``DriftEvent/Kind``, in that order.
  var tests = Array(repeating: PageHinkley(), count: DriftEvent.Kind.allCases.count)

  /// The half-lives that clusters take to settle.
  static var settling: Double { 3 }
  /// What a batch counts as where nothing is forgotten.
  static var halfLivesOfBatch: Double { 0.1 }

  init(_ clusters: StreamClusters) { reference = clusters.centers }

  init(reference: Matrix<Double>) { self.reference = reference }

  /// Takes a batch that was learnt.
  ///
  /// - Parameters:
  ///   - sums: of the batch.
  ///   - before: the weights before it, decayed, in the unit of those of the batch.
  ///   - clusters: as they are after it.
  ///   - halfLives: what the batch took; `nil` where nothing is forgotten.
  ///   - changed: the clusters that began, or were split, in it.
  ///   - isThrown: whether some points lay so far off that they may have thrown a center.
  /// - Complexity: O(k d).
  mutating func take<Scalar: ClusteringScalar>(
    _ sums: BatchSums<Scalar>, before: [Double], _ clusters: StreamClusters,
    halfLives: Double?, changed: Set<Int>, isThrown: Bool, _ parameters: DriftParameters
  ) -> DriftReport {
    let speeds = move(to: clusters, halfLives: halfLives, changed: changed)
    let shareChange = step.add(sums, before: before)
    let time = halfLives ?? Self.halfLivesOfBatch
    unsettled = changed.isEmpty && !isThrown ? max(0, unsettled - time) : Self.settling
    var report = DriftReport(
      speeds: speeds, speed: Self.mean(speeds, clusters.weights), shareChange: shareChange,
      statistics: [], events: [])
    if step.isEnough { test(parameters) }
    report.statistics = tests.map(\.statistic)
    for (kind, test) in zip(DriftEvent.Kind.allCases, tests)
    where test.statistic > parameters.lambda {
      report.events.append(
        DriftEvent(kind, value: test.statistic, threshold: parameters.lambda))
    }
    // What was usual for one is so no more for the others, either.
    if !report.events.isEmpty { tests = tests.map { _ in PageHinkley() } }
    return report
  }

  /// Tests the figures of a step, and begins the next one.
  private mutating func test(_ parameters: DriftParameters) {
    // In the order of the kinds.
    let error = max(step.inertia / step.weight, .leastNormalMagnitude)
    if error.isFinite { tests[0].take(log(error), precision: step.points, parameters) }
    if step.shareCount > 0, unsettled == 0 {
      tests[1].take((step.shares / step.shareCount).squareRoot(), parameters)
    }
    if step.offsetCount > 0, unsettled == 0 {
      tests[2].take(
        log(max(step.offsets / step.offsetCount, .leastNormalMagnitude)), parameters)
    }
    step = DriftStep()
  }

  /// Lets the reference follow.
  ///
  /// - Returns: the speed of each center.
  private mutating func move(
    to clusters: StreamClusters, halfLives: Double?, changed: Set<Int>
  ) -> [Double] {
    let kept = halfLives.map { exp2(-$0) } ?? 0
    // From a distance to a speed: behind a center of constant speed the reference stays as far as
    // that goes in 1 / (1 - a) batches, of so many half-lives each.
    var factor = 1.0
    if let halfLives {
      factor = halfLives > 0 ? -expm1(-halfLives * log(2)) / halfLives : log(2)
    }
    return (0..<clusters.count).map { cluster in
      var (squares, squaredRadius) = (0.0, 0.0)
      for column in 0..<clusters.columns {
        let center = clusters.centers[cluster, column]
        let lag = center - reference[cluster, column]
        squares += lag * lag
        squaredRadius += clusters.squaredDeviation(cluster, column)
        reference[cluster, column] =
          changed.contains(cluster) ? center : center - kept * lag
      }
      let isKnown = squaredRadius > 0 && !changed.contains(cluster)
      let speed = (squares / squaredRadius).squareRoot() * factor
      return isKnown && speed.isFinite ? speed : 0
    }
  }

  private static func mean(_ speeds: [Double], _ weights: [Double]) -> Double {
    let total = weights.reduce(0, +)
    guard total > 0, total.isFinite else { return 0 }
    return zip(speeds, weights).reduce(0) { $0 + $1.0 * $1.0 * ($1.1 / total) }.squareRoot()
  }
}
