import Foundation
import KMeansFiles

/// A regular file itself, whatever it is called: hard links, /dev/stdin and redirections lead to one file under
/// several names. What is no regular file, such as a terminal, may be read and written at once.
struct FileIdentity: Hashable {
  private let identity: FileStatus.Identity

  /// - Parameters:
  ///   - path: a file, or - for a standard stream; nothing comes of a file that does not exist yet.
  ///   - reading: whether that stream is the standard input, else the standard output.
  init?(_ path: String, reading: Bool) {
    if path == "-" {
      self.init(descriptor: reading ? STDIN_FILENO : STDOUT_FILENO)
    } else {
      self.init(FileStatus(of: path))
    }
  }

  /// What a descriptor leads to.
  init?(descriptor: Int32) { self.init(FileStatus(descriptor: descriptor)) }

  private init?(_ status: FileStatus?) {
    guard let status, status.isRegularFile else { return nil }
    identity = status.identity
  }
}
