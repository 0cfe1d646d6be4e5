internal import KMeansCHeader

/// The type of the numbers of an Arrow column, by the letter that its schema has for it.
enum ArrowNumber: UInt8 {
  case int8 = 0x63, uint8 = 0x43, int16 = 0x73, uint16 = 0x53  // c C s S
  case int32 = 0x69, uint32 = 0x49, int64 = 0x6C, uint64 = 0x4C  // i I l L
  case float16 = 0x65, float32 = 0x66, float64 = 0x67  // e f g

  /// The bytes of a number.
  var size: Int {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16, .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// Whether a float32 holds every such number.
  var fitsFloat: Bool {
    switch self {
    case .int8, .uint8, .int16, .uint16, .float16, .float32: true
    case .int32, .uint32, .int64, .uint64, .float64: false
    }
  }
}

/// Which rows an Arrow stream has: a column of lists, or columns of numbers.
struct ArrowColumns: Equatable {
  /// How the length of a list is told.
  enum Lists: Equatable {
    case fixed(Int)
    case offsets32
    case offsets64
  }

  /// What the rows are made of.
  enum Rows: Equatable {
    case lists(Lists, of: ArrowNumber)
    case columns([ArrowNumber])
  }

  let rows: Rows
  /// Whether the arrays of the stream are structures with these columns, as tables are.
  let isTable: Bool
  /// The name of each column, for messages.
  let names: [String]

  /// The type of values that holds all numbers.
  var type: ScalarType {
    switch rows {
    case .lists(_, let number): number.fitsFloat ? .float32 : .float64
    case .columns(let numbers): numbers.allSatisfy(\.fitsFloat) ? .float32 : .float64
    }
  }

  /// - Throws: where the schema has no rows of numbers: which column it is, and what was found.
  init(_ schema: ArrowSchema) throws {
    isTable = Self.format(schema) == "+s"
    let columns = isTable ? try Self.children(schema) : [schema]
    let names = columns.enumerated().map { Self.name($1) ?? "\($0)" }
    self.names = names
    if columns.count == 1, let lists = try Self.lists(columns[0], names[0]) {
      rows = lists
      return
    }
    guard !columns.isEmpty else {
      throw BorderError(
        KM_STREAM_ERROR, "the stream has no column, expected numbers or lists of them")
    }
    rows = .columns(
      try columns.enumerated().map { place, column in
        if let number = Self.number(column) { return number }
        let hint =
          Self.format(column).hasPrefix("+")
          ? ": lists of numbers may be the only column" : ""
        throw Self.refusal(column, names[place], "numbers\(hint)")
      })
  }

  /// A column of lists of numbers; `nil` for another column.
  private static func lists(_ schema: ArrowSchema, _ name: String) throws -> Rows? {
    let format = format(schema)
    let lists: Lists
    if format.hasPrefix("+w:") {
      guard let length = Int(format.dropFirst(3)), length >= 0 else {
        throw refusal(schema, name, "a length of the lists")
      }
      guard length > 0, length <= Int(Int32.max) else {
        throw BorderError(
          KM_STREAM_ERROR,
          "column '\(name)' has lists of \(length) values, expected 1 to \(Int32.max)")
      }
      lists = .fixed(length)
    } else if format == "+l" {
      lists = .offsets32
    } else if format == "+L" {
      lists = .offsets64
    } else {
      return nil
    }
    let children = try children(schema)
    guard children.count == 1, let number = number(children[0]) else {
      throw refusal(children.first ?? schema, name, "lists of numbers")
    }
    return .lists(lists, of: number)
  }

  private static func number(_ schema: ArrowSchema) -> ArrowNumber? {
    let format = format(schema)
    guard schema.dictionary == nil, format.utf8.count == 1 else { return nil }
    return ArrowNumber(rawValue: format.utf8.first!)
  }

  private static func refusal(
    _ schema: ArrowSchema, _ name: String, _ expected: String
  ) -> BorderError {
    let format = schema.dictionary == nil ? format(schema) : "dictionary"
    let known = typeNames.first { format.hasPrefix($0.prefix) }
    let word = known.map { " (\($0.name))" } ?? ""
    let advice = known?.isNumber == true ? ": cast them to double" : ""
    return BorderError(
      KM_STREAM_ERROR,
      "column '\(name)' is of the Arrow type '\(format)'\(word), expected \(expected)\(advice)")
  }

  /// Types that are no numbers here, in words; whether they are elsewhere.
  private static let typeNames: [(prefix: String, name: String, isNumber: Bool)] = [
    ("d:", "decimal", true), ("b", "boolean", true), ("u", "text", false), ("U", "text", false),
    ("vu", "text", false), ("td", "date", false), ("tt", "time", false),
    ("ts", "timestamp", false), ("tD", "duration", true), ("+s", "structure", false),
  ]

  private static func format(_ schema: ArrowSchema) -> String {
    schema.format.map { String(cString: $0) } ?? ""
  }

  private static func name(_ schema: ArrowSchema) -> String? {
    schema.name.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func children(_ schema: ArrowSchema) throws -> [ArrowSchema] {
    // A format of so many columns is none: they would not be read before the process ends.
    guard schema.n_children >= 0, schema.n_children <= 1 << 20 else {
      throw BorderError(
        KM_STREAM_ERROR, "the schema of the stream says that it has \(schema.n_children) columns")
    }
    return try (0..<Int(schema.n_children)).map {
      guard let child = schema.children?[$0] else {
        throw BorderError(KM_STREAM_ERROR, "the schema of the stream has a child that is NULL")
      }
      return child.pointee
    }
  }
}
