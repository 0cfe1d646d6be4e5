// What this target has for a sketch, of which one half is Float, whatever its points are.
package import KMeansKernelTypes

/// The kernels of a sketch, compiled for this instruction set.
package func sketchKernels() -> SketchKernels {
  SketchKernels(
    moveCentroid: moveCentroid, gatherProducts: gatherProducts, moveProducts: moveProducts,
    nearestTwoMoved: nearestTwoMoved, multiplyTiles: multiplyTiles)
}
