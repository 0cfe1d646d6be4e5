// Archives that a program keeps where it likes: in a database, say, or an object store.
extension Archive {
  /// Reads an archive from the bytes that ``encoded()`` made, or that a file holds.
  ///
  /// - Throws: ``FileError/malformed(path:place:problem:)`` with the byte where they are not an
  ///   archive of this kind and version, are cut off, or were changed.
  /// - Complexity: O(bytes).
  package init(bytes: [UInt8], kind: String) throws(FileError) {
    try self.init(readingFrom: BytesInMemory(bytes, path: Self.inMemory), kind: kind)
  }

  /// What error messages say in place of the name of a file.
  static let inMemory = "an archive in memory"
}

/// Bytes that are read by position, as those of a file.
private final class BytesInMemory: ByteSource {
  let path: String
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  var size: Int? { bytes.count }
  var expectedSize: Int? { size }
  var isLive: Bool { false }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = read(at: position, into: buffer)
    position += count
    return count
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = max(0, min(buffer.count, bytes.count - offset))
    if count > 0 { buffer.copyBytes(from: bytes[offset..<offset + count]) }
    return count
  }

  func seek(to offset: Int) { position = offset }
  func rewind() { position = 0 }
}
