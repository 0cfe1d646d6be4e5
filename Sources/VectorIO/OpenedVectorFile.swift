internal import KMeansFiles
public import KMeansLinearAlgebra

/// A file whose beginning has been inspected, to be read with the type that suits it.
///
/// ```swift
/// let file = try OpenedVectorFile("-")
/// switch file.info.precision {
/// case .float: try cluster(file.rows(as: Float.self))
/// case .double: try cluster(file.rows(as: Double.self))
/// }
/// ```
///
/// The inspected bytes are kept, so this works with pipes, too.
public struct OpenedVectorFile: ~Copyable {
  /// The properties of the file that are known before its rows are read.
  public var info: VectorFileInfo { decoder.info }
  let decoder: any RowDecoder

  /// The rows of a decoder of any kind.
  init(decoder: any RowDecoder) { self.decoder = decoder }

  /// Opens a file; `-` is the standard input.
  ///
  /// - Throws: ``FileError``.
  public init(_ path: String, options: ReadingOptions = ReadingOptions()) throws(FileError) {
    try self.init(source: InputFile(path), name: path, options: options)
  }

  /// Opens bytes of any origin, under a file name.
  package init(
    source: any ByteSource, name: String, options: ReadingOptions = ReadingOptions(),
    windowSize: Int = 1 << 18
  ) throws(FileError) {
    let found = try RecognizedInput(
      source: source, name: name, format: options.format, fallback: options.fallbackFormat,
      windowSize: windowSize)
    if options.array != nil, found.format != .npz, found.format != .safetensors {
      throw FileError.unusable(
        path: source.path,
        problem: options.namesOptions
          ? "--array is for npz and safetensors, found \(found.format.rawValue)"
          : "an array was named, but only npz and safetensors files have names of arrays")
    }
    if !options.text.isEmpty, found.format != .csv, found.format != .tsv {
      let names = options.namesOptions
      throw FileError.unusable(
        path: source.path,
        problem:
          "\(names ? "--delimiter, --decimal and --comment are" : "ReadingOptions.text is") for "
          + "csv and tsv, found \(found.format.rawValue)")
    }
    let empty = try EmptyRows.opening(found.input, found.format, options)
    let opened: any RowDecoder =
      if let empty { empty } else { try found.format.entry.open(found.input, options) }
    opened.info.isCompressed = found.isCompressed
    opened.info.auxiliary = options.auxiliary
    opened.info.isLive = source.isLive
    opened.info.takesMeans = options.onInvalid == .mean
    if options.onInvalid == .mean, options.leavesMissing {
      opened.info.missing = MissingValues(columns: opened.info.columns, means: options.means)
    }
    opened.info.leavesOutMalformed = options.leavesOut
    opened.info.notFiniteHint = options.notFiniteHint
    // A header can promise rows of any length; those of sparse formats were looked at.
    if !opened.info.isSparse {
      try DenseSize(
        cause: "the \(opened.info.format.rawValue) data", place: .wholeFile,
        dimension: opened.info.fileColumns, rows: nil
      ).check(path: source.path, options)
    }
    decoder = try ValidRows.applying(options, to: opened)
  }

  /// The rows in one of the two types.
  ///
  /// - Precondition: `Scalar` is `Float` or `Double`.
  public consuming func rows<Scalar: MatrixScalar>(
    as type: Scalar.Type = Scalar.self
  ) -> sending VectorFile<Scalar> {
    // This value is consumed: no other part of the program has the decoder.
    nonisolated(unsafe) let file = VectorFile<Scalar>(decoder: decoder)
    return file
  }
}

/// The bytes of a file and its format, as the name and the first bytes tell it.
struct RecognizedInput {
  /// The bytes of the file, those of gzip unpacked.
  let input: InputBuffer
  let format: VectorFormat
  let isCompressed: Bool

  /// - Parameters:
  ///   - format: the format if the caller gives it; otherwise the name's extension or the first
  ///     bytes tell it.
  ///   - fallback: the format of bytes that do not tell it.
  init(
    source: any ByteSource, name: String, format: VectorFormat?, fallback: VectorFormat? = nil,
    windowSize: Int = 1 << 18
  ) throws(FileError) {
    let packed = InputBuffer(source, capacity: windowSize)
    let known = format ?? VectorFormat(path: name)
    // gzip is known by its first bytes, under any name. Some formats may begin with any bytes.
    let mayBeginSo = known.map(RecognizedInput.anyBytesFirst.contains) ?? false
    var isGzip = VectorFormat.isPacked(name)
    if !isGzip {
      isGzip =
        try mayBeginSo ? GunzipSource.isHeader(packed) : packed.begins(with: GunzipSource.magic)
    }
    isCompressed = isGzip
    input = isCompressed ? InputBuffer(try GunzipSource(packed), capacity: windowSize) : packed
    if let known {
      self.format = known
    } else {
      self.format = try RecognizedInput.recognize(input) ?? fallback ?? .csv
    }
    // Other files may begin with any bytes, or say themselves what is wrong with the first ones.
    if format == nil, [.csv, .tsv, .libsvm].contains(self.format) {
      try ForeignFormat.refuse(input, isPacked: isCompressed)
    }
  }

  /// Formats that begin with a number, or with no header at all.
  private static let anyBytesFirst: [VectorFormat] = [
    .rawF32, .fvecs, .bvecs, .ivecs, .fbin, .u8bin, .i8bin,
  ]

  /// The format that the first bytes tell; `nil` where they tell none.
  private static func recognize(_ input: InputBuffer) throws(FileError) -> VectorFormat? {
    for entry in VectorFormat.table {
      if let magic = entry.magic, try input.begins(with: magic) { return entry.format }
      if let isRecognized = entry.isRecognized, try isRecognized(input) { return entry.format }
    }
    return nil
  }
}
