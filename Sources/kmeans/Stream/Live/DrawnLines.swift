import KMeansLocks

/// Lines at the end of what stands on the terminal of stderr, which are drawn anew in place.
/// Whatever else is said goes in their place, and they below it.
enum DrawnLines {
  private static let state = Mutex(0)

  /// How many there are.
  static var count: Int { state.withLock { $0 } }

  /// Draws lines in place of those that are there, all by one call of the system.
  static func draw(_ lines: [String]) {
    state.withLock { count in
      Streams.writeInPlace(erasure(count) + lines.map { "\($0)\n" }.joined())
      count = lines.count
    }
  }

  /// Takes the lines away.
  static func erase() {
    state.withLock { count in
      if count > 0 { Streams.writeInPlace(erasure(count)) }
      count = 0
    }
  }

  /// Lets them stand as they are.
  static func leave() { state.withLock { $0 = 0 } }

  /// What moves to the first line and clears all that follows.
  private static func erasure(_ count: Int) -> String {
    count > 0 ? "\u{1B}[\(count)A\r\u{1B}[J" : ""
  }
}
