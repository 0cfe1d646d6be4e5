/// Numbers that an ``Archive`` keeps as matrices and vectors: `Float` and `Double`.
public protocol ArchiveScalar: BitwiseCopyable, Sendable {
  /// A vector as a section.
  static func section(_ values: [Self]) -> Archive.Value
  /// A matrix as a section.
  static func section(rows: Int, columns: Int, _ values: [Self]) -> Archive.Value
  /// The vector that a section holds, if it is one of this type.
  static func vector(in value: Archive.Value) -> [Self]?
  /// The matrix that a section holds, if it is one of this type.
  static func matrix(in value: Archive.Value) -> (rows: Int, columns: Int, values: [Self])?
}

extension Archive {
  /// Sets a section to a copy of a matrix.
  ///
  /// - Precondition: there are `rows * columns` values.
  public mutating func setMatrix<Scalar: ArchiveScalar>(
    _ name: String, rows: Int, columns: Int, values: Span<Scalar>
  ) {
    self[name] = Scalar.section(rows: rows, columns: columns, values.copied)
  }

  /// The matrix in a section, row after row.
  ///
  /// - Throws: ``FileError/malformed(path:place:problem:)`` where the section is missing or of
  ///   another type; so do the other accessors.
  public func matrix<Scalar: ArchiveScalar>(
    _ name: String, as type: Scalar.Type = Scalar.self
  ) throws(FileError) -> (rows: Int, columns: Int, values: [Scalar]) {
    let wanted = Scalar.section(rows: 0, columns: 0, []).tag
    return try value(name, wanted) { Scalar.matrix(in: $0) }
  }

  /// The vector in a section.
  public func vector<Scalar: ArchiveScalar>(
    _ name: String, as type: Scalar.Type = Scalar.self
  ) throws(FileError) -> [Scalar] {
    try value(name, Scalar.section([]).tag) { Scalar.vector(in: $0) }
  }

  /// The whole numbers in a section.
  public func ints(_ name: String) throws(FileError) -> [Int64] {
    try value(name, 5) { if case .ints(let values) = $0 { values } else { nil } }
  }

  /// The whole number in a section.
  public func int(_ name: String) throws(FileError) -> Int64 {
    try value(name, 3) { if case .int(let value) = $0 { value } else { nil } }
  }

  /// The number in a section.
  public func double(_ name: String) throws(FileError) -> Double {
    try value(name, 4) { if case .double(let value) = $0 { value } else { nil } }
  }

  /// The text in a section.
  public func string(_ name: String) throws(FileError) -> String {
    try value(name, 2) { if case .string(let value) = $0 { value } else { nil } }
  }

  /// The bytes in a section.
  public func bytes(_ name: String) throws(FileError) -> [UInt8] {
    try value(name, 1) { if case .bytes(let value) = $0 { value } else { nil } }
  }

  private func value<Result>(
    _ name: String, _ wanted: UInt8, _ body: (Value) -> Result?
  ) throws(FileError) -> Result {
    let expected = "expected a section \(quoted(name)) with \(Value.typeName(tag: wanted))"
    // The fault is in the table, which should list the section.
    let place = FileError.Place.byte(ArchiveFormat.headerLength)
    guard let value = self[name] else {
      throw .malformed(path: path, place: place, problem: "\(expected), found none")
    }
    guard let result = body(value) else {
      throw .malformed(
        path: path, place: place, problem: "\(expected), found \(Value.typeName(tag: value.tag))")
    }
    return result
  }
}

extension Float: ArchiveScalar {
  public static func section(_ values: [Float]) -> Archive.Value { .floats(values) }
  public static func section(rows: Int, columns: Int, _ values: [Float]) -> Archive.Value {
    .floatMatrix(rows: rows, columns: columns, values: values)
  }
  public static func vector(in value: Archive.Value) -> [Float]? {
    if case .floats(let values) = value { values } else { nil }
  }
  public static func matrix(
    in value: Archive.Value
  ) -> (rows: Int, columns: Int, values: [Float])? {
    if case .floatMatrix(let rows, let columns, let values) = value {
      (rows, columns, values)
    } else {
      nil
    }
  }
}

extension Double: ArchiveScalar {
  public static func section(_ values: [Double]) -> Archive.Value { .doubles(values) }
  public static func section(rows: Int, columns: Int, _ values: [Double]) -> Archive.Value {
    .doubleMatrix(rows: rows, columns: columns, values: values)
  }
  public static func vector(in value: Archive.Value) -> [Double]? {
    if case .doubles(let values) = value { values } else { nil }
  }
  public static func matrix(
    in value: Archive.Value
  ) -> (rows: Int, columns: Int, values: [Double])? {
    if case .doubleMatrix(let rows, let columns, let values) = value {
      (rows, columns, values)
    } else {
      nil
    }
  }
}

extension Span where Element: BitwiseCopyable {
  fileprivate var copied: [Element] {
    withUnsafeBufferPointer { Array($0) }
  }
}
