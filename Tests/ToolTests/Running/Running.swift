import Foundation
import Synchronization
import Testing

/// A program that runs in a workplace. Its streams are files beside the folder, so that it never
/// waits for the test to read.
final class Running {
  private let process = Process()
  private let streams: String

  var isRunning: Bool { process.isRunning }
  var processID: Int32 { process.processIdentifier }

  /// - Parameter pipe: is the standard input where it is given, and stays open.
  init(
    _ program: String, _ arguments: [String], in workplace: Workplace, input: [UInt8] = [],
    pipe: Pipe? = nil, environment: [String: String] = [:]
  ) throws {
    streams = "\(workplace.path).streams/\(UUID().uuidString)"
    for (stream, bytes) in [("in", input), ("out", []), ("err", [])] {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(streams).\(stream)"))
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: workplace.path)
    process.environment = Program.environment(environment)
    process.standardInput =
      if let pipe { pipe } else { try handle("in", FileHandle.init(forReadingFrom:)) }
    process.standardOutput = try handle("out", FileHandle.init(forWritingTo:))
    process.standardError = try handle("err", FileHandle.init(forWritingTo:))
    try DefaultSignals.during { try process.run() }
  }

  private func handle(_ stream: String, _ open: (URL) throws -> FileHandle) throws -> FileHandle {
    try open(URL(fileURLWithPath: "\(streams).\(stream)"))
  }

  /// What it has said so far.
  var errors: String {
    String(
      decoding: FileManager.default.contents(atPath: "\(streams).err") ?? Data(), as: UTF8.self)
  }

  /// Waits for the end.
  func wait() -> Outcome {
    process.waitUntilExit()
    let output = FileManager.default.contents(atPath: "\(streams).out")!
    let errors = FileManager.default.contents(atPath: "\(streams).err")!
    let wasSignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: process.terminationStatus + (wasSignal ? 128 : 0), output: Array(output),
      errors: String(decoding: errors, as: UTF8.self))
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until the program takes signals itself, and then until it works.
  func waitUntilAtWork() throws {
    try eventually { try !process.isRunning || maskHas(SIGTERM, "SigCgt:") ?? true }
    usleep(200_000)
    try #require(process.isRunning, "it ended by itself")
  }

  #if os(Linux)
    /// The largest resident memory so far, in bytes; nothing when the program has ended.
    var memoryHighWater: Int? {
      let status = try? String(
        contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
      let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 << 10 }
    }
  #endif

  /// Waits until a signal that was sent has reached the program.
  func waitUntilTaken(_ signal: Int32) throws {
    try eventually { try !process.isRunning || !(maskHas(signal, "ShdPnd:") ?? false) }
  }

  /// Whether a mask of signals that the system keeps of the program has one of them; nothing where
  /// it cannot be asked.
  private func maskHas(_ signal: Int32, _ name: String) throws -> Bool? {
    #if os(Linux)
      let status = try String(
        contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
      let mask = UInt64(line.dropFirst(name.count).filter(\.isHexDigit), radix: 16) ?? 0
      return mask & (1 << UInt64(signal - 1)) != 0
    #else
      usleep(500_000)
      return nil
    #endif
  }

  /// Sends a signal and measures how long the program takes to end.
  func end(with signal: Int32) -> (outcome: Outcome, duration: Duration) {
    let clock = ContinuousClock()
    let start = clock.now
    send(signal)
    let outcome = wait()
    return (outcome, clock.now - start)
  }
}

/// Waits until something is so, for as long as a machine may need that runs everything else at the
/// same moment; what never comes is told from it by that alone.
///
/// - Returns: whether it is.
@discardableResult
func eventually(_ isSo: () throws -> Bool) rethrows -> Bool {
  for _ in 0..<6000 {
    if try isSo() { return true }
    usleep(10_000)
  }
  return false
}

/// The signals of a program as a terminal starts it. Children inherit what whoever started the
/// tests ignores, and what the threads of tests block: nearly everything.
private enum DefaultSignals {
  private static let lock = Mutex(())

  static func during(_ start: () throws -> Void) rethrows {
    try lock.withLock { _ in
      var (none, mask) = (sigset_t(), sigset_t())
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, &mask)
      let signals = [SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGPIPE, SIGXFSZ]
      let before = signals.map { ($0, signal($0, SIG_DFL)) }
      defer {
        for (number, action) in before { _ = signal(number, action) }
        pthread_sigmask(SIG_SETMASK, &mask, nil)
      }
      try start()
    }
  }
}
