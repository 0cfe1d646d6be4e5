import Foundation
import KMeansFiles
import Synchronization

/// The text output for people and scripts. It does not use the C library's buffers or Foundation's
/// handles: those hide a full disk, and end the program where stderr cannot be written.
enum Streams {
  /// The descriptor for notes to people; -1 where there is none.
  private static let errors = Atomic<Int32>(STDERR_FILENO)

  /// Stops writing to stderr, because it leads into a file that is read: later notes go to a
  /// terminal on stdout, where there is one. Elsewhere stdout is for data.
  static func leaveErrors(canUseOutput: Bool) {
    let other = canUseOutput && isatty(STDOUT_FILENO) != 0 ? STDOUT_FILENO : -1
    errors.store(other, ordering: .sequentiallyConsistent)
  }

  /// Writes a line to stderr; if that fails, no place is left for the error.
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

  /// Writes lines to stdout.
  ///
  /// - Throws: ``FileError`` where they cannot be written, so that no script takes an empty output
  ///   for success.
  static func print(_ lines: [String]) throws {
    let output = try AtomicFile("-")
    for line in lines { try output.write("\(line)\n") }
    try output.commit()
  }
}
