internal import KMeansCZlib
internal import KMeansFiles

/// Unpacks deflated data, a member of a file at a time, in memory that does not depend on how much
/// comes out.
final class Inflater {
  /// The header and trailer around the deflated data, as zlib's `windowBits` say it.
  enum Wrapping: Int32 {
    /// Header and trailer of gzip, which zlib reads and checks.
    case gzip = 31
    /// No header and no trailer, as in ZIP archives.
    case none = -15
  }

  /// The packed bytes.
  let packed: InputBuffer
  private let stream: UnsafeMutablePointer<z_stream>
  private let name: String
  private let path: String
  private let firstByte: Int

  /// - Parameters:
  ///   - packed: stands at the first byte of a member.
  ///   - path: the file that messages are about, and `firstByte` where in it the packed bytes
  ///     begin.
  init(
    _ packed: InputBuffer, _ wrapping: Wrapping, path: String, firstByte: Int = 0
  ) throws(FileError) {
    self.packed = packed
    self.path = path
    self.firstByte = firstByte
    name = wrapping == .gzip ? "gzip" : "deflate"
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard kmeans_inflateInit2(stream, wrapping.rawValue) == Z_OK else {
      throw .system(path: path, operation: "unpack", code: outOfMemory)
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Begins another member.
  func reset() { inflateReset(stream) }

  /// Unpacks until the room is full, the member ends, or more of the file is needed.
  ///
  /// - Returns: the unpacked bytes, at least one unless the member is at its end.
  func unpack(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> (count: Int, isAtEnd: Bool) {
    let room = min(buffer.count, 1 << 30)
    stream.pointee.next_out = buffer.baseAddress!.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = uInt(room)
    while true {
      let bytes = packed.unread
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
      let available = min(bytes.count, 1 << 30)
      stream.pointee.avail_in = uInt(available)
      let status = KMeansCZlib.inflate(stream, Z_NO_FLUSH)
      packed.consume(available - Int(stream.pointee.avail_in))
      let count = room - Int(stream.pointee.avail_out)
      if status == Z_STREAM_END { return (count, true) }
      // Z_BUF_ERROR says only that zlib made no progress: more input is needed.
      guard status == Z_OK || status == Z_BUF_ERROR else { throw damage(status) }
      if count > 0, packed.unread.isEmpty || count == room { return (count, false) }
      guard try packed.fill() else {
        throw malformed("the \(name) data ends here, in the middle of a member")
      }
    }
  }

  /// The error of bad packed bytes, at the next of them or `count` bytes behind it.
  func malformed(_ problem: String, after count: Int = 0) -> FileError {
    .malformed(
      path: path, place: .byte(firstByte + packed.offset + count), problem: problem)
  }

  private func damage(_ status: Int32) -> FileError {
    if status == Z_MEM_ERROR { return .system(path: path, operation: "unpack", code: outOfMemory) }
    let message = stream.pointee.msg.map { String(cString: $0) } ?? "damaged data"
    switch message {
    case "incorrect data check": return malformed("\(name): CRC mismatch")
    case "incorrect length check": return malformed("\(name): length mismatch")
    default: return malformed("\(name): \(message)")
    }
  }
}

/// `ENOMEM`, the same on every system, without the import of one.
let outOfMemory: Int32 = 12
