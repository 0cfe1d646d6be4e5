/// The direction in which the points of one cluster vary most: the first principal component, by
/// power iteration.
///
/// Each step multiplies the part along an axis by its variance, so the share of the second axis
/// falls by the ratio of the two variances. Where the ratio is near 1 the cluster is round, and
/// after ``maximumSteps`` any direction found is one of large variance. The same rows in the same
/// order give the same bits.
package struct PrincipalAxis: Sendable, Hashable {
  /// The direction, of length 1; its largest component (the first of those) is positive.
  package let axis: [Double]
  /// The weighted mean of the squared deviations from the mean along the axis.
  package let variance: Double
  /// The weight of the points.
  package let weight: Double
  /// The weighted mean of the points.
  package let mean: [Double]

  /// More steps are not taken.
  package static var maximumSteps: Int { 100 }
  /// A change of the direction that is small enough to stop, in radians.
  private static var smallestTurn: Double { 1e-9 }

  /// The first principal axis of the rows with a label.
  ///
  /// `nil` where fewer than two different rows have that label and a weight above 0.
  ///
  /// - Parameter labels: one for each row.
  /// - Complexity: O(n + s n_i d) time for n_i rows with the label and s steps, O(n_i + d) memory.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init?<Scalar: ClusteringScalar>(
    of points: WeightedRows<Scalar>, labels: UnsafePointer<Int32>, label: Int32
  ) {
    guard let rows = ClusterRows(points, labels: labels, label: label) else { return nil }
    let (columns, farthest) = rows.spread()
    var direction = Self.start(farthest, columns)
    var variance = 0.0
    for _ in 0..<Self.maximumSteps {
      let product = rows.covariance(times: direction)
      variance = zip(direction, product).reduce(0) { $0 + $1.0 * $1.1 }
      // Weights that differ by more than the range of Double leave no variance.
      guard let next = Self.normalized(product) else { break }
      let turn = zip(direction, next).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      if turn <= Self.smallestTurn * Self.smallestTurn { break }
      direction = next
    }
    axis = Self.withSign(direction)
    self.variance = variance * rows.scale * rows.scale
    weight = rows.weight
    mean = rows.mean
  }

  /// The direction of the farthest point. That can be orthogonal to the axis, and then stays so for
  /// ever: as much again is added in a direction that no data are likely to be orthogonal to, the
  /// deviations of the columns times multiples of the golden ratio modulo 1, from -1/2 to 1/2.
  private static func start(_ farthest: [Double], _ columns: [Double]) -> [Double] {
    let far = normalized(farthest) ?? farthest
    let mixed = columns.indices.map { column in
      let fraction = (Double(column + 1) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
      return columns[column] * (fraction - 0.5)
    }
    guard let other = normalized(mixed) else { return far }
    // Half of it: the sum cannot vanish.
    return normalized(zip(far, other).map { $0 + 0.5 * $1 }) ?? far
  }

  private static func normalized(_ vector: [Double]) -> [Double]? {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? vector.map { $0 / length } : nil
  }

  private static func withSign(_ axis: [Double]) -> [Double] {
    var largest = 0.0
    for value in axis where value.magnitude > largest.magnitude { largest = value }
    return largest < 0 ? axis.map { -$0 } : axis
  }
}
