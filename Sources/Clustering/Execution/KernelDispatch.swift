// The only file that knows the instruction-set targets.

package import KMeansKernelTypes
private import KMeansKernelsDouble
private import KMeansKernelsFloat
private import KMeansKernelsX86V3Double
private import KMeansKernelsX86V3Float
private import KMeansKernelsX86V4Double
private import KMeansKernelsX86V4Float
private import KMeansKernelsX86VNNIDouble
private import KMeansKernelsX86VNNIFloat

extension KernelSet where Scalar: ClusteringScalar {
  /// The kernels for an instruction set, which the processor must have.
  package static func compiled(for instructionSet: InstructionSet) -> KernelSet {
    precondition(instructionSet <= .best, "this processor lacks \(instructionSet)")
    if let set = floats(instructionSet) as? KernelSet { return set }
    if let set = doubles(instructionSet) as? KernelSet { return set }
    preconditionFailure("there are kernels for Float and Double only")
  }
}

private func floats(_ instructionSet: InstructionSet) -> KernelSet<Float> {
  switch instructionSet {
  case .baseline: baselineFloats
  case .v3: v3Floats
  case .v4, .v4vnni: v4Floats
  }
}

private func doubles(_ instructionSet: InstructionSet) -> KernelSet<Double> {
  switch instructionSet {
  case .baseline: baselineDoubles
  case .v3: v3Doubles
  case .v4, .v4vnni: v4Doubles
  }
}

// Made once, for a small fit takes less time than making them; and each by itself when it is first
// asked for, because what makes them is compiled for their instruction set, too.
private let baselineFloats = KernelSet<Float>(KMeansKernelsFloat.kernels())
private let baselineDoubles = KernelSet<Double>(KMeansKernelsDouble.kernels())
private let v3Floats = KernelSet<Float>(KMeansKernelsX86V3Float.kernels())
private let v3Doubles = KernelSet<Double>(KMeansKernelsX86V3Double.kernels())
private let v4Floats = KernelSet<Float>(KMeansKernelsX86V4Float.kernels())
private let v4Doubles = KernelSet<Double>(KMeansKernelsX86V4Double.kernels())

extension SketchKernels {
  /// The kernels for an instruction set, which the processor must have.
  package static func compiled(for instructionSet: InstructionSet) -> SketchKernels {
    precondition(instructionSet <= .best, "this processor lacks \(instructionSet)")
    return switch instructionSet {
    case .baseline: KMeansKernelsFloat.sketchKernels()
    case .v3: KMeansKernelsX86V3Float.sketchKernels()
    case .v4, .v4vnni: KMeansKernelsX86V4Float.sketchKernels()
    }
  }
}

extension PairwiseKernels {
  /// The kernels for an instruction set, which the processor must have.
  package static func compiled(for instructionSet: InstructionSet) -> PairwiseKernels {
    precondition(instructionSet <= .best, "this processor lacks \(instructionSet)")
    return switch instructionSet {
    case .baseline: KMeansKernelsFloat.pairwiseKernels()
    case .v3: KMeansKernelsX86V3Float.pairwiseKernels()
    case .v4, .v4vnni: KMeansKernelsX86V4Float.pairwiseKernels()
    }
  }
}

// The only file that knows the targets of the filter's kernels.

extension FilterKernels where Scalar: ClusteringScalar {
  /// The kernels of the filter; `nil` where an instruction set cannot multiply bytes.
  package static func compiled(for instructionSet: InstructionSet) -> FilterKernels? {
    precondition(instructionSet <= .best, "this processor lacks \(instructionSet)")
    guard instructionSet == .v4vnni else { return nil }
    if let set = KMeansKernelsX86VNNIFloat.filterKernels() as? FilterKernels { return set }
    if let set = KMeansKernelsX86VNNIDouble.filterKernels() as? FilterKernels { return set }
    preconditionFailure("there are kernels for Float and Double only")
  }
}
