internal import KMeansFiles

/// A member that lies in the archive as it is, and can be read from any position on.
///
/// Its checksum is compared once its last byte has been read, if all before it were read in order
/// at one time or another. A read by position, as of Fortran-ordered arrays, checks the whole
/// member first; reading rows in any other order checks none of it.
final class StoredMember: ByteSource {
  private let data: ZipData
  private let length: Int
  private let expected: UInt32
  private var position = 0
  /// The checksum of the first bytes, as many as have come in order.
  private var checksum = Checksum()
  private var checkedCount = 0
  /// The bytes that are added to the checksum at a time, while they are in the cache.
  private static let pieceLength = 1 << 18

  init(_ data: ZipData, _ expected: UInt32) {
    self.data = data
    self.expected = expected
    length = data.size ?? 0
  }

  var path: String { data.path }
  var size: Int? { length }
  var expectedSize: Int? { length }
  var isLive: Bool { false }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let part = UnsafeMutableRawBufferPointer(
      rebasing: buffer[..<min(buffer.count, StoredMember.pieceLength)])
    let count = try data.read(at: position, into: part)
    try check(UnsafeRawBufferPointer(rebasing: part[..<count]), at: position)
    position += count
    return count
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    try checkAll()
    return try data.read(at: offset, into: buffer)
  }

  func seek(to offset: Int) { position = offset }
  func rewind() throws(FileError) { position = 0 }

  /// Takes bytes into account of which the first ones are perhaps known, and compares at the end.
  private func check(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
    if offset <= checkedCount, checkedCount < offset + bytes.count {
      checksum.add(UnsafeRawBufferPointer(rebasing: bytes[(checkedCount - offset)...]))
      checkedCount = offset + bytes.count
    }
    if checkedCount == length, checksum.value != expected {
      throw .malformed(path: path, place: .byte(length), problem: "CRC mismatch")
    }
  }

  private func checkAll() throws(FileError) {
    guard checkedCount < length else { return }
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: StoredMember.pieceLength, alignment: 64)
    defer { memory.deallocate() }
    while checkedCount < length {
      let count = try data.read(at: checkedCount, into: memory)
      if count == 0 { return }
      try check(UnsafeRawBufferPointer(rebasing: memory[..<count]), at: checkedCount)
    }
  }
}

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
