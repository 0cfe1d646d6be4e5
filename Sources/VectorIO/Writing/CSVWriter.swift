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
public func writeCSV<Scalar: BLASScalar>(
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
/// - Throws: ``FileError/system(path:operation:code:)``; an existing file is untouched then.
public func writeCSV<Number: FixedWidthInteger>(_ values: [Number], to path: String) throws {
  let file = try AtomicFile(path)
  for value in values {
    try file.write(value.description)
    try file.write("\n")
  }
  try file.commit()
}

/// Writes numbers one on each line, whole or not at all.
///
/// - Throws: ``FileError/system(path:operation:code:)``; an existing file is untouched then.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
public func writeCSV<Scalar: BLASScalar>(_ values: [Scalar], to path: String) throws {
  let writer = try VectorWriter<Scalar>(file: AtomicFile(path), format: .csv, columns: 1)
  try writer.write(MatrixView(values.span, columns: 1))
  try writer.finish()
}

/// A text as a field, in quotes where it would be misread without them.
func quotedField(_ text: String, delimiter: String) -> String {
  guard text.contains(where: { "\",;\t\(delimiter)".contains($0) || $0.isNewline }) else {
    return text
  }
  let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
  return "\"\(parts.joined(separator: "\"\""))\""
}
