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
    var input = InputBuffer(source, capacity: windowSize)
    var stem = Substring(name)
    let isNamedGzip = name.lowercased().hasSuffix(".gz")
    if isNamedGzip { stem = stem.dropLast(3) }
    let named = VectorFormat(extension: OpenedVectorFile.fileExtension(of: stem))
    // A file whose name says what it is must be that; of all else the first bytes decide.
    var isGzip = isNamedGzip
    if !isGzip, source.isLive || named == nil {
      isGzip = try input.begins(with: GunzipSource.magic)
    }
    if isGzip { input = InputBuffer(try GunzipSource(input), capacity: windowSize) }

    var format = options.format ?? named
    if format == nil { format = try OpenedVectorFile.recognize(input) }
    if options.array != nil, format != .npz {
      throw FileError.unusable(
        path: source.path, problem: "an array was named, but only npz files have names of arrays")
    }
    let opened = try format!.entry.open(input, options)
    opened.info.isCompressed = isGzip
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
  ) -> VectorFile<Scalar> {
    VectorFile(decoder: decoder)
  }
}

extension OpenedVectorFile {
  /// The format that the bytes begin like; text without a magic is CSV.
  private static func recognize(_ input: InputBuffer) throws(FileError) -> VectorFormat {
    for entry in VectorFormat.table {
      if let magic = entry.magic, try input.begins(with: magic) { return entry.format }
      if let isRecognized = entry.isRecognized, try isRecognized(input) { return entry.format }
    }
    return .csv
  }

  private static func fileExtension(of name: Substring) -> String {
    guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/") else { return "" }
    return String(name[name.index(after: dot)...])
  }
}
