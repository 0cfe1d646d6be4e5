internal import KMeansCHeader
internal import KMeansCLibrary
private import KMeansLocks
private import Synchronization

/// A value that one thread at a time may use, and that knows the process of that thread.
///
/// A child of a fork has a copy of the lock, but not the thread that may have held it: to wait for
/// that one would end the process, and what it was changing is half changed.
struct ProcessLock<Value: Sendable>: ~Copyable, Sendable {
  private let value: KMeansLocks.Mutex<Value>
  /// The process in which a thread holds the lock; 0 for none.
  private let holder = Atomic<Int32>(0)

  init(_ value: Value) { self.value = KMeansLocks.Mutex(value) }

  /// Waits until no other thread uses the value, and calls a closure with it.
  ///
  /// - Throws: where a thread used it when this process was forked, and what the closure throws.
  func withLock<Result: Sendable>(_ body: (inout Value) throws -> Result) throws -> Result {
    let process = getpid()
    let held = holder.load(ordering: .acquiring)
    guard held == 0 || held == process else {
      throw BorderError(
        KM_INVALID_HANDLE,
        "the object was at work in another thread when this process was forked, expected one that was "
          + "copied, or loaded, here")
    }
    return try value.withLock { value throws in
      holder.store(process, ordering: .releasing)
      defer { holder.store(0, ordering: .releasing) }
      return try body(&value)
    }
  }
}
