// The only file that knows the instruction-set targets, but that of the filter: `FilterDispatch` does.
private import KMeansKernels
package import KMeansKernelTypes
private import KMeansKernelsX86V3
private import KMeansKernelsX86V4

extension KernelSet where Scalar: ClusteringScalar {
  /// The kernels for an instruction set, which the processor must have.
  package static func compiled(for instructionSet: InstructionSet) -> KernelSet {
    precondition(instructionSet <= .best, "this processor lacks \(instructionSet)")
    if let set = KernelSet<Float>.floats(instructionSet) as? KernelSet { return set }
    if let set = KernelSet<Double>.doubles(instructionSet) as? KernelSet { return set }
    preconditionFailure("there are kernels for Float and Double only")
  }
}

extension KernelSet<Float> {
  fileprivate static func floats(_ instructionSet: InstructionSet) -> KernelSet<Float> {
    switch instructionSet {
    case .baseline:
      KernelSet(
        pack: KMeansKernels.packFloat, nearestTwo: KMeansKernels.nearestTwoFloat,
        directDistance: KMeansKernels.directDistanceFloat,
        directDistances: KMeansKernels.directDistancesFloat,
        accumulate: KMeansKernels.accumulateFloat, addExactly: KMeansKernels.addExactlyFloat,
        updateMoments: KMeansKernels.updateMomentsFloat, valueRange: KMeansKernels.valueRangeFloat,
        accumulateMoments: KMeansKernels.accumulateMomentsFloat,
        scoresAtMost: KMeansKernels.scoresAtMostFloat,
        shiftRows: KMeansKernels.shiftRowsFloat,
        multiplyRow: KMeansKernels.multiplyRowFloat, undecided: KMeansKernels.undecidedFloat,
        fused: FusedKernels(
          tileRows: KMeansKernels.fusedTileRowsFloat(), packTiles: KMeansKernels.packTilesFloat,
          nearest: KMeansKernels.fusedNearestFloat))
    case .v3:
      KernelSet(
        pack: KMeansKernelsX86V3.packFloat, nearestTwo: KMeansKernelsX86V3.nearestTwoFloat,
        directDistance: KMeansKernelsX86V3.directDistanceFloat,
        directDistances: KMeansKernelsX86V3.directDistancesFloat,
        accumulate: KMeansKernelsX86V3.accumulateFloat,
        addExactly: KMeansKernelsX86V3.addExactlyFloat,
        updateMoments: KMeansKernelsX86V3.updateMomentsFloat,
        valueRange: KMeansKernelsX86V3.valueRangeFloat,
        accumulateMoments: KMeansKernelsX86V3.accumulateMomentsFloat,
        scoresAtMost: KMeansKernelsX86V3.scoresAtMostFloat,
        shiftRows: KMeansKernelsX86V3.shiftRowsFloat,
        multiplyRow: KMeansKernelsX86V3.multiplyRowFloat,
        undecided: KMeansKernelsX86V3.undecidedFloat,
        fused: FusedKernels(
          tileRows: KMeansKernelsX86V3.fusedTileRowsFloat(),
          packTiles: KMeansKernelsX86V3.packTilesFloat,
          nearest: KMeansKernelsX86V3.fusedNearestFloat))
    case .v4, .v4vnni:
      KernelSet(
        pack: KMeansKernelsX86V4.packFloat, nearestTwo: KMeansKernelsX86V4.nearestTwoFloat,
        directDistance: KMeansKernelsX86V4.directDistanceFloat,
        directDistances: KMeansKernelsX86V4.directDistancesFloat,
        accumulate: KMeansKernelsX86V4.accumulateFloat,
        addExactly: KMeansKernelsX86V4.addExactlyFloat,
        updateMoments: KMeansKernelsX86V4.updateMomentsFloat,
        valueRange: KMeansKernelsX86V4.valueRangeFloat,
        accumulateMoments: KMeansKernelsX86V4.accumulateMomentsFloat,
        scoresAtMost: KMeansKernelsX86V4.scoresAtMostFloat,
        shiftRows: KMeansKernelsX86V4.shiftRowsFloat,
        multiplyRow: KMeansKernelsX86V4.multiplyRowFloat,
        undecided: KMeansKernelsX86V4.undecidedFloat,
        fused: FusedKernels(
          tileRows: KMeansKernelsX86V4.fusedTileRowsFloat(),
          packTiles: KMeansKernelsX86V4.packTilesFloat,
          nearest: KMeansKernelsX86V4.fusedNearestFloat))
    }
  }
}

