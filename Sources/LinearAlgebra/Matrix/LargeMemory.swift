private import KMeansCLibrary

/// Memory that may be large: the caller that takes it gives it back by ``give(back:)``.
package enum LargeMemory {
  /// Room for `count` values, not initialised, 64-byte aligned; ends the program where the system
  /// has none left, as the standard library's arrays do.
  package static func take<Value: BitwiseCopyable>(
    _ count: Int, of type: Value.Type
  ) -> UnsafeMutablePointer<Value> {
    guard let memory = takeIfThere(count, of: type) else {
      MemoryExhaustion.report(count, of: MemoryLayout<Value>.stride)
    }
    return memory
  }

  /// The same; `nil` where the system has none left.
  package static func takeIfThere<Value: BitwiseCopyable>(
    _ count: Int, of type: Value.Type
  ) -> UnsafeMutablePointer<Value>? {
    var memory: UnsafeMutableRawPointer?
    let (length, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
    guard !overflow else { return nil }
    let bytes = max(length, 64)
    let isLarge = bytes >= 4 * hugePage
    let status = posix_memalign(&memory, isLarge ? hugePage : 64, bytes)
    guard status == 0, let memory else { return nil }
    #if os(Linux)
      // If the system grants it: a fault a 2 MiB page instead of 512, which is most of the time
      // that reading a file takes, and rows in any order are found without a walk through tables.
      // If it does not, the memory works as well.
      if isLarge { madvise(memory, bytes / hugePage * hugePage, MADV_HUGEPAGE) }
    #endif
    return memory.bindMemory(to: Value.self, capacity: max(count, 1))
  }

  package static func give<Value>(back memory: UnsafeMutablePointer<Value>) { free(memory) }

  private static var hugePage: Int { 2 << 20 }
}
