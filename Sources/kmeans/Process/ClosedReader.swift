import Foundation
import KMeansFiles

/// Pipes that no process reads any more.
///
/// The signal that tells of it would end the program at any write: also while it writes a note to
/// stderr, with outputs missing and temporary files left. So it is ignored, and the writer
/// decides: notes are lost, and a result without a reader ends the program by that signal, as is
/// usual in a pipeline, but in order.
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

  /// Ends the program by the signal; returns if the parent process wants to hear of it by an error.
  static func stop() {
    if isIgnoredByOthers { return }
    AtomicFile.removeAllTemporaries()
    _ = signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
  }

  /// Written once, before there is a second thread.
  private nonisolated(unsafe) static var isIgnoredByOthers = false
}
