/// The kernels of a sketch beyond those of the assignment step, compiled for one instruction set.
/// The state of a sketch is Double and its filter is Float, for points of any type.
///
/// Contracts and error bounds stand beside the kernels in `Sources/Kernels`.
package struct SketchKernels: Sendable {
  /// (centroid, point, share, columns, rounded) -> squared norm
  package typealias MoveCentroid =
    @Sendable (
      UnsafeMutablePointer<Double>, UnsafePointer<Double>, Double, Int,
      UnsafeMutablePointer<Float>
    ) -> Double

  /// (column, stride, count, products)
  package typealias GatherProducts =
    @Sendable (
      UnsafePointer<Float>, Int, Int, UnsafeMutablePointer<Double>
    ) -> Void

  /// (products, row, share, count)
  package typealias MoveProducts =
    @Sendable (
      UnsafeMutablePointer<Double>, UnsafePointer<Float>, Double, Int
    ) -> Void

  /// (column, stride, count, low, best, second) -> index of the best
  package typealias NearestTwoMoved =
    @Sendable (
      UnsafePointer<Double>, Int, Int, UnsafePointer<Double>, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>
    ) -> Int

  /// (tiles, tileCount, columns, groups, count, products, stride, sums)
  package typealias MultiplyTiles =
    @Sendable (
      UnsafePointer<Float>, Int, Int, UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>, Int,
      UnsafeMutablePointer<Float>
    ) -> Void

  package let moveCentroid: MoveCentroid
  package let gatherProducts: GatherProducts
  package let moveProducts: MoveProducts
  package let nearestTwoMoved: NearestTwoMoved
  package let multiplyTiles: MultiplyTiles

  package init(
    moveCentroid: @escaping MoveCentroid, gatherProducts: @escaping GatherProducts,
    moveProducts: @escaping MoveProducts, nearestTwoMoved: @escaping NearestTwoMoved,
    multiplyTiles: @escaping MultiplyTiles
  ) {
    self.moveCentroid = moveCentroid
    self.gatherProducts = gatherProducts
    self.moveProducts = moveProducts
    self.nearestTwoMoved = nearestTwoMoved
    self.multiplyTiles = multiplyTiles
  }
}
