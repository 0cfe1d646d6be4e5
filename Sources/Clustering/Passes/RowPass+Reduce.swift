// Passes over rows that are known already, or need not be.
extension RowPass {
  /// Reduces rows, of which labels and distances may be known already.
  ///
  /// - Parameters:
  ///   - labels, distances: one entry a row of the whole; may be `nil` where the reduction does not
  ///     read them.
  func reduce<R: RowReduction<Scalar>>(
    labels: UnsafePointer<Int32>? = nil, distances: UnsafePointer<Double>? = nil,
    adding sum: StripeSum<R>
  ) {
    let known = KnownRows(
      labels: labels ?? UnsafePointer(bitPattern: 64)!, distances: distances)
    run(blockRows: blockRows ?? (sum.takesCompressed ? 1024 : rows.reducedRows)) { _ in
      ReducingWorker(known: known, sum: sum)
    } finish: { _, worker in
      worker.sum.finish()
    }
  }

  /// Reduces rows, of which the labels may be known already.
  package func reduce<R: RowReduction<Scalar>>(
    labels: UnsafePointer<Int32>? = nil, into reduction: R
  ) -> R {
    let sum = StripeSum(reduction)
    reduce(labels: labels, adding: sum)
    return sum.total().value
  }
}

/// What is known of the rows of the whole. An unsafe handle.
///
/// `@unchecked Sendable`: it only reads.
private struct KnownRows: @unchecked Sendable {
  let labels: UnsafePointer<Int32>
  let distances: UnsafePointer<Double>?
}

/// Adds blocks to a reduction.
private struct ReducingWorker<R: RowReduction>: PassWorker {
  let known: KnownRows
  private(set) var sum: WorkerSum<R>

  init(known: KnownRows, sum: StripeSum<R>) {
    self.known = known
    self.sum = WorkerSum(sum)
  }

  var takesCompressed: Bool { sum.partial?.value.takesCompressed ?? false }

  mutating func begin(firstRow: Int) {
    sum.begin()
    precondition(sum.partial?.value.needsDistances == false || known.distances != nil)
  }

  mutating func take(_ points: WeightedRows<R.Scalar>, first: Int, ahead: Rows<R.Scalar>?) {
    sum.partial?.value.accumulate(
      LabeledRows(
        first: first, points: points, labels: known.labels + first,
        distances: known.distances.map { $0 + first }))
  }

  mutating func end(stripe: Int) { sum.end(stripe: stripe) }
}
