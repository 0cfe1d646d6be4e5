#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// The memory of a ``Matrix``: 64-byte aligned, so that a row of 16 floats is one cache line and one
/// vector load. The only owner of raw memory in this module.
///
/// `@unchecked Sendable`: written only while uniquely referenced, which `Matrix` ensures.
final class MatrixStorage<Scalar: BLASScalar>: @unchecked Sendable {
  let capacity: Int
  let base: UnsafeMutablePointer<Scalar>

  /// Memory for `capacity` scalars, not initialised; traps where the system has none left, as the
  /// standard library's arrays do.
  init(capacity: Int) {
    var memory: UnsafeMutableRawPointer?
    let bytes = max(capacity * MemoryLayout<Scalar>.stride, 64)
    let isLarge = bytes >= 4 * Self.hugePage
    let status = posix_memalign(&memory, isLarge ? Self.hugePage : 64, bytes)
    guard status == 0, let memory else {
      fatalError("out of memory: a matrix of \(bytes) bytes")
    }
    #if os(Linux)
      // Where the system grants it: a fault a 2 MiB page instead of 512, which is most of the time
      // that reading a file takes. Where it does not, nothing is lost.
      if isLarge { madvise(memory, bytes / Self.hugePage * Self.hugePage, MADV_HUGEPAGE) }
    #endif
    self.capacity = capacity
    base = memory.bindMemory(to: Scalar.self, capacity: max(capacity, 1))
  }

  private static var hugePage: Int { 2 << 20 }

  deinit { free(base) }

  /// A copy of the first `count` scalars in memory for `capacity`.
  func copy(count: Int, capacity: Int) -> MatrixStorage {
    let copy = MatrixStorage(capacity: capacity)
    copy.base.initialize(from: base, count: count)
    return copy
  }
}
