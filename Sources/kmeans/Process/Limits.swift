// What the process may take of the machine, memory and descriptors, and how it ends without them.

import Foundation
import KMeansFiles
import KMeansLinearAlgebra

/// The memory that the process may ask for where `ulimit -v` limits it.
enum AddressSpace {
  /// The bytes that are left; `nil` where there is no limit.
  static var room: Int? {
    #if os(Linux)
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
        limit.rlim_cur < rlim_t(Int.max), let used
      else { return nil }
      return max(0, Int(limit.rlim_cur) - used)
    #else
      return nil
    #endif
  }

  /// Refuses to begin where there is less than so many threads take.
  static func check(threads: Int) throws(Failure) {
    computingThreads = threads
    guard let room, case let needed = needed(threads: threads), room < needed else { return }
    let purpose =
      switch threads {
      case 0: ""
      case 1: " to compute on one thread"
      default: " to compute on \(threads) threads, or fewer of them (--threads)"
      }
    throw .outOfMemory(
      "\(MemoryBudget.text(Double(room))) are left of what the process may ask for (ulimit -v), expected "
        + "\(MemoryBudget.text(Double(needed)))\(purpose)")
  }

  /// The bytes that are left beside those of computing; `nil` where there is no limit.
  static var roomForPoints: Int? {
    room.map { max(0, $0 - needed(threads: computingThreads)) }
  }

  /// Written once, before a command runs.
  private nonisolated(unsafe) static var computingThreads = 1

  /// What computing on some threads takes beside points and clusters: for each a stack and a buffer
  /// of OpenBLAS, and a little for all else.
  static func needed(threads: Int) -> Int {
    let (stack, buffer, rest) = (8 << 20, 129 << 20, 24 << 20)
    return rest + min(threads, 4096) * (stack + buffer)
  }

  /// The bytes that the process has asked for so far.
  private static var used: Int? {
    let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return text?.split(separator: " ").first.flatMap { Int($0) }.map { $0 * Int(getpagesize()) }
  }
}

/// The end of a run for which there is no memory.
///
/// Memory that is refused beforehand is an ordinary error. What only shows when it is asked for
/// cannot be thrown from where it is: the standard library ends the program. So the program ends
/// here, in order.
enum Exhaustion {
  /// Lets the library tell this tool what it cannot get, and looks whether there is enough to begin
  /// with.
  static func prepare() throws(Failure) {
    MemoryExhaustion.handle { stop($0) }
    try AddressSpace.check(threads: 0)
  }

  /// The program ends: the standard library has said on stderr what it could not get, or what is
  /// wrong.
  static func stop() -> Never { stop("or a fault of this program, as the line above says") }

  private static func stop(_ what: String) -> Never {
    AtomicFile.removeAllTemporaries()
    Streams.say("kmeans: \(Failure.outOfMemory(what).line)")
    // Nothing that runs at an exit: threads of OpenBLAS, which wait for memory for ever, would be
    // waited for.
    _exit(EX_IOERR)
  }
}

extension Failure {
  /// The error of missing memory.
  static func outOfMemory(_ what: String) -> Failure {
    Failure(line: "out of memory: \(what); no file is left half-written", status: EX_IOERR)
  }
}

/// The descriptors of the process: those that it was started without, and whether there are enough.
enum Descriptors {
  /// How many must be free: a pair for signals, what Dispatch waits with, an input, an output and
  /// its folder.
  private static let needed = 8

  /// Takes the places of the standard streams that are closed; and refuses to work with so few
  /// descriptors that libraries end the program without a word.
  ///
  /// To be called before any file is opened.
  static func prepare() throws(Failure) {
    guard StandardStreams.takeClosedPlaces() else { throw tooFew }
    var free: [Int32] = []
    defer { for descriptor in free { close(descriptor) } }
    for _ in 0..<needed {
      let copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
      guard copy >= 0 else { throw tooFew }
      free.append(copy)
    }
  }

  private static var tooFew: Failure {
    Failure(
      line: "too few files may be open at once (ulimit -n), expected \(needed) beside those that "
        + "are",
      status: EX_IOERR)
  }
}
