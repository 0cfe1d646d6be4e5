internal import KMeansFiles

/// Bytes of which the name and the first of them have said what they are.
struct RecognizedInput {
  /// What gzip packed is unpacked here.
  let input: InputBuffer
  let format: VectorFormat
  let isCompressed: Bool

  /// - Parameters:
  ///   - format: the format where it is given; else the name's extension says it, or the first
  ///     bytes.
  ///   - fallback: the format of bytes that say nothing.
  init(
    source: any ByteSource, name: String, format: VectorFormat?, fallback: VectorFormat? = nil,
    windowSize: Int = 1 << 18
  ) throws(FileError) {
    let packed = InputBuffer(source, capacity: windowSize)
    let known = format ?? VectorFormat(path: name)
    // gzip is known by its first bytes, whatever it is named. Some formats may begin with any
    // bytes.
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

  /// The format that the bytes begin like, if they say one.
  private static func recognize(_ input: InputBuffer) throws(FileError) -> VectorFormat? {
    for entry in VectorFormat.table {
      if let magic = entry.magic, try input.begins(with: magic) { return entry.format }
      if let isRecognized = entry.isRecognized, try isRecognized(input) { return entry.format }
    }
    return nil
  }
}
