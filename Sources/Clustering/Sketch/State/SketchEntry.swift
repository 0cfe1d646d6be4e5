/// The record of a centroid of a sketch, or of a point that comes to it, beside the coordinates.
struct SketchEntry: Sendable {
  /// The weight of its points.
  var weight: Double
  /// The sum of w |x - c|^2 over its points, 0 for a point; where the distance d is no squared
  /// Euclidean one, a bound on the sum of w d(x, c).
  var squaredError = 0.0
  /// A bound on the distance of the coordinates from the weighted mean of the points.
  var coordinateError: Double
  /// A bound on how far `squaredError` is from that sum round the weighted mean.
  var sumError = 0.0
  /// The squared length of the coordinates in the frame of the sketch.
  var squaredNorm: Double

  /// A point, whose coordinates were rounded once when the shift was subtracted.
  init(weight: Double, squaredNorm: Double) {
    self.weight = weight
    self.squaredNorm = squaredNorm
    coordinateError = Double.unitRoundoff * squaredNorm.squareRoot()
  }

  /// Takes another entry in, at a squared distance; the centroid moves by the share a = w / (W + w)
  /// of the way to it. The squared errors add up by Huygens' theorem, exactly but for rounding:
  ///
  ///     sum w |x - c|^2 over both = (the sums of each) + (W w / (W + w)) |c1 - c2|^2
  ///
  /// Where the distance d is a norm of the difference, each of the points moves by at most the move
  /// of its centroid: the bound on the sum of w d(x, c) grows by W (w D / (W + w)) + w (W D / (W +
  /// w)), twice the factor times D.
  ///
  /// - Parameters:
  ///   - squaredDistance: the distance itself where that is no squared Euclidean one.
  ///   - rounding: what is known of the roundings so far.
  /// - Returns: the share.
  @inline(__always)
  mutating func merge(
    _ other: SketchEntry, squaredDistance: Double, _ rounding: inout SketchRounding
  ) -> Double {
    let total = weight + other.weight
    rounding.noteSum(weight, other.weight, total)
    let share = other.weight / total
    if rounding.isPairwise { return mergePairwise(other, squaredDistance, share, &rounding) }
    let factor = weight * share
    let sum = squaredError + other.squaredError
    let merged = sum + squaredDistance * factor
    let distance = squaredDistance.squareRoot()
    sumError = rounding.sumError(
      of: self, other, sum: sum, merged: merged, factor: factor, distance: distance)
    coordinateError = rounding.coordinateError(of: self, other, share: share, distance: distance)
    squaredError = merged
    weight = total
    return share
  }

  /// The same where the distance is no squared Euclidean one.
  @inline(never)
  private mutating func mergePairwise(
    _ other: SketchEntry, _ distance: Double, _ share: Double, _ rounding: inout SketchRounding
  ) -> Double {
    let factor = 2 * (weight * share)
    let sum = squaredError + other.squaredError
    let merged = sum + distance * factor
    sumError = rounding.pairwiseSumError(
      of: self, other, sum: sum, merged: merged, factor: factor, distance: distance)
    coordinateError = rounding.coordinateError(of: self, other, share: share, distance: distance)
    squaredError = merged
    weight += other.weight
    return share
  }

  /// Notes where the centroid went.
  @inline(__always)
  mutating func settle(squaredNorm: Double) {
    self.squaredNorm = squaredNorm
    coordinateError += 1.01 * Double.unitRoundoff * squaredNorm.squareRoot()
  }
}
