internal import KMeansKernelTypes

/// Points of a sketch, in its frame, and the memory that a block of them works in.
final class SketchScratch {
  let rows: Int
  /// rows x columns.
  let shifted: UnsafeMutablePointer<Double>
  /// The same, rounded.
  let rounded: UnsafeMutablePointer<Float>
  let squaredNorms: UnsafeMutablePointer<Double>
  let work: Work
  private let arena = ScratchArena()

  /// What a kind of block works in.
  enum Work {
    case products(ProductScratch)
    case bytes(ByteScratch)
  }

  init(rows: Int, columns: Int, work: Work) {
    self.rows = rows
    self.work = work
    shifted = arena.take(rows * columns)
    rounded = arena.take(rows * columns)
    squaredNorms = arena.take(rows)
  }
}
