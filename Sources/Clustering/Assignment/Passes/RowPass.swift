internal import KMeansLocks

/// One pass over rows in memory: assigns them, or not, and reduces what is found, in stripes on
/// several threads. The rows may be a part of more rows that pass by one part after another.
package struct RowPass<Scalar: ClusteringScalar>: Sendable {
  package let points: WeightedRows<Scalar>
  package let threads: Int
  /// Rows of a stripe; the same for all passes whose sums must agree.
  package let stripeRows: Int
  /// Rows of a block where it is not the strategy that says; a test changes it.
  package var blockRows: Int?
  /// The number of the first row within the whole: a multiple of the rows of a stripe.
  var firstRow = 0
  /// What is done to the rows before anybody sees them.
  package var map: RowMap<Scalar>?

  package init(
    _ points: WeightedRows<Scalar>, clusters: Int, threads: Int, blockRows: Int? = nil
  ) {
    self.init(points, stripeRows: Stripes.rows(clusters: clusters), threads: threads)
    self.blockRows = blockRows
  }

  init(_ points: WeightedRows<Scalar>, stripeRows: Int, threads: Int) {
    self.points = points
    self.threads = threads
    self.stripeRows = stripeRows
  }

  /// Assigns every row and reduces.
  ///
  /// - Parameters:
  ///   - result: one entry a row of the whole; nothing where only the reduction counts.
  ///   - sum: what to add the rows to.
  func assign<R: RowReduction<Scalar>>(
    _ nearest: NearestCentroids<Scalar>, into result: Assignment?, adding sum: StripeSum<R>
  ) -> AssignmentCounts {
    let counts = Mutex(AssignmentCounts())
    let limit = min(blockRows ?? nearest.blockRows, points.count, stripeRows)
    BLASThreads.single {
      shareStripes { stripes in
        let scratch = sum.scratch.takeBlock(nearest.scratchShape(rows: limit))
        let mapped = MappedBlock(map, rows: limit, columns: points.rows.columns)
        var found = AssignmentCounts()
        eachStripe(of: stripes) { stripe, next in
          let partial = sum.partial()
          for block in blocks(of: stripe, limit: limit) {
            found += assign(
              block, to: nearest, result, scratch, mapped, &partial.value,
              ahead: rows(after: block, limit: limit, in: stripe, next: next))
          }
          sum.handIn(partial, stripe: firstRow / stripeRows + stripe)
        }
        sum.scratch.keep(scratch)
        counts.withLock { $0 += found }
      }
    }
    return counts.withLock { $0 }
  }

  /// Assigns a block and has it visited while it is in cache.
  func assign<R: RowReduction<Scalar>>(
    _ block: Range<Int>, to nearest: NearestCentroids<Scalar>, _ result: Assignment?,
    _ scratch: AssignmentScratch<Scalar>, _ mapped: MappedBlock<Scalar>?, _ reduction: inout R,
    ahead: Rows<Scalar>?
  ) -> AssignmentCounts {
    let first = firstRow + block.lowerBound
    let points = mapped?.mapped(points[block]) ?? points[block]
    var found = result?.from(first) ?? Assignment(labels: scratch.labels)
    if found.distances == nil, reduction.needsDistances { found.distances = scratch.distances }
    let counts = nearest.assign(points.rows, scratch: scratch, into: found, ahead: ahead)
    reduction.visit(
      VisitedRows(
        first: first, points: points, labels: found.labels,
        distances: found.distances.map { UnsafePointer($0) }))
    return counts
  }

  /// What this worker will probably read after a block: the next block, or the next stripe.
  func rows(
    after block: Range<Int>, limit: Int, in stripe: Int, next: Int
  ) -> Rows<Scalar>? {
    let end = min((stripe + 1) * stripeRows, points.count)
    let first = block.upperBound < end ? block.upperBound : next * stripeRows
    return first < points.count ? points.rows[first..<min(first + limit, points.count)] : nil
  }

  /// Reduces rows, of which labels and distances may be known already.
  ///
  /// - Parameters:
  ///   - labels, distances: one entry a row of the whole; may be nothing where the reduction does not
  ///     read them.
  func visit<R: RowReduction<Scalar>>(
    labels: UnsafePointer<Int32>? = nil, distances: UnsafePointer<Double>? = nil,
    adding sum: StripeSum<R>
  ) {
    let limit = blockRows ?? 1024
    nonisolated(unsafe) let labels = labels ?? UnsafePointer(bitPattern: 64)!
    nonisolated(unsafe) let distances = distances
    shareStripes { stripes in
      let mapped = MappedBlock(map, rows: min(limit, points.count), columns: points.rows.columns)
      eachStripe(of: stripes) { stripe, _ in
        let partial = sum.partial()
        precondition(!partial.value.needsDistances || distances != nil)
        for block in blocks(of: stripe, limit: limit) {
          let first = firstRow + block.lowerBound
          partial.value.visit(
            VisitedRows(
              first: first, points: mapped?.mapped(points[block]) ?? points[block],
              labels: labels + first, distances: distances.map { $0 + first }))
        }
        sum.handIn(partial, stripe: firstRow / stripeRows + stripe)
      }
    }
  }

  /// Shares the stripes among workers.
  ///
  /// - Parameter work: called once by each, with the numbers of the stripes within this part.
  func shareStripes(_ work: @Sendable (borrowing Workers.Turns) -> Void) {
    let count = Stripes.count(rows: points.count, stripeRows: stripeRows)
    Workers.share(count, among: threads, work)
  }

  /// Takes stripes as long as there are any.
  ///
  /// - Parameter work: gets the number of a stripe and of the one that probably follows.
  func eachStripe(
    of stripes: borrowing Workers.Turns, _ work: (_ stripe: Int, _ next: Int) -> Void
  ) {
    while let run = stripes.nextRun() {
      for stripe in run {
        work(stripe, stripe + 1 < run.upperBound ? stripe + 1 : stripes.upcoming)
      }
      stripes.finish(run.count)
    }
  }

  /// The blocks of a stripe of this part, in order.
  func blocks(of stripe: Int, limit: Int) -> some Sequence<Range<Int>> {
    Stripes.blocks(
      of: Stripes.range(of: stripe, rows: points.count, stripeRows: stripeRows), limit: limit)
  }
}
