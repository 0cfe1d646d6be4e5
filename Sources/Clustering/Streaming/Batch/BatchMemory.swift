/// Memory for the results of each row of a batch, used again by the next one. An unsafe handle.
///
/// `@unchecked Sendable`: belongs to one stream; a copy of a stream takes memory of its own before
/// it writes.
final class BatchMemory<Scalar: ClusteringScalar>: @unchecked Sendable {
  /// The cluster of each row.
  private(set) var labels = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
  /// The decayed weight of each row.
  private(set) var weights = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  /// The squared distance of each row to its centroid, and to the second nearest one.
  private(set) var distances = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  private(set) var secondDistances = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  /// The rows after they were transformed.
  private(set) var transformed = UnsafeMutablePointer<Scalar>.allocate(capacity: 0)
  let blocks = PassScratch<EmptyReduction<Scalar>>()
  private var rows = 0
  private var values = 0

  deinit {
    labels.deallocate()
    weights.deallocate()
    distances.deallocate()
    secondDistances.deallocate()
    transformed.deallocate()
  }

  /// Makes room for a batch; earlier values are lost.
  func reserve(rows count: Int) {
    guard count > rows else { return }
    rows = count
    labels = Self.replace(labels, count)
    weights = Self.replace(weights, count)
    distances = Self.replace(distances, count)
    secondDistances = Self.replace(secondDistances, count)
  }

  /// Makes room for the values of transformed rows.
  func reserve(values count: Int) {
    guard count > values else { return }
    values = count
    transformed = Self.replace(transformed, count)
  }

  private static func replace<Value>(
    _ old: UnsafeMutablePointer<Value>, _ count: Int
  ) -> UnsafeMutablePointer<Value> {
    old.deallocate()
    return .allocate(capacity: count)
  }
}
