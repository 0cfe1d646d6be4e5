/// Memory for several things, each of which begins on a cache line.
///
/// An unsafe handle: whoever makes it gives ``memory`` back.
struct MemoryParts {
  let memory: UnsafeMutableRawPointer
  private var sizes: ArraySlice<Int>
  private var place: UnsafeMutableRawPointer

  /// - Parameters:
  ///   - bytes: how many bytes each part needs.
  ///   - zeroed: whether all of them are to be zero.
  init(bytes: [Int], zeroed: Bool = false) {
    let line = 64
    let sizes = bytes.map { ($0 + line - 1) / line * line }
    let size = sizes.reduce(0, +)
    memory = .allocate(byteCount: size, alignment: line)
    if zeroed { memory.initializeMemory(as: UInt8.self, repeating: 0, count: size) }
    place = memory
    self.sizes = sizes[...]
  }

  /// The part that comes next.
  mutating func next<T>(_ type: T.Type) -> UnsafeMutablePointer<T> {
    guard let size = sizes.popFirst() else { preconditionFailure("no part is left") }
    defer { place += size }
    return place.bindMemory(to: T.self, capacity: size / MemoryLayout<T>.stride)
  }
}
