private import Dispatch

/// Runs the same work on several threads and waits for all of them.
enum Workers {
  /// Calls `body` once for each worker, at the same time where there are processors for it.
  ///
  /// `concurrentPerform` and not a task group: it needs no async caller and still completes (on one
  /// thread) in a child process that was forked after the parent used threads.
  static func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if count <= 1 {
      body(0)
    } else {
      DispatchQueue.concurrentPerform(iterations: count, execute: body)
    }
  }
}
