/// Points that come together, with what belongs to each. A matrix is one: its points weigh 1 each
/// and have no times.
public protocol PointBatch<Scalar>: Sendable {
  associatedtype Scalar: ClusteringScalar
  /// The points [n x d].
  var points: Matrix<Scalar> { get }
  /// One finite, non-negative weight a point [n]; `nil` for 1 each.
  var weights: [Double]? { get }
  /// The time of each point [n]; `nil` where the clock of the stream simply goes on.
  var times: [Double]? { get }
}

extension PointBatch {
  public var weights: [Double]? { nil }
  public var times: [Double]? { nil }
}

extension Matrix: PointBatch where Scalar: ClusteringScalar {
  public var points: Matrix<Scalar> { self }
}

/// Points with weights, times or both.
public struct WeightedBatch<Scalar: ClusteringScalar>: PointBatch {
  public var points: Matrix<Scalar>
  public var weights: [Double]?
  public var times: [Double]?

  public init(_ points: Matrix<Scalar>, weights: [Double]? = nil, times: [Double]? = nil) {
    (self.points, self.weights, self.times) = (points, weights, times)
  }
}

/// Points with a key each, which says whose point it is: labels come back with it.
public struct KeyedBatch<Key: Sendable, Scalar: ClusteringScalar>: PointBatch {
  /// One key a point [n].
  public let keys: [Key]
  public let points: Matrix<Scalar>
  public var weights: [Double]?
  public var times: [Double]?

  /// - Precondition: there are as many keys as points.
  public init(
    keys: [Key], _ points: Matrix<Scalar>, weights: [Double]? = nil, times: [Double]? = nil
  ) {
    precondition(keys.count == points.rows, "\(keys.count) keys for \(points.rows) points")
    (self.keys, self.points, self.weights, self.times) = (keys, points, weights, times)
  }
}
