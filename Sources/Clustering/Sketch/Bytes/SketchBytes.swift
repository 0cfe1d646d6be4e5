internal import KMeansKernelTypes

/// The coordinates of a sketch's centroids as bytes, which follow every move: quantising one
/// centroid is O(d), next to O(m d) that a point takes.
final class SketchBytes {
  let quantized: QuantizedCentroids<Double>
  let kernels: FilterKernels<Double>
  /// Centroids that bytes cannot hold: they are compared directly with every point, and do not
  /// loosen the bounds of the others.
  private(set) var far: [Int32] = []
  /// Zeros [columns]: coordinates are in the frame of the sketch already.
  let origin: UnsafeMutablePointer<Double>
  private let arena = ScratchArena()
  /// The number of centroids when the error that is usual among them was last found.
  private var measuredCount = 0

  init(columns: Int, capacity: Int, kernels: FilterKernels<Double>) {
    self.kernels = kernels
    quantized = QuantizedCentroids(capacity: capacity, columns: columns, kernels: kernels)
    origin = arena.take(columns, repeating: 0)
    fill(with: Rows(base: origin, count: 0, columns: columns, stride: columns))
  }

  /// Takes other centroids.
  ///
  /// - Complexity: O(m d).
  func fill(with rows: Rows<Double>) {
    quantized.fill(rows, shift: origin, firstEqual: nil, order: nil)
    measuredCount = rows.count
    far = []
    for slot in 0..<rows.count { removeIfFar(slot) }
  }

  /// Measures the errors anew where there are twice as many centroids as when it was last done.
  func measure(_ rows: Rows<Double>) {
    if rows.count >= max(16, 2 * measuredCount) { fill(with: rows) }
  }

  /// Quantises a centroid that is new or has moved.
  ///
  /// - Complexity: O(d).
  func replace(_ slot: Int, with point: UnsafePointer<Double>) {
    if !far.isEmpty { far.removeAll { $0 == Int32(truncatingIfNeeded: slot) } }
    quantized.replace(slot, with: point, shift: origin)
    removeIfFar(slot)
  }

  @inline(__always)
  private func removeIfFar(_ slot: Int) {
    guard !quantized.normBounds[slot].isFinite else { return }
    quantized.remove(slot)
    far.append(Int32(truncatingIfNeeded: slot))
  }
}

/// Memory for sixteen points of a sketch whose centroids are bytes: O(d + centroids).
final class ByteScratch {
  /// The number of centroids that there is room for.
  let capacity: Int
  let filter: FilterScratch<Double>
  /// Addresses of the sixteen points [16].
  let pointers: UnsafeMutablePointer<UnsafePointer<Double>>
  private let arena = ScratchArena()

  init(columns: Int, capacity: Int) {
    self.capacity = capacity
    let groups = FilterShape.groups(centroids: capacity)
    filter = FilterScratch(columns: columns, groupCount: groups, scoredGroups: groups)
    pointers = arena.take(FilterShape.lanes)
  }
}
