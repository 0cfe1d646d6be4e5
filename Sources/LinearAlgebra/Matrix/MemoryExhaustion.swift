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
