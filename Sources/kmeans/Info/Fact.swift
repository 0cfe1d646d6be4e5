import Foundation

/// A fact of a file: a line for people, a key of a JSON object for programs.
struct Fact {
  enum Value: Encodable {
    case text(String), texts([String]), number(Double), numbers([Double]), flag(Bool)
    /// A whole number that a Double may not hold.
    case whole(UInt64)
    /// Rows of numbers, which people see as a table of their own.
    case rows([[Double]])
    /// The heaviest terms of each cluster, which people see as lines of their own.
    case terms([[TopTerms.Term]])

    /// The value as a line shows it; `nil` for what no line holds.
    var text: String? {
      switch self {
      case .text(let text): text
      case .texts(let texts): texts.joined(separator: ", ")
      case .number(let number): Self.text(number)
      case .numbers(let numbers): numbers.map(Self.text).joined(separator: ", ")
      case .flag(let flag): flag ? "yes" : "no"
      case .whole(let number): "\(number)"
      case .rows, .terms: nil
      }
    }

    private static func text(_ number: Double) -> String {
      number == number.rounded() && number.magnitude < 1e15 ? "\(Int(number))" : "\(number)"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .texts(let texts): try container.encode(texts)
      case .number(let number): try container.encode(number)
      case .numbers(let numbers): try container.encode(numbers)
      case .flag(let flag): try container.encode(flag)
      case .whole(let number): try container.encode(number)
      case .rows(let rows): try container.encode(rows)
      case .terms(let terms): try container.encode(terms)
      }
    }
  }

  let name: String
  let value: Value

  init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}

extension [Fact] {
  /// A line for each that has one, the values one below another.
  var lines: [String] {
    let shown = compactMap { fact in fact.value.text.map { (name: fact.name, text: $0) } }
    let width = (shown.map(\.name.count).max() ?? 0) + 2
    return shown.map { name, text in
      name.padding(toLength: width, withPad: " ", startingAt: 0) + text
    }
  }
}
