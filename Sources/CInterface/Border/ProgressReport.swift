internal import Clustering
internal import KMeansCHeader
private import Synchronization

extension km_progress: VersionedStructure {
  static var initial: km_progress { km_progress() }
  static var name: String { "km_progress" }
}

/// What the caller of a fit is told of it, and what he answers.
///
/// `@unchecked Sendable`: used by the thread of the call alone.
final class ProgressReport: @unchecked Sendable {
  private let function: km_progress_function?
  private let context: UnsafeMutableRawPointer?
  private let cancellation = Cancellation()
  /// Whether the iteration at hand is to be the last one.
  private var isLast = false
  private var run: Int64 = 0
  private var seeds: Int64 = 0

  private init(_ options: km_fit_options) {
    function = options.progress
    context = options.context
  }

  /// Runs a fit that tells of itself.
  ///
  /// - Throws: what the fit throws, and that it was cancelled where it was.
  static func during<Result>(
    _ options: km_fit_options, _ body: (ProgressReport) throws -> Result
  ) throws -> Result {
    let report = ProgressReport(options)
    guard report.function != nil else { return try body(report) }
    return try Cancellation.$current.withValue(report.cancellation) {
      let result = try body(report)
      if report.cancellation.isRequested { throw ClusteringError.cancelled }
      return result
    }
  }

  /// Some initial centroids were found.
  func found(seeds count: Int) {
    guard function != nil else { return }
    // Fewer than before: another run has begun.
    if Int64(count) <= seeds { run += 1 }
    seeds = Int64(count)
    tell(iteration: 0, moved: -1, inertia: .nan)
  }

  /// An iteration has ended.
  ///
  /// - Returns: whether another one may follow.
  func ended(_ iteration: KMeans.Iteration) -> Bool {
    guard function != nil else { return true }
    tell(
      iteration: Int64(iteration.number), moved: Int64(iteration.moved),
      inertia: iteration.inertia ?? .nan)
    return !isLast && !cancellation.isRequested
  }

  private func tell(iteration: Int64, moved: Int64, inertia: Double) {
    var progress = km_progress()
    progress.struct_size = MemoryLayout<km_progress>.size
    (progress.run, progress.iteration, progress.seeds) = (run, iteration, seeds)
    (progress.moved, progress.inertia) = (moved, inertia)
    switch Int(function!(context, &progress)) {
    case KM_CONTINUE: break
    case KM_FINISH: isLast = true
    default: cancellation.cancel()
    }
  }
}
