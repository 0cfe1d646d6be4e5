/// The cache of a run of Lloyd's algorithm for rows of one column and the strategy `fused`: the
/// values in ascending order. Nothing of it decides a result.
///
/// The rows of a cluster are neighbours there, so an assignment is a search for the boundaries
/// between them, and only the rows between an old boundary and the new one are touched. Where
/// rounding may mix neighbouring clusters, a look at every value finds the same labels; see
/// ``CentroidOrder/areToldApart(from:to:)``.
final class SortedColumn<Scalar: ClusteringScalar> {
  let order: ColumnOrder<Scalar>
  /// The cells of the last assignment; `nil` where labels are not known to be those of any.
  private var cells: SortedCells?
  /// Whether all distances are computed besides, to test what was left out.
  private let verifies: Bool

  /// - Precondition: there is one column, and at most `Int32.max` rows.
  /// - Complexity: O(n).
  init(_ points: WeightedRows<Scalar>, map: RowMap<Scalar>?, verifies: Bool) {
    order = ColumnOrder(MappedRows(points, map: map))
    self.verifies = verifies
  }

  /// How many bytes are taken for so many rows.
  static func bytes(rows: Int) -> Int { ColumnOrder<Scalar>.bytes(rows: rows) }

  /// Says that labels have changed besides.
  func forget() { cells = nil }

  /// Assigns every row; as ``RowBounds/assign(_:_:areKnown:correcting:)``.
  ///
  /// - Complexity: O(k log n + moved rows), and O(n) where no cells are known or rounding may mix
  ///   them.
  func assign(
    _ nearest: NearestCentroids<Scalar>, _ labels: UnsafeMutablePointer<Int32>, areKnown: Bool,
    correcting sums: inout ClusterSums<Scalar>
  ) -> AssignmentCounts {
    let centroids = CentroidOrder(nearest.centroids)
    var counts = AssignmentCounts()
    let assign = { (places: ExactSumPlaces<Scalar>?) in
      let change = ColumnChange(self.order, labels, areKnown: areKnown, places)
      self.assign(centroids, change)
      counts.moved = change.moved
      counts.compared = change.compared
    }
    if sums.isUnordered { sums.withExactSums(assign) } else { assign(nil) }
    counts.rows = order.count
    if verifies { verify(nearest, labels) }
    return counts
  }

  private func assign(_ centroids: CentroidOrder, _ change: ColumnChange<Scalar>) {
    let (low, high) = (Double(order.values[0]), Double(order.values[order.count - 1]))
    guard centroids.areToldApart(from: low, to: high) else {
      cells = nil
      return change.sweep(centroids)
    }
    let last = change.areKnown ? cells : nil
    let next = change.cells(of: centroids, near: last)
    if let last { change.move(from: last, to: next) } else { change.take(next) }
    cells = next
  }

  /// Computes all distances.
  private func verify(_ nearest: NearestCentroids<Scalar>, _ labels: UnsafePointer<Int32>) {
    for place in 0..<order.count {
      let own = Int(labels[Int(order.rows[place])])
      let distance = nearest.directDistance(order.values + place, own)
      for cluster in 0..<nearest.clusters where cluster != own {
        let other = nearest.directDistance(order.values + place, cluster)
        precondition(
          other > distance || (other == distance && cluster > own),
          "the boundaries left out centroid \(cluster) for row \(order.rows[place])")
      }
    }
  }
}

/// Where the rows of each cluster begin among sorted values.
struct SortedCells {
  /// The first value of each cell and one past the last cell [m + 1].
  var starts: [Int]
  /// The cluster of each cell [m].
  let clusters: [Int32]
}
