internal import KMeansFiles
internal import KMeansLinearAlgebra

/// A reader of the rows of one format, into memory of either type of scalar.
protocol RowDecoder: AnyObject {
  var info: VectorFileInfo { get set }
  /// An estimate of the rows that are still to come; `nil` where there is none.
  var remainingRowsEstimate: Int? { get }
  /// The rows, from 0, that were left out of those read so far.
  var skippedRows: SkippedRows { get }
  /// Whether the last read gave no row because all that have come were left out: it was not the
  /// end. Only of what is live, where the next row may be far.
  var onlyLeftOut: Bool { get }
  /// What was filled in of the rows read so far; `nil` where nothing is, or not yet.
  var missing: MissingValues? { get }
  /// The files that the rows come from, where they are several.
  var parts: [FilePart] { get }

  /// Returns, and forgets, the side columns of the rows that were read since the last call.
  func takeAuxiliaryValues() -> AuxiliaryValues

  /// Returns, and forgets, the rows of ``skippedRows`` that were left out since the last call.
  func takeSkippedRows() -> SkippedRows

  /// Returns, and forgets, the rows, from 0, that are to be left out for what is wrong with their
  /// records.
  func takeFaults() -> [RowFault]

  /// Reads whole rows of `info.columns` values into uninitialised memory.
  ///
  /// - Returns: the number of rows: at least one, or none at the end and where ``onlyLeftOut``.
  /// - Precondition: there is room for one row.
  func read(into rows: UnsafeMutableBufferPointer<Float>) throws(FileError) -> Int
  func read(into rows: UnsafeMutableBufferPointer<Double>) throws(FileError) -> Int

  /// An estimate of the values of these rows that are not zero; `nil` where there is none.
  var remainingNonzerosEstimate: Int? { get }

  /// Appends whole rows of `info.columns` columns without their zeros, at most so many.
  ///
  /// - Returns: the number of rows: at least one, or none at the end and where ``onlyLeftOut``.
  func read(into rows: inout SparseMatrix<Float>, atMost limit: Int) throws(FileError) -> Int
  func read(into rows: inout SparseMatrix<Double>, atMost limit: Int) throws(FileError) -> Int

  /// Goes back to the first row.
  func rewind() throws(FileError)

  /// Whether the next read can begin at any row.
  var canSeek: Bool { get }

  /// Goes to a row.
  ///
  /// - Precondition: ``canSeek``, and the file has as many rows; behind the last one is its end.
  func seek(toRow row: Int) throws(FileError)
}

extension RowDecoder {
  var canSeek: Bool { info.isRereadable }

  func seek(toRow row: Int) throws(FileError) { throw onlyInOrder }

  var onlyInOrder: FileError {
    .unusable(path: info.path, problem: "its rows can only be read in order")
  }
  var skippedRows: SkippedRows { SkippedRows() }
  var onlyLeftOut: Bool { false }
  var missing: MissingValues? { nil }
  var parts: [FilePart] { [] }
  func takeAuxiliaryValues() -> AuxiliaryValues { AuxiliaryValues() }
  func takeSkippedRows() -> SkippedRows { SkippedRows() }
  func takeFaults() -> [RowFault] { [] }

  /// The same for a scalar that is `Float` or `Double`, which is asked once a block.
  func read<Scalar: MatrixScalar>(
    rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    let memory = UnsafeMutableRawBufferPointer(rows)
    if Scalar.self == Float.self {
      return try read(into: memory.assumingMemoryBound(to: Float.self))
    }
    precondition(Scalar.self == Double.self, "rows are read as Float or Double")
    return try read(into: memory.assumingMemoryBound(to: Double.self))
  }
}

/// What is wrong with a row that is to be left out.
struct RowFault {
  let row: Int
  let reason: SkippedRows.Reason
  let fault: SkippedRows.Fault
}

/// A decoder that does the same for both types of scalar.
protocol UniformRowDecoder: RowDecoder {
  /// Reads whole rows, as ``RowDecoder/read(rows:)`` does.
  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int
}

extension UniformRowDecoder {
  func read(into rows: UnsafeMutableBufferPointer<Float>) throws(FileError) -> Int {
    try readRows(into: rows)
  }

  func read(into rows: UnsafeMutableBufferPointer<Double>) throws(FileError) -> Int {
    try readRows(into: rows)
  }
}

/// An estimate that memory may be reserved for, where the file cannot prove it: at most four times
/// the rows that have come, and not less than 64 MiB.
func cautious(_ estimate: Int, rowsRead: Int, columns: Int) -> Int {
  min(estimate, max(4 * rowsRead, (64 << 20) / (8 * columns)))
}

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
  func read(into rows: inout SparseMatrix<Float>, atMost limit: Int) throws(FileError) -> Int { 0 }
  func read(into rows: inout SparseMatrix<Double>, atMost limit: Int) throws(FileError) -> Int { 0 }
  func rewind() throws(FileError) {}
}
