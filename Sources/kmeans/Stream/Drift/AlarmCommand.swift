import Foundation
import KMeansLocks

/// The command of `--alarm-command`: the shell runs it for an alarm, with the event on its standard
/// input. One at a time, and nobody waits for it: of the alarms that come while it runs the newest
/// is kept for the next run, and the others are counted (`missed`).
///
/// It has a process group of its own, so that SIGINT from a terminal ends the stream and not the
/// alarm. What it prints goes to stderr: the standard output may be for data.
final class AlarmCommand: Sendable {
  /// How long the end of a stream waits for a command.
  static let patience = Duration.seconds(5)

  private struct State {
    var isRunning = false
    /// Makes the event of the next run.
    var next: (@Sendable (_ missed: Int) -> String)?
    var missed = 0
  }

  private let command: String
  private let state = Mutex(State())

  init(_ command: String) { self.command = command }

  /// Runs the command, now or after the one that runs.
  func tell(_ event: @escaping @Sendable (_ missed: Int) -> String) {
    let begins = state.withLock { state in
      if state.next != nil { state.missed += 1 }
      state.next = event
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if begins { Thread.detachNewThread { [self] in runAll() } }
  }

  /// Waits for the command, a little.
  func finish() {
    let end = ContinuousClock.now + Self.patience
    while state.withLock({ $0.isRunning }) {
      guard ContinuousClock.now < end else {
        return Streams.say("kmeans: --alarm-command still runs after 5 s: it is left to itself")
      }
      usleep(10_000)
    }
  }

  private func runAll() {
    while true {
      let event = state.withLock { state -> String? in
        guard let next = state.next else {
          state.isRunning = false
          return nil
        }
        let missed = state.missed
        (state.next, state.missed) = (nil, 0)
        return next(missed)
      }
      guard let event else { return }
      if let problem = run(event) { Streams.say("kmeans: --alarm-command: \(problem)") }
    }
  }

  /// - Returns: what went wrong.
  private func run(_ event: String) -> String? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return "no pipe for it: \(Self.message(errno))" }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (child, code) = Self.spawn(command, input: ends[0])
    close(ends[0])
    // An event is smaller than a pipe, so that writing it never waits. Whoever does not read it
    // ends the pipe, which is an error and no signal: that is ignored.
    let bytes = Array(event.utf8)
    if child > 0 { _ = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) } }
    close(ends[1])
    guard child > 0 else { return "cannot run it: \(Self.message(code))" }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1 {
      // Where children are ignored, nobody knows how they end.
      if errno != EINTR { return nil }
    }
    let signal = status & 0x7f
    if signal != 0 { return "it was ended by signal \(signal)" }
    let exit = status >> 8 & 0xff
    return exit == 0 ? nil : "it failed with status \(exit)"
  }

  private static func message(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Starts a shell in a group of its own, with the signals as they are by default.
  private static func spawn(_ command: String, input: Int32) -> (child: pid_t, code: Int32) {
    #if os(Linux)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    var (defaults, none) = (sigset_t(), sigset_t())
    sigemptyset(&defaults)
    sigemptyset(&none)
    for signal in [SIGPIPE, SIGXFSZ] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    let words = ["sh", "-c", command]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { arguments.forEach { free($0) } }
    var variables: [UnsafeMutablePointer<CChar>?] = ProcessInfo.processInfo.environment.map {
      strdup("\($0)=\($1)")
    }
    variables.append(nil)
    defer { variables.forEach { free($0) } }
    var child: pid_t = -1
    let code = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, variables)
    return code == 0 ? (child, 0) : (-1, code)
  }
}
