internal import KMeansFiles

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
