// The table of the filter's kernels for the dispatcher: those for this scalar, and those for bytes.
package import KMeansKernelTypes
private import KMeansKernelsX86VNNI

/// The kernels of the filter for this scalar.
package func filterKernels() -> FilterKernels<Scalar> {
  #if KMEANS_DOUBLE
    let dropFarther: FilterKernels<Scalar>.DropFarther? = nil
  #endif
  return FilterKernels(
    quantizeRow: quantizeRow, sixteenDistances: sixteenDistances, listCandidates: listCandidates,
    listSlots: listSlots, dropFarther: dropFarther, packPoints: packPoints,
    findThresholds: findThresholds, filterGroups: filterGroups, scoreGroups: scoreGroups,
    filterScores: filterScores, scoreSlot: scoreSlot, refreshSlacks: refreshSlacks,
    liveGroups: liveGroups)
}
