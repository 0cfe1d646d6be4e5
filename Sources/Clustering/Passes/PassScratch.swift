internal import KMeansLocks

/// Memory that passes over the same rows use again: partial sums and blocks of scores. An iteration
/// after the first one allocates nothing of the size of the data or of the centroids' sums.
final class PassScratch<R: RowReduction>: Sendable {
  private struct Spare {
    var partials: [StripePartial<R>] = []
    var scratch: [any AssignerScratch] = []
  }
  private let spare = Mutex(Spare())

  /// A reduction over no rows.
  func takePartial(like reduction: R) -> StripePartial<R> {
    spare.withLock { $0.partials.popLast() } ?? StripePartial(reduction.empty())
  }

  /// Takes back a reduction that nobody reads any more.
  func keep(_ partial: StripePartial<R>) {
    partial.value.reset()
    spare.withLock { $0.partials.append(partial) }
  }

  /// Scratch for blocks of at most so many rows. What is there for blocks of another size is given
  /// back.
  func takeScratch<Assigner: RowAssigner>(for assigner: Assigner, rows: Int) -> Assigner.Scratch {
    let kept = spare.withLock { spare -> Assigner.Scratch? in
      while let scratch = spare.scratch.popLast() {
        if let scratch = scratch as? Assigner.Scratch, assigner.canUse(scratch, rows: rows) {
          return scratch
        }
      }
      return nil
    }
    return kept ?? assigner.makeScratch(rows: rows)
  }

  /// Takes back the scratch of a worker.
  func keep(_ scratch: any AssignerScratch) {
    spare.withLock { $0.scratch.append(scratch) }
  }
}
