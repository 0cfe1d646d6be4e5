internal import KMeansFiles

/// What the text of an npy header says.
struct NPYFields {
  let type: NumberType
  let typeName: String
  let isFortranOrder: Bool
  let shape: [Int]
  /// The offset of the shape in the file, in bytes.
  let shapeOffset: Int
}

extension HeaderCursor {
  /// What Python takes for white space.
  static let pythonBlanks: [UInt8] = [0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d]

  /// Parses the text of an npy header: a Python dictionary with exactly the keys `descr`,
  /// `fortran_order` and `shape`, in any order, as numpy and others write it.
  mutating func npyFields() throws(FileError) -> NPYFields {
    var type: (NumberType, String)?
    var isFortranOrder: Bool?
    var shape: (values: [Int], offset: Int)?
    try expect("{")
    while !accept("}") {
      skipBlanks()
      let start = position
      let key = try string("a key")
      try expect(":")
      skipBlanks()
      switch key {
      case "descr" where type == nil: type = try description()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try boolean()
      case "shape" where shape == nil:
        let place = offset + position
        shape = (try tuple(), place)
      default: throw malformed("expected one of descr, fortran_order, shape once", at: start)
      }
      if !accept(",") {
        try expect("}")
        break
      }
    }
    try expectEnd()
    guard let type, let isFortranOrder, let shape else {
      let missing = type == nil ? "descr" : isFortranOrder == nil ? "fortran_order" : "shape"
      throw malformed("the header has no key \(quoted(missing))", at: 0)
    }
    return NPYFields(
      type: type.0, typeName: type.1, isFortranOrder: isFortranOrder, shape: shape.values,
      shapeOffset: shape.offset)
  }

  /// The value of `descr`: the type of the values.
  private mutating func description() throws(FileError) -> (NumberType, String) {
    let start = position
    guard peek() != UInt8(ascii: "[") else {
      throw malformed("structured types are not read; expected plain numbers", at: start)
    }
    let name = try string("a type")
    guard let type = NumberType(numpy: name) else {
      throw malformed(
        "values of type \(quoted(name))\(Self.explanation(name)) are not read; "
          + "expected booleans, integers or floats of up to 8 bytes", at: start)
    }
    return (type, name)
  }

  /// The meaning of numpy's letter for a type that is not a number that can be read.
  private static func explanation(_ name: String) -> String {
    switch name.first(where: \.isLetter) {
    case "c": " (complex)"
    case "O": " (objects)"
    case "S", "a", "U": " (text)"
    case "V": " (structured)"
    case "M", "m": " (times)"
    default: ""
    }
  }

  private mutating func boolean() throws(FileError) -> Bool {
    for (word, value) in [("True", true), ("False", false)]
    where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw malformed("expected True or False")
  }

  /// A tuple of whole numbers: `()`, `(3,)`, `(3, 4)`, `(3L, 4L)`.
  private mutating func tuple() throws(FileError) -> [Int] {
    try expect("(")
    var values: [Int] = []
    while !accept(")") {
      values.append(try number())
      if accept(",") { continue }
      guard values.count > 1 else { throw malformed("expected ',' in a tuple of one number") }
      try expect(")")
      break
    }
    return values
  }

  private mutating func number() throws(FileError) -> Int {
    let digits = digits()
    guard !digits.isEmpty else { throw malformed("expected a whole number") }
    guard let value = Int(digits) else {
      throw malformed(
        "\(quoted(digits)) rows or columns are more than a file can hold",
        at: position - digits.count)
    }
    if peek() == UInt8(ascii: "L") { position += 1 }
    return value
  }

  /// A text in quotes of either kind, without escapes.
  private mutating func string(_ what: String) throws(FileError) -> String {
    guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw malformed("expected \(what) in quotes")
    }
    let start = position + 1
    guard let end = text[start...].firstIndex(of: quote), !text[start..<end].contains(0x5c) else {
      throw malformed("expected \(what) in quotes, without escapes")
    }
    position = end + 1
    return String(decoding: text[start..<end], as: UTF8.self)
  }
}
