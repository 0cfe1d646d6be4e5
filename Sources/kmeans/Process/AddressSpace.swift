import Foundation

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

  /// The bytes that computing on some threads takes beside points and clusters: for each a stack
  /// and a buffer of OpenBLAS, and a little for all else.
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
