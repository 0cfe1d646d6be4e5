import KMeansFiles
import Testing

/// Some bytes, then others again and again, then an end: more than anybody holds, or a file that
/// says so. It notes the largest room that was offered for what comes next, which grows as a window
/// does.
final class EndlessSource: ByteSource {
  let path = "memory"
  let size: Int?
  let isLive: Bool
  private let begin: [UInt8]
  private let again: [UInt8]
  /// What comes again and again, as often as a read takes.
  private let block: [UInt8]
  private let length: Int
  private let end: [UInt8]
  private var position = 0
  private(set) var largestRoom = 0

  /// - Parameters:
  ///   - length: how many bytes are made of those that come again and again; of less than `Int.max`
  ///     the end follows.
  ///   - size: what the file says of itself.
  init(
    _ begin: String, _ again: String, length: Int = .max, _ end: String = "", size: Int? = nil,
    isLive: Bool = false
  ) {
    (self.begin, self.again, self.end) = (Array(begin.utf8), Array(again.utf8), Array(end.utf8))
    block = Self.block(of: self.again)
    (self.length, self.size, self.isLive) = (length, size, isLive)
  }

  init(_ begin: [UInt8], again: [UInt8], size: Int) {
    (self.begin, self.again, self.end) = (begin, again, [])
    block = Self.block(of: again)
    (length, self.size, isLive) = (.max, size, false)
  }

  private static func block(of bytes: [UInt8]) -> [UInt8] {
    Array(repeatElement(bytes, count: 1 << 16 / bytes.count + 2).joined())
  }

  var expectedSize: Int? { size }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let count = read(from: position, into: buffer)
    position += count
    return count
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    read(from: offset, into: buffer)
  }

  private func read(from offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    largestRoom = max(largestRoom, buffer.count)
    var bytes: ArraySlice<UInt8>
    let place = offset - begin.count
    if place < 0 {
      bytes = begin[offset...]
    } else if place < length {
      bytes = block.dropFirst(place % again.count).prefix(min(1 << 16, length - place))
    } else {
      bytes = end.dropFirst(place - length)
    }
    bytes = bytes.prefix(buffer.count)
    buffer.copyBytes(from: bytes)
    return bytes.count
  }

  func seek(to offset: Int) { position = offset }
  func rewind() throws(FileError) { position = 0 }
}
