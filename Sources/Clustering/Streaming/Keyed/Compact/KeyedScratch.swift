/// Memory for one group of rows at a time, which all models of a pool share: one for each thread.
///
/// `@unchecked Sendable`: belongs to the thread that took it.
final class KeyedScratch<Scalar: ClusteringScalar>: @unchecked Sendable {
  private(set) var rows = UnsafeMutablePointer<Scalar>.allocate(capacity: 0)
  /// The weights as they were given, and decayed.
  private(set) var given = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  private(set) var decayed = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  private(set) var times = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  private(set) var labels = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
  private(set) var distances = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  private var rowCount = 0
  let columns: Int
  /// The distance of two clusters' sums, as of ``BatchSums``.
  let stride: Int
  /// The centers, rounded [k x d].
  let centroids: UnsafeMutablePointer<Scalar>
  /// The sums of a group [k x stride], and the weights and numbers of its rows [k].
  let sums: UnsafeMutablePointer<Double>
  let squares: UnsafeMutablePointer<Double>
  let weights: UnsafeMutablePointer<Double>
  let counts: UnsafeMutablePointer<Int>

  init(_ layout: KeyedLayout) {
    columns = layout.columns
    stride = (columns + 7) / 8 * 8
    centroids = .allocate(capacity: layout.values)
    sums = .allocate(capacity: layout.clusters * stride)
    squares = .allocate(capacity: layout.clusters * stride)
    weights = .allocate(capacity: layout.clusters)
    counts = .allocate(capacity: layout.clusters)
  }

  deinit {
    rows.deallocate()
    given.deallocate()
    decayed.deallocate()
    times.deallocate()
    labels.deallocate()
    distances.deallocate()
    centroids.deallocate()
    sums.deallocate()
    squares.deallocate()
    weights.deallocate()
    counts.deallocate()
  }

  /// Takes the rows of a group.
  func gather(_ group: KeyedGroup, of batch: KeyedRows<Scalar>) {
    reserve(group.count)
    for (place, row) in group.rows.enumerated() {
      (rows + place * columns).update(from: batch.points.rows[Int(row)], count: columns)
      if let weights = batch.points.weights { given[place] = weights[Int(row)] }
      if let all = batch.times { times[place] = all[Int(row)] }
    }
  }

  private func reserve(_ count: Int) {
    guard count > rowCount else { return }
    rowCount = max(count, 2 * rowCount)
    replace(&rows, rowCount * columns)
    replace(&given, rowCount)
    replace(&decayed, rowCount)
    replace(&times, rowCount)
    replace(&labels, rowCount)
    replace(&distances, rowCount)
  }

  private func replace<Value>(_ old: inout UnsafeMutablePointer<Value>, _ count: Int) {
    old.deallocate()
    old = .allocate(capacity: count)
  }
}

/// A batch of rows of many keys. An unsafe handle.
struct KeyedRows<Scalar: ClusteringScalar>: @unchecked Sendable {
  let points: WeightedRows<Scalar>
  let times: UnsafePointer<Double>?
}

/// The rows of one key in a batch. An unsafe handle.
struct KeyedGroup: @unchecked Sendable {
  /// The number of the model.
  let model: Int
  /// The numbers of the rows, ascending.
  let rows: UnsafeBufferPointer<Int32>
  var count: Int { rows.count }
}
