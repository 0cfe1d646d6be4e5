import Foundation
import KMeansFiles

/// Pipes that nobody reads any more.
///
/// The signal that tells of it would end the program wherever it writes: also while it says
/// something on stderr, with outputs missing and temporary files left. So it is ignored, and the
/// one who wrote decides: notes are lost, and a result that nobody wants ends the program by that
/// signal, as is usual in a pipeline, but in order.
enum ClosedReader {
  /// To be called once, before anything is written.
  static func ignoreSignal() {
    let before = signal(SIGPIPE, SIG_IGN)
    isIgnoredByOthers =
      unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Whether an error says that nobody reads an output.
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
