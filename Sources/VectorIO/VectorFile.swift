internal import KMeansFiles

/// The rows of a file, a pipe or the standard input, block by block.
///
/// ```swift
/// var rows = try VectorFile<Float>("points.npy")
/// let points = try Matrix(reading: &rows)
/// ```
///
/// The memory in use does not grow with the file, but for Fortran-ordered arrays that come
/// through a pipe or packed. Errors name the file and the byte, or the line and column.
public final class VectorFile<Scalar: MatrixScalar>: SeekableRowSource {
  /// The properties of the file that are known before its rows are read.
  public let info: VectorFileInfo
  let decoder: any RowDecoder

  /// Opens a file; `-` is the standard input.
  ///
  /// - Precondition: `Scalar` is `Float` or `Double`.
  /// - Throws: ``FileError``.
  public convenience init(_ path: String, options: ReadingOptions = ReadingOptions()) throws {
    self.init(decoder: try OpenedVectorFile(path, options: options).decoder)
  }

  init(decoder: any RowDecoder) {
    precondition(
      Scalar.self == Float.self || Scalar.self == Double.self, "rows are read as Float or Double")
    self.decoder = decoder
    info = decoder.info
  }

  /// The number of values of a row.
  public var columns: Int { info.columns }

  /// The rows that are still to come: exact where the file says it, else an estimate.
  public var remainingRowsEstimate: Int? { decoder.remainingRowsEstimate }

  /// The rows that were left out so far, where ``ReadingOptions/onInvalid`` says so. They begin
  /// anew where the file is rewound.
  public var skippedRows: SkippedRows { decoder.skippedRows }

  /// The means that stand for missing values, one a column, where ``InvalidRows/mean`` asks for
  /// them: known from the first row on.
  public var means: [Double]? { decoder.missing?.means }

  /// How many values of each column were missing so far, and are their mean. They are counted anew
  /// where the file is rewound.
  public var filledValues: [Int] {
    decoder.missing?.filled ?? Array(repeating: 0, count: columns)
  }

  /// The same, for whoever tells of them.
  package var missing: MissingValues? { decoder.missing }

  /// The files that the rows come from, as far as it is known where they begin; none for one file.
  package var parts: [FilePart] { decoder.parts }

  /// Returns the side columns (``ReadingOptions/auxiliary``) of the rows that were read since the
  /// last call, one value a row. They are kept until then, so call it again and again.
  public func takeAuxiliaryValues() -> AuxiliaryValues { decoder.takeAuxiliaryValues() }

  /// The rows that were left out since the last call, as ``skippedRows`` counts them, which forgets
  /// them: memory for those of a stream without an end does not grow.
  public func takeSkippedRows() -> SkippedRows { decoder.takeSkippedRows() }

  /// Appends whole rows while there is room; appending none tells that this is the end.
  ///
  /// A pipe gives the rows that have arrived, at least one.
  ///
  /// - Throws: ``FileError``.
  /// - Precondition: there is room for a row.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func read(into rows: inout OutputSpan<Scalar>) throws {
    let before = rows.count
    repeat { try readArrived(into: &rows) } while rows.count == before && hasOnlyLeftOut
  }

  /// The same of what has come by a pipe: none are appended, too, where ``hasOnlyLeftOut``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func readArrived(into rows: inout OutputSpan<Scalar>) throws {
    precondition(rows.freeCapacity >= columns, "no room for a row of \(columns) values")
    if let problem = info.denseProblem { throw problem }
    try rows.withUnsafeMutableBufferPointer { buffer, initializedCount in
      let room = UnsafeMutableBufferPointer(rebasing: buffer[initializedCount...])
      initializedCount += try decoder.read(rows: room) * columns
    }
  }

  /// Whether the last read appended none because all rows that came by a pipe were left out.
  package var hasOnlyLeftOut: Bool { decoder.onlyLeftOut }

  /// Goes back to the first row.
  ///
  /// - Throws: ``FileError/unusable(path:problem:)`` for a pipe.
  public func rewind() throws { try decoder.rewind() }

  /// Whether the next read can begin at any row: ``VectorFileInfo/isRereadable``, and no rows are
  /// left out.
  public var canSeek: Bool { decoder.canSeek }

  /// Lets the next read begin at a row, counted from 0; reading one row then reads no more of the
  /// file than that row.
  ///
  /// - Throws: ``FileError/unusable(path:problem:)`` unless ``canSeek``.
  /// - Precondition: the file has at least `row` rows.
  /// - Complexity: O(1).
  public func seek(toRow row: Int) throws { try decoder.seek(toRow: row) }
}
