private import KMeansCProcessor

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// How many threads this process should use when nobody says.
package enum AvailableThreads {
  /// `OMP_NUM_THREADS` where it is set, else the processors that the affinity mask and the quota of
  /// the control group allow, at least 1. Read once.
  package static let count: Int = openMPThreads ?? max(1, min(processors, quota ?? .max))

  /// The first number of `OMP_NUM_THREADS`, which may be a list (one entry a nesting level).
  private static var openMPThreads: Int? {
    guard let value = getenv("OMP_NUM_THREADS") else { return nil }
    let first = String(cString: value).prefix { $0 != "," }.filter { $0 != " " }
    guard let count = Int(first), count > 0 else { return nil }
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
