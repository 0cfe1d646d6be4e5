internal import KMeansFiles

/// The bytes of a member as they lie in the archive.
final class ZipData: ByteSource {
  let path: String
  /// The place of the first byte in the archive.
  let offset: Int
  let archivePath: String
  private let length: Int
  private let source: any ByteSource
  private var position = 0

  /// - Parameter name: the name of the member in messages.
  init(_ zip: ZipBytes, _ offset: Int, _ length: Int, name: String) {
    source = zip.source
    archivePath = zip.path
    path = name
    self.offset = offset
    self.length = length
  }

  var size: Int? { length }
  var expectedSize: Int? { length }
  var isLive: Bool { false }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let count = try read(at: position, into: buffer)
    position += count
    return count
  }

  func read(at place: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let count = min(buffer.count, max(0, length - place))
    guard count > 0 else { return 0 }
    return try source.read(
      at: offset + place, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
  }

  func seek(to offset: Int) { position = offset }
  func rewind() throws(FileError) { position = 0 }
}
