internal import KMeansLocks

// Passes over rows that are the whole.
extension RowPass {
  /// Assigns every row and reduces nothing: without any memory but that of the scratch.
  ///
  /// - Parameters:
  ///   - goesOn: whether something follows.
  ///   - afterwards: called by each worker then, once all rows are assigned: work that goes on with the labels
  ///     without waking anybody again.
  func assign(
    _ nearest: NearestCentroids<Scalar>, into result: Assignment,
    scratch: PassScratch<Nothing<Scalar>>, goesOn: Bool = false,
    afterwards: @Sendable () -> Void = {}
  ) -> AssignmentCounts {
    guard points.count > 0 else {
      afterwards()
      return AssignmentCounts()
    }
    let counts = Mutex(AssignmentCounts())
    let limit = min(blockRows ?? nearest.blockRows, points.count, stripeRows)
    BLASThreads.single {
      shareStripes { stripes in
        let block = scratch.takeBlock(nearest.scratchShape(rows: limit))
        let mapped = MappedBlock(map, rows: limit, columns: points.rows.columns)
        var (found, nothing) = (AssignmentCounts(), Nothing<Scalar>())
        eachStripe(of: stripes) { stripe, next in
          for rows in blocks(of: stripe, limit: limit) {
            found += assign(
              rows, to: nearest, result, block, mapped, &nothing,
              ahead: self.rows(after: rows, limit: limit, in: stripe, next: next))
          }
        }
        scratch.keep(block)
        counts.withLock { $0 += found }
        if goesOn {
          stripes.waitForAll()
          afterwards()
        }
      }
    }
    return counts.withLock { $0 }
  }

  /// Assigns every row and reduces.
  package func assign<R: RowReduction<Scalar>>(
    _ nearest: NearestCentroids<Scalar>, into result: Assignment, reducing reduction: R
  ) -> (R, AssignmentCounts) {
    let sum = StripeSum(reduction)
    let counts = assign(nearest, into: result, adding: sum)
    return (sum.total().value, counts)
  }

  /// Assigns every row and reduces nothing.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func assign(
    _ nearest: NearestCentroids<Scalar>, into result: Assignment
  ) -> AssignmentCounts {
    assign(nearest, into: result, scratch: PassScratch())
  }

  /// Reduces rows, of which the labels may be known already.
  package func visit<R: RowReduction<Scalar>>(
    labels: UnsafePointer<Int32>? = nil, reducing reduction: R
  ) -> R {
    let sum = StripeSum(reduction)
    visit(labels: labels, adding: sum)
    return sum.total().value
  }
}
