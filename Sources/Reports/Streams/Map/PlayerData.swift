import Foundation

/// What the script of a page needs to move its pictures from frame to frame: pixels, and texts.
struct PlayerData: Encodable {
  /// The way of a mark: two numbers a frame, or two nulls where it is not there.
  struct Way: Encodable {
    let places: [Double?]
    /// Its radius in each frame; empty where it stays the same.
    let radii: [Double?]
  }

  /// One picture.
  struct Map: Encodable {
    /// What the ids of its parts begin with.
    let id: String
    let clusters: [Way]
    let centers: [Way]
  }

  /// What each frame is called, and what happens in it.
  let names: [String]
  let maps: [Map]
  /// The dots of the points of each frame, the same for all pictures.
  let dots: [String]
  /// Whether all dots are seen in each frame.
  let isLine: Bool

  /// As one line of JSON.
  var json: String {
    let encoder = JSONEncoder()
    // Else their order is another one in each run.
    encoder.outputFormatting = .sortedKeys
    // Numbers are finite, so that nothing is refused.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  /// A number of pixels, to a tenth; `nil` for what is none.
  static func rounded(_ value: Double) -> Double? {
    value.isFinite ? (min(max(value, -9999), 9999) * 10).rounded() / 10 : nil
  }

  static func numbers(_ places: [(x: Double, y: Double)?]) -> [Double?] {
    places.flatMap { place in [place.flatMap { rounded($0.x) }, place.flatMap { rounded($0.y) }] }
  }
}
