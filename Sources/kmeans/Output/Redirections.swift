import Foundation
import KMeansFiles

/// Where the shell leads the standard streams: never into a file that is read. What is printed
/// there would be added to the input, and a reader that follows it would read it for ever.
enum Redirections {
  /// Refuses streams that lead into one of some files, before any byte is read or printed.
  ///
  /// - Parameters:
  ///   - inputs: files, `-` for the standard input; names without a file are ignored.
  ///   - kind: the name of such a file in a line about it, with a space behind.
  static func check(_ inputs: [String?], called kind: String = "the input ") throws(Failure) {
    let files = inputs.compactMap { $0 }
    let output = FileIdentity(descriptor: STDOUT_FILENO)?.file(among: files)
    let errors = FileIdentity(descriptor: STDERR_FILENO)?.file(among: files)
    // Not even the line that says so may get there.
    if errors != nil { Streams.leaveErrors(canUseOutput: output == nil) }
    for (name, input) in [("standard output", output), ("standard error", errors)] {
      guard let input else { continue }
      throw .usage(
        "the \(name): expected another file than "
          + (input == "-" ? "the standard input" : "\(kind)\(input)"))
    }
  }
}

/// A regular file itself, whatever it is called: hard links, /dev/stdin and redirections lead to
/// one file under several names. What is no regular file, such as a terminal, may be read and
/// written at once.
struct FileIdentity: Hashable {
  private let identity: FileStatus.Identity

  /// - Parameters:
  ///   - path: a file, or - for a standard stream; `nil` results for a file that does not exist
  ///     yet.
  ///   - reading: whether that stream is the standard input, else the standard output.
  init?(_ path: String, reading: Bool) {
    if path == "-" {
      self.init(descriptor: reading ? STDIN_FILENO : STDOUT_FILENO)
    } else {
      self.init(FileStatus(of: path))
    }
  }

  /// The identity of the file that a descriptor leads to.
  init?(descriptor: Int32) { self.init(FileStatus(descriptor: descriptor)) }

  /// The file that it is, of some that are read; `nil` where it is none of them.
  func file(among files: [String]) -> String? {
    files.first { FileIdentity($0, reading: true) == self }
  }

  private init?(_ status: FileStatus?) {
    guard let status, status.isRegularFile else { return nil }
    identity = status.identity
  }
}
