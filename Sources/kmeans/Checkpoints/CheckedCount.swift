// Numbers of things in a checkpoint, which may say what it likes, with checksums that are right.

/// A number of things, or several of them: read back, each is from 0 to 2^53, so that nothing that
/// they are added to, or are places in, ends the program.
@propertyWrapper
struct CheckedCount<Value: Countable & Sendable>: Codable, Sendable {
  var wrappedValue: Value

  init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

  init(from decoder: any Decoder) throws {
    wrappedValue = try decoder.singleValueContainer().decode(Value.self)
    if let wrong = wrappedValue.impossibleCount {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "",
          underlyingError: ImpossibleCount(number: wrong)))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrappedValue)
  }
}

/// A count that is none.
struct ImpossibleCount: Error, CustomStringConvertible {
  let number: Int

  var description: String { "is \(number), expected a number from 0 to 2^53" }
}

/// What ``CheckedCount`` takes.
protocol Countable: Codable {
  /// A number in it that is no count, if there is one.
  var impossibleCount: Int? { get }
}

extension Int: Countable {
  var impossibleCount: Int? { (0...1 << 53).contains(self) ? nil : self }
}

extension Optional: Countable where Wrapped: Countable {
  var impossibleCount: Int? { flatMap(\.impossibleCount) }
}

extension Array: Countable where Element: Countable {
  var impossibleCount: Int? { lazy.compactMap(\.impossibleCount).first }
}

extension Dictionary: Countable where Key: Codable, Value: Countable {
  var impossibleCount: Int? { values.lazy.compactMap(\.impossibleCount).first }
}

// A count that is not there has no key, as any other optional value.

extension KeyedDecodingContainer {
  func decode(
    _ type: CheckedCount<Int?>.Type, forKey key: Key
  ) throws -> CheckedCount<Int?> {
    try decodeIfPresent(type, forKey: key) ?? CheckedCount(wrappedValue: nil)
  }
}

extension KeyedEncodingContainer {
  mutating func encode(_ count: CheckedCount<Int?>, forKey key: Key) throws {
    try encodeIfPresent(count.wrappedValue, forKey: key)
  }
}
