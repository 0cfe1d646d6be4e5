import KMeansFiles
import Testing

/// A file in memory that notes what is asked of it. Archives are read straight into the memory of
/// what they hold, so the room that comes with a read is the memory that was taken for it.
final class ArchiveBytes: ByteSource {
  let path = "fuzz"
  private let bytes: [UInt8]
  /// The largest room beyond the end of the file, and all rooms together.
  private(set) var roomBeyondEnd = 0
  private(set) var roomInAll = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var size: Int? { bytes.count }
  var expectedSize: Int? { bytes.count }
  var isLive: Bool { false }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    throw .unusable(path: path, problem: "archives are read by position")
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    roomBeyondEnd = max(roomBeyondEnd, offset + buffer.count - bytes.count)
    roomInAll += buffer.count
    guard offset >= 0, offset <= bytes.count else {
      Issue.record("byte \(offset) of \(bytes.count)")
      return 0
    }
    let count = min(buffer.count, bytes.count - offset)
    buffer.copyBytes(from: bytes[offset..<offset + count])
    return count
  }

  func seek(to offset: Int) {}
  func rewind() throws(FileError) {}
}
