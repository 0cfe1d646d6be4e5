/// Memory for several things that are given back together, each on cache lines of its own.
///
/// An unsafe handle: its memory is valid as long as it lives.
final class ScratchArena {
  private var parts: [UnsafeMutableRawPointer] = []

  deinit {
    for part in parts { part.deallocate() }
  }

  /// Memory for some values, not yet initialised.
  func take<T>(_ count: Int, of type: T.Type = T.self) -> UnsafeMutablePointer<T> {
    let line = 64
    let bytes = (count * MemoryLayout<T>.stride + line - 1) / line * line
    let part = UnsafeMutableRawPointer.allocate(byteCount: max(line, bytes), alignment: line)
    parts.append(part)
    return part.bindMemory(to: T.self, capacity: count)
  }

  /// Memory for some values that are set.
  func take<T>(_ count: Int, repeating value: T) -> UnsafeMutablePointer<T> {
    let part = take(count, of: T.self)
    part.initialize(repeating: value, count: count)
    return part
  }
}
