internal import KMeansLocks

/// One pass over rows: takes them block by block, in stripes, on several threads. The rows may be a
/// part of more rows that pass by one part after another.
///
/// What is done with a block is a ``PassWorker``; here is the one loop that all of them share.
package struct RowPass<Blocks: RowBlocks>: Sendable {
  package typealias Scalar = Blocks.Scalar

  package let rows: Blocks
  package let threads: Int
  /// Rows of a stripe; the same for all passes whose sums must agree.
  package let stripeRows: Int
  /// Rows of a block where it is not the strategy that says; a test changes it.
  package var blockRows: Int?
  /// The number of the first row within the whole: a multiple of the rows of a stripe.
  let firstRow: Int
  /// Threads that may be awake already.
  let team: WorkerTeam?
  /// Whether rows are left out once the task that called is cancelled; see
  /// ``PointSource/checkCancellation()``.
  let isCancellable: Bool

  package init(_ rows: Blocks, clusters: Int, threads: Int, blockRows: Int? = nil) {
    self.init(rows, stripeRows: Stripes.rows(clusters: clusters), threads: threads)
    self.blockRows = blockRows
  }

  package init(
    _ rows: Blocks, stripeRows: Int, threads: Int, firstRow: Int = 0, team: WorkerTeam? = nil,
    isCancellable: Bool = false
  ) {
    self.rows = rows
    self.threads = threads
    self.stripeRows = stripeRows
    self.firstRow = firstRow
    self.team = team
    self.isCancellable = isCancellable
  }

  /// Takes every stripe from its first block to its last.
  ///
  /// - Parameters:
  ///   - blockRows: the rows of a block at most.
  ///   - makeWorker: called once by each thread.
  ///   - finish: called once by each thread when nothing is left to take.
  func run<Worker: PassWorker<Scalar>>(
    blockRows: Int, _ makeWorker: @Sendable (_ blockRows: Int) -> Worker,
    finish: @Sendable (borrowing Workers.WorkQueue, Worker) -> Void
  ) {
    let (limit, firstStripe) = (min(blockRows, rows.count, stripeRows), firstRow / stripeRows)
    let count = Stripes.count(rows: rows.count, stripeRows: stripeRows)
    Workers.share(count, among: threads, team: team, isCancellable: isCancellable) { queue in
      let memory = rows.makeMemory(rows: limit)
      var worker = makeWorker(limit)
      while let run = queue.nextRange() {
        for stripe in run {
          let next = stripe + 1 < run.upperBound ? stripe + 1 : queue.upcoming
          worker.begin(firstRow: firstRow + stripe * stripeRows)
          for block in blocks(of: stripe, limit: limit) {
            worker.take(
              worker.takesCompressed
                ? rows.loadCompressed(block, into: memory) : rows.load(block, into: memory),
              first: firstRow + block.lowerBound,
              ahead: stored(after: block, limit: limit, in: stripe, next: next))
          }
          worker.end(stripe: firstStripe + stripe)
        }
        queue.finish(run.count)
      }
      finish(queue, worker)
    }
  }

  /// The blocks of a stripe of this part, in order.
  private func blocks(of stripe: Int, limit: Int) -> some Sequence<Range<Int>> {
    Stripes.blocks(
      of: Stripes.range(of: stripe, rows: rows.count, stripeRows: stripeRows), limit: limit)
  }

  /// What this worker will probably read after a block: the next block, or the next stripe.
  private func stored(
    after block: Range<Int>, limit: Int, in stripe: Int, next: Int
  ) -> Rows<Scalar>? {
    let end = min((stripe + 1) * stripeRows, rows.count)
    let first = block.upperBound < end ? block.upperBound : next * stripeRows
    return first < rows.count ? rows.stored(first..<min(first + limit, rows.count)) : nil
  }
}

/// What one thread of a pass does with the blocks that it takes.
protocol PassWorker<Scalar>: SendableMetatype {
  associatedtype Scalar: ClusteringScalar

  /// Whether it takes sparse rows as they are stored.
  var takesCompressed: Bool { get }

  /// Begins a stripe.
  ///
  /// - Parameter firstRow: the number of its first row within the whole.
  mutating func begin(firstRow: Int)
  /// Takes the next block of the stripe.
  ///
  /// - Parameters:
  ///   - first: the number of its first row within the whole.
  ///   - ahead: what will probably be read next.
  mutating func take(_ points: WeightedRows<Scalar>, first: Int, ahead: Rows<Scalar>?)
  /// Ends a stripe.
  ///
  /// - Parameter stripe: its number within the whole.
  mutating func end(stripe: Int)
}
