import Foundation
import KMeansFiles

/// A file that others read while it grows, whole lines at a time: a trace, or predictions.
///
/// It is made, or emptied, when the first lines come: a stream that has none leaves what was there.
final class LiveFile {
  private let path: String
  private var descriptor: Int32?

  /// - Parameter path: a file, or - for the standard output.
  init(_ path: String) { self.path = path }

  deinit {
    if let descriptor, descriptor != STDOUT_FILENO { close(descriptor) }
  }

  /// Writes lines behind those before, by one call of the system where that takes them all.
  ///
  /// - Parameter lines: whole ones, with their ends.
  /// - Throws: ``FileError`` where they cannot be written; none of them is left in a file then.
  func write(_ lines: [UInt8]) throws {
    let descriptor = try open()
    var done = 0
    while done < lines.count {
      let count = lines.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress! + done, lines.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        takeBack(done, descriptor)
        throw FileError.system(path: name, operation: "write", code: code)
      }
      done += count
    }
  }

  /// Opens the file, if that has not been done.
  @discardableResult
  func open() throws -> Int32 {
    if let descriptor { return descriptor }
    if path == "-" {
      descriptor = STDOUT_FILENO
      return STDOUT_FILENO
    }
    // What a name like /dev/stdout leads to belongs to whoever opened it: it is not emptied.
    let isDevice = path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (isDevice ? 0 : O_TRUNC)
    let opened = openFile(path, flags, 0o666)
    guard opened >= 0 else { throw FileError.system(path: name, operation: "write", code: errno) }
    descriptor = opened
    return opened
  }

  private var name: String { path == "-" ? "standard output" : path }

  /// Takes the beginning of lines back of which the rest could not be written.
  private func takeBack(_ count: Int, _ descriptor: Int32) {
    var status = stat()
    guard count > 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return
    }
    _ = ftruncate(descriptor, status.st_size - off_t(count))
  }
}
