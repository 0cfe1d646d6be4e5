import Foundation
import KMeansFiles
import Synchronization

/// What people and scripts read. Nothing goes by the C library's buffers or by Foundation's
/// handles: those hide a full disk, and end the program where stderr cannot be written.
enum Streams {
  /// Where people are told something; -1 where they cannot be.
  private static let errors = Atomic<Int32>(STDERR_FILENO)

  /// Says nothing more on stderr, for it leads into a file that is read: what is left to say goes
  /// to a terminal on stdout, where there is one. Elsewhere stdout is for data.
  static func leaveErrors(canUseOutput: Bool) {
    let other = canUseOutput && isatty(STDOUT_FILENO) != 0 ? STDOUT_FILENO : -1
    errors.store(other, ordering: .sequentiallyConsistent)
  }

  /// A line on stderr; where that cannot be written nobody is left to be told.
  static func say(_ line: String) { write("\(line)\n") }

  /// A text on stderr.
  static func write(_ text: String) {
    let descriptor = errors.load(ordering: .sequentiallyConsistent)
    var rest = Array(text.utf8)[...]
    while descriptor >= 0, !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Lines on stdout.
  ///
  /// - Throws: ``FileError`` where they cannot be written, so that no script takes nothing for
  ///   success.
  static func print(_ lines: [String]) throws {
    let output = try AtomicFile("-")
    for line in lines { try output.write("\(line)\n") }
    try output.commit()
  }
}
