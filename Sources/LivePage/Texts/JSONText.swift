// Numbers and lists as JSON has them.

/// The ways to write them.
enum JSONText {
  /// A number as the page draws it: seven digits are more than anybody sees. Null where it is none.
  static func drawn(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "null" }
    // Whole numbers are shorter without a point, and the usual ones.
    if number.magnitude < 1e7, number == number.rounded(.towardZero) { return "\(Int(number))" }
    let short = Float(number)
    return short.isFinite && (short.isNormal || number == 0) ? "\(short)" : "\(number)"
  }

  /// A number that reads back as the same bits; null where it is none.
  static func exact(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "null" }
    return "\(number)"
  }

  static func list(_ values: [Double?]) -> String { list(values.map(drawn)) }

  static func list(_ values: [Double]) -> String { list(values.map { drawn($0) }) }

  static func list(_ values: [Int]) -> String { list(values.map { "\($0)" }) }

  /// A list of texts that are JSON already.
  static func list(_ values: [String]) -> String { "[\(values.joined(separator: ","))]" }
}
