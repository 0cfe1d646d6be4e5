internal import KMeansFiles

/// The sums that tell the cost of any interval of sorted values: of weights, of weighted values and
/// of their weighted squares, before each place.
///
/// Values are measured from the median, and sums begin there and go to both sides: nothing that is
/// farther from the median than the ends of an interval is in what it is the difference of, so an
/// outlier takes no digits from the costs of others, and neither does an offset of all values. All
/// are in pairs of doubles, to 2^-104 of themselves.
///
/// Values and weights are in units of a power of two, so that nothing overflows. Weights of less
/// than 2^-100 of the others are lost in the sums.
///
/// `@unchecked Sendable`: written only before other code sees it.
final class IntervalSums: @unchecked Sendable {
  /// How many values there are.
  let count: Int
  /// From one array to the next.
  let stride: Int
  /// Squares, values and weights before each place, each as a double and the rest of it [6 x
  /// stride].
  let sums: UnsafeMutablePointer<Double>
  /// The distance of each value from the median [m].
  let reaches: UnsafeMutablePointer<Double>
  /// Whether a bound of ``slack(from:to:)`` holds: weights are not too different for that, and
  /// neither are values.
  let canRuleOut: Bool

  /// - Precondition: there is a value.
  /// - Complexity: O(m), 56 bytes a value.
  init(_ distinct: DistinctValues) {
    count = distinct.count
    stride = count + 1
    sums = LargeMemory.take(6 * stride, of: Double.self)
    reaches = LargeMemory.take(count, of: Double.self)
    let median = distinct.values[count / 2]
    let farthest = max(median - distinct.values[0], distinct.values[count - 1] - median)
    let unit = farthest > 0 ? -Int(farthest.exponent) : 0
    var total = DoubleDouble(0)
    for weight in distinct.weights { total = total + weight }
    let weightUnit = -Int(total.high.exponent)
    let least = distinct.weights.reduce(Double.infinity) { min($0, $1.high) }
    canRuleOut =
      total.high <= least * 0x1p40
      && Self.nothingUnderflows(
        distinct, median, unit: unit, least: DoubleDouble(least).scaled(by: weightUnit).high)
    let shares = { (place: Int) in
      let weight = distinct.weights[place].scaled(by: weightUnit)
      let value = DoubleDouble.difference(distinct.values[place], median).scaled(by: unit)
      let first = weight * value
      return (value: value, shares: [first * value, first, weight])
    }
    var running = [DoubleDouble](repeating: DoubleDouble(0), count: 3)
    set(running, before: count / 2)
    for place in count / 2..<count {
      let here = shares(place)
      reaches[place] = here.value.high.magnitude
      for sum in 0..<3 { running[sum] = running[sum] + here.shares[sum] }
      set(running, before: place + 1)
    }
    running = [DoubleDouble](repeating: DoubleDouble(0), count: 3)
    for place in (0..<count / 2).reversed() {
      let here = shares(place)
      reaches[place] = here.value.high.magnitude
      for sum in 0..<3 { running[sum] = running[sum] + -here.shares[sum] }
      set(running, before: place)
    }
  }

  deinit {
    LargeMemory.give(back: sums)
    LargeMemory.give(back: reaches)
  }

  /// Whether the smallest square is so large that its roundings, and those of pairs of doubles, are
  /// no denormal numbers: all that is not zero is larger.
  private static func nothingUnderflows(
    _ distinct: DistinctValues, _ median: Double, unit: Int, least: Double
  ) -> Bool {
    let middle = distinct.count / 2
    var smallest = Double.infinity
    for place in [middle - 1, middle + 1] where distinct.values.indices.contains(place) {
      let distance = (distinct.values[place] - median).magnitude
      smallest = min(smallest, DoubleDouble(distance).scaled(by: unit).high)
    }
    return smallest == .infinity || smallest * smallest * least >= 0x1p-900
  }

  private func set(_ values: [DoubleDouble], before place: Int) {
    for (number, value) in values.enumerated() {
      sums[2 * number * stride + place] = value.high
      sums[(2 * number + 1) * stride + place] = value.low
    }
  }

  /// The cost of an interval by the upper halves of the sums, as `cheapestStart` computes it.
  @inline(__always)
  func roundedCost(from start: Int, to end: Int) -> Double {
    let squares = sums[end] - sums[start]
    let linear = sums[2 * stride + end] - sums[2 * stride + start]
    let weight = sums[4 * stride + end] - sums[4 * stride + start]
    return squares - linear * (linear / weight)
  }

  /// At least the error of that cost for all intervals between two places.
  ///
  /// Let Q, S and W be the largest magnitudes of the sums of squares, values and weights there, and
  /// Y that of a value. They are those at one of the two places: sums grow from the median to
  /// either side. With u = 2^-53, an upper half is off by u of itself, and a difference of two of
  /// them by 4 u Q, say, its own rounding included. An interval of the differences q, s and w has
  /// the mean s / w, at most Y. Its share s^2 / w is off by
  ///
  /// - 2 (s / w) times the error of s, and the square of that error over w: at most 8 u Y S
  ///   (1 + r) with r = 4 u W over the smallest weight, as S <= W Y;
  /// - (s / w)^2 times the error of w: at most 4 u Y^2 W (1 + 2 r);
  /// - two roundings: 2 u s^2 / w <= 4 u Y S;
  ///
  /// and the difference of q and the share is rounded by 2 u Q. Altogether that is at most
  ///
  ///     u (6 Q + 12 Y S + 4 Y^2 W) (1 + 2 r),
  ///
  /// where r <= 2^-10 by ``canRuleOut``. What pairs of doubles are off by is 2^-46 of that.
  @inline(__always)
  func slack(from start: Int, to end: Int) -> Double {
    let reach = max(reaches[start], reaches[end - 1])
    let squares = max(sums[start].magnitude, sums[end].magnitude)
    let linear = max(sums[2 * stride + start].magnitude, sums[2 * stride + end].magnitude)
    let weight = max(sums[4 * stride + start].magnitude, sums[4 * stride + end].magnitude)
    return 0x1p-53 * (7 * squares + reach * (14 * linear + 5 * reach * weight))
  }
}
