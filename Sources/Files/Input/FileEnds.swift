private import KMeansCLibrary

/// The checksums of the first and of the last bytes of what a file holds: whether it is still the
/// same can be asked without reading all of it. What is changed between them is not found.
package struct FileEnds: Sendable, Hashable, Codable {
  private let first: UInt32
  private let last: UInt32

  /// How many bytes there are at each end, at most.
  package static let size = 1 << 16

  /// Those of the first `length` bytes of a file, which it may have others behind.
  ///
  /// - Parameter path: `-` for the standard input, wherever that has been read to.
  /// - Returns: `nil` where it is no regular file that can be read, or has fewer bytes.
  /// - Complexity: O(1).
  package init?(of path: String, length: Int) {
    let isStandardInput = path == "-"
    let descriptor =
      isStandardInput ? STDIN_FILENO : openFile(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0)
    guard descriptor >= 0 else { return nil }
    defer { if !isStandardInput { close(descriptor) } }
    guard let status = FileStatus(descriptor: descriptor), status.isRegularFile,
      status.size >= length
    else { return nil }
    let count = min(length, Self.size)
    guard let first = Self.checksum(of: descriptor, at: 0, count),
      let last = Self.checksum(of: descriptor, at: length - count, count)
    else { return nil }
    (self.first, self.last) = (first, last)
  }

  private static func checksum(of descriptor: Int32, at offset: Int, _ count: Int) -> UInt32? {
    withUnsafeTemporaryAllocation(byteCount: max(count, 1), alignment: 8) { buffer in
      var done = 0
      while done < count {
        let read = uninterrupted {
          pread(descriptor, buffer.baseAddress! + done, count - done, off_t(offset + done))
        }
        guard read > 0 else { return nil }
        done += read
      }
      var checksum = Checksum()
      checksum.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      return checksum.value
    }
  }
}
