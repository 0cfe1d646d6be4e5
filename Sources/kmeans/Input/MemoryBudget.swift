import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// How much memory points may take, and what is done with those that need more.
struct MemoryBudget: Sendable {
  /// In bytes; nothing where nobody knows.
  let limit: Int?
  /// Whether the user set it: then that is what does not suffice, not the machine.
  private let isAsked: Bool
  /// What a fit keeps for each point beside its values, in bytes.
  private let fitBytes: Int

  /// - Parameters:
  ///   - asked: what the user set; else nine tenths of what this process may still take.
  ///   - seedBytes: what finding seeds keeps for each point.
  init(_ asked: Int? = nil, seedBytes: Int = CentroidInitialization.greedy.bytesAPoint) {
    fitBytes = MemoryPlan.bytesAPoint(seedBytes: seedBytes)
    limit = asked ?? Self.available.map { $0 / 10 * 9 }
    isAsked = asked != nil
  }

  /// Whether the points of a file have to be read in several passes.
  ///
  /// - Throws: where they would have to and cannot.
  func needsPasses(
    _ info: VectorFileInfo, _ precision: Precision, _ run: FitRun
  ) throws -> Bool {
    guard let limit, let rows = info.rows else { return false }
    // A number as an id takes at most 24 characters and its place, twice while they move.
    let besideBytes =
      (info.optionalWeight == nil ? 0.0 : 8) + (info.auxiliary.key == nil ? 0 : 64)
    let bytes =
      Self.process + Double(rows) * (bytesAPoint(info.columns, precision) + besideBytes)
    if bytes <= Double(limit) { return false }
    guard info.isRereadable else { throw tooLarge(info, bytes) }
    if run.command.speed.verify {
      throw Failure.usage(
        "--verify takes all points in memory, about \(Self.text(bytes)), expected at least as much "
          + "by --memory")
    }
    try checkPasses(info, precision, run)
    return true
  }

  /// Refuses passes for which there is not enough, before anything is said of them.
  private func checkPasses(
    _ info: VectorFileInfo, _ precision: Precision, _ run: FitRun
  ) throws {
    do throws(ClusteringError) {
      try run.parameters.checkMemory(
        limit, points: info.rows ?? 0, columns: info.columns, isDouble: precision == .double,
        isWeighted: run.command.clustering.pointWeights != nil, startsGiven: run.start.path != nil)
    } catch {
      guard case .memoryTooSmall(let limit, let needed) = error, !isAsked else {
        throw ErrorLocator(info.path, columnCount: 0).failure(error)
      }
      throw Failure.memory(
        "\(info.path): a fit in several passes takes \(Self.text(Double(needed))) of memory or more, "
          + "expected at most \(Self.text(Double(limit))), nine tenths of what is free")
    }
  }

  /// What points in memory leave for what makes a fit faster; nothing where nobody knows.
  func rest(points: Int, columns: Int, _ precision: Precision) -> Int? {
    guard let limit else { return nil }
    let bytes = Self.process + Double(points) * bytesAPoint(columns, precision)
    return Int(max(0, Double(limit) - bytes))
  }

  /// What this process may still take, less what computing takes beside points where `ulimit -v`
  /// counts it.
  private static var available: Int? {
    // What is left there is beside the program itself.
    let room = AddressSpace.roomForPoints.map { $0 + Int(process) }
    return [AvailableMemory.bytes, room].compactMap { $0 }.min()
  }

  /// What the program takes without any points.
  static let process = Double(MemoryPlan.process)

  /// A value each, and what a fit keeps for each point.
  private func bytesAPoint(_ columns: Int, _ precision: Precision) -> Double {
    Double(columns) * (precision == .float ? 4 : 8) + Double(fitBytes)
  }

  /// The points of a fit in memory; refused before they take more than there is.
  func points<Scalar: ClusteringScalar>(of file: VectorFile<Scalar>) throws -> RowBlock<Scalar> {
    try rows(of: file, beside: fitBytes) { tooLarge(file.info, $1) }
  }

  private func tooLarge(_ info: VectorFileInfo, _ bytes: Double) -> Failure {
    let why =
      info.isCompressed ? "gzip" : info.isColumnMajor ? "npy in column order" : info.format.rawValue
    let form = info.path == "standard input" ? "a pipe" : why
    let limit = Double(limit ?? 0)
    var line =
      "\(info.path): a fit takes \(Self.text(bytes)) of memory or more, expected at most "
      + "\(Self.text(limit)) (--memory)"
    // No file does with less than the program takes.
    if limit > Self.process {
      line +=
        ", or a file of npy in row order, fbin or fvecs, which is read in several passes; \(form) is "
        + "for a method that reads once (onepass)"
    }
    return isAsked ? .usage(line) : .memory(line)
  }

  static func text(_ bytes: Double) -> String {
    if bytes < 0x1p20 { return String(format: "%.0f KiB", (bytes / 0x1p10).rounded(.up)) }
    return bytes < 0x1p30
      ? String(format: "%.0f MiB", (bytes / 0x1p20).rounded(.up))
      : String(format: "%.1f GiB", bytes / 0x1p30)
  }
}
