/// Sums of some stripes of one cluster, merged as a binary counter merges all of them: the same bits, though most stripes may have
/// no row of the cluster.
///
/// Stripes are the leaves of a binary tree, and a sum of nothing changes no bit of another (sums that begin with +0 are never -0).
/// So neighbours that have rows are merged in the order of the height at which their paths meet.
///
/// `@unchecked Sendable`: belongs to one worker.
final class StripeStack: @unchecked Sendable {
  private let stride: Int
  private let memory: UnsafeMutablePointer<Double>
  private var depth = 0
  private var last = 0
  /// Where the path of each sum and of the one before meet.
  private let heights: UnsafeMutablePointer<Int>

  /// Heights of a tree over as many stripes as there can be.
  private static var most: Int { 64 }

  init(stride: Int) {
    self.stride = stride
    memory = .allocate(capacity: Self.most * stride)
    heights = .allocate(capacity: Self.most)
  }

  deinit {
    memory.deallocate()
    heights.deallocate()
  }

  /// The sum of a stripe, zero at first; stripes come in order.
  func sum(of stripe: Int) -> UnsafeMutablePointer<Double> {
    if depth > 0 {
      if stripe == last { return memory + (depth - 1) * stride }
      let height = Int.bitWidth - (stripe ^ last).leadingZeroBitCount
      while depth > 1, heights[depth - 1] < height { merge() }
      heights[depth] = height
    } else {
      heights[0] = Int.max
    }
    last = stripe
    depth += 1
    let sum = memory + (depth - 1) * stride
    sum.update(repeating: 0, count: stride)
    return sum
  }

  /// Merges what is left into `target`, and begins anew.
  func finish(into target: UnsafeMutablePointer<Double>) {
    while depth > 1 { merge() }
    if depth == 1 {
      target.update(from: memory, count: stride)
    } else {
      target.update(repeating: 0, count: stride)
    }
    depth = 0
  }

  private func merge() {
    depth -= 1
    let (left, right) = (memory + (depth - 1) * stride, memory + depth * stride)
    var place = 0
    // Rows of sums are whole vectors of eight.
    while place < stride {
      let sum =
        UnsafeRawPointer(left + place).loadUnaligned(as: SIMD8<Double>.self)
        + UnsafeRawPointer(right + place).loadUnaligned(as: SIMD8<Double>.self)
      UnsafeMutableRawPointer(left + place).storeBytes(of: sum, as: SIMD8<Double>.self)
      place += 8
    }
  }
}
