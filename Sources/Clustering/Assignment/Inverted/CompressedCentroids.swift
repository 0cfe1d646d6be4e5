/// Centroids that have few values, without their zeros: the first ones of a fit are rows, and
/// compared with rows much sooner so.
///
/// `@unchecked Sendable`: written only before other code sees it.
final class CompressedCentroids<Scalar: ClusteringScalar>: @unchecked Sendable {
  private let starts: UnsafeMutablePointer<Int>
  private let indices: UnsafeMutablePointer<Int32>
  private let values: UnsafeMutablePointer<Scalar>

  /// - Parameter valueCounts: how many values of each centroid are not zero.
  /// - Returns: `nil` where they are so many that the zeros do not matter.
  init?(_ centroids: Rows<Scalar>, valueCounts: [Int], threads: Int) {
    let total = valueCounts.reduce(0, +)
    guard total * Self.fewest < centroids.count * centroids.columns else { return nil }
    starts = .allocate(capacity: centroids.count + 1)
    indices = .allocate(capacity: max(1, total))
    values = .allocate(capacity: max(1, total))
    starts[0] = 0
    for cluster in 0..<centroids.count {
      starts[cluster + 1] = starts[cluster] + valueCounts[cluster]
    }
    Workers.share(centroids.count, among: threads) { queue in
      while let cluster = queue.next() { enter(centroids[cluster], cluster, centroids.columns) }
    }
  }

  private func enter(_ row: UnsafePointer<Scalar>, _ cluster: Int, _ columns: Int) {
    var end = starts[cluster]
    for column in 0..<columns where row[column] != 0 {
      indices[end] = Int32(truncatingIfNeeded: column)
      values[end] = row[column]
      end += 1
    }
  }

  deinit {
    starts.deallocate()
    indices.deallocate()
    values.deallocate()
  }

  /// Merging two lists of columns takes ten times as long for a value as a look at all columns.
  private static var fewest: Int { 10 }

  subscript(cluster: Int) -> CompressedRow<Scalar> {
    let first = starts[cluster]
    return CompressedRow(
      indices: indices + first, values: values + first, count: starts[cluster + 1] - first)
  }

  /// The squared distance of a row from a centroid; `nil` where a look at all columns is sooner.
  func squaredDistance(_ row: CompressedRow<Scalar>, _ cluster: Int, columns: Int) -> Double? {
    let centroid = self[cluster]
    guard (row.count + centroid.count) * Self.fewest < columns else { return nil }
    return row.squaredDistance(to: centroid, columns: columns)
  }
}
