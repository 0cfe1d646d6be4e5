// The table of this target's kernels for the dispatcher.
package import KMeansKernelTypes

/// The kernels for this scalar, compiled for this instruction set.
package func kernels() -> KernelSet<Scalar>.Functions {
  (
    pack: pack, nearestTwo: nearestTwo, directDistance: directDistance,
    directDistances: directDistances, standardizedDistances: standardizedDistances,
    accumulate: accumulate, addExactly: addExactly, moveExactly: moveExactly,
    updateMoments: updateMoments, valueRange: valueRange, accumulateMoments: accumulateMoments,
    scoresAtMost: scoresAtMost, shiftRows: shiftRows, multiplyRow: multiplyRow,
    multiplyTerms: multiplyTerms, addListedTerms: addListedTerms,
    sparseDirectDistances: sparseDirectDistances,
    ambiguous: ambiguous, unprunedRows: unprunedRows, scoreGaps: scoreGaps,
    centroidDistances: centroidDistances, cheapestStart: cheapestStart,
    cheapestStarts: cheapestStarts, intervalCosts: intervalCosts,
    fused: FusedKernels(
      tileRows: fusedTileRows(), packTiles: packTiles, nearest: fusedNearest,
      nearestPair: fusedNearestPair, rangeSearch: fusedRangeSearch)
  )
}
