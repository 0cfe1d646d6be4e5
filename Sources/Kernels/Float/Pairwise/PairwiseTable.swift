// The table of this target's kernels for distances that are no squared Euclidean ones, for points
// of any type.
package import KMeansKernelTypes

/// The kernels of pairwise distances, compiled for this instruction set.
package func pairwiseKernels() -> PairwiseKernels {
  PairwiseKernels(
    sumOfDifferences: sumOfDifferences, largestDifference: largestDifference,
    sumOfProducts: sumOfProducts, sumOfPowers: sumOfPowers, sumOfRealPowers: sumOfRealPowers,
    powerOf: powerOf, differenceTile: differenceTile, largestTile: largestTile,
    productTile: productTile, powerTile: powerTile, tanimotoTile: tanimotoTile,
    nearestInTile: nearestInTile, floatDifferenceTile: floatDifferenceTile,
    undecidedInTile: undecidedInTile)
}
