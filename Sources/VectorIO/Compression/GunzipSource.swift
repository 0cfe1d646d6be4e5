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
