internal import KMeansFiles
public import KMeansLinearAlgebra

/// Writes a matrix as text, a row on each line, whole or not at all.
///
/// Numbers are the shortest that read back as the same bits.
///
/// - Parameters:
///   - names: the header; `nil` for none. Names that need quotes get them.
///   - delimiter: the text between the fields: a comma, a tab.
/// - Throws: ``FileError/system(path:operation:code:)``; an existing file is untouched then.
/// - Precondition: there are as many names as columns, and the delimiter is ASCII.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
public func writeCSV<Scalar: MatrixScalar>(
  _ matrix: Matrix<Scalar>, names: [String]? = nil, delimiter: Character = ",", to path: String
) throws {
  if let names {
    precondition(names.count == matrix.columns, "\(names.count) names, \(matrix.columns) columns")
  }
  precondition(delimiter.isASCII, "a delimiter '\(delimiter)', expected an ASCII character")
  let file = try AtomicFile(path)
  let encoder = DelimitedRows(delimiter: String(delimiter), names: names)
  let writer = VectorWriter<Scalar>(
    file, encoder, try PlainSink(file, header: encoder.header(rows: 0)), columns: matrix.columns)
  try writer.write(matrix.view)
  try writer.finish()
}

/// Writes whole numbers, labels say, one on each line, whole or not at all.
///
/// - Parameter name: the header; `nil` for none.
/// - Throws: ``FileError/system(path:operation:code:)``; an existing file is untouched then.
public func writeCSV<Number: FixedWidthInteger>(
  _ values: [Number], name: String? = nil, to path: String
) throws {
  let file = try AtomicFile(path)
  if let name { try file.write(FileName.bytes(of: quotedField(name, delimiter: ",") + "\n")) }
  for value in values {
    try file.write(value.description)
    try file.write("\n")
  }
  try file.commit()
}

/// Writes numbers one on each line, whole or not at all.
///
/// - Parameter name: the header; `nil` for none.
/// - Throws: ``FileError/system(path:operation:code:)``; an existing file is untouched then.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
public func writeCSV<Scalar: MatrixScalar>(
  _ values: [Scalar], name: String? = nil, to path: String
) throws {
  let writer = try VectorWriter<Scalar>(
    file: AtomicFile(path), format: .csv, columns: 1, columnNames: name.map { [$0] })
  try writer.write(MatrixView(values.span, columns: 1))
  try writer.finish()
}

/// A text as a field, in quotes where it would be misread without them.
package func quotedField(_ text: String, delimiter: String) -> String {
  guard text.contains(where: { "\",;\t\(delimiter)".contains($0) || $0.isNewline }) else {
    return text
  }
  let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
  return "\"\(parts.joined(separator: "\"\""))\""
}

/// Values that npy files are written of: `Float`, `Double`, `Int32`, `Int64`.
public protocol NPYValue: BitwiseCopyable, Sendable {
  /// The type under numpy's name, little-endian: `<f4`.
  static var npyType: String { get }
}

extension Float: NPYValue {
  public static var npyType: String { "<f4" }
}
extension Double: NPYValue {
  public static var npyType: String { "<f8" }
}
extension Int32: NPYValue {
  public static var npyType: String { "<i4" }
}
extension Int64: NPYValue {
  public static var npyType: String { "<i8" }
}

/// Writes a vector as an npy file of shape (n,), whole or not at all.
///
/// - Throws: ``FileError/system(path:operation:code:)``; an existing file is untouched then.
public func writeNPY<Value: NPYValue>(_ values: [Value], to path: String) throws {
  let file = try AtomicFile(path)
  try file.write(
    NPYHeader.bytes(
      type: Value.npyType, shape: "(\(values.count),)", firstLength: values.count))
  try file.write(values.span.bytes)
  try file.commit()
}

/// Writes a matrix as an npy file of shape (rows, columns) in C order, whole or not at all.
///
/// - Throws: ``FileError/system(path:operation:code:)``; an existing file is untouched then.
/// - Precondition: `Scalar` is `Float` or `Double`.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
public func writeNPY<Scalar: MatrixScalar>(_ matrix: Matrix<Scalar>, to path: String) throws {
  let writer = try VectorWriter<Scalar>(
    file: AtomicFile(path), format: .npy, columns: matrix.columns, rows: matrix.rows)
  try writer.write(matrix.view)
  try writer.finish()
}

#if _endian(big)
  #error("npy files are written on little-endian machines only")
#endif

extension NPYHeader {
  /// The header byte for byte as numpy 2 writes it: version 1.0, room for the first length to grow
  /// to 21 digits, and blanks up to a multiple of 64 bytes.
  static func bytes(type: String, shape: String, firstLength: Int) -> [UInt8] {
    var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    text += String(repeating: " ", count: 21 - String(firstLength).count)
    let prefixLength = magic.count + 4
    // The padding is never empty in numpy, for its last character is the line end.
    let padding = 64 - (prefixLength + text.utf8.count + 1) % 64
    text += String(repeating: " ", count: padding) + "\n"
    let length = UInt16(text.utf8.count)
    return magic + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)] + Array(text.utf8)
  }
}
