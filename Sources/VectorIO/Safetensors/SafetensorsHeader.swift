internal import KMeansFiles

/// Parses the header of a safetensors file: JSON of one form alone, an object with an object of
/// `dtype`, `shape` and `data_offsets` for each array, and perhaps `__metadata__`, texts by name,
/// which say nothing of the values.
struct SafetensorsHeader {
  private let text: [UInt8]
  private let offset: Int
  private let path: String
  private var position = 0

  /// - Parameter offset: the place of the text in the file, in bytes.
  init(_ text: [UInt8], offset: Int, path: String) {
    self.text = text
    self.offset = offset
    self.path = path
  }

  /// The arrays, in the order of the header.
  mutating func parse() throws(FileError) -> [Tensor] {
    var tensors: [Tensor] = []
    var names: Set<String> = []
    try forEachMember { (parser, name, place) throws(FileError) in
      guard names.insert(name).inserted else {
        throw parser.malformed("\(quoted(name)) comes twice", at: place)
      }
      if name == "__metadata__" {
        try parser.forEachMember { (parser, _, _) throws(FileError) in _ = try parser.string() }
      } else {
        tensors.append(try parser.tensor(name))
      }
    }
    skipBlanks()
    guard position == text.count else { throw malformed("expected the end of the header") }
    return tensors
  }

  private mutating func tensor(_ name: String) throws(FileError) -> Tensor {
    let start = position
    var (type, shape, places): (String?, [Int]?, [Int]?)
    try forEachMember { (parser, key, place) throws(FileError) in
      switch key {
      case "dtype" where type == nil: type = try parser.string()
      case "shape" where shape == nil: shape = try parser.numbers()
      case "data_offsets" where places == nil: places = try parser.numbers()
      default:
        throw parser.malformed("expected one of dtype, shape, data_offsets once", at: place)
      }
    }
    guard let type, let shape, let places else {
      let missing = type == nil ? "dtype" : shape == nil ? "shape" : "data_offsets"
      throw malformed("the array \(quoted(name)) has no \(missing)", at: start)
    }
    guard places.count == 2, places[0] <= places[1] else {
      throw malformed(
        "the array \(quoted(name)) has the data_offsets \(places), expected a begin and an end",
        at: start)
    }
    return Tensor(
      name: name, typeName: type, shape: shape, places: places[0]..<places[1],
      offset: offset + start)
  }

  // MARK: - JSON

  /// Calls a closure for each member of an object, with its name and its place in the text; the
  /// closure takes the value.
  private mutating func forEachMember(
    _ body: (inout SafetensorsHeader, String, Int) throws(FileError) -> Void
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
  private mutating func numbers() throws(FileError) -> [Int] {
    try expect("[")
    var values: [Int] = []
    if accept("]") { return values }
    repeat { values.append(try number()) } while accept(",")
    try expect("]")
    return values
  }

  private mutating func number() throws(FileError) -> Int {
    skipBlanks()
    let start = position
    while let byte = peek(), byte &- 0x30 <= 9 { position += 1 }
    let digits = String(decoding: text[start..<position], as: UTF8.self)
    guard !digits.isEmpty, digits.count == 1 || !digits.hasPrefix("0") else {
      throw malformed("expected a whole number", at: start)
    }
    guard let value = Int(digits), value <= Int.max / 4 else {
      throw malformed("\(quoted(digits)) is more than a file can hold", at: start)
    }
    return value
  }

  private mutating func string() throws(FileError) -> String {
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

  private func peek() -> UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipBlanks() {
    while let byte = peek(), [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(FileError) {
    guard accept(character) else { throw malformed("expected '\(character)'") }
  }

  private func malformed(_ problem: String, at place: Int? = nil) -> FileError {
    .malformed(path: path, place: .byte(offset + (place ?? position)), problem: problem)
  }

  /// The header of a file of one array, padded with blanks so that its length is a multiple of 8
  /// and does not depend on the number of rows.
  static func bytes(name: String, type: String, rows: Int, columns: Int, size: Int) -> [UInt8] {
    func text(_ rows: Int) -> String {
      "{\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":[\(rows),\(columns)],\"data_offsets\":[0,"
        + "\(rows * columns * size)]}}"
    }
    // As long as with the largest number of bytes, behind numbers of 19 digits.
    let length = (text(0).utf8.count + 2 * 19 + 7) / 8 * 8
    let header = text(rows).utf8 + Array(repeating: 0x20, count: length - text(rows).utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header
  }
}
