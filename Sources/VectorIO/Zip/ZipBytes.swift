internal import KMeansFiles

/// The bytes of a ZIP archive, read by position.
///
/// The format: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>.
struct ZipBytes {
  let source: any ByteSource
  let size: Int

  /// - Throws: ``FileError/unusable(path:problem:)`` for a source without positions.
  init(_ source: any ByteSource) throws(FileError) {
    guard let size = source.size else {
      throw .unusable(
        path: source.path,
        problem: "npz is read from its end: expected a regular file, not a pipe or gzip data")
    }
    self.source = source
    self.size = size
  }

  var path: String { source.path }

  /// Reads some bytes; too few are an error.
  ///
  /// - Parameter what: their name in the message where the file ends too early.
  func bytes(_ what: String, at offset: Int, count: Int) throws(FileError) -> ZipRecord {
    guard offset >= 0, offset <= size, count <= size - offset else {
      throw malformed(offset, "expected \(what), which is beyond the end of the file")
    }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 8)
    defer { memory.deallocate() }
    let found = try source.read(at: offset, into: memory)
    guard found == count else {
      throw malformed(offset + found, "the file ends here, within \(what)")
    }
    return ZipRecord(bytes: Array(memory), offset: offset)
  }

  /// Bytes that must begin with a signature.
  func record(
    _ what: String, at offset: Int, count: Int, signature: UInt32
  ) throws(FileError) -> ZipRecord {
    let record = try bytes(what, at: offset, count: count)
    guard record.number32(0) == signature else { throw malformed(offset, "expected \(what)") }
    return record
  }

  func malformed(_ byte: Int, _ problem: String) -> FileError {
    .malformed(path: path, place: .byte(byte), problem: problem)
  }
}

/// Some bytes of an archive with the little-endian numbers in them.
struct ZipRecord {
  let bytes: [UInt8]
  /// The place of the bytes in the archive.
  let offset: Int

  func number16(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }

  func number32(_ place: Int) -> UInt32 {
    UInt32(number16(place)) | UInt32(number16(place + 2)) << 16
  }

  /// A size or an offset; one too large for any file becomes the largest number.
  func number64(_ place: Int) -> Int {
    Int(clamping: UInt64(number32(place)) | UInt64(number32(place + 4)) << 32)
  }
}
