internal import KMeansFiles
public import KMeansLinearAlgebra

/// A file of which the beginning has been looked at, to be read with the type that suits it.
///
/// ```swift
/// let file = try OpenedVectorFile("-")
/// switch file.info.precision {
/// case .float: try cluster(file.rows(as: Float.self))
/// case .double: try cluster(file.rows(as: Double.self))
/// }
/// ```
///
/// Nothing that was looked at is lost, so this works with pipes, too.
public struct OpenedVectorFile: ~Copyable {
  /// What is known of the file.
  public var info: VectorFileInfo { decoder.info }
  let decoder: any RowDecoder

  /// Opens a file; `-` is the standard input.
  ///
  /// - Throws: ``FileError``.
  public init(_ path: String, options: ReadingOptions = ReadingOptions()) throws {
    try self.init(source: InputFile(path), name: path, options: options)
  }

  /// Opens bytes that come from anywhere, under a file name.
  package init(
    source: any ByteSource, name: String, options: ReadingOptions = ReadingOptions(),
    windowSize: Int = 1 << 18
  ) throws {
    let found = try RecognizedInput(
      source: source, name: name, format: options.format, fallback: options.fallbackFormat,
      windowSize: windowSize)
    if options.array != nil, found.format != .npz {
      throw FileError.unusable(
        path: source.path, problem: "an array was named, but only npz files have names of arrays")
    }
    let opened =
      try EmptyRows.opening(found.input, found.format, options)
      ?? found.format.entry.open(found.input, options)
    opened.info.isCompressed = found.isCompressed
    opened.info.sides = options.sides
    // A header can promise rows of any length.
    try DenseSize(
      cause: "the \(opened.info.format.rawValue) data", place: .wholeFile,
      dimension: opened.info.fileColumns, rows: nil
    ).check(path: source.path, options.columns)
    decoder = ValidRows.applying(options, to: opened)
  }

  /// The rows in one of the two types.
  ///
  /// - Precondition: `Scalar` is `Float` or `Double`.
  public consuming func rows<Scalar: BLASScalar>(
    as type: Scalar.Type = Scalar.self
  ) -> sending VectorFile<Scalar> {
    // Nobody else has it: whoever had this value has it no more.
    nonisolated(unsafe) let file = VectorFile<Scalar>(decoder: decoder)
    return file
  }
}
