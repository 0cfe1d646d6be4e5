private import KMeansCLibrary

/// The status of the file that a path or a descriptor leads to, links followed.
package struct FileStatus: Sendable {
  /// The identity of the file itself, the same for all its names.
  package struct Identity: Sendable, Hashable {
    let device: UInt64
    let inode: UInt64
  }

  package let identity: Identity
  package let isRegularFile: Bool
  package let isFolder: Bool

  /// Asks the system; `nil` where `errno` says why there is no answer.
  package init?(of path: String) {
    guard let status = status(of: path) else { return nil }
    self.init(status)
  }

  /// The same for a descriptor.
  package init?(descriptor: Int32) {
    var status = stat()
    guard uninterrupted({ fstat(descriptor, &status) }) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      inode: UInt64(truncatingIfNeeded: status.st_ino))
    isRegularFile = status.isRegularFile
    isFolder = status.isDirectory
  }

  /// Whether the process may read the file of a path; `errno` says why not.
  package static func isReadable(_ path: String) -> Bool { isAccessible(path, R_OK) }

  /// Whether the process may write the file of a path; `errno` says why not.
  package static func isWritable(_ path: String) -> Bool { isAccessible(path, W_OK) }

  /// The path of a file without links and `..`; `nil` where there is no file.
  package static func realPath(of path: String) -> String? {
    guard let real = FileName.withBytes(of: path, { realpath($0, nil) }) else { return nil }
    defer { free(real) }
    return FileName.text(real)
  }
}
