internal import KMeansCLibrary

/// A test for the rise of the mean of a figure, batch by batch (Page, "Continuous inspection
/// schemes", 1954; Hinkley, "Inference about the change-point from cumulative sum tests", 1971).
///
/// With z the standardised figure, m the sum of z - delta so far, and M the least that sum ever
/// was, there is an alarm once m - M is above lambda. Here s = m - M is kept: s' = max(0, s + z -
/// delta).
///
/// The usual value and its deviation come from the figure's own past. The first ones come from the
/// first batches, with the farthest brought near, so that a rough beginning does not make the test
/// deaf; then each batch has its part, at most 1/300 in the long run. A z beyond 5 counts as 5: one
/// batch alone neither alarms nor spoils the standard.
struct PageHinkley: Sendable, Hashable {
  /// The magnitude beyond which a standardised figure tells no more.
  static var reach: Double { 5 }
  /// The batches that the usual value is of, in the long run.
  static var memory: Double { 300 }
  /// The least deviation: a change of less is rounding.
  static var leastDeviation: Double { 1e-6 }

  /// The figures and precisions of the first batches, until there are enough.
  var first: [Double] = []
  var firstPrecisions: [Double] = []
  /// The number of batches that the standard is of.
  var count = 0.0
  /// The usual value.
  var mean = 0.0
  /// The variance of a figure of precision 1.
  var variance = 0.0
  /// s.
  var statistic = 0.0

  /// Takes the figure of a batch.
  ///
  /// - Parameter precision: how much it says: its variance is that of a figure of precision 1 by
  ///   this. The number of points, for a mean of them.
  mutating func take(_ figure: Double, precision: Double = 1, _ parameters: DriftParameters) {
    guard count > 0 else { return begin(figure, precision, parameters) }
    let unit = deviation(precision)
    let z = min(max((figure - mean) / unit, -Self.reach), Self.reach)
    statistic = max(0, statistic + z - parameters.delta)
    // While it rises the standard waits: what may be new must not become the usual.
    if statistic > parameters.lambda / 2 { return }
    count = min(count + 1, Self.memory)
    let step = z * unit / count
    mean += step
    variance += (z * unit * z * unit * precision - variance) / count
  }

  private func deviation(_ precision: Double) -> Double {
    max((variance / precision).squareRoot(), Self.leastDeviation)
  }

  private mutating func begin(
    _ figure: Double, _ precision: Double, _ parameters: DriftParameters
  ) {
    first.append(figure)
    firstPrecisions.append(precision)
    guard first.count >= parameters.minimumBatches else { return }
    let sorted = first.sorted()
    let median = sorted[sorted.count / 2]
    let distances = first.map { ($0 - median).magnitude }.sorted()
    // 4 normal deviations, of each side.
    let limit = 4 * 1.4826 * max(distances[distances.count / 2], Self.leastDeviation)
    let near = first.map { min(max($0, median - limit), median + limit) }
    count = Double(near.count)
    mean = near.reduce(0, +) / count
    variance =
      zip(near, firstPrecisions).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
      / (count - 1)
    (first, firstPrecisions) = ([], [])
  }
}
