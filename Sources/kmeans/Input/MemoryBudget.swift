import Clustering
import Foundation
import VectorIO

/// How much memory points may take, and what is done with those that need more.
struct MemoryBudget: Sendable {
  /// In bytes; nothing where nobody knows.
  let limit: Int?

  /// - Parameter asked: what the user set; else nine tenths of what the system has available.
  init(_ asked: Int?) {
    limit = asked ?? Self.available.map { $0 / 10 * 9 }
  }

  /// Whether the points of a file have to be read in several passes.
  ///
  /// - Throws: where they would have to and cannot.
  func needsPasses(
    _ info: VectorFileInfo, _ precision: Precision, _ run: FitRun
  ) throws -> Bool {
    guard let limit, let rows = info.rows else { return false }
    let bytes = Self.process + Double(rows) * bytesAPoint(info.columns, precision)
    if bytes <= Double(limit) { return false }
    guard info.isRereadable else { throw tooLarge(info, bytes) }
    if run.command.verify {
      throw Failure.usage(
        "--verify takes all points in memory, about \(Self.text(bytes)), expected at least as much "
          + "by --memory")
    }
    return true
  }

  /// What points in memory leave for what makes a fit faster; nothing where nobody knows.
  func rest(points: Int, columns: Int, _ precision: Precision) -> Int? {
    guard let limit else { return nil }
    let bytes = Self.process + Double(points) * bytesAPoint(columns, precision)
    return Int(max(0, Double(limit) - bytes))
  }

  /// What the program takes without any points.
  private static let process = 48.0 * 0x1p20

  /// A value each, and what a fit keeps for each point.
  private func bytesAPoint(_ columns: Int, _ precision: Precision) -> Double {
    Double(columns) * (precision == .float ? 4 : 8) + 24
  }

  /// Counts points as they are read; refuses more than there may be.
  func check<Scalar: ClusteringScalar>(
    _ rows: Int, _ info: VectorFileInfo, of type: Scalar.Type
  ) throws {
    let values = bytesAPoint(info.columns, type == Float.self ? .float : .double)
    let bytes = Self.process + Double(rows) * values
    if let limit, bytes > Double(limit) { throw tooLarge(info, bytes) }
  }

  private func tooLarge(_ info: VectorFileInfo, _ bytes: Double) -> Failure {
    let why = info.isCompressed ? "gzip" : info.format.rawValue
    let form = info.path == "standard input" ? "a pipe" : why
    return Failure.data(
      "\(info.path): a fit takes \(Self.text(bytes)) of memory or more, expected at most "
        + "\(Self.text(Double(limit ?? 0))) (--memory), or a file of npy, fbin or fvecs, which is "
        + "read in several passes; \(form) is for a method that reads once (onepass)")
  }

  private static func text(_ bytes: Double) -> String {
    bytes < 0x1p30
      ? String(format: "%.0f MiB", (bytes / 0x1p20).rounded(.up))
      : String(format: "%.1f GiB", bytes / 0x1p30)
  }

  /// What the system says is available, within the limit of the control group.
  private static var available: Int? {
    #if os(Linux)
      let info = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)) ?? ""
      let line = info.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") } ?? ""
      guard let kibibytes = Int(line.filter(\.isNumber)) else { return nil }
      return min(kibibytes << 10, groupLimit ?? .max)
    #else
      return Int(clamping: ProcessInfo.processInfo.physicalMemory)
    #endif
  }

  /// What the control group leaves: its limit less the memory that its processes hold. Cached files
  /// count as free, for the system drops them when memory is short.
  private static var groupLimit: Int? {
    func text(_ name: String) -> String? {
      try? String(contentsOfFile: "/sys/fs/cgroup/\(name)", encoding: .utf8)
    }
    guard let limit = text("memory.max").flatMap({ Int($0.filter { !$0.isWhitespace }) }) else {
      return nil
    }
    let held = text("memory.stat")?.split(separator: "\n").first { $0.hasPrefix("anon ") }
    return max(0, limit - (held.flatMap { Int($0.dropFirst(5)) } ?? 0))
  }
}
