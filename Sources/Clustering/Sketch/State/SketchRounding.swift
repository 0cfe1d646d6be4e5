/// Bounds on what rounding can have done to the coordinates and squared errors of a sketch.
///
/// Let v = 2^-53, m and T the exact weighted mean of an entry's points and the exact sum of w |x -
/// m|^2, c and T' what is kept. Kept beside them are bounds e >= |c - m| and t >= |T' - T|:
///
/// * A point x becomes X = x - s, rounded once: e = v |X|.
/// * Merging an entry (2) into another one (1): the share a = w2 / (w1 + w2) has two roundings, and
///   where sums of weights were rounded, the weights are off by omega relatively. In c1 + a (X -
///   c1) every value is rounded three times more, the last time relative to the new one. With D =
///   |c1 - c2| as it was measured, in first order e = (1 - a) e1 + a e2 + a D (5 v + 2 omega) + v
///   |c|.
/// * The sum T1 + T2 + f D^2 with f = w1 a: D^2 has the relative error delta of `directDistance`
///   and f is rounded three times, the product and both sums once each; and c1, c2 are h = e1 + e2
///   away from the means, so that their squared distance differs from D^2 by at most 2 D h + h^2: t
///   = t1 + t2 + f (2 D h + h^2) + f D^2 (delta + 6 v + 3 omega) + v (T1 + T2) + v T'.
///
/// Values and squares that underflow add 2 d times the smallest normal number each; a share or
/// factor that does is off by the smallest number mu: mu D more in e, (w1 + 1) mu D^2 more in t.
/// Where the distance is a norm |x| that is no squared Euclidean one, D is measured with the
/// relative error delta of that, and all Euclidean lengths in e are those of that norm where they
/// are multiplied by the square root of d: no norm here is larger than the sum of the values. With
/// r for that root the sum T is the bound that grows by f D, f = 2 w1 a, of which t = t1 + t2 + f r
/// h + f D (delta + 6 v + 3 omega) + v (T1 + T2) + v T'.
///
/// Terms of second order, and the rounding of these bounds themselves (n steps, 2^-53 each), are
/// covered by ``slack`` for 2^40 points.
struct SketchRounding: Sendable {
  /// The factor by which bounds are multiplied where they are used.
  static let slack = 1.001
  private static let unit = Double.unitRoundoff

  /// The relative error of `directDistance`, or of the pairwise distance.
  let distanceError: Double
  /// Whether the distance is no squared Euclidean one.
  let isPairwise: Bool
  /// The square root of the number of columns, by which Euclidean lengths bound those of other
  /// norms.
  let normFactor: Double
  /// The most that squares that underflow add to a squared distance; more than they add to a
  /// distance between centroids, which has no squares.
  let distanceUnderflow: Double
  /// The number of sums of weights that were not exact: none where weights are whole numbers up to
  /// 2^53.
  var inexactSums = 0

  /// - Parameter distance: the distance where it is no squared Euclidean one.
  init(columns: Int, pairwise distance: PairwiseDistance? = nil) {
    let d = Double(columns)
    isPairwise = distance != nil
    normFactor = d.squareRoot() * 1.01
    distanceUnderflow = 2 * d * .leastNormalMagnitude
    if let distance {
      distanceError = distance.relativeError(columns: columns)
      return
    }
    distanceError = ScoreErrorBound.gamma(columns < 8 ? d + 2 : (d / 8).rounded(.up) + 6, Self.unit)
  }

  /// A bound on the relative error of the weight of a centroid.
  var weightError: Double { Double(inexactSums) * Self.unit }

  /// Notes whether a sum of weights was rounded (Knuth's two-sum).
  @inline(__always)
  mutating func noteSum(_ first: Double, _ second: Double, _ sum: Double) {
    let part = sum - first
    if (first - (sum - part)) + (second - part) != 0 { inexactSums += 1 }
  }

  /// Adds what is known of another sketch.
  mutating func add(_ other: SketchRounding) { inexactSums += other.inexactSums }

  /// e of a merged entry but for the rounding of its last sum.
  @inline(__always)
  func coordinateError(
    of first: SketchEntry, _ second: SketchEntry, share: Double, distance: Double
  ) -> Double {
    (1 - share) * first.coordinateError + share * second.coordinateError
      + share * distance * (5 * Self.unit + 2 * weightError) + distanceUnderflow
      + .leastNonzeroMagnitude * distance
  }

  /// t of a merged entry.
  @inline(__always)
  func sumError(
    of first: SketchEntry, _ second: SketchEntry, sum: Double, merged: Double, factor: Double,
    distance: Double
  ) -> Double {
    let off = first.coordinateError + second.coordinateError
    return first.sumError + second.sumError + factor * off * (2 * distance + off)
      + factor * distance * distance * (distanceError + 6 * Self.unit + 3 * weightError)
      + Self.unit * (sum + merged) + (factor + 1) * distanceUnderflow
      + (first.weight + 1) * .leastNonzeroMagnitude * distance * distance
  }
  /// t of a merged entry where the distance is no squared Euclidean one.
  func pairwiseSumError(
    of first: SketchEntry, _ second: SketchEntry, sum: Double, merged: Double, factor: Double,
    distance: Double
  ) -> Double {
    let off = (first.coordinateError + second.coordinateError) * normFactor
    return first.sumError + second.sumError + factor * off
      + factor * distance * (distanceError + 6 * Self.unit + 3 * weightError)
      + Self.unit * (sum + merged) + (factor + 1) * distanceUnderflow
  }
}
