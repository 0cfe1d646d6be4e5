internal import KMeansKernelTypes

/// Memory that one thread needs to assign blocks of rows: O(block rows x d + scores), allocated
/// once.
///
/// `@unchecked Sendable`: each belongs to one worker.
package final class AssignmentScratch<Scalar: ClusteringScalar>: AssignerScratch,
  @unchecked Sendable
{
  /// The shape of the blocks that it is for.
  struct Shape: Hashable {
    /// Rows of a block at most.
    var rows: Int
    var columns: Int
    /// Columns of a tile of scores: centroids, and the fill of the last vector.
    var width: Int
    /// Rows of a tile of scores: those of a block, or one where scores stay in registers.
    var scoreRows: Int
    /// Groups of the filter; 0 where there is none.
    var filterGroups = 0
    /// Whether rows are multiplied by an inverted index.
    var isInverted = false
  }

  let shape: Shape
  /// The rows ready for products: one after another, or turned into tiles.
  let packed: UnsafeMutablePointer<Scalar>
  let tile: UnsafeMutablePointer<Scalar>
  /// Sums of a chunk of centroids that the fused kernels have begun.
  let sums: UnsafeMutablePointer<Scalar>
  /// One row less the shift.
  let shifted: UnsafeMutablePointer<Scalar>
  let norms: UnsafeMutablePointer<Scalar>
  let best: UnsafeMutablePointer<Scalar>
  let second: UnsafeMutablePointer<Scalar>
  package let labels: UnsafeMutablePointer<Int32>
  package let distances: UnsafeMutablePointer<Double>
  /// The second nearest centroid of each row, its squared distance, and the score of the third.
  let secondLabels: UnsafeMutablePointer<Int32>
  let secondDistances: UnsafeMutablePointer<Double>
  let third: UnsafeMutablePointer<Scalar>
  /// Rows that a strategy could not decide.
  let ambiguous: UnsafeMutablePointer<Int32>
  /// How many of them are not finite.
  var notFinite = 0
  /// Room for all centroids of one row.
  let indices: UnsafeMutablePointer<Int32>
  /// The filter's memory; `nil` where there is no filter.
  let filter: FilterScratch<Scalar>?
  /// The terms of a row; `nil` where there is no inverted index.
  let terms: TermScratch<Scalar>?
  private let arena = ScratchArena()

  init(_ shape: Shape) {
    self.shape = shape
    // Kernels fill whole tiles.
    let most = FusedKernels<Scalar>.mostTileRows
    let rows = (shape.rows + most - 1) / most * most
    packed = arena.take(shape.isInverted ? 0 : rows * shape.columns)
    tile = arena.take(shape.scoreRows * shape.width)
    norms = arena.take(rows)
    best = arena.take(rows)
    second = arena.take(rows)
    labels = arena.take(rows)
    distances = arena.take(rows)
    secondLabels = arena.take(rows)
    secondDistances = arena.take(rows)
    third = arena.take(rows)
    indices = arena.take(shape.width)
    shifted = arena.take(shape.columns)
    ambiguous = arena.take(rows)
    sums = arena.take(FusedKernels<Scalar>.chunkGroups * FusedKernels<Scalar>.groupSize * most)
    terms = shape.isInverted ? TermScratch(columns: shape.columns) : nil
    filter =
      shape.filterGroups > 0
      ? FilterScratch(columns: shape.columns, groupCount: shape.filterGroups) : nil
  }
}
