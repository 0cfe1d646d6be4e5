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

/// The end of the program where memory is asked for and there is none.
///
/// The library ends the program then, as the standard library does where an array finds no room:
/// no error can be thrown from there. A program may have another last word.
package enum MemoryExhaustion {
  /// The handler; written once, before there is a second thread.
  private nonisolated(unsafe) static var handler: (@Sendable (String) -> Never)?

  /// Sets the handler that ends the program then.
  ///
  /// - Parameter handler: gets the memory that was asked for, in words. To be set before any other
  ///   call of the library.
  package static func handle(_ handler: @escaping @Sendable (String) -> Never) {
    self.handler = handler
  }

  /// Ends the program.
  ///
  /// - Parameter stride: the bytes that each of some values takes; the whole need not fit an
  ///   integer.
  static func report(_ count: Int, of stride: Int = 1) -> Never {
    let mebibytes = (Double(count) * Double(stride) * 0x1p-20).rounded(.up)
    let what = "\(mebibytes < 0x1p62 ? "\(Int(mebibytes))" : "\(mebibytes)") MiB cannot be had"
    if let handler { handler(what) }
    fatalError("out of memory: \(what)")
  }
}
