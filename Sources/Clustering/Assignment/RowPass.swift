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

  private var stripeCount: Int { (points.count + stripeRows - 1) / stripeRows }

  /// Assigns every row and reduces.
  ///
  /// - Parameters:
  ///   - result: one entry a row.
  ///   - reduction: what to reduce; its own rows are forgotten.
  package func assign<R: RowReduction<Scalar>>(
    _ nearest: NearestCentroids<Scalar>, into result: Assignment, reducing reduction: R
  ) -> (R, AssignmentCounts) {
    let counts = Mutex(AssignmentCounts())
    let limit = blockRows ?? nearest.blockRows
    let reduced = BLASThreads.single {
      reduce(reduction) {
        let scratch = AssignmentScratch<Scalar>(
          rows: min(limit, points.count), columns: points.rows.columns, width: nearest.packed.width)
        return { stripe, reduction in
          var stripeCounts = AssignmentCounts()
          for block in Stripes.blocks(of: stripe, limit: scratch.rows) {
            var found = result.from(block.lowerBound)
            if found.distances == nil, reduction.needsDistances {
              found.distances = scratch.distances
            }
            stripeCounts += nearest.assign(points.rows[block], scratch: scratch, into: found)
            reduction.visit(
              VisitedRows(
                first: block.lowerBound, points: points[block], labels: found.labels,
                distances: found.distances.map { UnsafePointer($0) }))
          }
          counts.withLock { $0 += stripeCounts }
        }
      }
    }
    return (reduced, counts.withLock { $0 })
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
    return reduce(reduction) {
      { stripe, reduction in
        for block in Stripes.blocks(of: stripe, limit: limit) {
          reduction.visit(
            VisitedRows(
              first: block.lowerBound, points: points[block], labels: labels + block.lowerBound,
              distances: nil))
        }
      }
    }
  }

  /// The squared distance of every row to the centroid that its label names.
  package func distances(to nearest: NearestCentroids<Scalar>, labels: [Int32]) -> [Double] {
    [Double](unsafeUninitializedCapacity: points.count) { buffer, count in
      count = points.count
      nonisolated(unsafe) let distances = buffer.baseAddress!
      labels.withUnsafeBufferPointer { labels in
        nonisolated(unsafe) let labels = labels.baseAddress!
        let next = Atomic(0)
        Workers.run(min(threads, max(1, stripeCount))) { _ in
          while true {
            let first = next.wrappingAdd(1, ordering: .relaxed).oldValue * stripeRows
            guard first < points.count else { return }
            let rows = points.rows[first..<min(first + stripeRows, points.count)]
            nearest.directDistances(rows, labels + first, distances + first)
          }
        }
      }
    }
  }

  /// Hands out stripes to workers and merges what they give back. `makeVisitor` is called once a
  /// worker.
  private func reduce<R: RowReduction<Scalar>>(
    _ reduction: R, _ makeVisitor: @Sendable () -> (Range<Int>, inout R) -> Void
  ) -> R {
    let next = Atomic(0)
    let state = Mutex(StripeCounter<R>())
    Workers.run(min(threads, max(1, stripeCount))) { _ in
      let visit = makeVisitor()
      while true {
        let stripe = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard stripe < stripeCount else { return }
        let first = stripe * stripeRows
        let partial = state.withLock { $0.takeSpare() } ?? StripePartial(reduction.empty())
        visit(first..<min(first + stripeRows, points.count), &partial.value)
        var merged = StripeCounter<R>.Node(partial: partial, level: 0, index: stripe)
        while let pair = state.withLock({ $0.arrive(merged) }) {
          pair.left.value.merge(pair.right.value)
          pair.right.value.reset()
          state.withLock { $0.keepSpare(pair.right) }
          merged = StripeCounter<R>.Node(
            partial: pair.left, level: merged.level + 1, index: merged.index / 2)
        }
      }
    }
    let rest = state.withLock { $0.drain() }
    guard var total = rest.first else { return reduction.empty() }
    for earlier in rest.dropFirst() {
      earlier.value.merge(total.value)
      total = earlier
    }
    return total.value
  }
}
