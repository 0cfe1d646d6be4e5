internal import KMeansCZlib
internal import KMeansFiles

/// The unpacked bytes of a gzip file: one or more members, whose checksums zlib checks.
final class GunzipSource: ByteSource {
  static let magic: [UInt8] = [0x1f, 0x8b]
  /// The largest padding, in bytes: tapes pad by some kilobytes; a file of holes goes on for years.
  static let longestPadding = 64 << 20

  private let packed: InputBuffer
  private let inflater: Inflater
  private var produced = 0
  private enum State { case beforeMember, inMember, atEnd }
  private var state = State.beforeMember

  /// - Parameter packed: stands at the first byte of the file.
  init(_ packed: InputBuffer) throws(FileError) {
    self.packed = packed
    inflater = try Inflater(packed, .gzip, path: packed.source.path)
    guard try packed.begins(with: GunzipSource.magic) else {
      guard !packed.unread.isEmpty else {
        throw .malformed(
          path: packed.source.path, place: .wholeFile,
          problem: "the file is empty, expected gzip data")
      }
      throw inflater.malformed("expected gzip data, found something else")
    }
  }

  /// Whether bytes are the header of a gzip member in all that it says, not only by its first two
  /// bytes (RFC 1952): the method, flags of which three are zero, the effort, the system.
  static func isHeader(_ input: InputBuffer) throws(FileError) -> Bool {
    guard try input.begins(with: magic + [8]) else { return false }
    try input.fill(atLeast: 10)
    let bytes = input.unread
    return bytes.count >= 10 && bytes[3] < 0x20 && [0, 2, 4].contains(bytes[8])
      && (bytes[9] <= 13 || bytes[9] == 255)
  }

  var path: String { packed.source.path }
  var size: Int? { nil }
  var isLive: Bool { packed.source.isLive }

  /// The unpacked size, extrapolated from the part that is unpacked so far.
  var expectedSize: Int? {
    if state == .atEnd { return produced }
    guard let size = packed.source.size, packed.offset > 0 else { return nil }
    // A file of 2^60 bytes unpacks to more than an Int can say.
    return Int(min(Double(produced) / Double(packed.offset) * Double(size), 0x1p62))
  }

  func rewind() throws(FileError) {
    try packed.rewind()
    inflater.reset()
    (produced, state) = (0, .beforeMember)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while state != .atEnd {
      if state == .beforeMember { try beginMember() }
      if state == .inMember {
        let (count, isAtEnd) = try inflater.unpack(into: buffer)
        if isAtEnd { state = .beforeMember }
        produced += count
        if count > 0 { return count }
      }
    }
    return 0
  }

  /// Begins the next member, or finds the end behind a padding of zeros.
  private func beginMember() throws(FileError) {
    if try packed.begins(with: GunzipSource.magic) {
      inflater.reset()
      state = .inMember
      return
    }
    var padding = 0
    repeat {
      if let place = packed.unread.firstIndex(where: { $0 != 0 }) {
        throw inflater.malformed(
          "expected the end of the gzip data or another member, found other bytes", after: place)
      }
      padding += packed.unread.count
      packed.consume(packed.unread.count)
      guard padding <= GunzipSource.longestPadding else {
        throw inflater.malformed(
          "more than \(GunzipSource.longestPadding >> 20) MiB of zeros after the gzip data, "
            + "expected its end", after: GunzipSource.longestPadding - padding)
      }
    } while try packed.fill()
    state = .atEnd
  }
}

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
        throw malformed(
          "the \(name) data ends here, in the middle of a member: the file is not whole")
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
