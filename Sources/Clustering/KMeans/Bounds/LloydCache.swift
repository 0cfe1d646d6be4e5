internal import KMeansKernelTypes
internal import KMeansLinearAlgebra

/// The cache of a run of Lloyd's algorithm for the strategy `filtered`: what is remembered of
/// points from one iteration to the next. These are the points as bytes, the order in which they
/// are assigned, and bounds. Nothing of it decides a result.
///
/// n d bytes for the points and 40 a point besides; bounds take 5/96 n k bytes and 32 a point more.
/// The points themselves are read in place and never moved: they are taken by label, in tiles, so
/// that sixteen neighbours rule out the same centroids.
///
/// `@unchecked Sendable`: threads write to entries of different rows.
package final class LloydCache<Scalar: ClusteringScalar>: @unchecked Sendable {
  let rows: MappedRows<Scalar>
  let threads: Int
  let words: Int
  let tiles: Int
  private let bytes: UnsafeMutablePointer<Int32>
  private let quantization: UnsafeMutablePointer<Float>
  /// The squared distance of each row to the centroid of its label, after an assignment.
  let distances: UnsafeMutablePointer<Double>
  /// The rows in the order in which they are assigned.
  let order: UnsafeMutablePointer<Int32>
  var isQuantized = false
  var isSorted = false
  var bounds: GroupBounds<Scalar>?
  let boundBytes: Int
  var plan = SortingPlan()
  /// The centroids of the assignment before.
  var before: Matrix<Scalar>?
  /// Centroids that nobody looks back at any more.
  private var retired: Matrix<Scalar>?
  /// The rows that moved in the last assignment.
  var moved: [MovedRow] = []
  var forgotSums = true
  var sumsAnew = true
  /// Whether every pair that a bound left out is computed after all, and must be farther.
  let verifies: Bool
  /// Whether an assignment leaves rows out once the task is cancelled.
  let isCancellable: Bool

  /// - Parameters:
  ///   - boundBytes: how many bytes bounds may take; without them every pair is compared in every
  ///     iteration.
  ///   - verifies: whether what was left out is computed, to test the bounds.
  ///   - isCancellable: whether an assignment ends early, without all rows, when the task is
  ///     cancelled.
  package init(
    _ points: WeightedRows<Scalar>, map: RowMap<Scalar>?, threads: Int, boundBytes: Int = .max,
    verifies: Bool = false, isCancellable: Bool = false
  ) {
    rows = MappedRows(points, map: map)
    self.threads = threads
    self.boundBytes = boundBytes
    self.verifies = verifies
    self.isCancellable = isCancellable
    words = FilterShape.words(columns: points.rows.columns)
    tiles = (points.count + FilterShape.lanes - 1) / FilterShape.lanes
    bytes = LargeMemory.take(tiles * FilterShape.lanes * words, of: Int32.self)
    quantization = LargeMemory.take(
      tiles * FilterShape.lanes * FilterShape.quantization, of: Float.self)
    distances = LargeMemory.take(points.count, of: Double.self)
    order = LargeMemory.take(points.count, of: Int32.self)
    for row in 0..<points.count { order[row] = Int32(truncatingIfNeeded: row) }
  }

  var points: WeightedRows<Scalar> { rows.points }

  /// A tile's points as bytes, turned.
  func bytes(of tile: Int) -> UnsafeMutablePointer<Int32> {
    bytes + tile * FilterShape.lanes * words
  }

  /// The records of their quantisation, as `quantizeRow` writes them [6 x 16].
  func quantization(of tile: Int) -> UnsafeMutablePointer<Float> {
    quantization + tile * FilterShape.lanes * FilterShape.quantization
  }

  /// Begins an assignment to other centroids.
  func begin(_ nearest: NearestCentroids<Scalar>, _ step: FilterStep<Scalar>) {
    retired = before
    before = nearest.centroids
    // Bounds look back at more of them.
    if let bounds { retired = bounds.begin(nearest, step, threads: threads) }
  }

  /// A matrix of the shape of the centroids, of which the memory may be used again.
  func takeRetired() -> Matrix<Scalar>? { retired.take() }

  /// The bytes that are remembered of some rows, without bounds.
  static func bytes(_ rows: Rows<Scalar>) -> Int {
    rows.count * (4 * FilterShape.words(columns: rows.columns) + 4 * FilterShape.quantization + 12)
  }

  deinit {
    LargeMemory.give(back: bytes)
    LargeMemory.give(back: quantization)
    LargeMemory.give(back: distances)
    LargeMemory.give(back: order)
  }
}

// The sums of the clusters after an assignment.
extension LloydCache {
  /// Sums the clusters of the last assignment: where sums are exact, by what moved unless much did.
  ///
  /// - Parameter sums: of the assignment before, or anything after the first one.
  func sum(into sums: inout ClusterSums<Scalar>, _ labels: UnsafePointer<Int32>) {
    let stripeRows = sums.shape.stripeRows
    guard sums.isUnordered else {
      let sum = StripeSum(sums.empty())
      RowPass(rows, stripeRows: stripeRows, threads: threads).reduce(
        labels: labels, distances: distances, adding: sum)
      sums = sum.total().value
      return
    }
    if sumsAnew || moved.count > points.count / 3 {
      sums.sumExactly(rows, labels, threads: threads)
    } else {
      sums.move(moved, of: rows, threads: threads)
    }
    sums.stripedInertia = StripedInertia(
      distances, points.weights, count: points.count, stripeRows: stripeRows)
  }

  /// Says that labels have changed besides.
  func forgetSums() { forgotSums = true }
}
