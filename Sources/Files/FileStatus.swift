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
  /// Whether it is a link itself; only of ``init(ofLink:)``.
  package let isLink: Bool
  /// What it is, in words: `a pipe`.
  package let kind: String
  /// The size, in bytes.
  package let size: Int
  /// The time of the last change of the contents, in nanoseconds since 1970.
  package let modified: Int
  /// Whether it belongs to the user that the process runs as, and no other user may look into it.
  package let isPrivate: Bool

  /// Asks the system; `nil` where `errno` says why there is no answer.
  package init?(of path: String) {
    guard let status = status(of: path) else { return nil }
    self.init(status)
  }

  /// The same of a link itself where the path leads to one.
  package init?(ofLink path: String) {
    var status = stat()
    guard uninterrupted({ FileName.withBytes(of: path) { lstat($0, &status) } }) == 0 else {
      return nil
    }
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
    isLink = status.st_mode & S_IFMT == S_IFLNK
    kind = status.kind
    size = Int(status.st_size)
    #if os(Linux)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    modified = Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
    isPrivate = status.st_uid == geteuid() && status.st_mode & 0o077 == 0
  }

  /// Refuses what is no regular file: a pipe would be waited for, and a device has no end.
  ///
  /// - Parameter path: its name.
  /// - Throws: ``FileError``.
  package func checkIsRegularFile(_ path: String) throws(FileError) {
    if isFolder { throw .system(path: path, operation: "read", code: EISDIR) }
    guard !isRegularFile else { return }
    throw .unusable(path: path, problem: "expected a regular file, found \(kind)")
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

/// The state and the names of the standard streams.
package enum StandardStreams {
  /// Whether a stream was closed by the process that started the program, or is open for the other
  /// direction alone.
  ///
  /// - Parameter stream: 0, 1 or 2.
  package static func isClosed(_ stream: Int32) -> Bool {
    let flags = fcntl(stream, F_GETFL)
    let wrong = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY
    return flags < 0 || flags & pathOnly != 0 || flags & O_ACCMODE == wrong
  }

  /// Whether a path is a name of the standard output: `-`, or one that the system gives it, such as
  /// `/dev/stdout`.
  package static func isOutput(_ path: String) -> Bool {
    if path == "-" { return true }
    guard let (file, isDescriptor) = try? AtomicTarget.followingLinks(path), isDescriptor else {
      return false
    }
    return file == "/proc/self/fd/1" || file == "/dev/fd/1"
  }

  /// Takes the places of streams that are closed, so that no other file gets the number of one.
  /// The files that take them can neither be read nor written, also under names like /dev/stdin.
  ///
  /// - Returns: whether that was possible.
  package static func takeClosedPlaces() -> Bool {
    for stream in 0...Int32(2) where fcntl(stream, F_GETFD) < 0 {
      #if os(Linux)
        let opened = openFile("/", pathOnly, 0)
      #else
        let opened = openFile("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY, 0)
      #endif
      guard opened == stream else { return false }
    }
    return true
  }

  #if os(Linux)
    /// `O_PATH`, which the C library's headers hide from Swift.
    private static let pathOnly: Int32 = 0o10000000
  #else
    private static let pathOnly: Int32 = 0
  #endif
}
