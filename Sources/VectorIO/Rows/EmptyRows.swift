internal import KMeansFiles

/// The rows of a file without any, where that is allowed.
final class EmptyRows: RowDecoder {
  var info: VectorFileInfo

  /// - Parameter columns: the columns that a row would have; 0 where they are not known.
  init(_ input: InputBuffer, _ format: VectorFormat, columns: Int) {
    let isFloat = [.fvecs, .bvecs, .rawF32].contains(format)
    info = VectorFileInfo(
      path: input.source.path, format: format, precision: isFloat ? .float : .double,
      valueType: "none", rows: 0, fileColumns: columns)
  }

  /// The rows of an input without a byte, if the options allow that and the format has no header
  /// that would be missing.
  static func opening(
    _ input: InputBuffer, _ format: VectorFormat, _ options: ReadingOptions
  ) throws(FileError) -> EmptyRows? {
    let formats: [VectorFormat] = [.csv, .tsv, .libsvm, .spark, .fvecs, .bvecs, .ivecs]
    guard options.allowsNoRows, formats.contains(format) else { return nil }
    try input.fill(atLeast: 1)
    guard input.unread.isEmpty else { return nil }
    return EmptyRows(input, format, columns: format == .libsvm ? options.dimension ?? 0 : 0)
  }

  var remainingRowsEstimate: Int? { 0 }
  func read(into rows: UnsafeMutableBufferPointer<Float>) throws(FileError) -> Int { 0 }
  func read(into rows: UnsafeMutableBufferPointer<Double>) throws(FileError) -> Int { 0 }
  func rewind() throws(FileError) {}
}
