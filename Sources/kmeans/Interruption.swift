import Foundation
import KMeansFiles

/// SIGINT and SIGTERM: the temporary files go, and the exit status says which signal it was.
enum Interruption {
  /// Takes the two signals on a thread of their own, so that no computation delays them. Call it
  /// before any other thread starts: threads inherit that the signals are blocked.
  static func install() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let watched = signals
    Thread.detachNewThread {
      var signals = watched
      var signal: Int32 = 0
      while sigwait(&signals, &signal) != 0 {}
      AtomicFile.removeAllTemporaries()
      let name = signal == SIGINT ? "SIGINT" : "SIGTERM"
      FileHandle.standardError.write(Data("kmeans: stopped by \(name), nothing written\n".utf8))
      _exit(128 + signal)
    }
  }
}
