/// The centroids of one column in ascending order, each value once: of equal centroids only the
/// first one can be nearest to anything, for ties go to the lowest index.
struct CentroidOrder {
  /// Ascending, no two equal [m].
  let values: [Double]
  /// The number of the first centroid of each value [m].
  let clusters: [Int32]

  /// - Precondition: the centroids have one column.
  /// - Complexity: O(k log k).
  init<Scalar: ClusteringScalar>(_ centroids: Matrix<Scalar>) {
    let span = centroids.span
    let order = span.indices.map { (value: Double(span[$0]), cluster: Int32($0)) }
      .sorted { ($0.value, $0.cluster) < ($1.value, $1.cluster) }
    let first = order.indices.filter { $0 == 0 || order[$0].value > order[$0 - 1].value }
    values = first.map { order[$0].value }
    clusters = first.map { order[$0].cluster }
  }

  var count: Int { values.count }

  /// The squared distance of a value to a centroid: `directDistance` of one column.
  @inline(__always)
  static func distance(_ value: Double, _ centroid: Double) -> Double {
    let difference = value - centroid
    return difference * difference
  }

  /// Whether the right one of two neighbours is nearer to a value than the left one.
  ///
  /// Between the two it is so from some value on: there the distance to the left one rises with the
  /// value and that to the right one falls, and so they do when they are rounded, for rounding is
  /// monotone.
  @inline(__always)
  func isRightNearer(_ left: Int, _ value: Double) -> Bool {
    let (a, b) = (values[left], values[left + 1])
    if value <= a { return false }
    if value >= b { return true }
    let (toLeft, toRight) = (Self.distance(value, a), Self.distance(value, b))
    return toRight < toLeft || (toRight == toLeft && clusters[left + 1] < clusters[left])
  }

  /// Whether every value between two is nearest to one of the two centroids beside it, or to the
  /// outermost one, and to no other; then ``isRightNearer(_:_:)`` decides all labels.
  ///
  /// Two neighbours a < b, d apart, on one side of a value are told apart where the squared
  /// distance to the farther one, at t from it, stays above the other one after rounding. With
  /// u = 2^-53 a difference is rounded by a factor within 1 +- u, and its square by another one, or
  /// by 2^-1075 where it underflows: it suffices that
  ///
  ///     t^2 (1 - u)^3 - 2^-1075 > (t - d)^2 (1 + u)^3 + 2^-1075.
  ///
  /// As t^2 - (t - d)^2 = d (2 t - d) and t^2 + (t - d)^2 <= t (2 t - d), that follows from
  /// d > 3.01 u t + 2^-1074 / (2 t - d), and as 2 t - d >= d, from d >= 4 u t and d >= 2^-500.
  /// Here 8 u is asked for, so that the rounding of d and t does not matter.
  ///
  /// Which t count: a value that is decided by two neighbours lies between them. All centroids
  /// beyond are on one side of it, each farther than the one before if that is told from its
  /// neighbour there; monotone rounding does not let a farther one be nearer. So for the pair a, b
  /// the values of interest lie between the centroid before a and the one behind b, or, where there
  /// is none, up to the end of all values: t is at most b less the one, or the other less a.
  ///
  /// - Parameters:
  ///   - low: the smallest value.
  ///   - high: the largest value.
  /// - Complexity: O(m).
  func areToldApart(from low: Double, to high: Double) -> Bool {
    for left in 0..<max(0, count - 1) {
      let (a, b) = (values[left], values[left + 1])
      let before = left > 0 ? values[left - 1] : min(low, a)
      let behind = left + 2 < count ? values[left + 2] : max(high, b)
      let farthest = max(b - before, behind - a)
      guard b - a >= 0x1p-50 * farthest, b - a >= 0x1p-500 else { return false }
    }
    return true
  }
}
