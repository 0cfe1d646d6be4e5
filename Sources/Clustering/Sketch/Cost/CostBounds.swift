/// What the k-means cost of points that are gone lies between, for certain.
public struct CostBounds: Sendable, Hashable, Codable {
  /// At most the cost.
  public let lowerBound: Double
  /// At least the cost.
  public let upperBound: Double

  package init(lowerBound: Double, upperBound: Double) {
    self.lowerBound = lowerBound
    self.upperBound = upperBound
  }

  /// Whether a cost is possible.
  public func contains(_ cost: Double) -> Bool { lowerBound <= cost && cost <= upperBound }
}
