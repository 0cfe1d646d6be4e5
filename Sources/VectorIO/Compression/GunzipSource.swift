internal import KMeansCZlib
internal import KMeansFiles

/// What a gzip file unpacks to: one or more members, whose checksums zlib checks.
///
/// The memory it takes does not depend on how much comes out.
final class GunzipSource: ByteSource {
  static let magic: [UInt8] = [0x1f, 0x8b]

  private let packed: InputBuffer
  private let stream: UnsafeMutablePointer<z_stream>
  private var produced = 0
  private enum State { case beforeMember, inMember, atEnd }
  private var state = State.beforeMember

  /// - Parameter packed: stands at the first byte of the file.
  init(_ packed: InputBuffer) throws(FileError) {
    self.packed = packed
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 bits of window, and 16 more for gzip's header and trailer.
    guard kmeans_inflateInit2(stream, 15 + 16) == Z_OK else {
      throw .system(path: packed.source.path, operation: "unpack", code: outOfMemory)
    }
    guard try packed.begins(with: GunzipSource.magic) else {
      throw malformed("expected gzip data, found something else", at: 0)
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  var path: String { packed.source.path }
  var size: Int? { nil }
  var isLive: Bool { packed.source.isLive }

  /// By what the part that is unpacked so far became.
  var expectedSize: Int? {
    if state == .atEnd { return produced }
    guard let size = packed.source.size, packed.offset > 0 else { return nil }
    return Int(clamping: Int64(Double(produced) / Double(packed.offset) * Double(size)))
  }

  func read(at offset: Int, into: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    preconditionFailure("what is packed has no positions")
  }

  func rewind() throws(FileError) {
    try packed.rewind()
    inflateReset(stream)
    (produced, state) = (0, .beforeMember)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while state != .atEnd {
      if state == .beforeMember { try beginMember() }
      if state == .inMember {
        let count = try inflate(into: buffer)
        produced += count
        if count > 0 { return count }
      }
    }
    return 0
  }

  /// Unpacks until the room is full, the member ends, or more of the file is needed.
  private func inflate(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
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
      if status == Z_STREAM_END {
        state = .beforeMember
        return count
      }
      // Z_BUF_ERROR says only that there was nothing to do: more input is needed.
      guard status == Z_OK || status == Z_BUF_ERROR else { throw damage(status) }
      if count > 0, packed.unread.isEmpty || count == room { return count }
      guard try packed.fill() else {
        throw malformed("the gzip data ends here, in the middle of a member", at: packed.offset)
      }
    }
  }

  /// After a member: another one, padding of zeros, or the end.
  private func beginMember() throws(FileError) {
    if try packed.begins(with: GunzipSource.magic) {
      inflateReset(stream)
      state = .inMember
      return
    }
    repeat {
      if let place = packed.unread.firstIndex(where: { $0 != 0 }) {
        throw malformed(
          "expected the end of the gzip data or another member, found other bytes",
          at: packed.offset + place)
      }
      packed.consume(packed.unread.count)
    } while try packed.fill()
    state = .atEnd
  }

  private func damage(_ status: Int32) -> FileError {
    if status == Z_MEM_ERROR { return .system(path: path, operation: "unpack", code: outOfMemory) }
    let message = stream.pointee.msg.map { String(cString: $0) } ?? "damaged data"
    let problem =
      switch message {
      case "incorrect data check": "gzip: CRC mismatch"
      case "incorrect length check": "gzip: length mismatch"
      default: "gzip: \(message)"
      }
    return malformed(problem, at: packed.offset)
  }

  private func malformed(_ problem: String, at byte: Int) -> FileError {
    .malformed(path: path, place: .byte(byte), problem: problem)
  }
}

/// `ENOMEM`, the same on every system, without the import of one.
private let outOfMemory: Int32 = 12
