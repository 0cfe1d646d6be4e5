// The table of this target's kernels for a sketch, one half of which is Float for points of any
// type.
package import KMeansKernelTypes

/// The kernels of a sketch, compiled for this instruction set.
package func sketchKernels() -> SketchKernels {
  SketchKernels(
    moveCentroid: moveCentroid, gatherProducts: gatherProducts, moveProducts: moveProducts,
    nearestTwoMoved: nearestTwoMoved, multiplyTiles: multiplyTiles)
}
