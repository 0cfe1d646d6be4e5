import Foundation
import KMeansFiles
import Synchronization

/// What people and scripts read. Nothing goes by the C library's buffers or by Foundation's
/// handles: those hide a full disk, and end the program where stderr cannot be written.
enum Streams {
  /// The descriptor for notes to people; -1 where there is none.
  private static let errors = Atomic<Int32>(STDERR_FILENO)

  /// Says nothing more on stderr, for it leads into a file that is read: what is left to say goes
  /// to a terminal on stdout, where there is one. Elsewhere stdout is for data.
  static func leaveErrors(canUseOutput: Bool) {
    let other = canUseOutput && isatty(STDOUT_FILENO) != 0 ? STDOUT_FILENO : -1
    errors.store(other, ordering: .sequentiallyConsistent)
  }

  /// Writes a line to stderr; if that fails, no place is left for the error.
  static func say(_ line: String) { write("\(line)\n") }

  /// A text on stderr.
  static func write(_ text: String) {
    DrawnLines.erase()
    writeInPlace(text)
  }

  /// A text on stderr, whatever is drawn there.
  static func writeInPlace(_ text: String) {
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
    DrawnLines.erase()
    let output = try AtomicFile("-")
    for line in lines { try output.write("\(line)\n") }
    try output.commit()
  }
}

/// Pipes that no process reads any more.
///
/// The signal that tells of it would end the program wherever it writes: also while it says
/// something on stderr, with outputs missing and temporary files left. So it is ignored, and the
/// one who wrote decides: notes are lost, and a result that nobody wants ends the program by that
/// signal, as is usual in a pipeline, but in order.
enum ClosedReader {
  /// To be called once, before any output is written.
  static func ignoreSignal() {
    let before = signal(SIGPIPE, SIG_IGN)
    isIgnoredByOthers =
      unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Whether an error means that no process reads an output.
  static func isMeant(by error: any Error) -> Bool {
    if case FileError.system(_, _, EPIPE) = error { true } else { false }
  }

  /// Ends the program by the signal; returns where whoever started the program wants to hear of it
  /// by an error.
  static func stop() {
    if isIgnoredByOthers { return }
    AtomicFile.removeAllTemporaries()
    _ = signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
  }

  /// Written once, before there is a second thread.
  private nonisolated(unsafe) static var isIgnoredByOthers = false
}
