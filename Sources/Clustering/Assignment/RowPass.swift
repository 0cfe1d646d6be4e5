internal import Synchronization

/// One pass over rows in memory: assigns them, or not, and reduces what is found, in stripes on
/// several threads.
package struct RowPass<Scalar: ClusteringScalar>: Sendable {
  package let points: WeightedRows<Scalar>
  package let threads: Int
  /// Rows of a stripe; the same for all passes whose sums must agree.
  package let stripeRows: Int
  /// Rows of a block where it is not the strategy that says; a test changes it.
  package var blockRows: Int?

  package init(
    _ points: WeightedRows<Scalar>, clusters: Int, threads: Int, blockRows: Int? = nil
  ) {
    self.points = points
    self.threads = threads
    self.blockRows = blockRows
    stripeRows = Stripes.rows(clusters: clusters)
  }

  private var stripeCount: Int { Stripes.count(rows: points.count, stripeRows: stripeRows) }

  private func range(of stripe: Int) -> Range<Int> {
    Stripes.range(of: stripe, rows: points.count, stripeRows: stripeRows)
  }

  /// Assigns every row and reduces.
  ///
  /// - Parameters:
  ///   - result: one entry a row.
  ///   - reduction: what to reduce; its own rows are forgotten.
  package func assign<R: RowReduction<Scalar>>(
    _ nearest: NearestCentroids<Scalar>, into result: Assignment, reducing reduction: R
  ) -> (R, AssignmentCounts) {
    let (reduced, counts) = assign(
      nearest, into: result, reducing: reduction, scratch: PassScratch())
    return (reduced.value, counts)
  }

  /// Assigns every row and reduces, in memory that was used before.
  func assign<R: RowReduction<Scalar>>(
    _ nearest: NearestCentroids<Scalar>, into result: Assignment, reducing reduction: R,
    scratch: PassScratch<R>
  ) -> (StripePartial<R>, AssignmentCounts) {
    let counts = Mutex(AssignmentCounts())
    let limit = min(blockRows ?? nearest.blockRows, points.count)
    let reduced = BLASThreads.single {
      reduce(reduction, scratch) { stripes in
        let block = scratch.takeBlock(
          rows: limit, columns: points.rows.columns, width: nearest.packed.width)
        var found = AssignmentCounts()
        while let (stripe, partial) = stripes() {
          found += assign(stripe, to: nearest, result, block, &partial.value)
        }
        scratch.keep(block)
        counts.withLock { $0 += found }
      }
    }
    return (reduced, counts.withLock { $0 })
  }

  /// Assigns the rows of a stripe block by block, and has each block visited while it is in cache.
  private func assign<R: RowReduction<Scalar>>(
    _ stripe: Range<Int>, to nearest: NearestCentroids<Scalar>, _ result: Assignment,
    _ scratch: AssignmentScratch<Scalar>, _ reduction: inout R
  ) -> AssignmentCounts {
    var counts = AssignmentCounts()
    for block in Stripes.blocks(of: stripe, limit: scratch.rows) {
      var found = result.from(block.lowerBound)
      if found.distances == nil, reduction.needsDistances {
        found.distances = scratch.distances
      }
      counts += nearest.assign(points.rows[block], scratch: scratch, into: found)
      reduction.visit(
        VisitedRows(
          first: block.lowerBound, points: points[block], labels: found.labels,
          distances: found.distances.map { UnsafePointer($0) }))
    }
    return counts
  }

  /// Assigns every row and reduces nothing.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func assign(
    _ nearest: NearestCentroids<Scalar>, into result: Assignment
  ) -> AssignmentCounts {
    assign(nearest, into: result, reducing: Nothing()).1
  }

  /// Reduces rows whose labels are known already; `labels` may be anything where the reduction does
  /// not read them.
  package func visit<R: RowReduction<Scalar>>(
    labels: UnsafePointer<Int32>? = nil, reducing reduction: R
  ) -> R {
    precondition(!reduction.needsDistances)
    let limit = blockRows ?? 1024
    nonisolated(unsafe) let labels = labels ?? UnsafePointer(bitPattern: 64)!
    return reduce(reduction, PassScratch()) { stripes in
      while let (stripe, partial) = stripes() {
        for block in Stripes.blocks(of: stripe, limit: limit) {
          partial.value.visit(
            VisitedRows(
              first: block.lowerBound, points: points[block], labels: labels + block.lowerBound,
              distances: nil))
        }
      }
    }.value
  }

  /// The squared distance of every row to the centroid that its label names.
  package func distances(to nearest: NearestCentroids<Scalar>, labels: [Int32]) -> [Double] {
    [Double](unsafeUninitializedCapacity: points.count) { buffer, count in
      count = points.count
      nonisolated(unsafe) let distances = buffer.baseAddress!
      labels.withUnsafeBufferPointer { labels in
        nonisolated(unsafe) let labels = labels.baseAddress!
        Workers.share(stripeCount, among: threads) { turns in
          while let stripe = turns.next() {
            let range = range(of: stripe)
            nearest.directDistances(
              points.rows[range], labels + range.lowerBound, distances + range.lowerBound)
          }
        }
      }
    }
  }

  /// Hands out stripes to workers and merges what they give back.
  ///
  /// - Parameter work: called once by each worker with a function that gives the next stripe and
  ///   the partial sum to add it to, until there is none; asking for the next one hands the last in.
  private func reduce<R: RowReduction<Scalar>>(
    _ reduction: R, _ scratch: PassScratch<R>,
    _ work: @Sendable (() -> (Range<Int>, StripePartial<R>)?) -> Void
  ) -> StripePartial<R> {
    let counter = Mutex(StripeCounter<R>())
    Workers.share(stripeCount, among: threads) { turns in
      var open: StripeCounter<R>.Node?
      work {
        if let done = open { handIn(done, counter, scratch) }
        guard let stripe = turns.next() else { return nil }
        let partial = scratch.takePartial(like: reduction)
        open = StripeCounter<R>.Node(partial: partial, level: 0, index: stripe)
        return (range(of: stripe), partial)
      }
    }
    let rest = counter.withLock { $0.drain() }
    guard var total = rest.first else { return scratch.takePartial(like: reduction) }
    for earlier in rest.dropFirst() {
      earlier.value.merge(total.value)
      scratch.keep(total)
      total = earlier
    }
    return total
  }

  /// Merges a finished sum with its neighbours, as far up as they are there.
  private func handIn<R: RowReduction<Scalar>>(
    _ node: StripeCounter<R>.Node, _ counter: borrowing Mutex<StripeCounter<R>>,
    _ scratch: PassScratch<R>
  ) {
    var node = node
    while let pair = counter.withLock({ $0.arrive(node) }) {
      pair.left.value.merge(pair.right.value)
      scratch.keep(pair.right)
      node = StripeCounter<R>.Node(
        partial: pair.left, level: node.level + 1, index: node.index / 2)
    }
  }
}
