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
    // Each part starts on a cache line.
    let sizes = [
      rows * columns * scalar, shape.scoreRows * width * scalar, rows * scalar, rows * scalar,
      rows * scalar,
      rows * 4, rows * 8, width * 4, columns * scalar, rows * 4,
      FusedKernels<Scalar>.chunkGroups * FusedKernels<Scalar>.groupSize * most * scalar,
    ].map { ($0 + 63) / 64 * 64 }
    memory = .allocate(byteCount: sizes.reduce(0, +), alignment: 64)
    var next = memory
    func part<T>(_ index: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
      defer { next += sizes[index] }
      return next.bindMemory(to: T.self, capacity: sizes[index] / MemoryLayout<T>.stride)
    }
    packed = part(0, Scalar.self)
    tile = part(1, Scalar.self)
    norms = part(2, Scalar.self)
    best = part(3, Scalar.self)
    second = part(4, Scalar.self)
    labels = part(5, Int32.self)
    distances = part(6, Double.self)
    indices = part(7, Int32.self)
    shifted = part(8, Scalar.self)
    undecided = part(9, Int32.self)
    sums = part(10, Scalar.self)
    filter =
      shape.filterGroups > 0
      ? FilterScratch(columns: columns, groupCount: shape.filterGroups) : nil
  }

  deinit { memory.deallocate() }
}
