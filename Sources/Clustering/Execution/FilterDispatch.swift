// The only file that knows the targets of the filter's kernels.
package import KMeansKernelTypes
private import KMeansKernelsX86VNNIDouble
private import KMeansKernelsX86VNNIFloat

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
