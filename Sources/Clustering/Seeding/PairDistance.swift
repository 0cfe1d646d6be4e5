internal import KMeansKernelTypes

/// The squared distance of two rows of a matrix.
struct PairDistance<Scalar: ClusteringScalar> {
  private let rows: Matrix<Scalar>
  private let kernels: KernelSet<Scalar>

  init(_ rows: Matrix<Scalar>, instructionSet: InstructionSet) {
    self.rows = rows
    kernels = .compiled(for: instructionSet)
  }

  func callAsFunction(_ first: Int, _ second: Int) -> Double {
    rows.withRows { kernels.directDistance($0[first], $0[second], $0.columns) }
  }
}

extension Matrix where Scalar: ClusteringScalar {
  /// A copy of some of the rows.
  func picking(_ numbers: [Int]) -> Matrix { withRows { $0.matrix(of: numbers) } }
}
