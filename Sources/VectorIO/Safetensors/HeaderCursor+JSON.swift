internal import KMeansFiles

// JSON as far as headers have it: objects, texts, and arrays of whole numbers.
extension HeaderCursor {
  /// The white space of JSON.
  static let jsonBlanks: [UInt8] = [0x20, 0x09, 0x0a, 0x0d]

  /// Calls a closure for each member of an object, with its name and its place in the text; the
  /// closure takes the value.
  mutating func forEachMember(
    _ body: (inout HeaderCursor, String, Int) throws(FileError) -> Void
  ) throws(FileError) {
    try expect("{")
    if accept("}") { return }
    repeat {
      skipBlanks()
      let place = position
      let name = try string()
      try expect(":")
      try body(&self, name, place)
    } while accept(",")
    try expect("}")
  }

  /// An array of whole numbers from 0.
  mutating func numbers() throws(FileError) -> [Int] {
    try expect("[")
    var values: [Int] = []
    if accept("]") { return values }
    repeat { values.append(try number()) } while accept(",")
    try expect("]")
    return values
  }

  private mutating func number() throws(FileError) -> Int {
    let digits = digits()
    let start = position - digits.count
    guard !digits.isEmpty, digits.count == 1 || !digits.hasPrefix("0") else {
      throw malformed("expected a whole number", at: start)
    }
    guard let value = Int(digits), value <= Int.max / 4 else {
      throw malformed("\(quoted(digits)) is more than a file can hold", at: start)
    }
    return value
  }

  /// A text in quotes.
  mutating func string() throws(FileError) -> String {
    try expect("\"")
    let start = position
    var bytes: [UInt8] = []
    while let byte = peek(), byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw malformed("a control character in a text") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        bytes += try escaped()
      } else {
        bytes.append(byte)
      }
    }
    guard peek() != nil else { throw malformed("the text is never closed", at: start) }
    position += 1
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw malformed("a text that is not UTF-8", at: start)
    }
    return string
  }

  /// The bytes that an escape stands for, behind its backslash.
  private mutating func escaped() throws(FileError) -> [UInt8] {
    let escapes: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5c, UInt8(ascii: "/"): 0x2f,
      UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0c, UInt8(ascii: "n"): 0x0a,
      UInt8(ascii: "r"): 0x0d, UInt8(ascii: "t"): 0x09,
    ]
    if let byte = peek(), let plain = escapes[byte] {
      position += 1
      return [plain]
    }
    var code = try codeUnit()
    if code & 0xfc00 == 0xd800, text[position...].starts(with: [0x5c, UInt8(ascii: "u")]) {
      position += 1
      let low = try codeUnit()
      guard low & 0xfc00 == 0xdc00 else { throw malformed("half of a surrogate pair") }
      code = 0x10000 + (code & 0x3ff) << 10 + low & 0x3ff
    }
    guard let scalar = Unicode.Scalar(code) else { throw malformed("half of a surrogate pair") }
    return Array(String(scalar).utf8)
  }

  /// The number of `uXXXX`.
  private mutating func codeUnit() throws(FileError) -> UInt32 {
    guard peek() == UInt8(ascii: "u"), text.count - position > 4,
      text[position + 1...position + 4].allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
      let code = UInt32(
        String(decoding: text[position + 1...position + 4], as: UTF8.self), radix: 16)
    else { throw malformed("expected an escape of JSON") }
    position += 5
    return code
  }
}
