internal import KMeansLocks

// Passes that assign rows.
extension RowPass {
  /// Assigns every row and reduces.
  ///
  /// - Parameters:
  ///   - result: one entry a row of the whole; `nil` where only the reduction counts.
  ///   - sum: what to add the rows to; `nil` where only the result counts.
  ///   - scratch: memory that was used before; that of the sum where there is one.
  ///   - goesOn: whether something follows.
  ///   - afterwards: called by each worker then, once all rows are assigned: work that goes on with
  ///     the labels without waking anybody again.
  func assign<Assigner: RowAssigner<Scalar>, R: RowReduction<Scalar>>(
    _ assigner: Assigner, into result: Assignment?, adding sum: StripeSum<R>?,
    scratch: PassScratch<R>? = nil, goesOn: Bool = false, afterwards: @Sendable () -> Void = {}
  ) -> AssignmentCounts {
    let scratch = sum?.scratch ?? scratch ?? PassScratch()
    let counts = Mutex(AssignmentCounts())
    assigner.withOneThreadOfBLAS {
      run(blockRows: blockRows ?? assigner.blockRows) { limit in
        AssigningWorker(
          assigner: assigner, result: result,
          scratch: scratch.takeScratch(for: assigner, rows: limit), sum: sum)
      } finish: { stripes, worker in
        scratch.keep(worker.scratch)
        worker.sum?.finish()
        counts.withLock { $0 += worker.counts }
        guard goesOn else { return }
        stripes.waitForAll()
        afterwards()
      }
    }
    return counts.withLock { $0 }
  }

  /// Assigns every row and reduces nothing: without any memory but that of the scratch.
  func assign<Assigner: RowAssigner<Scalar>>(
    _ assigner: Assigner, into result: Assignment, scratch: PassScratch<EmptyReduction<Scalar>>,
    goesOn: Bool = false, afterwards: @Sendable () -> Void = {}
  ) -> AssignmentCounts {
    if rows.count > 0 {
      let none: StripeSum<EmptyReduction<Scalar>>? = nil
      return assign(
        assigner, into: result, adding: none, scratch: scratch, goesOn: goesOn,
        afterwards: afterwards)
    }
    afterwards()
    return AssignmentCounts()
  }

  /// Assigns every row and reduces.
  package func assign<Assigner: RowAssigner<Scalar>, R: RowReduction<Scalar>>(
    _ assigner: Assigner, into result: Assignment, reducing reduction: R
  ) -> (R, AssignmentCounts) {
    let sum = StripeSum(reduction)
    let counts = assign(assigner, into: result, adding: sum)
    return (sum.total().value, counts)
  }
}

/// Assigns blocks and adds each one to a reduction while it is in cache.
private struct AssigningWorker<Assigner: RowAssigner, R: RowReduction>: PassWorker
where Assigner.Scalar == R.Scalar {
  let assigner: Assigner
  let result: Assignment?
  let scratch: Assigner.Scratch
  private(set) var sum: WorkerSum<R>?
  private(set) var counts = AssignmentCounts()

  init(assigner: Assigner, result: Assignment?, scratch: Assigner.Scratch, sum: StripeSum<R>?) {
    self.assigner = assigner
    self.result = result
    self.scratch = scratch
    self.sum = sum.map { WorkerSum($0) }
  }

  var takesCompressed: Bool {
    assigner.takesCompressed && sum?.partial?.value.takesCompressed ?? true
  }

  mutating func begin(firstRow: Int) { sum?.begin() }

  mutating func take(_ points: WeightedRows<R.Scalar>, first: Int, ahead: Rows<R.Scalar>?) {
    var found = result?.from(first) ?? Assignment(labels: scratch.labels)
    let partial = sum?.partial
    if found.distances == nil, partial?.value.needsDistances == true {
      found.distances = scratch.distances
    }
    counts += assigner.assign(points.rows, scratch: scratch, into: found, ahead: ahead)
    partial?.value.accumulate(
      LabeledRows(
        first: first, points: points, labels: found.labels,
        distances: found.distances.map { UnsafePointer($0) }))
  }

  mutating func end(stripe: Int) { sum?.end(stripe: stripe) }
}
