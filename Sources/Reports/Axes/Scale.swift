import Foundation

/// The way from values to places on an axis, which ends at round numbers.
package struct Scale: Sendable, Hashable {
  /// How places go with values.
  package enum Kind: Sendable, Hashable {
    case linear
    /// By the logarithm; for values above 0.
    case logarithmic
  }

  package let kind: Kind
  /// The value at the beginning of the axis.
  package let lower: Double
  /// That at its end, which is larger.
  package let upper: Double
  /// The values that are marked, ascending, all from ``lower`` to ``upper``.
  package let ticks: [Tick]

  /// A value with its text.
  package struct Tick: Sendable, Hashable {
    package let value: Double
    package let text: String
  }

  /// A linear scale that holds some values.
  ///
  /// - Parameters:
  ///   - values: those that are no finite numbers do not count; without any the scale is that of 0
  ///     to 1.
  ///   - hasZero: whether 0 is on the axis: lengths of bars say nothing without it.
  ///   - isTight: whether the axis ends at the values, not at the round numbers around them.
  ///   - isWhole: whether there is nothing between whole numbers to be marked.
  ///   - count: about how many ticks there are to be.
  package static func linear(
    _ values: some Sequence<Double>, hasZero: Bool = false, isTight: Bool = false,
    isWhole: Bool = false, count: Int = 6
  ) -> Scale {
    var (lower, upper) = bounds(values) ?? (0, 1)
    if hasZero { (lower, upper) = (min(lower, 0), max(upper, 0)) }
    (lower, upper) = widened(lower, upper)
    var (step, exponent) = roundStep(upper / Double(count) - lower / Double(count))
    if isWhole, step < 1 { (step, exponent) = (1, 0) }
    guard step.isFinite, step > 0 else { return ends(lower, upper) }
    var (first, last) = ((lower / step).rounded(.down), (upper / step).rounded(.up))
    if isTight { (first, last) = ((lower / step).rounded(.up), (upper / step).rounded(.down)) }
    // At most some tens, for the step is about a count-th part; a value that swallows the step has
    // no round numbers.
    guard last - first <= 1000, first.magnitude < 1e15, last.magnitude < 1e15, last >= first
    else { return ends(lower, upper) }
    let values = (0...Int(last - first)).map { place(first + Double($0), step, exponent) }
    guard values.allSatisfy(\.isFinite) else { return ends(lower, upper) }
    let texts = tickTexts(values, step: exponent)
    return Scale(
      kind: .linear, lower: isTight ? lower : values[0], upper: isTight ? upper : values.last!,
      ticks: zip(values, texts).map { Tick(value: $0, text: $1) })
  }

  /// A scale by logarithms that holds those of some values that are above 0; `nil` where none is.
  /// It ends at 1, 2 or 5 times a power of ten.
  package static func logarithmic(_ values: some Sequence<Double>) -> Scale? {
    guard let (lower, upper) = bounds(values.filter { $0 > 0 }) else { return nil }
    let (first, last) = (
      Int(log10(lower).rounded(.down)), Int(log10(upper).rounded(.up))
    )
    // Within two powers of ten there would be too few ticks.
    guard last - first > 1 else { return logarithmic(within: lower, upper) }
    let round = (first...last).flatMap { power in [1.0, 2, 5].map { $0 * pow(10, Double(power)) } }
    // Rounding may have left a value outside of the powers around it.
    guard let start = round.last(where: { $0 <= lower && $0 > 0 }),
      let end = round.first(where: { $0 >= upper && $0.isFinite })
    else { return logarithmic(within: lower, upper) }
    let step = max(1, (last - first + 6) / 7)
    let marked =
      last - first <= 3
      ? round : stride(from: first, through: last, by: step).map { pow(10, Double($0)) }
    return Scale(
      kind: .logarithmic, lower: start, upper: end,
      ticks: marked.filter { $0 >= start && $0 <= end }.map {
        Tick(value: $0, text: numberText($0, digits: 1))
      })
  }

  /// A scale by logarithms of values near to one another, with the ticks of a linear one.
  private static func logarithmic(within lower: Double, _ upper: Double) -> Scale {
    let linear = linear([lower, upper])
    let ticks = linear.ticks.filter { $0.value > 0 }
    let least = linear.lower > 0 ? linear.lower : min(lower, ticks.first?.value ?? lower)
    let start = least < linear.upper ? least : linear.upper / 2
    return Scale(kind: .logarithmic, lower: start, upper: linear.upper, ticks: ticks)
  }

  /// The place of a value: 0 at the beginning of the axis, 1 at its end. Values that are not on the
  /// axis are beyond its ends.
  package func place(of value: Double) -> Double {
    switch kind {
    case .linear:
      // The difference of the ends may be more than the largest number; halves of the smallest ones
      // are 0.
      (upper - lower).isFinite
        ? (value - lower) / (upper - lower)
        : (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    case .logarithmic:
      (log(value) - log(lower)) / (log(upper) - log(lower))
    }
  }
}
