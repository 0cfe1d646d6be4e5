import Foundation

// The round numbers of linear scales: 1, 2 and 5 times a power of ten.
extension Scale {
  /// The least and the largest of the finite numbers among some values.
  static func bounds(_ values: some Sequence<Double>) -> (Double, Double)? {
    var found: (Double, Double)?
    for value in values where value.isFinite {
      found = found.map { (min($0.0, value), max($0.1, value)) } ?? (value, value)
    }
    return found
  }

  /// An interval with a length that can be divided: around a single value, and around values that
  /// only rounding tells apart.
  static func widened(_ lower: Double, _ upper: Double) -> (Double, Double) {
    let largest = max(lower.magnitude, upper.magnitude)
    guard largest > 0 else { return (0, 1) }
    if upper - lower > 1e-9 * largest { return (lower, upper) }
    let margin = max(largest * (largest < 1e300 ? 0.1 : 1e-3), .leastNonzeroMagnitude)
    let most = Double.greatestFiniteMagnitude
    return (max(lower - margin, -most), min(upper + margin, most))
  }

  /// The round number next to a step, and the power of ten of its last digit.
  static func roundStep(_ step: Double) -> (step: Double, exponent: Int) {
    guard step > 0, step.isFinite else { return (.nan, 0) }
    let exponent = Int(log10(step).rounded(.down))
    let power = pow(10, Double(exponent))
    guard power > 0 else { return (.nan, 0) }
    let digit = step / power
    if digit <= 1 { return (power, exponent) }
    if digit <= 2 { return (2 * power, exponent) }
    if digit <= 5 { return (5 * power, exponent) }
    return (10 * power, exponent + 1)
  }

  /// A multiple of a step, without the error of a step that is no binary number: 3 times 0.1 is
  /// 0.3.
  static func place(_ multiple: Double, _ step: Double, _ exponent: Int) -> Double {
    guard exponent < 0, exponent > -300 else { return multiple * step }
    let power = pow(10, Double(-exponent))
    return multiple * (step * power).rounded() / power
  }

  /// A scale without round numbers, which marks its ends alone.
  static func ends(_ lower: Double, _ upper: Double) -> Scale {
    Scale(
      kind: .linear, lower: lower, upper: upper,
      ticks: [lower, upper].map { Tick(value: $0, text: numberText($0, digits: 6)) })
  }

  /// The texts of ticks: all with the digits that tell them apart, or all times a power of ten.
  ///
  /// - Parameter exponent: the power of ten of the last digit of the step.
  static func tickTexts(_ values: [Double], step exponent: Int) -> [String] {
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    guard largest >= 1e6 || largest < 1e-3 else {
      return values.map { grouped(String(format: "%.\(max(0, -exponent))f", $0 + 0)) }
    }
    let top = Int(log10(largest).rounded(.down))
    let digits = max(1, top - exponent + 1)
    if digits > 5, (1e6..<1e12).contains(largest) {
      return values.map { grouped(String(format: "%.\(max(0, -exponent))f", $0 + 0)) }
    }
    return values.map { numberText($0, digits: min(digits, 15)) }
  }
}
