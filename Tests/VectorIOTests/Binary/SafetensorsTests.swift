import KMeansFiles
import Testing
import VectorIO

/// Arrays of safetensors files, put together by hand from the description of the format.
@Suite struct SafetensorsTests {
  /// A file of a header and data.
  static func file(_ header: String, _ data: [UInt8]) -> [UInt8] {
    bytes(UInt64(header.utf8.count)) + Array(header.utf8) + data
  }

  static func entry(_ name: String, _ type: String, _ shape: String, _ places: String) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":[\(shape)],\"data_offsets\":[\(places)]}"
  }

  /// A file of one array.
  static func one(_ type: String, _ shape: String, _ data: [UInt8]) -> [UInt8] {
    file("{\(entry("x", type, shape, "0,\(data.count)"))}", data)
  }

  /// Two arrays and what is said of them.
  static let two = file(
    "{\"__metadata__\":{\"format\":\"pt\",\"a\\\"\\u00e9\":\"\"}, "
      + "\(entry("a", "U8", "2,2", "4,8")) ,\n\(entry("b", "I8", "4", "0,4"))}  ",
    [255, 1, 2, 3, 10, 20, 30, 40])

  private static func name(_ array: String) -> ReadingOptions { ReadingOptions(array: array) }

  private func problem(_ file: [UInt8], _ options: ReadingOptions = ReadingOptions()) -> String {
    let error = failure {
      _ = try rows(file, name: "a.safetensors", options: options) as [[Double]]
    }
    return error.map { "\($0)" } ?? "none"
  }

  /// Values of every type, which it holds exactly.
  static let samples: [(type: String, values: [Double])] = [
    ("F64", [0.1, -2, 1e300, .infinity]), ("F32", [0.5, -2, 1e10, 3]),
    ("F16", [0.5, -2, 65504, 0]), ("BF16", [1, -2.5, 3.0625, 0]), ("I64", [1, -2, 1e15, 3]),
    ("U64", [1, 2, 1e15, 3]), ("I32", [1, -2, 2_147_483_647, 3]),
    ("U32", [1, 2, 4_294_967_295, 3]), ("I16", [1, -2, 32767, 3]), ("U16", [1, 2, 65535, 3]),
    ("I8", [1, -2, 127, 3]), ("U8", [1, 2, 255, 3]), ("BOOL", [1, 0, 1, 1]),
  ]

  private static func encode(_ value: Double, _ type: String) -> [UInt8] {
    switch type {
    case "F64": bytes(value.bitPattern)
    case "F32": bytes(Float(value).bitPattern)
    case "F16": half(value)
    case "BF16": bytes(UInt16(Float(value).bitPattern >> 16))
    case "I64": bytes(Int64(value))
    case "U64": bytes(UInt64(value))
    case "I32": bytes(Int32(value))
    case "U32": bytes(UInt32(value))
    case "I16": bytes(Int16(value))
    case "U16": bytes(UInt16(value))
    case "I8": bytes(Int8(value))
    default: bytes(UInt8(value))
    }
  }

  @Test(arguments: samples) func `every type`(type: String, values: [Double]) throws {
    let data = values.flatMap { Self.encode($0, type) }
    let file = Self.one(type, "2,2", data)
    let expected = [[values[0], values[1]], [values[2], values[3]]]
    for kind in [MemorySource.Kind.file, .pipe, .packed] {
      // A pipe's first bytes do not tell it.
      for name in kind == .pipe ? ["a.safetensors"] : ["a.safetensors", "a"] {
        #expect(try rows(file, name: name, kind: kind) == expected)
      }
    }
    #expect(try rows(Self.one(type, "4", data), name: "a") == values.map { [$0] })
    let info = try OpenedVectorFile(source: MemorySource(file), name: "a").info
    #expect(info.format == .safetensors && info.valueType == type && info.rows == 2)
    let isFloat = ["F32", "F16", "BF16", "I16", "U16", "I8", "U8", "BOOL"].contains(type)
    #expect(info.precision == (isFloat ? .float : .double) && info.isRereadable)
  }

  /// The upper halves of floats: numbers, the least subnormal, infinity.
  @Test func `upper halves of floats are those floats`() throws {
    let patterns: [UInt16] = [0x3f80, 0x4049, 0x0001, 0xff80, 0x8000]
    let found = try rows(
      Self.one("BF16", "5,1", patterns.flatMap { bytes($0) }), name: "a.safetensors",
      as: Float.self)
    #expect(found.map { $0[0].bitPattern } == patterns.map { UInt32($0) << 16 })
    #expect(found[1] == [Float(3.140625)])
  }

  private static func half(_ value: Double) -> [UInt8] {
    let patterns: [Double: UInt16] = [0.5: 0x3800, -2: 0xc000, 65504: 0x7bff, 0: 0]
    return bytes(patterns[value]!)
  }

  @Test(arguments: [MemorySource.Kind.file, .pipe, .packed])
  func `one of several is chosen`(kind: MemorySource.Kind) throws {
    #expect(
      try rows(Self.two, name: "a.safetensors", options: Self.name("a"), kind: kind)
        == [[10, 20], [30, 40]])
    #expect(
      try rows(Self.two, name: "a.safetensors", options: Self.name("b"), kind: kind)
        == [[-1], [1], [2], [3]])
    let opened = try OpenedVectorFile(
      source: MemorySource(Self.two), name: "a", options: Self.name("a"))
    #expect(opened.info.arrayNames == ["a", "b"])
    #expect(
      problem(Self.two)
        == "memory: there are 2 arrays, 'a' ([2, 2], U8), 'b' ([4], I8): the option array chooses one"
    )
    #expect(
      problem(Self.two, Self.name("c"))
        == "memory: there is no array 'c' among 'a' ([2, 2], U8), 'b' ([4], I8)")
    let many = (0..<12).map { Self.entry("t\($0)", "U8", "1", "\($0),\($0 + 1)") }
    let found = problem(Self.file("{\(many.joined(separator: ","))}", Array(0..<12)))
    #expect(
      found.contains("there are 12 arrays, 't0' ([1], U8), ")
        && found.contains("'t9' ([1], U8) and 2 more:"))
  }

  @Test func `rows are read again, and from any on`() throws {
    let opened = try OpenedVectorFile(
      source: MemorySource(Self.two), name: "a.safetensors", options: Self.name("a"))
    let file = opened.rows(as: Float.self)
    for row in [1, 0, 1] {
      try file.seek(toRow: row)
      var found = try Matrix<Float>(reserving: 1, columns: 2)
      try found.append(atMost: 1) { try file.read(into: &$0) }
      #expect(arrays(found) == [[[10, 20], [30, 40]][row]])
    }
    // Behind the last row comes another array, or the end of the file.
    var rest = try Matrix<Float>(reserving: 1, columns: 2)
    #expect(try rest.append(atMost: 1) { try file.read(into: &$0) } == 0)
    for kind in [MemorySource.Kind.packed, .file] {
      let opened = try OpenedVectorFile(
        source: MemorySource(Self.two, piece: 3, kind: kind), name: "a.safetensors",
        options: Self.name("b"), windowSize: 2)
      var file = opened.rows(as: Float.self)
      for _ in 0..<2 {
        #expect(arrays(try Matrix(reading: &file)) == [[-1], [1], [2], [3]])
        try file.rewind()
      }
    }
  }

  @Test(
    arguments: [
      (
        one("F8_E4M3", "4", [1, 2, 3, 4]),
        "values of type F8_E4M3, which are not read: expected F64, "
      ),
      (one("Q7", "4", [1, 2, 3, 4]), "values of type Q7, which are not read"),
      (one("U8", "1,2,2", [1, 2, 3, 4]), "has the shape [1, 2, 2], expected 2 dimensions"),
      (one("U8", "", [1]), "has the shape [], expected 2 dimensions"),
      (one("U8", "0,0", []), "has the shape [0, 0], expected 2 dimensions"),
      (
        one("U8", "2,2", [1, 2, 3]),
        "the array 'x' has 3 bytes, expected 4 as the shape [2, 2] of values of type U8 asks for"
      ),
      (one("U8", "4611686018427387,9999999", [1]), "has 1 byte, expected more than any file holds"),
      (
        one("U8", "99999999999999999999", [1]),
        "'99999999999999999999' is more than a file can hold"
      ),
      (
        file("{\(entry("x", "U8", "2", "1,3"))}", [1, 2, 3]),
        "begins at byte 1 of the data, expected 0"
      ),
      (
        file("{\(entry("x", "U8", "2", "2,0"))}", [1, 2]),
        "has the data_offsets [2, 0], expected a begin"
      ),
      (
        file("{\(entry("x", "U8", "2", "0,2"))}", [1]),
        "the data ends here, after 1 byte; expected 2"
      ),
      (
        file("{\(entry("x", "U8", "2", "0,2"))}", [1, 2, 3]),
        "1 byte after the last array; expected the end"
      ),
      (
        file("{\(entry("x", "U8", "1", "0,1")),\(entry("x", "U8", "1", "1,2"))}", [1, 2]),
        "'x' comes twice"
      ),
      (
        file("{\(entry("x", "U8", "2", "0,2")),\(entry("y", "U8", "2", "1,3"))}", [1, 2, 3]),
        "the array 'y' begins at byte 1 of the data, expected 2"
      ),
      (file("{}", []), "no arrays, expected at least one"),
      (file("{\"__metadata__\":{\"a\":{}}}", []), "expected '\"'"),
      (file("{\"x\":{\"dtype\":\"U8\",\"shape\":[1]}}", [1]), "the array 'x' has no data_offsets"),
      (
        file("{\"x\":{\"dtype\":\"U8\",\"size\":[1]}}", [1]),
        "expected one of dtype, shape, data_offsets once"
      ),
      (file("{\"x\":{\"dtype\":\"U8\",\"shape\":[-1]}}", [1]), "expected a whole number"),
      (file("{\"x\":[[[[[[[[[[[[", [1]), "expected '{'"),
      (file("{\"x", [1]), "the text is never closed"),
      (file("{\"\\ud800\":{}}", [1]), "half of a surrogate pair"),
      (file("{\"\\x\":{}}", [1]), "expected an escape of JSON"),
      (file("{} x", []), "expected the end of the header"),
      (
        bytes(UInt64.max) + [1, 2, 3],
        "a header of 9223372036854775807 bytes, expected 2 to 100000000"
      ),
      (
        bytes(UInt64(100)) + Array("{\"".utf8),
        "a header of 100 bytes does not fit into a file of 10 bytes"
      ),
      ([1, 0, 0], "the file ends here, expected a header length of 8 bytes"),
    ] as [([UInt8], String)])
  func `a header that lies`(file: [UInt8], expected: String) {
    let found = problem(file)
    #expect(found.contains(expected), "\(found)")
    #expect(found.hasPrefix("memory: "))
  }

  @Test func `what is written is read`() throws {
    let folder = Folder()
    for count in [1, 7, 1000] {
      let values = (0..<3 * count).map { Double($0) / 7 }
      let matrix = try Matrix(values.span, columns: 3)
      let writer = try VectorWriter<Double>(folder.file("a.safetensors"), columns: 3)
      try writer.write(matrix)
      try writer.finish()
      var file = try VectorFile<Double>(folder.file("a.safetensors"))
      #expect(try Matrix(reading: &file) == matrix && file.info.rows == count)
      #expect(file.info.valueType == "F64" && file.info.arrayNames == ["points"])
      #expect(try folder.bytes(of: "a.safetensors").count % 8 == 0)
    }
  }
}
