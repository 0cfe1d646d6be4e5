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
  private let memory: UnsafeMutableRawPointer

  /// What a kind of block works in.
  enum Work {
    case products(ProductScratch)
    case bytes(ByteScratch)
  }

  init(rows: Int, columns: Int, work: Work) {
    self.rows = rows
    self.work = work
    var parts = MemoryParts(bytes: [rows * columns * 8, rows * columns * 4, rows * 8])
    memory = parts.memory
    shifted = parts.next(Double.self)
    rounded = parts.next(Float.self)
    squaredNorms = parts.next(Double.self)
  }

  deinit { memory.deallocate() }
}
