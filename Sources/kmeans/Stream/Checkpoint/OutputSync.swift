import Foundation
import KMeansFiles

/// Writes down for good what a file holds so far: where the power fails it is there. A handle of
/// its own, so that another thread may do it while lines are added, and after the file was closed.
final class OutputSync: Sendable {
  private let descriptor: Int32
  private let name: String

  /// - Parameters:
  ///   - file: an open file.
  ///   - name: what errors call it.
  /// - Throws: ``FileError`` where no further file can be open.
  init(_ file: Int32, _ name: String) throws(FileError) {
    self.name = name
    descriptor = fcntl(file, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else {
      throw .system(path: name, operation: "sync", code: errno)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// - Throws: ``FileError`` where the disk does not take it.
  func sync() throws(FileError) {
    while fsync(descriptor) != 0 {
      guard errno == EINTR else { throw .system(path: name, operation: "sync", code: errno) }
    }
  }
}
