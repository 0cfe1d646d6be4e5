/// A cluster cut in two across an axis: where the two children begin, and how they spread.
///
/// For a normal distribution of standard deviation σ along the axis, the points with z > 0 of z ~
/// N(0, σ²) have the mean ∫₀^∞ 2 z φ(z/σ)/σ dz = σ √(2/π) = s: the children's centres are centre ±
/// s axis. Where the axis is a principal one, z is uncorrelated with all that is orthogonal to it,
/// so the halves differ along the axis alone. The variance of a column is that within the children
/// plus that between them, (s axis_j)²; each child keeps the first.
///
/// That may be outside of all points that there were, where these are not spread like a normal
/// distribution: of those of the past only mean and variance are known, so there is no box to keep
/// the children in.
package struct ClusterSplit: Sendable, Hashable {
  /// The centre of the cluster that is split.
  package let center: [Double]
  /// The axis, of length 1.
  package let axis: [Double]
  /// The distance s of each child from the centre.
  package let distance: Double
  /// The centre of the child that takes the parent's place: the one that the axis points to.
  package let parentSide: [Double]
  /// The centre of the other child.
  package let farSide: [Double]
  /// The variance of every column in each of the children.
  package let variances: [Double]

  /// Splits across a given axis.
  ///
  /// The children differ by at least six units in the last place of the scalar in the column where
  /// the axis is largest: where the variance is too small for that, the distance grows.
  ///
  /// - Parameters:
  ///   - center: finite, and within the range of the scalar; d values.
  ///   - variances: of every column about the centre, at least 0; d values.
  ///   - axis: d values, of length 1.
  ///   - variance: along the axis, at least 0.
  ///   - type: the children are within its range.
  /// - Complexity: O(d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init<Scalar: ClusteringScalar>(
    center: [Double], variances: [Double], axis: [Double], variance: Double, of type: Scalar.Type
  ) {
    precondition(center.count == axis.count && center.count == variances.count)
    let limit = Double(Scalar.greatestFiniteMagnitude)
    let wanted = variance.squareRoot() * (2 / Double.pi).squareRoot()
    let distance = min(max(wanted, Self.leastDistance(from: center, along: axis, of: type)), limit)
    let offsets = axis.map { distance * $0 }
    parentSide = zip(center, offsets).map { min(max($0 + $1, -limit), limit) }
    farSide = zip(center, offsets).map { min(max($0 - $1, -limit), limit) }
    self.variances = zip(variances, offsets).map { max(0, $0 - $1 * $1) }
    self.center = center
    self.axis = axis
    self.distance = distance
  }

  /// Splits across the principal axis of the points, or, where there is none, across the column
  /// with the largest variance, the first of those. `nil` where there is none, and all variances
  /// are 0.
  ///
  /// - Complexity: O(d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init?<Scalar: ClusteringScalar>(
    center: [Double], variances: [Double], across principal: PrincipalAxis?, of type: Scalar.Type
  ) {
    if let principal {
      self.init(
        center: center, variances: variances, axis: principal.axis, variance: principal.variance,
        of: type)
      return
    }
    var widest: Int?
    for column in variances.indices where variances[column] > (widest.map { variances[$0] } ?? 0) {
      widest = column
    }
    guard let widest else { return nil }
    self.init(
      center: center, variances: variances, axis: center.indices.map { $0 == widest ? 1 : 0 },
      variance: variances[widest], of: type)
  }

  /// Whether a row lies on the side of the child that takes the parent's place, which has the rows
  /// on the cut.
  ///
  /// - Parameter row: d finite values.
  /// - Complexity: O(d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func isOnParentSide<Scalar: ClusteringScalar>(_ row: UnsafePointer<Scalar>) -> Bool {
    var projection = 0.0
    for column in center.indices {
      projection += (Double(row[column]) - center[column]) * axis[column]
    }
    return projection >= 0
  }

  /// With an offset of 4 units in the last place u of c in the largest column, c + 4 u and c - 4 u
  /// are 8 u apart, and rounding them moves the first by at most u (its unit may be 2 u) and the
  /// second by at most u / 2.
  ///
  /// No child is nearer than 2^-400: the square of the distance between them does not underflow.
  private static func leastDistance<Scalar: ClusteringScalar>(
    from center: [Double], along axis: [Double], of type: Scalar.Type
  ) -> Double {
    var largest = 0
    for column in axis.indices where axis[column].magnitude > axis[largest].magnitude {
      largest = column
    }
    let unit = Double(Scalar(center[largest]).ulp)
    return max(4 * unit / axis[largest].magnitude, 0x1p-400)
  }
}
