package import KMeansFiles
public import KMeansLinearAlgebra

/// Writes rows of numbers to a file, block by block, in any of the formats of ``VectorFormat``.
///
/// ```swift
/// let writer = try VectorWriter<Float>("points.fvecs", columns: 384)
/// while let block = next() { try writer.write(block.view) }
/// try writer.finish()
/// ```
///
/// The file appears whole by ``finish()`` or not at all: without it, and after any failure, an
/// existing file is as it was. The memory in use does not grow with the rows. A name that ends in
/// `.gz` packs any format but npz, which is an archive already.
///
/// Doubles become the nearest floats in formats of floats. A number that a format cannot hold is an
/// error with the row and the column: 300 in bvecs, 1e39 in fvecs, infinity in libsvm and spark.
public final class VectorWriter<Scalar: MatrixScalar> {
  /// The number of values of a row.
  public let columns: Int
  /// The number of rows that were written so far.
  public private(set) var rows = 0
  let file: AtomicFile
  private let encoder: any RowEncoder
  private let sink: any ByteSink
  /// The number of rows that the header gave at the beginning.
  private let promisedRows: Int
  private let buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  /// The fault of a row; a file with one is never put in place.
  private var failure: FileError?

  /// Makes a writer; the file is not in place before ``finish()``.
  ///
  /// - Parameters:
  ///   - path: a file, or `-` for the standard output.
  ///   - format: the format; by default the extension of the path tells it.
  ///   - columnNames: the header of csv and tsv; other formats have no names.
  ///   - rows: the number of rows that will come; `nil` if it is not known. The formats npy, npz,
  ///     fbin, u8bin, i8bin and idx say it before the rows; without it their header is completed at
  ///     the end, which takes a file: to a pipe or the standard output they need it. An npz, mtx
  ///     and docword always need a file.
  /// - Throws: ``FileError``: a name that does not say the format, a place that cannot be written,
  ///   a format that cannot be written there.
  /// - Precondition: `Scalar` is `Float` or `Double`, `columns >= 1`, there are as many names as
  ///   columns.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public convenience init(
    _ path: String, format: VectorFormat? = nil, columns: Int, columnNames: [String]? = nil,
    rows: Int? = nil
  ) throws {
    guard let format = format ?? VectorFormat(path: path) else {
      throw FileError.unusable(
        path: path,
        problem: "the name does not say a format: expected one that ends in "
          + VectorFormat.fileExtensions)
    }
    try self.init(
      file: AtomicFile(path), isPacked: VectorFormat.isPacked(path), format: format,
      columns: columns, columnNames: columnNames, rows: rows)
  }

  /// The same into a file that is open; the rows of libsvm may come with their labels.
  package convenience init(
    file: AtomicFile, isPacked: Bool = false, format: VectorFormat, columns: Int,
    columnNames: [String]? = nil, rows: Int? = nil, areLabelsGiven: Bool = false
  ) throws(FileError) {
    precondition(columns >= 1 && rows ?? 0 >= 0, "\(rows ?? 0) rows of \(columns) columns")
    precondition(columnNames.map { $0.count == columns } ?? true, "names of other columns")
    let shape = RowShape(
      columns: columns, columnNames: columnNames, isFloat: Scalar.self == Float.self,
      areLabelsGiven: areLabelsGiven)
    let encoder = try format.encoder(shape, path: file.path)
    func unusable(_ problem: String) -> FileError { .unusable(path: file.path, problem: problem) }
    if format == .npz, isPacked { throw unusable("npz is an archive already: expected no .gz") }
    let isUnknown = encoder.countsValues || encoder.countsRows && rows == nil
    if !file.isRewritable, format == .npz || isUnknown {
      let what = encoder.countsValues ? "values" : "rows"
      let reason =
        format == .npz
        ? "has its checksum before the rows"
        : "says before the \(what) how many there are, which is not known here"
      throw unusable("\(format.rawValue) \(reason): it needs a file, not a pipe or a device")
    }
    if let rows { try Self.check(rows, encoder, file.path) }
    let header = encoder.header(rows: rows ?? 0)
    let sink: any ByteSink =
      if format == .npz {
        try NPZSink(file, header: header)
      } else if isPacked {
        try GzipSink(file, header: header, mayChange: encoder.countsRows)
      } else {
        try PlainSink(file, header: header)
      }
    self.init(file, encoder, sink, columns: columns, promisedRows: rows ?? 0)
  }

  init(
    _ file: AtomicFile, _ encoder: any RowEncoder, _ sink: any ByteSink, columns: Int,
    promisedRows: Int = 0
  ) {
    precondition(
      Scalar.self == Float.self || Scalar.self == Double.self, "rows are written of Float or Double"
    )
    self.file = file
    self.encoder = encoder
    self.sink = sink
    self.columns = columns
    self.promisedRows = promisedRows
    buffer = .allocate(byteCount: 2 * RowPlace.longestCode, alignment: 64)
  }

  deinit { buffer.deallocate() }

  /// The size of the file so far, in bytes; the final size after ``finish()``.
  public var byteCount: Int { file.length }

  /// Writes rows behind those before.
  ///
  /// - Throws: ``FileError``: a full disk, or a value that the format cannot hold; the file is
  ///   given up then.
  /// - Precondition: the rows have ``columns`` columns, and the writer is not finished.
  /// - Complexity: O(rows columns).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func write(_ view: borrowing MatrixView<Scalar>) throws {
    precondition(view.columns == columns, "rows of \(view.columns) values, expected \(columns)")
    let (count, stride) = (view.rows, view.rowStride)
    try view.withUnsafeBase { base in
      for row in 0..<count {
        try write(base + row * stride, count: columns, from: 0)
        try endRow()
      }
    }
  }

  /// Completes the file and puts it in place.
  ///
  /// - Throws:
  ///   ``FileError/system(path:operation:code:)``, and ``FileError/malformed(path:place:problem:)``
  ///   where other rows came than were promised to a pipe.
  /// - Precondition: the writer is not finished.
  public func finish() throws {
    if let failure { throw failure }
    try flush()
    if encoder.countsRows, rows != promisedRows, !file.isRewritable {
      throw FileError.malformed(
        path: file.path, place: .wholeFile,
        problem: "\(counted(rows, "row")) came, expected \(promisedRows) as the header says")
    }
    try sink.finish(header: encoder.header(rows: encoder.countsRows ? rows : promisedRows))
  }

  /// Writes values of the current row, the first of them in a column.
  func write(_ base: UnsafePointer<Scalar>, count: Int, from first: Int) throws(FileError) {
    if let failure { throw failure }
    var done = 0
    while done < count {
      let part = min(count - done, RowPlace.longestPart)
      if buffer.count - used < RowPlace.longestCode { try flush() }
      let place = RowPlace(
        row: rows, column: first + done, isLast: first + done + part == columns)
      do throws(UnwritableValue) {
        used += try encoder.encode(
          base + done, count: part, at: place, to: buffer.baseAddress! + used)
      } catch {
        throw fail(error.error(path: file.path))
      }
      done += part
    }
  }

  /// Writes the text that a row begins with, before its values.
  func write(_ text: String) throws(FileError) {
    if let failure { throw failure }
    for byte in text.utf8 {
      if used == buffer.count { try flush() }
      buffer[used] = byte
      used += 1
    }
  }

  /// Ends a row behind its last value.
  func endRow() throws(FileError) {
    do throws(FileError) { try Self.check(rows + 1, encoder, file.path) } catch {
      throw fail(error)
    }
    rows += 1
  }

  /// Gives the file up.
  func fail(_ error: FileError) -> FileError {
    failure = error
    return error
  }

  private func flush() throws(FileError) {
    try sink.write(UnsafeRawBufferPointer(rebasing: buffer[..<used]))
    used = 0
  }

  private static func check(
    _ rows: Int, _ encoder: any RowEncoder, _ path: String
  ) throws(FileError) {
    guard rows <= encoder.rowLimit else {
      throw .unusable(
        path: path, problem: "more than the \(encoder.rowLimit) rows that the format can count")
    }
  }
}
