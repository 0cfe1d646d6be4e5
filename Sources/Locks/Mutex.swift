// The lock of this package: `Mutex` of the standard library, or one of the C library where a build
// is to be checked by ThreadSanitizer.
//
// ThreadSanitizer sees locks by the calls of the C library that it takes the place of. The standard
// library's `Mutex` asks the system itself (futex), so all that is done under it looks like a race.
// Files that lock import this module, and `.ci/thread-sanitizer` builds it with
// `-DKMEANS_THREAD_SANITIZER`.

#if KMEANS_THREAD_SANITIZER
  private import KMeansCLibrary

  /// A value that one thread at a time may use.
  public struct Mutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let value: UnsafeMutablePointer<Value>

    /// A lock that no thread holds.
    public init(_ value: consuming sending Value) {
      lock = .allocate(capacity: 1)
      pthread_mutex_init(lock, nil)
      self.value = .allocate(capacity: 1)
      self.value.initialize(to: value)
    }

    deinit {
      pthread_mutex_destroy(lock)
      lock.deallocate()
      value.deinitialize(count: 1)
      value.deallocate()
    }

    /// Waits until no other thread holds the lock, and calls a closure with the value.
    public borrowing func withLock<Result: ~Copyable, E: Error>(
      _ body: (inout sending Value) throws(E) -> sending Result
    ) throws(E) -> sending Result {
      pthread_mutex_lock(lock)
      defer { pthread_mutex_unlock(lock) }
      return try body(&value.pointee)
    }
  }
#else
  @_exported public import Synchronization
#endif
