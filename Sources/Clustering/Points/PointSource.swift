/// The points of a fit, as often as they are needed: rows in memory, or a file that is read again.
///
/// A pass goes over parts of the rows, in order, each of whole stripes; so sums are the same bits
/// wherever the rows come from.
package protocol PointSource<Scalar> {
  /// The type of the values.
  associatedtype Scalar: ClusteringScalar
  /// The error that a pass can throw.
  associatedtype Failure: Error
  /// The rows of a part, as passes see them.
  associatedtype Blocks: RowBlocks<Scalar> = MappedRows<Scalar>

  /// The number of rows.
  var count: Int { get }
  var columns: Int { get }
  /// One weight a row [n]; `nil` for 1 each.
  var weights: UnsafePointer<Double>? { get }
  /// The threads and kernels of passes over the rows.
  var execution: Execution { get }
  /// The transform of every row before a pass sees it; `nil` for none.
  var map: RowMap<Scalar>? { get set }

  /// Threads that stay awake from one pass to the next; `nil` where every pass wakes its own.
  var team: WorkerTeam? { get }

  /// All rows, untransformed, where they lie in memory for as long as this lives; `nil` where not.
  var resident: WeightedRows<Scalar>? { get }

  /// All rows, transformed, where they are sparse and lie in memory; `nil` where not.
  var sparseRows: MappedSparseRows<Scalar>? { get }

  /// Whether the rows lie in memory: another look at them costs no reading.
  var isInMemory: Bool { get }

  /// The captures that greedy k-means++ may have in memory at a time; `nil` for its own limit.
  /// Changes the number of passes, never a seed.
  var hitRoom: Int? { get }

  /// Whether a pass ends, with an error, soon after the task that runs it is cancelled.
  var isCancellable: Bool { get }

  /// Gives some rows the weight 0.
  mutating func forgetWeights(of rows: [Int])

  /// Calls a closure with one part of the rows after another.
  ///
  /// - Throws: where the task was cancelled, too: what the pass found is then not whole.
  func forEachPart(stripeRows: Int, _ body: (RowPass<Blocks>) -> Void) throws(Failure)
  /// The moments of the columns and the range of the values, where every row can be clustered.
  ///
  /// - Parameter refusingZeroRows: whether a row needs a direction.
  /// - Throws: the error that names the first value or row that cannot.
  func checked(
    refusingZeroRows: Bool
  ) throws(Failure) -> (moments: ColumnMoments<Scalar>, range: ValueRange)
  /// The largest number of values of a transformed row, and the box of those that have a weight,
  /// where rows are sparse; `nil` where not.
  func sparseFrame() throws(Failure) -> (mostTerms: Int, box: ColumnBox<Scalar>)?
  /// Copies of some rows, untransformed.
  func unmappedRows(_ numbers: [Int]) throws(Failure) -> Matrix<Scalar>
  /// An error of the points as passes throw it.
  func failure(_ error: ClusteringError) -> Failure
}

extension PointSource {
  package var hitRoom: Int? { nil }
  package var team: WorkerTeam? { nil }
  package var resident: WeightedRows<Scalar>? { nil }
  package var sparseRows: MappedSparseRows<Scalar>? { nil }
  package var isInMemory: Bool { resident != nil }
  package var isCancellable: Bool { false }

  /// Throws where the task at hand was cancelled. A task stays cancelled: so whoever asks after a
  /// pass knows that it left nothing out.
  func checkCancellation() throws(Failure) {
    if isCancellable, Cancellation.isDue { throw failure(.cancelled) }
  }

  /// The number of threads of a pass.
  package var threads: Int { execution.threadCount }

  func weight(_ row: Int) -> Double {
    if let weights { weights[row] } else { 1 }
  }

  /// Copies of some rows, as passes see them.
  func rows(_ numbers: [Int]) throws(Failure) -> Matrix<Scalar> {
    let rows = try unmappedRows(numbers)
    return map?.mapped(rows) ?? rows
  }

  /// Assigns every row and reduces.
  ///
  /// - Parameter result: one entry a row; `nil` where only the reduction counts.
  func assign<Assigner: RowAssigner<Scalar>, R: RowReduction<Scalar>>(
    _ assigner: Assigner, into result: Assignment?, adding sum: StripeSum<R>,
    stripeRows: Int
  ) throws(Failure) -> AssignmentCounts {
    var counts = AssignmentCounts()
    try forEachPart(stripeRows: stripeRows) { pass in
      counts += pass.assign(assigner, into: result, adding: sum)
    }
    return counts
  }

  /// Reduces rows, of which labels and distances may be known already.
  func reduce<R: RowReduction<Scalar>>(
    clusters: Int = 1, labels: UnsafePointer<Int32>? = nil, distances: UnsafePointer<Double>? = nil,
    into reduction: R
  ) throws(Failure) -> R {
    let sum = StripeSum(reduction)
    try forEachPart(stripeRows: Stripes.rows(clusters: clusters)) { pass in
      pass.reduce(labels: labels, distances: distances, adding: sum)
    }
    return sum.total().value
  }

  /// The moments of the columns, where every row can be clustered.
  ///
  /// - Parameter refusingZeroRows: whether a row needs a direction.
  /// - Throws: the error that names the first value or row that cannot.
  /// - Complexity: O(n d), one pass.
  func checkedMoments(refusingZeroRows: Bool = false) throws(Failure) -> ColumnMoments<Scalar> {
    try checked(refusingZeroRows: refusingZeroRows).moments
  }

  /// The same, with the range of the values.
  package func checked(
    refusingZeroRows: Bool
  ) throws(Failure) -> (moments: ColumnMoments<Scalar>, range: ValueRange) {
    let check = FiniteCheck<Scalar>(
      refusesZeroRows: refusingZeroRows, instructionSet: execution.kernels)
    let both = try reduce(
      into: PairReduction(
        check, ColumnMoments<Scalar>(columns: columns, instructionSet: execution.kernels)))
    if let error = both.first.error { throw failure(error) }
    return (both.second, both.first.range)
  }

  func checked() throws(Failure) -> (moments: ColumnMoments<Scalar>, range: ValueRange) {
    try checked(refusingZeroRows: false)
  }

  package func sparseFrame() throws(Failure) -> (mostTerms: Int, box: ColumnBox<Scalar>)? { nil }
}
