import Foundation
import Testing
import VectorIO

/// Decimal to binary: the nearest number, ties to even, whatever the digits. The reference is the C
/// library's `strtod` and `strtof`.
@Suite struct NumberParsingTests {
  /// Parses one number a line.
  private func parse<Scalar: MatrixScalar>(
    _ text: String, _ type: Scalar.Type
  ) throws -> Matrix<Scalar> {
    let source = MemorySource(Array(text.utf8))
    var file = try OpenedVectorFile(source: source, name: "a.csv").rows(as: type)
    return try Matrix(reading: &file)
  }

  private func finiteDoubles(_ count: Int, seed: UInt64) -> [Double] {
    var generator = TestRandom(seed)
    return (0..<count).map { _ in
      while true {
        let value = Double(bitPattern: generator.next())
        if value.isFinite { return value }
      }
    }
  }

  @Test func `a million doubles come back`() throws {
    let values = finiteDoubles(1_000_000, seed: 1)
    let shortest = try parse(values.map(\.description).joined(separator: "\n"), Double.self)
    #expect(values.indices.allSatisfy { shortest[$0, 0].bitPattern == values[$0].bitPattern })
    let seventeen = try parse(printed(values, "%.17g"), Double.self)
    #expect(values.indices.allSatisfy { seventeen[$0, 0].bitPattern == values[$0].bitPattern })
  }

  @Test func `a million floats come back`() throws {
    var generator = TestRandom(2)
    let values = (0..<1_000_000).map { _ in
      while true {
        let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
        if value.isFinite { return value }
      }
    }
    let shortest = try parse(values.map(\.description).joined(separator: "\n"), Float.self)
    #expect(values.indices.allSatisfy { shortest[$0, 0].bitPattern == values[$0].bitPattern })
    let nine = try parse(printed(values.map { Double($0) }, "%.9g"), Float.self)
    #expect(values.indices.allSatisfy { nine[$0, 0].bitPattern == values[$0].bitPattern })
    // As doubles with all their digits: no rounding to double on the way.
    let exact = try parse(printed(values.prefix(20_000).map { Double($0) }, "%.150g"), Float.self)
    #expect((0..<20_000).allSatisfy { exact[$0, 0].bitPattern == values[$0].bitPattern })
  }

  /// Digits at random, of all lengths, against the C library.
  @Test func `digits at random`() throws {
    var generator = TestRandom(3)
    var texts: [String] = []
    for _ in 0..<100_000 {
      let count = Int.random(in: 1...40, using: &generator)
      var text = (0..<count).map { _ in "\(Int.random(in: 0...9, using: &generator))" }.joined()
      let point = Int.random(in: 0...count, using: &generator)
      text.insert(".", at: text.index(text.startIndex, offsetBy: point))
      texts.append(text + "e\(Int.random(in: -60...37, using: &generator) - point)")
    }
    try compare(texts)
  }

  /// Half-way between two neighbours, exactly and off by the last of very many digits.
  @Test func `half way cases`() throws {
    var texts: [String] = []
    for value in finiteDoubles(500, seed: 4).map(\.magnitude) {
      // The value and its half unit in the last place are exact in 1,080 digits.
      let digits = halfWay(value)
      texts += [digits, digits + "1", digits + "00000000000000000000"]
      texts.append(String(digits.dropLast()) + "4999999999999999999999999")
    }
    var generator = TestRandom(5)
    for _ in 0..<2000 {
      let bits = UInt32(truncatingIfNeeded: generator.next()) & 0x7fff_ffff
      let (low, high) = (Float(bitPattern: bits), Float(bitPattern: bits).nextUp)
      guard high.isFinite else { continue }
      let middle = (Double(low) + Double(high)) / 2
      let digits = printed([middle], "%.120e")
      let mantissa = digits.prefix { $0 != "e" }
      texts += [digits, mantissa + "1" + digits.dropFirst(mantissa.count)]
      texts.append("\(middle.nextUp)")
      texts.append("\(middle.nextDown)")
    }
    texts += [
      "9007199254740993", "9007199254740993.0000000000000000000000001", "9007199254740995",
      "2.2250738585072011e-308", "2.2250738585072012e-308", "1.7976931348623157e308",
      "2.4703282292062327e-324", "2.4703282292062328e-324", "7.0064923216240854e-46",
      "7.0064923216240853e-46", "1.1754943508222875e-38", "16777217", "16777219", "1e23",
      "8.5e22", "6250000000000000000e-20", "18446744073709551616", "99999999999999999999e-20",
      "0." + String(repeating: "0", count: 400) + "1e401", "0e99999999999999999999",
      "1" + String(repeating: "0", count: 400) + "e-400",
      "1e-99999999999999999999", "0." + String(repeating: "3", count: 2000),
    ]
    try compare(texts)
  }

  @Test func `a number of a million digits is read`() throws {
    let digits = String(repeating: "1", count: 1_000_000)
    #expect(try parse("0.\(digits)\n", Double.self)[0, 0] == strtod("0.\(digits.prefix(900))", nil))
  }

  /// The digits of the number half-way between a double and the next larger one.
  private func halfWay(_ value: Double) -> String {
    let number = printed([value], "%.1080f")
    let half = printed([value.ulp / 2], "%.1080f")
    // Both have 1,080 digits behind the point; added as in school.
    var sum: [UInt8] = []
    var carry: UInt8 = 0
    var left = Array(number.utf8.reversed())
    var right = Array(half.utf8.reversed())
    let length = max(left.count, right.count)
    left += [UInt8](repeating: 0x30, count: length - left.count)
    right += [UInt8](repeating: 0x30, count: length - right.count)
    for (a, b) in zip(left, right) {
      if a == UInt8(ascii: ".") {
        sum.append(a)
        continue
      }
      let digit = a - 0x30 + (b - 0x30) + carry
      sum.append(digit % 10 + 0x30)
      carry = digit / 10
    }
    return (carry > 0 ? "1" : "") + String(decoding: sum.reversed(), as: UTF8.self)
  }

  private func compare(_ texts: [String]) throws {
    let doubles = try parse(texts.joined(separator: "\n"), Double.self)
    let floats = texts.filter { strtof($0, nil).isFinite }
    let singles = try parse(floats.joined(separator: "\n"), Float.self)
    let wrongDoubles = texts.indices.filter {
      doubles[$0, 0].bitPattern != strtod(texts[$0], nil).bitPattern
    }
    let wrongFloats = floats.indices.filter {
      singles[$0, 0].bitPattern != strtof(floats[$0], nil).bitPattern
    }
    #expect(wrongDoubles.isEmpty, "\(wrongDoubles.prefix(3).map { texts[$0] })")
    #expect(wrongFloats.isEmpty, "\(wrongFloats.prefix(3).map { floats[$0] })")
  }

  /// The numbers as C's printf writes them, one a line.
  private func printed(_ values: [Double], _ format: String) -> String {
    var buffer = [CChar](repeating: 0, count: 2000)
    var bytes: [UInt8] = []
    for (index, value) in values.enumerated() {
      let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
      if index > 0 { bytes.append(0x0a) }
      bytes += buffer[..<Int(count)].map { UInt8(bitPattern: $0) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
