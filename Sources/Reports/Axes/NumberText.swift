import Foundation

// Numbers as people read them in charts and tables.

/// A number of at most some digits: `0.25`, `12,500`, `3.2×10⁻⁵`. From a million on, and below a
/// ten-thousandth, powers of ten are written out.
///
/// - Parameter digits: the digits that count.
package func numberText(_ value: Double, digits: Int = 4) -> String {
  guard value.isFinite else { return value.isNaN ? "none" : value > 0 ? "∞" : "−∞" }
  guard value != 0 else { return "0" }
  let scientific = String(format: "%.\(max(digits, 1) - 1)e", value)
  guard let mark = scientific.firstIndex(of: "e"),
    let exponent = Int(scientific[scientific.index(after: mark)...])
  else { return scientific }
  if exponent >= 6 || exponent < -4 {
    return powerText(mantissa: trimmed(String(scientific[..<mark])), exponent)
  }
  return grouped(trimmed(String(format: "%.\(max(0, digits - 1 - exponent))f", value)))
}

/// A whole number in groups of three digits: `494,021`.
package func countText(_ count: Int) -> String { grouped("\(count)") }

/// A share in percent: `12.3 %`; a part that rounds to nothing is said to be below what shows.
package func percentText(_ share: Double) -> String {
  if share > 0, share < 0.0005 { return "< 0.1 %" }
  return String(format: "%.1f %%", 100 * share)
}

/// `3.2×10⁵`; without the mantissa where it is 1.
func powerText(mantissa: String, _ exponent: Int) -> String {
  let power = "10" + superscript(exponent)
  return switch mantissa {
  case "1": power
  case "-1": "−\(power)"
  default: "\(mantissa.replacing("-", with: "−"))×\(power)"
  }
}

private func superscript(_ number: Int) -> String {
  let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
  return "\(number)".map { sign in sign == "-" ? "⁻" : String(digits[sign.wholeNumberValue ?? 0]) }
    .joined()
}

/// A number without the zeros that end its fraction.
func trimmed(_ number: String) -> String {
  guard number.contains(".") else { return number }
  var number = number[...]
  while number.last == "0" { number.removeLast() }
  if number.last == "." { number.removeLast() }
  return String(number)
}

/// A number with a comma after each third digit from five digits on, and a proper minus.
func grouped(_ number: String) -> String {
  let isNegative = number.hasPrefix("-")
  let parts = number.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
  var whole = String(parts[0])
  if whole.count > 4 {
    var groups: [Substring] = []
    var rest = whole[...]
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    whole = ([rest] + groups).joined(separator: ",")
  }
  return (isNegative ? "−" : "") + whole + (parts.count > 1 ? ".\(parts[1])" : "")
}
