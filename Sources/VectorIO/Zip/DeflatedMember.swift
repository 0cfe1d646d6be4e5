internal import KMeansFiles

/// The unpacked bytes of a deflated member. They must be as many as the directory says, use all
/// packed bytes, and have the expected checksum.
final class DeflatedMember: ByteSource {
  let path: String
  private let inflater: Inflater
  private let length: Int
  private let expected: UInt32
  private var produced = 0
  private var checksum = Checksum()
  private var isAtEnd = false

  init(_ data: ZipData, _ entry: ZipEntry) throws(FileError) {
    path = data.path
    length = entry.size
    expected = entry.checksum
    inflater = try Inflater(
      InputBuffer(data), .none, path: data.archivePath, firstByte: data.offset)
  }

  var size: Int? { nil }
  var expectedSize: Int? { length }
  var isLive: Bool { false }

  func rewind() throws(FileError) {
    try inflater.packed.rewind()
    inflater.reset()
    (produced, checksum, isAtEnd) = (0, Checksum(), false)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    if isAtEnd { return 0 }
    var count = 0
    if produced < length {
      let room = UnsafeMutableRawBufferPointer(
        rebasing: buffer[..<min(buffer.count, length - produced)])
      (count, isAtEnd) = try inflater.unpack(into: room)
      checksum.add(UnsafeRawBufferPointer(rebasing: room[..<count]))
      produced += count
      if produced < length {
        if isAtEnd {
          throw inflater.malformed(
            "the member unpacks to \(counted(produced, "byte")), expected \(length)")
        }
        return count
      }
    }
    try checkEnd()
    return count
  }

  /// Checks that no byte comes out behind the last one, and that no packed byte is left.
  private func checkEnd() throws(FileError) {
    let spare = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    defer { spare.deallocate() }
    while !isAtEnd {
      let (count, isAtEnd) = try inflater.unpack(into: spare)
      guard count == 0 else {
        throw inflater.malformed(
          "the member unpacks to more than the \(counted(length, "byte")) expected")
      }
      self.isAtEnd = isAtEnd
    }
    try inflater.packed.fill(atLeast: 1)
    guard inflater.packed.unread.isEmpty else {
      throw inflater.malformed("bytes after the end of the deflate data; expected none")
    }
    guard checksum.value == expected else {
      throw .malformed(path: path, place: .byte(length), problem: "CRC mismatch")
    }
  }
}
