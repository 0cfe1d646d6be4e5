private import KMeansCLibrary
private import KMeansLocks
private import Synchronization

/// OpenBLAS limited to few threads, or one, for as long as some code needs it.
///
/// The thread count of OpenBLAS belongs to the whole process. Code that splits its work by itself
/// runs its calls inside ``single(_:)``; the first to enter sets the threads, the last to leave
/// restores the count of before. Meanwhile other BLAS calls of the process run on as many threads:
/// the least that any code inside asked for. A count that the program sets meanwhile is lost.
///
/// OpenBLAS 0.3.21 (Debian 12, pthreads) recovers fully: a product of 1,024 x 1,024 floats took
/// 9.15 ms on two threads before, 18.3 ms at one, and 9.16 ms on two threads afterwards.
package enum BLASThreads {
  private static let state = KMeansLocks.Mutex((limits: [Int32](), found: Int32(0)))

  /// Runs a closure while OpenBLAS uses one thread a call.
  package static func single<Result, E: Error>(
    _ body: () throws(E) -> Result
  ) throws(E) -> Result {
    try limited(to: 1, body)
  }

  /// Runs a closure while OpenBLAS uses at most so many threads a call, never more than it has.
  package static func limited<Result, E: Error>(
    to threads: Int, _ body: () throws(E) -> Result
  ) throws(E) -> Result {
    let limit = Int32(clamping: max(1, threads))
    state.withLock { state in
      if state.limits.isEmpty { state.found = OpenBLASLibrary.loaded.threadCount() }
      state.limits.append(limit)
      use(least(of: state))
    }
    defer {
      state.withLock { state in
        if let place = state.limits.firstIndex(of: limit) { state.limits.remove(at: place) }
        use(least(of: state))
      }
    }
    return try body()
  }

  private static func least(of state: (limits: [Int32], found: Int32)) -> Int32 {
    state.limits.reduce(state.found, min)
  }

  private static func use(_ threads: Int32) {
    let library = OpenBLASLibrary.loaded
    if library.threadCount() != threads { library.setThreadCount(threads) }
  }

  /// The present thread count of OpenBLAS.
  package static var current: Int { Int(OpenBLASLibrary.loaded.threadCount()) }
}

/// Checks that there is room for the buffers of OpenBLAS.
///
/// Every call that is at work has a buffer of 128 MiB, which OpenBLAS keeps for later ones. If
/// the system refuses one, it asks again, for ever, at full load. So the room is looked for before
/// the call.
enum BLASBuffers {
  /// The size that OpenBLAS 0.3.21 asks for, and a page.
  static let size = (128 << 20) + 4096

  private static let calls = Atomic(0)
  /// The largest number of calls at a time that had room.
  private static let granted = Atomic(0)
  private static let growing = KMeansLocks.Mutex(())

  /// Calls a closure that takes a buffer.
  @inline(__always)
  static func during(_ call: () -> Void) {
    let count = calls.wrappingAdd(1, ordering: .relaxed).newValue
    if count > granted.load(ordering: .relaxed) { grow(to: count, call) } else { call() }
    calls.wrappingSubtract(1, ordering: .relaxed)
  }

  /// Calls a closure while more calls run at a time than ever before, or ends the program where
  /// there is no room for its buffer. One after another, so that no two find the same room.
  @inline(never)
  private static func grow(to count: Int, _ call: () -> Void) {
    growing.withLock { _ in
      let room = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      if room == MAP_FAILED { MemoryExhaustion.report(size) }
      munmap(room, size)
      call()
    }
    granted.max(count, ordering: .relaxed)
  }
}
