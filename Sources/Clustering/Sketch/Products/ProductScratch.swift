internal import KMeansKernelTypes

/// Memory for the products of one block of points: O(block x (centroids + block)).
final class ProductScratch {
  let rows: Int
  /// The number of centroids that there is room for.
  let width: Int
  /// The products of the rows with the centroids as they were when the block began [rows x width].
  let tile: UnsafeMutablePointer<Float>
  /// The rows in groups, negated.
  var groups: CentroidGroups<Float>
  /// The rows in tiles, and a shift for their packing: zeros [columns].
  let tiles: UnsafeMutablePointer<Float>
  let zeros: UnsafeMutablePointer<Float>
  /// Room for the squared norms of the rows in tiles, which nobody reads.
  let norms: UnsafeMutablePointer<Float>
  /// The products of the rows with each other: the upper triangle, and whatever below it
  /// [rows x ``gramStride``].
  let gram: UnsafeMutablePointer<Float>
  /// The distance from the products of one row to those of the next: whole tiles.
  let gramStride: Int
  /// Room for a copy of ``SketchCaches/low`` [width].
  let low: UnsafeMutablePointer<Float>
  /// The products of each centroid that moved with the rows of the block [moved x rows].
  let movedProducts: UnsafeMutablePointer<Double>
  /// Half the squared norm of each centroid that moved, less its part of the bound [moved].
  let movedLow: UnsafeMutablePointer<Double>
  /// A bound on the length of everything that its products were mixed from [moved].
  let movedRadius: UnsafeMutablePointer<Double>
  /// The slot of each centroid that moved [moved].
  let movedSlots: UnsafeMutablePointer<Int32>
  /// The number of a slot among those that moved, -1 where it did not, -2 where it is left out.
  let movedNumber: UnsafeMutablePointer<Int32>
  /// Room for all centroids of one row.
  let indices: UnsafeMutablePointer<Int32>
  /// Slots that are compared directly.
  let far: UnsafeMutablePointer<Int32>
  /// Threads that stay awake from one block to the next.
  let team = WorkerTeam()
  private let arena = ScratchArena()

  /// Scratch for blocks of at most `rows` rows against at most `width` centroids.
  init(rows: Int, columns: Int, width: Int) {
    self.rows = rows
    self.width = width
    groups = CentroidGroups(count: rows, columns: columns)
    // A block of births leaves so many centroids; whole vectors of those that moved.
    let (slots, moved) = (width + rows, (rows + 7) / 8 * 8)
    // Whole tiles of products.
    let most = FusedKernels<Float>.mostTileRows
    func inTiles(_ count: Int) -> Int { (count + most - 1) / most * most }
    gramStride = inTiles(rows)
    // Products that stand for nothing are read, too: they must be numbers.
    tile = arena.take(rows * inTiles(width), repeating: 0)
    gram = arena.take(rows * gramStride, repeating: 0)
    tiles = arena.take(gramStride * columns)
    zeros = arena.take(columns, repeating: 0)
    norms = arena.take(gramStride)
    low = arena.take(width, repeating: 0)
    movedProducts = arena.take(moved * rows, repeating: 0)
    movedLow = arena.take(moved, repeating: 0)
    movedRadius = arena.take(moved, repeating: 0)
    movedSlots = arena.take(moved, repeating: 0)
    movedNumber = arena.take(slots, repeating: -1)
    indices = arena.take(slots, repeating: 0)
    far = arena.take(slots, repeating: 0)
  }
}
