private import KMeansLocks
private import Synchronization

private import KMeansCLibrary

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
