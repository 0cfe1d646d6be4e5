internal import KMeansKernelTypes

/// Memory that one thread needs to assign blocks of rows by a pairwise distance: O(block rows x d +
/// k), allocated once.
///
/// `@unchecked Sendable`: each belongs to one worker.
package final class PairwiseScratch: AssignerScratch, @unchecked Sendable {
  /// The shape of the blocks that it is for.
  struct Shape: Hashable {
    /// Rows of a block at most.
    var rows: Int
    var columns: Int
    /// Centroids of which the sums of a tile are kept at once.
    var centroids: Int
    /// Centroids that are filtered; 0 where there is no filter.
    var filtered: Int
  }

  let shape: Shape
  /// The rows in tiles.
  let tiles: UnsafeMutablePointer<Double>
  /// The sums of a tile and some centroids.
  let sums: UnsafeMutablePointer<Double>
  /// The smallest distance of each row so far, and whose it is.
  let best: UnsafeMutablePointer<Double>
  let nearest: UnsafeMutablePointer<Int64>
  /// The products of the rows with themselves, where somebody needs them.
  let squares: UnsafeMutablePointer<Double>
  /// One row as Doubles.
  let row: UnsafeMutablePointer<Double>
  /// Sixteen rows in single precision, what they have lost, their limits, their sums with all
  /// centroids, and the centroids that these do not rule out.
  let floats: UnsafeMutablePointer<Float>
  let errors: UnsafeMutablePointer<Double>
  let limits: UnsafeMutablePointer<Float>
  let floatSums: UnsafeMutablePointer<Float>
  let undecided: UnsafeMutablePointer<UInt64>
  package let labels: UnsafeMutablePointer<Int32>
  package let distances: UnsafeMutablePointer<Double>
  private let arena = ScratchArena()

  init(_ shape: Shape) {
    self.shape = shape
    let lanes = PairwiseKernels.tileRows
    let rows = (shape.rows + lanes - 1) / lanes * lanes
    tiles = arena.take(rows * shape.columns)
    sums = arena.take(shape.centroids * lanes)
    best = arena.take(rows)
    nearest = arena.take(rows)
    squares = arena.take(rows)
    row = arena.take(shape.columns)
    let floatLanes = shape.filtered == 0 ? 0 : PairwiseKernels.floatTileRows
    floats = arena.take(shape.columns * floatLanes)
    errors = arena.take(floatLanes)
    limits = arena.take(floatLanes)
    floatSums = arena.take(shape.filtered * floatLanes)
    undecided = arena.take(shape.filtered)
    labels = arena.take(rows)
    distances = arena.take(rows)
  }

  /// A row as Doubles; valid until the next call.
  func doubles<Scalar: ClusteringScalar>(
    _ values: UnsafePointer<Scalar>
  ) -> UnsafePointer<Double> {
    for column in 0..<shape.columns { row[column] = Double(values[column]) }
    return UnsafePointer(row)
  }
}
