internal import KMeansFiles

/// Bytes of which the name and the first of them have said what they are.
struct RecognizedInput {
  /// What gzip packed is unpacked here.
  let input: InputBuffer
  let format: VectorFormat
  let isCompressed: Bool

  /// - Parameter format: the format where it is given; else the name's extension says it, or the first
  ///   bytes.
  init(
    source: any ByteSource, name: String, format: VectorFormat?, windowSize: Int = 1 << 18
  ) throws(FileError) {
    let packed = InputBuffer(source, capacity: windowSize)
    var stem = Substring(name)
    let isNamedGzip = name.lowercased().hasSuffix(".gz")
    if isNamedGzip { stem = stem.dropLast(3) }
    let named = VectorFormat(extension: RecognizedInput.fileExtension(of: stem))
    // A file whose name says what it is must be that; of all else the first bytes decide.
    var isGzip = isNamedGzip
    if !isGzip, source.isLive || named == nil {
      isGzip = try packed.begins(with: GunzipSource.magic)
    }
    input = isGzip ? InputBuffer(try GunzipSource(packed), capacity: windowSize) : packed
    isCompressed = isGzip
    if let known = format ?? named {
      self.format = known
    } else {
      self.format = try RecognizedInput.recognize(input)
    }
  }

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
