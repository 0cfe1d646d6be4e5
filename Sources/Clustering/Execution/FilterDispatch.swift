// The only file that knows the target of the filter's kernels.
package import KMeansKernelTypes
private import KMeansKernelsX86VNNI

extension FilterKernels where Scalar: ClusteringScalar {
  /// The kernels of the filter, or nothing where an instruction set cannot multiply bytes.
  package static func compiled(for instructionSet: InstructionSet) -> FilterKernels? {
    precondition(instructionSet <= .best, "this processor lacks \(instructionSet)")
    guard instructionSet == .v4vnni else { return nil }
    if let set = FilterKernels<Float>.floats as? FilterKernels { return set }
    if let set = FilterKernels<Double>.doubles as? FilterKernels { return set }
    preconditionFailure("there are kernels for Float and Double only")
  }
}

extension FilterKernels<Float> {
  fileprivate static var floats: FilterKernels<Float> {
    FilterKernels(
      quantizeRow: KMeansKernelsX86VNNI.quantizeRowFloat,
      sixteenDistances: KMeansKernelsX86VNNI.sixteenDistancesFloat,
      dropFarther: KMeansKernelsX86VNNI.dropFartherFloat)
  }
}

extension FilterKernels<Double> {
  fileprivate static var doubles: FilterKernels<Double> {
    FilterKernels(
      quantizeRow: KMeansKernelsX86VNNI.quantizeRowDouble,
      sixteenDistances: KMeansKernelsX86VNNI.sixteenDistancesDouble, dropFarther: nil)
  }
}

extension FilterKernels {
  /// The kernels of which only the first three depend on the type of the points.
  fileprivate init(
    quantizeRow: @escaping QuantizeRow, sixteenDistances: @escaping SixteenDistances,
    dropFarther: DropFarther?
  ) {
    self.init(
      quantizeRow: quantizeRow, sixteenDistances: sixteenDistances,
      listCandidates: KMeansKernelsX86VNNI.listCandidates,
      listSlots: KMeansKernelsX86VNNI.listSlots, dropFarther: dropFarther,
      packPoints: KMeansKernelsX86VNNI.packPoints,
      findLimits: KMeansKernelsX86VNNI.findLimits,
      filterGroups: KMeansKernelsX86VNNI.filterGroups,
      scoreGroups: KMeansKernelsX86VNNI.scoreGroups,
      filterScores: KMeansKernelsX86VNNI.filterScores,
      scoreSlot: KMeansKernelsX86VNNI.scoreSlot,
      refreshSlacks: KMeansKernelsX86VNNI.refreshSlacks,
      liveGroups: KMeansKernelsX86VNNI.liveGroups)
  }
}
