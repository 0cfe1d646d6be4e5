internal import KMeansFiles

// The table of formats: extensions, first bytes, readers and writers.
extension VectorFormat {
  /// The properties of a format: a new one is a file of its own and a line here.
  struct Entry: Sendable {
    let format: VectorFormat
    /// The extensions of file names, without the dot and in lower case; files are written by the
    /// first.
    let extensions: [String]
    /// The first bytes of every such file, where there are such.
    let magic: [UInt8]?
    /// Tells whether a file begins like this format, where its magic is not always the same bytes.
    let isRecognized: (@Sendable (InputBuffer) throws(FileError) -> Bool)?
    let open: @Sendable (InputBuffer, ReadingOptions) throws(FileError) -> any RowDecoder
    /// Makes the writer of such rows.
    let encoder: @Sendable (RowShape) -> any RowEncoder

    /// - Parameter textEncoder: the writer of rows of a text; other values lie one after another.
    init(
      _ format: VectorFormat, _ extensions: String..., magic: [UInt8]? = nil,
      isRecognized: (@Sendable (InputBuffer) throws(FileError) -> Bool)? = nil,
      open: @escaping @Sendable (InputBuffer, ReadingOptions) throws(FileError) -> any RowDecoder,
      textEncoder: (@Sendable (RowShape) -> any RowEncoder)? = nil
    ) {
      self.format = format
      self.extensions = extensions
      self.magic = magic
      self.isRecognized = isRecognized
      self.open = open
      encoder = textEncoder ?? { BinaryEncoder(format, $0) }
    }
  }

  static let table: [Entry] = [
    Entry(.npy, "npy", magic: NPYHeader.magic, open: openNPY),
    Entry(.csv, "csv", open: openCSV) { DelimitedRows(delimiter: ",", names: $0.columnNames) },
    Entry(.tsv, "tsv", open: openTSV) { DelimitedRows(delimiter: "\t", names: $0.columnNames) },
    Entry(.rawF32, "f32", open: openRawF32),
    Entry(.fvecs, "fvecs", open: openPrefixedVectors(.fvecs, "<f4")),
    Entry(.bvecs, "bvecs", open: openPrefixedVectors(.bvecs, "|u1")),
    Entry(.ivecs, "ivecs", open: openPrefixedVectors(.ivecs, "<i4")),
    Entry(.fbin, "fbin", open: openCountedVectors(.fbin, "<f4")),
    Entry(.u8bin, "u8bin", open: openCountedVectors(.u8bin, "|u1")),
    Entry(.i8bin, "i8bin", open: openCountedVectors(.i8bin, "|i1")),
    Entry(.idx, "idx", isRecognized: IDX.isRecognized, open: IDX.open),
    Entry(.libsvm, "libsvm", "svm", "svmlight", open: openLibSVM) {
      SparseRows(columns: $0.columns)
    },
    Entry(.spark, "spark", open: openSparkText) { _ in SparkRows() },
    Entry(.npz, "npz", magic: ZipEntry.magic, open: openNPZ),
  ]

  var entry: Entry { VectorFormat.table.first { $0.format == self }! }

  /// The encoder of rows.
  ///
  /// - Throws: ``FileError/unusable(path:problem:)`` for more columns than the format can say.
  func encoder(_ rows: RowShape, path: String) throws(FileError) -> any RowEncoder {
    let encoder = entry.encoder(rows)
    guard rows.columns <= encoder.columnLimit else {
      throw .unusable(
        path: path,
        problem: "\(rows.columns) columns, \(rawValue) can say at most \(encoder.columnLimit)")
    }
    return encoder
  }
}
