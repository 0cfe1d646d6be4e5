private import KMeansCLibrary

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
