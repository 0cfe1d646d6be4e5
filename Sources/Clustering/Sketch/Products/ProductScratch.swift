internal import KMeansKernelTypes

/// Memory for the products of one block of points: O(block x (centroids + block)).
final class ProductScratch {
  let rows: Int
  /// How many centroids there is room for.
  let width: Int
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
    self.width = width
    groups = CentroidGroups(count: rows, columns: columns)
    // A block of births leaves so many centroids; whole vectors of those that moved.
    let (slots, moved) = (width + rows, (rows + 7) / 8 * 8)
    // Whole tiles of products.
    let most = FusedKernels<Float>.mostTileRows
    let products = rows * ((width + most - 1) / most * most)
    let sums = FusedKernels<Float>.chunkGroups * FusedKernels<Float>.groupSize * most
    // Products that stand for nothing are read, too: they must be numbers.
    var parts = MemoryParts(
      bytes: [
        products * 4, rows * rows * 4, width * 4, moved * rows * 8, moved * 8, moved * 8, moved * 4,
        slots * 4, slots * 4, slots * 4, sums * 4,
      ], zeroed: true)
    memory = parts.memory
    tile = parts.next(Float.self)
    gram = parts.next(Float.self)
    low = parts.next(Float.self)
    movedProducts = parts.next(Double.self)
    movedLow = parts.next(Double.self)
    movedRadius = parts.next(Double.self)
    movedSlots = parts.next(Int32.self)
    movedNumber = parts.next(Int32.self)
    indices = parts.next(Int32.self)
    far = parts.next(Int32.self)
    self.sums = parts.next(Float.self)
    movedNumber.update(repeating: -1, count: slots)
  }

  deinit { memory.deallocate() }
}
