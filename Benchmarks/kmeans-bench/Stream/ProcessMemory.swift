import Foundation
import KMeansCMalloc

/// The memory of this process as the system and the allocator see it, in bytes; 0 where they do not
/// say.
enum ProcessMemory {
  /// Allocated and not freed.
  static var inUse: Int { Int(kmeans_bytes_in_use()) }
  /// Pages in memory.
  static var resident: Int { status("VmRSS:") }
  /// The most pages there were in memory since the process began, or since ``resetPeak()``.
  static var peak: Int { status("VmHWM:") }

  /// Lets the peak begin anew from what is in memory now.
  ///
  /// - Returns: whether the system did.
  static func resetPeak() -> Bool {
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return false }
    defer { try? file.close() }
    return (try? file.write(contentsOf: Data("5".utf8))) != nil
  }

  private static func status(_ name: String) -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return 1024 * (kibibytes.flatMap { Int($0) } ?? 0)
  }
}
