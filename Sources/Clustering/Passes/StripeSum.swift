internal import KMeansLocks

/// A reduction over rows that come stripe by stripe, on several threads and in several parts.
final class StripeSum<R: RowReduction>: Sendable {
  private struct State {
    var counter = StripeCounter<StripePartial<R>>()
    /// What workers have left where the order of rows does not matter; others go on with it.
    var unordered: [StripePartial<R>] = []
  }

  let scratch: PassScratch<R>
  private let empty: R
  private let state = Mutex(State())

  /// A sum over no rows yet.
  ///
  /// - Parameter scratch: memory that was used before.
  init(_ reduction: R, scratch: PassScratch<R> = PassScratch()) {
    empty = reduction
    self.scratch = scratch
  }

  var isUnordered: Bool { empty.isUnordered }
  /// Whether it takes sparse rows as they are stored.
  var takesCompressed: Bool { empty.takesCompressed }

  /// A reduction over no rows, or over rows whose order does not matter.
  fileprivate func partial() -> StripePartial<R> {
    state.withLock { $0.unordered.popLast() } ?? scratch.takePartial(like: empty)
  }

  /// Merges the sum of a stripe with its neighbours, as far up as they are there.
  fileprivate func handIn(_ partial: StripePartial<R>, stripe: Int) {
    var (partial, place) = (partial, StripeCounter<StripePartial<R>>.Place(level: 0, index: stripe))
    while let pair = state.withLock({ $0.counter.arrive(partial, at: place) }) {
      pair.left.value.merge(pair.right.value)
      scratch.keep(pair.right)
      (partial, place) = (pair.left, place.parent)
    }
  }

  /// Takes what a worker has added up, where the order of rows does not matter.
  fileprivate func handIn(_ partial: StripePartial<R>) {
    state.withLock { $0.unordered.append(partial) }
  }

  /// The sum over all stripes, when all are in.
  func total() -> StripePartial<R> {
    let state = take()
    let merge = { [scratch] (left: inout StripePartial<R>, right: StripePartial<R>) in
      left.value.merge(right.value)
      scratch.keep(right)
    }
    guard isUnordered else { return state.counter.total(merge) ?? partial() }
    guard var total = state.unordered.first else { return partial() }
    for other in state.unordered.dropFirst() { merge(&total, other) }
    return total
  }

  /// The sums of the stripes that are in, merged as far as their neighbours are there, too.
  ///
  /// - Precondition: the order of rows matters; there is a total otherwise.
  func nodes() -> StripeCounter<R> {
    precondition(!isUnordered)
    return take().counter.map(\.value)
  }

  private func take() -> State {
    state.withLock { state in
      defer { state = State() }
      return state
    }
  }
}

/// What one worker adds up: a sum for each stripe, or one for all that it takes where the order of
/// rows does not matter.
struct WorkerSum<R: RowReduction> {
  private let sum: StripeSum<R>
  private(set) var partial: StripePartial<R>?

  init(_ sum: StripeSum<R>) { self.sum = sum }

  mutating func begin() {
    if partial == nil { partial = sum.partial() }
  }

  mutating func end(stripe: Int) {
    guard !sum.isUnordered, let partial else { return }
    sum.handIn(partial, stripe: stripe)
    self.partial = nil
  }

  /// Hands in what is left when there are no more stripes.
  func finish() {
    if let partial { sum.handIn(partial) }
  }
}

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
