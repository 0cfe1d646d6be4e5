internal import KMeansLinearAlgebra

/// Sparse points that lie in memory.
///
/// Passes take them as they are stored where all that they do can; else block by block with their
/// zeros. The labels, centroids and inertia of a fit are the bits of that of the dense rows.
package struct SparsePoints<Scalar: ClusteringScalar>: PointSource {
  package typealias Failure = ClusteringError

  let arrays: SparseArrays<Scalar>
  nonisolated(unsafe) private let givenWeights: UnsafePointer<Double>?
  /// The weights, where they are not those that were given.
  private var ownWeights: OwnWeights?
  package let execution: Execution
  package var map: RowMap<Scalar>? {
    didSet { mapped = map.flatMap { MappedSparseValues(arrays, $0, execution) } }
  }
  /// The mapped values, where they are kept.
  private var mapped: MappedSparseValues<Scalar>?
  package let team: WorkerTeam? = WorkerTeam()
  package let isCancellable: Bool

  package init(
    _ arrays: SparseArrays<Scalar>, weights: UnsafePointer<Double>?, _ execution: Execution,
    isCancellable: Bool = false
  ) {
    self.arrays = arrays
    givenWeights = weights
    self.execution = execution
    self.isCancellable = isCancellable
  }

  package var count: Int { arrays.rows }
  package var columns: Int { arrays.columns }
  package var weights: UnsafePointer<Double>? {
    ownWeights.map { UnsafePointer($0.values) } ?? givenWeights
  }
  package var sparseRows: MappedSparseRows<Scalar>? { blocks }
  private var blocks: MappedSparseRows<Scalar> {
    guard let mapped else { return MappedSparseRows(arrays: arrays, weights: weights, map: map) }
    return MappedSparseRows(arrays: mapped.arrays, weights: weights, map: nil)
  }
  package var isInMemory: Bool { true }
  /// A quarter of what dense points have: captures would be most of the memory of a fit.
  package var hitRoom: Int? { 1 << 20 }

  package mutating func forgetWeights(of rows: [Int]) {
    let own = OwnWeights((0..<count).map { weight($0) })
    for row in rows { own.values[row] = 0 }
    ownWeights = own
  }

  /// Calls the closure once: all rows are one part.
  package func forEachPart(
    stripeRows: Int, _ body: (RowPass<MappedSparseRows<Scalar>>) -> Void
  ) throws(ClusteringError) {
    body(
      RowPass(
        blocks, stripeRows: stripeRows, threads: threads, team: team,
        isCancellable: isCancellable))
    try checkCancellation()
  }

  package func unmappedRows(_ numbers: [Int]) -> Matrix<Scalar> {
    guard var matrix = try? Matrix<Scalar>(rows: numbers.count, columns: columns) else {
      preconditionFailure("rows of a matrix of centroids, for which there is room")
    }
    let block = SparseBlock<Scalar>(rows: 1, columns: columns)
    matrix.withMutableValues { values in
      for (place, number) in numbers.enumerated() {
        let row = block.take(number..<number + 1, of: arrays, by: nil)[0]
        row.scatter(to: values + place * columns)
      }
    }
    return matrix
  }

  /// The largest number of values of a row.
  var mostTerms: Int { MappedSparseRows(arrays: arrays, weights: nil, map: nil).mostTerms }

  package func failure(_ error: ClusteringError) -> ClusteringError { error }
}

// What the first passes find, without a look at zeros.
extension SparsePoints {
  package func checked(
    refusingZeroRows: Bool
  ) throws(ClusteringError) -> (moments: ColumnMoments<Scalar>, range: ValueRange) {
    let check = FiniteCheck<Scalar>(
      refusesZeroRows: refusingZeroRows, instructionSet: execution.kernels)
    let both = try reduce(into: PairReduction(check, SparseMoments<Scalar>(columns: columns)))
    if let error = both.first.error { throw error }
    return (both.second.moments(execution.kernels), both.first.range)
  }

  package func sparseFrame() throws(ClusteringError) -> (mostTerms: Int, box: ColumnBox<Scalar>)? {
    (mostTerms, try reduce(into: SparseColumnBox<Scalar>(columns: columns)).box)
  }
}
