import Foundation
import KMeansFiles

/// What people and scripts read. Nothing goes by the C library's buffers or by Foundation's handles:
/// those hide a full disk, and end the program where stderr cannot be written.
enum Streams {
  /// A line on stderr; where that cannot be written nobody is left to be told.
  static func say(_ line: String) { write("\(line)\n") }

  /// A text on stderr.
  static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
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
