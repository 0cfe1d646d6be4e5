private import KMeansCLibrary

/// A lock on a name against other processes that ask for it, by a file of that name. It ends with
/// ``release()`` or with the process, however that ends: a file that is left behind locks nothing.
package final class FileLock {
  private let path: String
  private var descriptor: Int32

  /// - Parameter path: the name of the file, which is made and goes with the lock.
  /// - Returns: `nil` where another process has the lock.
  /// - Throws: ``FileError`` where there can be no such file, or there is something else.
  package init?(_ path: String) throws(FileError) {
    self.path = path
    descriptor = -1
    while true {
      let opened = openFile(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o666)
      guard opened >= 0 else { throw .system(path: path, operation: "lock", code: errno) }
      // What somebody else has put there must not go with the lock.
      do throws(FileError) { try FileStatus(descriptor: opened)?.checkIsRegularFile(path) } catch {
        close(opened)
        throw error
      }
      // Some file systems have no locks.
      guard lockExclusively(opened) || errno != EWOULDBLOCK else {
        close(opened)
        return nil
      }
      // The process that had the lock may have removed the file meanwhile.
      if let own = FileStatus(descriptor: opened)?.identity, own == FileStatus(of: path)?.identity {
        descriptor = opened
        return
      }
      close(opened)
    }
  }

  deinit { release() }

  /// Ends the lock and removes the file.
  package func release() {
    guard descriptor >= 0 else { return }
    // While nobody else can have the lock.
    removeFile(path)
    close(descriptor)
    descriptor = -1
  }
}
