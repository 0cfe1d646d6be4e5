internal import KMeansFiles

/// Arrays as the safetensors files of language models and embeddings have them: the length of a
/// header, a little-endian uint64, the header, JSON, and the values of all arrays, one behind the
/// other. One array of one or two dimensions is read.
///
/// The format: <https://huggingface.co/docs/safetensors>.
enum Safetensors {
  /// The bytes before the header.
  static let lengthSize = 8
  /// The longest header, in bytes, as in the reader of the format's authors.
  static let longestHeader = 100_000_000
  /// How many arrays a message lists.
  private static let shown = 10

  /// Whether a file begins like one of these. A pipe is not asked for the bytes that it takes to
  /// know: a short first row of text may be all that comes for long.
  @Sendable static func isRecognized(_ input: InputBuffer) throws(FileError) -> Bool {
    if input.source.isLive { return false }
    for count in 1...lengthSize {
      try input.fill(atLeast: count)
      guard input.unread.count >= count else { return false }
      // The length is below 2 to the power of 27.
      if count > 4, input.unread[count - 1] != 0 { return false }
    }
    guard (2...longestHeader).contains(headerLength(input)) else { return false }
    try input.fill(atLeast: lengthSize + 2)
    guard input.unread.count >= lengthSize + 2 else { return false }
    return input.unread[lengthSize] == UInt8(ascii: "{")
      && [UInt8(ascii: "\""), UInt8(ascii: "}"), 0x20].contains(input.unread[lengthSize + 1])
  }

  private static func headerLength(_ input: InputBuffer) -> Int {
    let length = UInt64(littleEndian: input.unread.loadUnaligned(as: UInt64.self))
    return Int(clamping: length)
  }

  @Sendable static func open(
    _ input: InputBuffer, _ options: ReadingOptions
  ) throws(FileError) -> any RowDecoder {
    let path = input.source.path
    func malformed(_ byte: Int, _ problem: String) -> FileError {
      input.malformed(.byte(byte), problem)
    }
    try input.need(lengthSize, "a header length of \(lengthSize) bytes")
    let length = headerLength(input)
    guard (2...longestHeader).contains(length) else {
      throw malformed(
        0, "a header of \(counted(length, "byte")), expected 2 to \(longestHeader)")
    }
    let dataOffset = lengthSize + length
    if let size = input.source.size, size < dataOffset {
      throw malformed(
        0,
        "a header of \(counted(length, "byte")) does not fit into a file of "
          + counted(size, "byte"))
    }
    try input.need(dataOffset, "a header of \(length) bytes")
    let header = Array(input.unread[lengthSize..<dataOffset])
    var cursor = HeaderCursor(
      header, offset: lengthSize, path: path, blanks: HeaderCursor.jsonBlanks)
    let tensors = try cursor.tensors()
    try Tensor.checkPlaces(tensors, dataOffset: dataOffset, of: input.source)
    let tensor = try choose(tensors, path, options)
    let rows = try open(tensor, behind: dataOffset, input, options)
    rows.info.arrayNames = tensors.map(\.name)
    return rows
  }

  /// The array that is asked for, or the only one.
  private static func choose(
    _ tensors: [Tensor], _ path: String, _ options: ReadingOptions
  ) throws(FileError) -> Tensor {
    func list() -> String {
      let some = tensors.prefix(shown).map(\.description).joined(separator: ", ")
      return some + (tensors.count > shown ? " and \(tensors.count - shown) more" : "")
    }
    guard let first = tensors.first else {
      throw .malformed(path: path, place: .wholeFile, problem: "no arrays, expected at least one")
    }
    if let name = options.array {
      if let found = tensors.first(where: { $0.name == name }) { return found }
      throw .unusable(path: path, problem: "there is no array \(quoted(name)) among \(list())")
    }
    guard tensors.count == 1 else {
      throw .unusable(
        path: path,
        problem: "there are \(tensors.count) arrays, \(list()): \(options.arrayHint) chooses one")
    }
    return first
  }

  private static func open(
    _ tensor: Tensor, behind dataOffset: Int, _ input: InputBuffer, _ options: ReadingOptions
  ) throws(FileError) -> any RowDecoder {
    let source = input.source
    guard let type = tensor.type else {
      throw .unusable(
        path: source.path,
        problem:
          "the array \(quoted(tensor.name)) has values of type \(tensor.typeName), which are "
          + "not read: expected \(Tensor.readTypes)")
    }
    guard (1...2).contains(tensor.shape.count), tensor.shape.count == 1 || tensor.shape[1] > 0
    else {
      throw .unusable(
        path: source.path,
        problem: "the array \(quoted(tensor.name)) has the shape \(tensor.shape), expected 2 "
          + "dimensions (rows, columns) or 1 (rows), and a column")
    }
    let columns = tensor.shape.count == 2 ? tensor.shape[1] : 1
    let start = dataOffset + tensor.places.lowerBound
    var layout = try RowLayout(
      input, type: type, columns: columns, dataOffset: start, place: .byte(tensor.offset))
    layout.endsInput = false
    let info = VectorFileInfo(
      path: source.path, format: .safetensors, precision: type.precision,
      valueType: tensor.typeName, rows: tensor.shape[0], fileColumns: columns)
    if source.size == nil { try input.skip(start) } else { input.seek(to: start) }
    return try ColumnPicker.applying(options, to: BinaryRows(input, layout, info: info))
  }
}
