/// The kernels that find the nearest centroids without a tile of scores in memory, and those that
/// pack the points for them.
///
/// Contracts and error bounds stand beside the kernels in `Sources/Kernels/Fused`.
package struct FusedKernels<Scalar>: Sendable {
  /// (rows, rowStride, list, count, columns, shift, tiles, squaredNorms)
  package typealias PackTiles =
    @Sendable (
      UnsafePointer<Scalar>, Int, UnsafePointer<Int32>?, Int, Int, UnsafePointer<Scalar>,
      UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>
    ) -> Void

  /// (tiles, tileCount, columns, groups, groupCount, low, labels, best, second, sums, ahead,
  /// aheadBytes)
  package typealias Nearest =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>,
      UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>,
      UnsafeMutablePointer<Scalar>, UnsafeRawPointer?, Int
    ) -> Void

  /// Centroids of a group, on every instruction set.
  package static var groupSize: Int { 6 }
  /// Products that are added before their sum is added to the others.
  package static var blockColumns: Int { 64 }
  /// Groups that share a block of columns of a tile.
  package static var chunkGroups: Int { 8 }
  /// A multiple of the points of a tile, on every instruction set.
  package static var mostTileRows: Int { 64 }

  /// Points of a tile.
  package let tileRows: Int
  package let packTiles: PackTiles
  package let nearest: Nearest

  package init(tileRows: Int, packTiles: @escaping PackTiles, nearest: @escaping Nearest) {
    self.tileRows = tileRows
    self.packTiles = packTiles
    self.nearest = nearest
  }
}
