internal import KMeansFiles
internal import KMeansLinearAlgebra

/// The numbers of one array of an archive, taken from the first to the last: memory for a window on
/// them, whatever the header promises.
final class NumberArray {
  /// The array, as messages name it: the archive, and the name in quotes.
  let path: String
  let type: NumberType
  let typeName: String
  let count: Int
  /// Whether the file proves that there are as many.
  let isProven: Bool
  private let input: InputBuffer
  private let dataOffset: Int
  private var taken = 0

  /// The numbers that are taken at most at a time.
  static let most = 1 << 12

  /// - Throws: ``FileError`` where the member is no array of one dimension, or not as long as its
  ///   header says.
  init(_ entry: ZipEntry, in zip: ZipBytes) throws(FileError) {
    input = InputBuffer(try entry.open(in: zip))
    path = input.source.path
    isProven = input.source.size != nil
    // What is deflated becomes 1032 times as long at most.
    if !isProven, entry.size / 1032 > entry.packedSize + 64 {
      throw input.malformed(
        .wholeFile,
        "\(counted(entry.packedSize, "byte")) cannot unpack to the \(entry.size) that are promised")
    }
    let header = try NPYHeader(input)
    guard header.columns == 1 else {
      throw input.malformed(
        .byte(header.shapeOffset),
        "an array of \(header.rows) x \(header.columns), expected one dimension")
    }
    let end = header.dataOffset + header.dataLength
    guard entry.size == end else {
      throw input.malformed(
        .byte(min(end, entry.size)),
        "\(counted(entry.size - header.dataOffset, "byte")) of data, expected \(header.dataLength) "
          + "(\(header.rows) values of type \(header.typeName))")
    }
    (type, typeName, count) = (header.type, header.typeName, header.rows)
    dataOffset = header.dataOffset
  }

  /// Refuses numbers that are not whole.
  func requireIntegers() throws(FileError) {
    guard type.kind == .integer || type.kind == .unsigned else {
      throw input.malformed(
        .wholeFile, "values of type \(quoted(typeName)), expected whole numbers")
    }
  }

  /// Goes back to the first number.
  func rewind() throws(FileError) {
    if isProven {
      input.seek(to: dataOffset)
    } else {
      try input.rewind()
      try input.skip(dataOffset)
    }
    taken = 0
  }

  /// Takes the next whole numbers; one that no `Int` holds becomes the nearest.
  ///
  /// - Precondition: they are whole, at most ``most``, and there are as many.
  func takeIntegers(_ count: Int, into target: UnsafeMutablePointer<Int>) throws(FileError) {
    try take(count) { bytes in
      let swaps = type.needsSwap
      switch (type.kind, type.size) {
      case (.integer, 1): widen(Int8.self, bytes, count, false, target)
      case (.integer, 2): widen(Int16.self, bytes, count, swaps, target)
      case (.integer, 4): widen(Int32.self, bytes, count, swaps, target)
      case (.integer, _): widen(Int64.self, bytes, count, swaps, target)
      case (_, 1): widen(UInt8.self, bytes, count, false, target)
      case (_, 2): widen(UInt16.self, bytes, count, swaps, target)
      case (_, 4): widen(UInt32.self, bytes, count, swaps, target)
      default: widen(UInt64.self, bytes, count, swaps, target)
      }
    }
  }

  /// Takes the next values, each rounded once.
  ///
  /// - Precondition: at most ``most``, and there are as many.
  func takeValues<Scalar: ReadableScalar>(
    _ count: Int, into target: UnsafeMutablePointer<Scalar>
  ) throws(FileError) {
    try take(count) { Conversion.convert($0, type, count: count, to: target) }
  }

  private func take(
    _ count: Int, _ convert: (UnsafeRawPointer) -> Void
  ) throws(FileError) {
    precondition(count <= min(Self.most, self.count - taken), "more numbers than there are")
    let length = count * type.size
    try input.fill(atLeast: length)
    guard input.unread.count >= length else {
      throw input.malformed(.byte(input.offset + input.unread.count), "the data ends here")
    }
    if let bytes = input.unread.baseAddress { convert(bytes) }
    input.consume(length)
    taken += count
    // Reading on to the end compares the checksum.
    if taken == self.count { try input.fill(atLeast: 1) }
  }

  /// The error of the numbers as a whole.
  func malformed(_ problem: String) -> FileError { input.malformed(.wholeFile, problem) }
}

@inline(__always)
private func widen<Raw: FixedWidthInteger>(
  _ raw: Raw.Type, _ source: UnsafeRawPointer, _ count: Int, _ swaps: Bool,
  _ target: UnsafeMutablePointer<Int>
) {
  for index in 0..<count {
    let number = source.loadUnaligned(
      fromByteOffset: index * MemoryLayout<Raw>.size, as: Raw.self)
    target[index] = Int(clamping: swaps ? number.byteSwapped : number)
  }
}
