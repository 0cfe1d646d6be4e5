/// The memory of a ``Matrix``: 64-byte aligned, so that a row of 16 floats is one cache line and
/// one vector load.
///
/// `@unchecked Sendable`: written only while uniquely referenced, which `Matrix` ensures.
final class MatrixStorage<Scalar: BLASScalar>: @unchecked Sendable {
  let capacity: Int
  let base: UnsafeMutablePointer<Scalar>

  /// Memory for `capacity` scalars, not initialised.
  init(capacity: Int) {
    self.capacity = capacity
    base = LargeMemory.take(capacity, of: Scalar.self)
  }

  /// The same; `nil` where the system has no such memory left.
  init?(ifThere capacity: Int) {
    guard let base = LargeMemory.takeIfThere(capacity, of: Scalar.self) else { return nil }
    self.capacity = capacity
    self.base = base
  }

  deinit { LargeMemory.give(back: base) }

  /// The same as ``copy(count:capacity:)``; `nil` where the system has no such memory left.
  func copyIfThere(count: Int, capacity: Int) -> MatrixStorage? {
    guard let copy = MatrixStorage(ifThere: capacity) else { return nil }
    copy.base.initialize(from: base, count: count)
    return copy
  }

  /// A copy of the first `count` scalars in memory for `capacity`.
  func copy(count: Int, capacity: Int) -> MatrixStorage {
    let copy = MatrixStorage(capacity: capacity)
    copy.base.initialize(from: base, count: count)
    return copy
  }
}
