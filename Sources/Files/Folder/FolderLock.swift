private import KMeansCLibrary

/// A lock on a folder against other processes that ask for it, which ends with this object, or with
/// the process, however that ends.
package final class FolderLock: Sendable {
  private let descriptor: Int32

  /// - Returns: `nil` where another process has the lock.
  /// - Throws: ``FileError/system(path:operation:code:)`` where there is no such folder; a link to
  ///   one is none.
  package init?(_ path: String) throws(FileError) {
    descriptor = openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw .system(path: path, operation: "open", code: errno) }
    if lockExclusively(descriptor) { return }
    // Some file systems have no locks.
    guard errno == EWOULDBLOCK else { return }
    return nil
  }

  deinit { close(descriptor) }
}
