internal import KMeansKernelTypes

/// Memory for one block of points of a sketch: O(block x (centroids + block + d)).
final class SketchScratch {
  let rows: Int
  let columns: Int
  /// How many centroids there is room for.
  let width: Int
  /// rows x columns, in the frame of the sketch.
  let shifted: UnsafeMutablePointer<Double>
  let rounded: UnsafeMutablePointer<Float>
  let squaredNorms: UnsafeMutablePointer<Double>
  /// The products of the rows with the centroids as they were when the block began.
  let tile: UnsafeMutablePointer<Float>
  /// The rows in groups, negated.
  var groups: CentroidGroups<Float>
  /// Room for sums over some columns.
  let sums: UnsafeMutablePointer<Float>
  /// The products of the rows with each other: the upper triangle.
  let gram: UnsafeMutablePointer<Float>
  /// Room for a copy of ``SketchCentroids/low``.
  let low: UnsafeMutablePointer<Float>
  /// One row a centroid that moved: its products with the rows of the block.
  let movedProducts: UnsafeMutablePointer<Double>
  /// For each centroid that moved, half its squared norm less its part of the bound.
  let movedLow: UnsafeMutablePointer<Double>
  /// At least the length of everything that its products were mixed from.
  let movedRadius: UnsafeMutablePointer<Double>
  /// Its slot.
  let movedSlots: UnsafeMutablePointer<Int32>
  /// The number of a slot among those that moved, -1 where it did not, -2 where it is left out.
  let movedNumber: UnsafeMutablePointer<Int32>
  /// Room for all centroids of one row.
  let indices: UnsafeMutablePointer<Int32>
  /// Slots that are compared directly.
  let far: UnsafeMutablePointer<Int32>
  private let memory: UnsafeMutableRawPointer

  /// Scratch for blocks of at most `rows` rows against at most `width` centroids.
  init(rows: Int, columns: Int, width: Int) {
    self.rows = rows
    self.columns = columns
    self.width = width
    groups = CentroidGroups(count: rows, columns: columns)
    // A block of births leaves so many centroids; whole vectors of those that moved.
    let (slots, moved) = (width + rows, (rows + 7) / 8 * 8)
    // Whole tiles of products.
    let most = FusedKernels<Float>.mostTileRows
    let products = rows * ((width + most - 1) / most * most)
    let sums = FusedKernels<Float>.chunkGroups * FusedKernels<Float>.groupSize * most
    // Each part starts on a cache line.
    let sizes = [
      rows * columns * 8, rows * columns * 4, rows * 8, products * 4, rows * rows * 4,
      width * 4, moved * rows * 8, moved * 8, moved * 8, moved * 4, slots * 4, slots * 4, slots * 4,
      sums * 4,
    ].map { ($0 + 63) / 64 * 64 }
    let size = sizes.reduce(0, +)
    memory = .allocate(byteCount: size, alignment: 64)
    // Products that stand for nothing are read, too: they must be numbers.
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    var next = memory
    func part<T>(_ index: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
      defer { next += sizes[index] }
      return next.bindMemory(to: T.self, capacity: sizes[index] / MemoryLayout<T>.stride)
    }
    shifted = part(0, Double.self)
    rounded = part(1, Float.self)
    squaredNorms = part(2, Double.self)
    tile = part(3, Float.self)
    gram = part(4, Float.self)
    low = part(5, Float.self)
    movedProducts = part(6, Double.self)
    movedLow = part(7, Double.self)
    movedRadius = part(8, Double.self)
    movedSlots = part(9, Int32.self)
    movedNumber = part(10, Int32.self)
    indices = part(11, Int32.self)
    far = part(12, Int32.self)
    self.sums = part(13, Float.self)
    movedNumber.update(repeating: -1, count: slots)
  }

  deinit { memory.deallocate() }
}