extension KernelSet<Double> {
  fileprivate static func doubles(_ instructionSet: InstructionSet) -> KernelSet<Double> {
    switch instructionSet {
    case .baseline:
      KernelSet(
        pack: KMeansKernels.packDouble, nearestTwo: KMeansKernels.nearestTwoDouble,
        directDistance: KMeansKernels.directDistanceDouble,
        directDistances: KMeansKernels.directDistancesDouble,
        accumulate: KMeansKernels.accumulateDouble, addExactly: KMeansKernels.addExactlyDouble,
        updateMoments: KMeansKernels.updateMomentsDouble,
        valueRange: KMeansKernels.valueRangeDouble,
        accumulateMoments: KMeansKernels.accumulateMomentsDouble,
        scoresAtMost: KMeansKernels.scoresAtMostDouble,
        shiftRows: KMeansKernels.shiftRowsDouble,
        multiplyRow: KMeansKernels.multiplyRowDouble, undecided: KMeansKernels.undecidedDouble,
        fused: FusedKernels(
          tileRows: KMeansKernels.fusedTileRowsDouble(), packTiles: KMeansKernels.packTilesDouble,
          nearest: KMeansKernels.fusedNearestDouble))
    case .v3:
      KernelSet(
        pack: KMeansKernelsX86V3.packDouble, nearestTwo: KMeansKernelsX86V3.nearestTwoDouble,
        directDistance: KMeansKernelsX86V3.directDistanceDouble,
        directDistances: KMeansKernelsX86V3.directDistancesDouble,
        accumulate: KMeansKernelsX86V3.accumulateDouble,
        addExactly: KMeansKernelsX86V3.addExactlyDouble,
        updateMoments: KMeansKernelsX86V3.updateMomentsDouble,
        valueRange: KMeansKernelsX86V3.valueRangeDouble,
        accumulateMoments: KMeansKernelsX86V3.accumulateMomentsDouble,
        scoresAtMost: KMeansKernelsX86V3.scoresAtMostDouble,
        shiftRows: KMeansKernelsX86V3.shiftRowsDouble,
        multiplyRow: KMeansKernelsX86V3.multiplyRowDouble,
        undecided: KMeansKernelsX86V3.undecidedDouble,
        fused: FusedKernels(
          tileRows: KMeansKernelsX86V3.fusedTileRowsDouble(),
          packTiles: KMeansKernelsX86V3.packTilesDouble,
          nearest: KMeansKernelsX86V3.fusedNearestDouble))
    case .v4, .v4vnni:
      KernelSet(
        pack: KMeansKernelsX86V4.packDouble, nearestTwo: KMeansKernelsX86V4.nearestTwoDouble,
        directDistance: KMeansKernelsX86V4.directDistanceDouble,
        directDistances: KMeansKernelsX86V4.directDistancesDouble,
        accumulate: KMeansKernelsX86V4.accumulateDouble,
        addExactly: KMeansKernelsX86V4.addExactlyDouble,
        updateMoments: KMeansKernelsX86V4.updateMomentsDouble,
        valueRange: KMeansKernelsX86V4.valueRangeDouble,
        accumulateMoments: KMeansKernelsX86V4.accumulateMomentsDouble,
        scoresAtMost: KMeansKernelsX86V4.scoresAtMostDouble,
        shiftRows: KMeansKernelsX86V4.shiftRowsDouble,
        multiplyRow: KMeansKernelsX86V4.multiplyRowDouble,
        undecided: KMeansKernelsX86V4.undecidedDouble,
        fused: FusedKernels(
          tileRows: KMeansKernelsX86V4.fusedTileRowsDouble(),
          packTiles: KMeansKernelsX86V4.packTilesDouble,
          nearest: KMeansKernelsX86V4.fusedNearestDouble))
    }
  }
}

extension SketchKernels {
  /// The kernels for an instruction set, which the processor must have.
  package static func compiled(for instructionSet: InstructionSet) -> SketchKernels {
    precondition(instructionSet <= .best, "this processor lacks \(instructionSet)")
    switch instructionSet {
    case .baseline:
      return SketchKernels(
        moveCentroid: KMeansKernels.moveCentroid, gatherProducts: KMeansKernels.gatherProducts,
        moveProducts: KMeansKernels.moveProducts,
        nearestTwoMoved: KMeansKernels.nearestTwoMoved,
        multiplyTiles: KMeansKernels.multiplyTilesFloat)
    case .v3:
      return SketchKernels(
        moveCentroid: KMeansKernelsX86V3.moveCentroid,
        gatherProducts: KMeansKernelsX86V3.gatherProducts,
        moveProducts: KMeansKernelsX86V3.moveProducts,
        nearestTwoMoved: KMeansKernelsX86V3.nearestTwoMoved,
        multiplyTiles: KMeansKernelsX86V3.multiplyTilesFloat)
    case .v4, .v4vnni:
      return SketchKernels(
        moveCentroid: KMeansKernelsX86V4.moveCentroid,
        gatherProducts: KMeansKernelsX86V4.gatherProducts,
        moveProducts: KMeansKernelsX86V4.moveProducts,
        nearestTwoMoved: KMeansKernelsX86V4.nearestTwoMoved,
        multiplyTiles: KMeansKernelsX86V4.multiplyTilesFloat)
    }
  }
}
