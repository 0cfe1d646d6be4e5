import Foundation
import KMeansFiles

/// SIGINT, SIGTERM and SIGHUP: the temporary files go, and the exit status says which signal it was.
enum Interruption {
  /// Takes the signals on a thread of their own, so that no computation delays them. Call it before
  /// any other thread starts: threads inherit that the signals are blocked.
  static func install() {
    // A limit on the size of files is a full disk like any other, not a reason to die.
    signal(SIGXFSZ, SIG_IGN)
    var signals = sigset_t()
    sigemptyset(&signals)
    // Whoever started the program may want it to go on: `nohup`, or `&` in a script.
    for (signal, _) in names where !isIgnored(signal) { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let watched = signals
    Thread.detachNewThread {
      var signals = watched
      var signal: Int32 = 0
      while sigwait(&signals, &signal) != 0 {}
      AtomicFile.removeAllTemporaries()
      let name = names.first { $0.signal == signal }?.name ?? "signal \(signal)"
      Streams.say("kmeans: stopped by \(name), no file is left half-written")
      _exit(128 + signal)
    }
  }

  private static let names: [(signal: Int32, name: String)] = [
    (SIGINT, "SIGINT"), (SIGTERM, "SIGTERM"), (SIGHUP, "SIGHUP"),
  ]

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    #if os(Linux)
      let handler = action.__sigaction_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
