// Numbers of drawings: a tenth of a pixel is finer than the eye, and keeps files small.

/// A coordinate in pixels, to a tenth: `12`, `12.5`, `-0.3`. What is no number, or far outside of
/// any drawing, becomes the nearest coordinate of some thousand pixels, so that a drawing stays
/// one.
package func px(_ value: Double) -> String {
  guard value.isFinite else { return value > 0 ? "9999" : value < 0 ? "-9999" : "0" }
  let tenths = Int((min(max(value, -9999), 9999) * 10).rounded())
  let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
  let sign = tenths < 0 ? "-" : ""
  return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
}

/// A path of SVG through points in pixels, from the first to the last.
package struct PathText: Sendable {
  /// The attribute `d`.
  package private(set) var text = ""

  package init() {}

  /// Begins anew at a point.
  package mutating func move(_ x: Double, _ y: Double) { text += "M\(px(x)) \(px(y))" }

  /// Draws a line to a point.
  package mutating func line(_ x: Double, _ y: Double) { text += "L\(px(x)) \(px(y))" }

  /// Draws a horizontal line to a place.
  package mutating func across(to x: Double) { text += "H\(px(x))" }

  /// Draws a vertical line to a place.
  package mutating func upright(to y: Double) { text += "V\(px(y))" }

  /// Adds a dot: a line without length, which round ends make one.
  package mutating func dot(_ x: Double, _ y: Double) { text += "M\(px(x)) \(px(y))h0" }

  /// Closes what was drawn since the last move.
  package mutating func close() { text += "Z" }
}
