internal import KMeansKernelTypes

/// The memory that is read after a vector of sixteen points: kernels fetch it into the cache
/// meanwhile, in this order. An unsafe handle of memory for ``room`` stretches.
struct LinesAhead {
  let stretches: UnsafeMutablePointer<CacheStretch>
  private(set) var count = 0

  /// The stretches that a vector has: three for each of its points, and six.
  static var room: Int { 3 * FilterShape.lanes + 6 }

  init(_ stretches: UnsafeMutablePointer<CacheStretch>) { self.stretches = stretches }

  mutating func clear() { count = 0 }

  /// Adds some values; without room for them they are not fetched.
  mutating func add<Value>(_ start: UnsafePointer<Value>, count values: Int = 1) {
    guard count < Self.room, values > 0 else { return }
    let (line, place) = (64, Int(bitPattern: start))
    let end = place &+ values &* MemoryLayout<Value>.stride
    stretches[count] = (UnsafeRawPointer(start), (end &+ line &- 1) / line &- place / line)
    count &+= 1
  }
}
