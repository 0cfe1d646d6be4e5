/// The side columns of some rows: a value for each row, in order, or none at all where no such
/// column was asked for.
///
/// All numbers are doubles, for rows of floats, too: a float cannot tell the seconds of a day
/// apart.
public struct SideValues: Sendable, Hashable {
  /// The times, in seconds [rows].
  public package(set) var times: [Double] = []
  /// The weights as they stand, negative ones included [rows].
  public package(set) var weights: [Double] = []
  /// The keys, as text [rows].
  public package(set) var keys: [String] = []

  /// Values of no rows.
  public init() {}

  package var isEmpty: Bool { times.isEmpty && weights.isEmpty && keys.isEmpty }

  /// Appends the values of some rows of others.
  package mutating func append(_ other: SideValues, rows: Range<Int>) {
    if !other.times.isEmpty { times += other.times[rows] }
    if !other.weights.isEmpty { weights += other.weights[rows] }
    if !other.keys.isEmpty { keys += other.keys[rows] }
  }

  /// Appends all that others hold.
  package mutating func append(_ other: SideValues) {
    times += other.times
    weights += other.weights
    keys += other.keys
  }

  /// Hands all values out and forgets them.
  mutating func take() -> SideValues {
    defer { self = SideValues() }
    return self
  }

  /// Whether the numbers of a row are numbers.
  func areFinite(row: Int) -> Bool {
    (times.isEmpty || times[row].isFinite) && (weights.isEmpty || weights[row].isFinite)
  }

  /// Appends the side columns of a row of numbers.
  mutating func append(_ row: UnsafePointer<Double>, _ places: SidePlaces) {
    if let time = places.time { times.append(row[time]) }
    if let weight = places.weight { weights.append(row[weight]) }
    if let key = places.key { keys.append(SideValues.text(row[key])) }
  }

  /// A number as a key.
  private static func text(_ number: Double) -> String {
    Int(exactly: number)?.description ?? number.description
  }
}
