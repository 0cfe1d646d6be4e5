private import Synchronization

/// A way to end work that runs on a thread which belongs to no task: what a closure that the work
/// calls, or another thread, asks for is seen after the pass at hand, as the cancellation of a task
/// is.
///
/// ```swift
/// let cancellation = Cancellation()
/// try Cancellation.$current.withValue(cancellation) { try kmeans.fit(points) { ... } }
/// ```
package final class Cancellation: Sendable {
  /// The one that work on this thread, or in this task, looks at.
  @TaskLocal package static var current: Cancellation?

  private let requested = Atomic(false)

  package init() {}

  /// Asks the work to end.
  package func cancel() { requested.store(true, ordering: .relaxed) }

  /// Whether the work was asked to end.
  package var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Whether the task at hand was cancelled, or the work of this thread.
  static var isDue: Bool { Task.isCancelled || current?.isRequested == true }
}

extension ClusteringError {
  /// Throws where the task at hand was cancelled, or the work of this thread.
  static func checkCancellation() throws(ClusteringError) {
    if Cancellation.isDue { throw .cancelled }
  }
}
