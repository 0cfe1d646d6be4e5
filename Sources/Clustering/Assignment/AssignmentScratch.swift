internal import KMeansKernelTypes

/// Memory that one thread needs to assign blocks of rows: O(block rows x d + scores), allocated once.
///
/// `@unchecked Sendable`: each belongs to one worker.
package final class AssignmentScratch<Scalar: ClusteringScalar>: @unchecked Sendable {
  /// What blocks it is for.
  struct Shape: Hashable {
    /// Rows of a block at most.
    var rows: Int
    var columns: Int
    /// Columns of a tile of scores: centroids, and what fills up the last vector.
    var width: Int
    /// Rows of a tile of scores: those of a block, or one where scores stay in registers.
    var scoreRows: Int
    /// Groups of the filter; 0 where there is none.
    var filterGroups = 0
  }

  let shape: Shape
  /// The rows as products want them: one after another, or turned into tiles.
  let packed: UnsafeMutablePointer<Scalar>
  let tile: UnsafeMutablePointer<Scalar>
  /// Sums of a chunk of centroids that the fused kernels have begun.
  let sums: UnsafeMutablePointer<Scalar>
  /// One row less the shift.
  let shifted: UnsafeMutablePointer<Scalar>
  let norms: UnsafeMutablePointer<Scalar>
  let best: UnsafeMutablePointer<Scalar>
  let second: UnsafeMutablePointer<Scalar>
  let labels: UnsafeMutablePointer<Int32>
  let distances: UnsafeMutablePointer<Double>
  /// Rows that a strategy could not decide.
  let undecided: UnsafeMutablePointer<Int32>
  /// Room for all centroids of one row.
  let indices: UnsafeMutablePointer<Int32>
  /// What the filter needs, where there is one.
  let filter: FilterScratch<Scalar>?
  private let memory: UnsafeMutableRawPointer

  init(_ shape: Shape) {
    self.shape = shape
    let scalar = MemoryLayout<Scalar>.stride
    let (columns, width) = (shape.columns, shape.width)
    // Kernels fill whole tiles.
    let most = FusedKernels<Scalar>.mostTileRows
    let rows = (shape.rows + most - 1) / most * most
    var parts = MemoryParts(bytes: [
      rows * columns * scalar, shape.scoreRows * width * scalar, rows * scalar, rows * scalar,
      rows * scalar,
      rows * 4, rows * 8, width * 4, columns * scalar, rows * 4,
      FusedKernels<Scalar>.chunkGroups * FusedKernels<Scalar>.groupSize * most * scalar,
    ])
    memory = parts.memory
    packed = parts.next(Scalar.self)
    tile = parts.next(Scalar.self)
    norms = parts.next(Scalar.self)
    best = parts.next(Scalar.self)
    second = parts.next(Scalar.self)
    labels = parts.next(Int32.self)
    distances = parts.next(Double.self)
    indices = parts.next(Int32.self)
    shifted = parts.next(Scalar.self)
    undecided = parts.next(Int32.self)
    sums = parts.next(Scalar.self)
    filter =
      shape.filterGroups > 0
      ? FilterScratch(columns: columns, groupCount: shape.filterGroups) : nil
  }

  deinit { memory.deallocate() }
}
