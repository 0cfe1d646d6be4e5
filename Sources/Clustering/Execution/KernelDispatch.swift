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
    // Made once: a small fit takes less time than making them would.
    if let set = floatSets[instructionSet] as? KernelSet { return set }
    if let set = doubleSets[instructionSet] as? KernelSet { return set }
    preconditionFailure("there are kernels for Float and Double only")
  }
}

private let floatSets = KernelSets { KernelSet<Float>(floats($0)) }
private let doubleSets = KernelSets { KernelSet<Double>(doubles($0)) }

/// The kernels of every instruction set, which need not be there to be named.
private struct KernelSets<Scalar>: Sendable {
  private let baseline: KernelSet<Scalar>
  private let v3: KernelSet<Scalar>
  private let v4: KernelSet<Scalar>

  init(_ make: (InstructionSet) -> KernelSet<Scalar>) {
    (baseline, v3, v4) = (make(.baseline), make(.v3), make(.v4))
  }

  subscript(instructionSet: InstructionSet) -> KernelSet<Scalar> {
    switch instructionSet {
    case .baseline: baseline
    case .v3: v3
    case .v4, .v4vnni: v4
    }
  }
}

private func floats(_ instructionSet: InstructionSet) -> KernelSet<Float>.Functions {
  switch instructionSet {
  case .baseline: KMeansKernelsFloat.kernels()
  case .v3: KMeansKernelsX86V3Float.kernels()
  case .v4, .v4vnni: KMeansKernelsX86V4Float.kernels()
  }
}

private func doubles(_ instructionSet: InstructionSet) -> KernelSet<Double>.Functions {
  switch instructionSet {
  case .baseline: KMeansKernelsDouble.kernels()
  case .v3: KMeansKernelsX86V3Double.kernels()
  case .v4, .v4vnni: KMeansKernelsX86V4Double.kernels()
  }
}

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
