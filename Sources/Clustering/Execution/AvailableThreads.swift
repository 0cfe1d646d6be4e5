private import KMeansCProcessor

private import KMeansCLibrary

/// The number of threads of this process where the caller gives none.
package enum AvailableThreads {
  /// A limit above the threads of any machine; larger numbers are cut to it.
  package static let most = 4096

  /// `OMP_NUM_THREADS` where it is set, else the processors that the affinity mask and the quota of
  /// the control group allow, at least 1. Read once.
  package static let count: Int = openMPThreads ?? max(1, min(processors, quota ?? .max))

  /// The threads that were asked for, at most ``most``; ``count`` for `nil`.
  package static func count(_ asked: Int?) -> Int { min(asked ?? count, most) }

  /// The fault of `OMP_NUM_THREADS`, which is then ignored; `nil` where it is right or not set.
  package static var problem: String? {
    guard openMPThreads == nil, let text = openMPText else { return nil }
    return "OMP_NUM_THREADS is '\(text)', expected a number from 1 to \(most): "
      + "\(count) used instead"
  }

  private static var openMPText: String? {
    let text = getenv("OMP_NUM_THREADS").map { String(cString: $0) }
    return text == "" ? nil : text
  }

  /// The first number of `OMP_NUM_THREADS`, which may be a list (one entry a nesting level).
  private static var openMPThreads: Int? {
    let first = openMPText?.prefix { $0 != "," }.filter { $0 != " " }
    guard let first, let count = Int(first), (1...most).contains(count) else { return nil }
    return count
  }

  private static var processors: Int {
    let allowed = Int(kmeans_affinity_count())
    if allowed > 0 { return allowed }
    return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// The quota of the control group in whole processors, rounded up: version 2, then version 1.
  private static var quota: Int? {
    if let line = firstLine(of: "/sys/fs/cgroup/cpu.max") {
      let parts = line.split(separator: " ")
      guard parts.count == 2 else { return nil }
      return processors(quota: Int(parts[0]), period: Int(parts[1]))
    }
    return processors(
      quota: firstLine(of: "/sys/fs/cgroup/cpu/cpu.cfs_quota_us").flatMap { Int($0) },
      period: firstLine(of: "/sys/fs/cgroup/cpu/cpu.cfs_period_us").flatMap { Int($0) })
  }

  package static func processors(quota: Int?, period: Int?) -> Int? {
    guard let quota, let period, quota > 0, period > 0 else { return nil }
    return max(1, (quota + period - 1) / period)
  }

  private static func firstLine(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 128)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
    let bytes = buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
