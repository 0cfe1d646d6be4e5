internal import KMeansKernelTypes

/// Who is nearest to each row by a pairwise distance: the argmin of ``PairwiseDistance``, the
/// lowest index on ties, the same bits for every instruction set, block size and thread count.
/// Immutable.
///
/// The distances of an assignment are distances here, not squares.
package struct PairwiseCentroids<Scalar: ClusteringScalar>: RowAssigner {
  /// The centroids that rows are compared with, as Doubles.
  package let centroids: Matrix<Double>
  package let distance: PairwiseDistance
  let tiles: PairwiseTiles
  private let filter: PairwiseFilter?

  /// Packs centroids: k rows of finite values, k from 1 to `Int32.max`.
  ///
  /// - Complexity: O(k d).
  package init(_ centroids: Matrix<Double>, _ distance: PairwiseDistance) {
    precondition(centroids.rows > 0)
    self.centroids = centroids
    self.distance = distance
    tiles = centroids.withRows { PairwiseTiles($0, distance) }
    filter = centroids.withRows { PairwiseFilter($0, distance) }
  }

  package var clusters: Int { centroids.rows }

  /// So many rows that their tiles stay in the second cache.
  package var blockRows: Int {
    let lanes = PairwiseKernels.tileRows
    return min(256, max(lanes, (1 << 14) / centroids.columns / lanes * lanes))
  }

  private func scratchShape(rows: Int) -> PairwiseScratch.Shape {
    // Powers are compared with the smallest of all; others only with the smallest so far.
    let kept = distance.minkowski == nil ? min(tiles.chunk, tiles.groupCount) : tiles.groupCount
    return PairwiseScratch.Shape(
      rows: rows, columns: centroids.columns, centroids: kept * PairwiseKernels.groupSize,
      filtered: filter.map { $0.groupCount * PairwiseKernels.groupSize } ?? 0)
  }

  package func makeScratch(rows: Int) -> PairwiseScratch {
    PairwiseScratch(scratchShape(rows: rows))
  }

  package func canUse(_ scratch: PairwiseScratch, rows: Int) -> Bool {
    scratch.shape == scratchShape(rows: rows)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func assign(
    _ rows: Rows<Scalar>, scratch: PairwiseScratch, into result: Assignment, ahead: Rows<Scalar>?
  ) -> AssignmentCounts {
    precondition(rows.count <= scratch.shape.rows)
    var counts = AssignmentCounts()
    counts.rows = rows.count
    if result.wantsSecond {
      for row in 0..<rows.count { findTwo(rows, row, scratch, result) }
    } else if let filter {
      findFiltered(rows, filter, scratch, needsDistances: result.distances != nil)
    } else {
      findNearest(rows, scratch)
    }
    for row in 0..<rows.count {
      if !result.labelsAreKnown || result.labels[row] != scratch.labels[row] { counts.moved += 1 }
      result.labels[row] = scratch.labels[row]
    }
    result.distances?.update(from: scratch.best, count: rows.count)
    return counts
  }

  package func rangeSearch(
    _ rows: ListedRows<Scalar>, squaredRadii: UnsafePointer<Double>, scratch: PairwiseScratch,
    _ found: (_ row: Int, _ cluster: Int, _ squaredDistance: Double) -> Void
  ) {
    var firstEqual = [Int32](repeating: 0, count: clusters)
    centroids.withRows { centroids in
      var duplicates = DuplicateRows(count: clusters)
      duplicates.find(in: centroids, &firstEqual)
      for cluster in 0..<centroids.count where firstEqual[cluster] == Int32(cluster) {
        for place in 0..<rows.count {
          let row = rows.number(place)
          let distance = distance(
            scratch.doubles(rows[place]), centroids[cluster], centroids.columns)
          if distance * distance < squaredRadii[row] { found(row, cluster, distance * distance) }
        }
      }
    }
  }

  /// The distance of every row to the centroid that its label names; that of a label below 0 is not
  /// touched.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func distances(
    _ rows: Rows<Scalar>, _ labels: UnsafePointer<Int32>, _ scratch: PairwiseScratch,
    _ distances: UnsafeMutablePointer<Double>
  ) {
    centroids.withRows { centroids in
      for row in 0..<rows.count where labels[row] >= 0 {
        distances[row] = distance(
          scratch.doubles(rows[row]), centroids[Int(labels[row])], centroids.columns)
      }
    }
  }
}
