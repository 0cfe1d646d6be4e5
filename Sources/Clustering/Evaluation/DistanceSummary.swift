/// The distances of the points of a cluster to its centroid, in seven numbers.
///
/// Mean and deviation are weighted; the quartiles are of the points as they are, each once, and lie
/// between two distances as `numpy.percentile` has them by default (linear interpolation).
public struct DistanceSummary: Sendable, Hashable, Codable {
  /// The weighted mean.
  public let mean: Double
  /// The weighted standard deviation, divided by the weight (not by one less).
  public let standardDeviation: Double
  /// The smallest distance.
  public let minimum: Double
  /// The distance that a quarter of the points do not exceed.
  public let lowerQuartile: Double
  /// The distance that half of the points do not exceed.
  public let median: Double
  /// The distance that three quarters of the points do not exceed.
  public let upperQuartile: Double
  /// The largest distance.
  public let maximum: Double

  /// - Parameter sorted: all distances, ascending, at least one.
  init(mean: Double, standardDeviation: Double, sorted: UnsafeBufferPointer<Double>) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    minimum = sorted[0]
    lowerQuartile = Self.quantile(0.25, sorted)
    median = Self.quantile(0.5, sorted)
    upperQuartile = Self.quantile(0.75, sorted)
    maximum = sorted[sorted.count - 1]
  }

  private static func quantile(_ share: Double, _ sorted: UnsafeBufferPointer<Double>) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
