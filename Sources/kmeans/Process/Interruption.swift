import Foundation
import KMeansFiles
import KMeansLocks

/// SIGINT, SIGTERM and SIGHUP: the temporary files go, or a stream or a fit ends in order, and the
/// exit status tells which signal it was. SIGUSR1: a stream writes what it has learnt and goes on,
/// a fit says how far it is.
///
/// A handler passes the signal through a pair of sockets to a thread that may do more than handlers
/// may. Blocking the signals and waiting for them on that thread would be simpler, but OpenBLAS
/// starts threads before `main`, where nothing is blocked: the system would give them the signal.
enum Interruption {
  /// - Throws: ``Failure`` where there are no descriptors or no thread for it.
  static func install() throws(Failure) {
    // A limit on the size of files is a full disk like any other, not a reason to die.
    signal(SIGXFSZ, SIG_IGN)
    try openSockets()
    var thread = pthread_t()
    let failure = pthread_create(&thread, nil, { _ in Interruption.wait() }, nil)
    guard failure == 0 else { throw Failure.outOfMemory("there is none for a thread") }
    // The parent process may want the program to go on: `nohup`, or `&` in a script.
    for signal in names.map(\.signal) + [SIGUSR1] where !isIgnored(signal) { handle(signal) }
    handle(SIGABRT)
  }

  /// Opens sockets and no pipe: a name like /dev/fd/5 opens a pipe of ours, but not a socket.
  private static func openSockets() throws(Failure) {
    var ends: [Int32] = [-1, -1]
    #if os(Linux)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      let reason = String(cString: strerror(errno))
      throw Failure(line: "cannot wait for signals: \(reason)", status: EX_IOERR)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // More signals than the thread reads are lost, and no handler waits.
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    (readingEnd, signalSocket) = (ends[0], ends[1])
  }

  /// Makes the first signal not stop the program: a closure ends it in order, on a
  /// thread of its own. A second signal stops it at once.
  ///
  /// - Parameter end: gets the name of the signal; returns the last line for the user.
  static func onFirstSignal(_ end: @escaping @Sendable (String) throws -> String) {
    ending.withLock { $0 = end }
  }

  /// Calls a closure whenever SIGUSR1 comes, on a thread of its own: while one call is at work,
  /// others may begin.
  static func onRequest(_ answer: @escaping @Sendable () -> Void) {
    answering.withLock { $0 = answer }
  }

  private static let answering = Mutex<(@Sendable () -> Void)?>(nil)

  /// The signal that asks for something has a default that would end the program.
  private static func answerRequest() {
    guard let answer = answering.withLock({ $0 }) else {
      return Streams.say(
        "kmeans: SIGUSR1: nothing is done (a stream at work writes its model, a fit says how far it is)"
      )
    }
    Thread.detachNewThread { answer() }
  }

  private static let ending = Mutex<(@Sendable (String) throws -> String)?>(nil)

  private static func takeEnd() -> (@Sendable (String) throws -> String)? {
    ending.withLock { end in
      defer { end = nil }
      return end
    }
  }

  /// How soon after the first a signal is the same request: `timeout`, and a terminal that closes,
  /// send one to the process and one to its group.
  private static let sameRequest = Duration.milliseconds(200)

  /// Waits for signals for ever.
  private static func wait() -> Never {
    let clock = ContinuousClock()
    var first: ContinuousClock.Instant?
    while true {
      var number: UInt8 = 0
      while read(readingEnd, &number, 1) != 1 {}
      let signal = Int32(number)
      if signal == SIGABRT { Exhaustion.stop() }
      if signal == SIGUSR1 {
        answerRequest()
        continue
      }
      if let first, clock.now - first < sameRequest { continue }
      guard let end = takeEnd() else { stop(signal) }
      first = clock.now
      Thread.detachNewThread { finish(signal, end) }
    }
  }

  private static func finish(
    _ signal: Int32, _ end: @Sendable (String) throws -> String
  ) -> Never {
    do {
      Streams.say("kmeans: \(try end(name(signal)))")
      _exit(128 + signal)
    } catch {
      Failure(error, of: Tool.self).exit()
    }
  }

  private static func stop(_ signal: Int32) -> Never {
    AtomicFile.removeAllTemporaries()
    Streams.say("kmeans: stopped by \(name(signal)), no file is left half-written")
    _exit(128 + signal)
  }

  private static func name(_ signal: Int32) -> String {
    names.first { $0.signal == signal }?.name ?? "signal \(signal)"
  }

  private static func handle(_ signal: Int32) {
    let pass: @convention(c) (Int32) -> Void = { signal in
      let code = errno
      var number = UInt8(truncatingIfNeeded: signal)
      _ = write(signalSocket, &number, 1)
      // Returning from SIGABRT ends the program at once; the other thread ends it in order.
      while signal == SIGABRT { pause() }
      errno = code
    }
    var action = sigaction()
    #if os(Linux)
      action.__sigaction_handler.sa_handler = pass
    #else
      action.__sigaction_u.__sa_handler = pass
    #endif
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESTART))
    sigaction(signal, &action, nil)
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

/// Written once, before any handler is there to read it. A plain number with a constant to begin
/// with, so that reading it runs no initialiser inside a handler.
private nonisolated(unsafe) var signalSocket: Int32 = -1
/// Likewise, before there is the thread that reads it.
private nonisolated(unsafe) var readingEnd: Int32 = -1
