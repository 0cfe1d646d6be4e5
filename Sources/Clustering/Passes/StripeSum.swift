internal import KMeansLocks

/// A reduction over rows that are visited stripe by stripe, on several threads and in several
/// parts.
final class StripeSum<R: RowReduction>: Sendable {
  let scratch: PassScratch<R>
  private let empty: R
  private let counter = Mutex(StripeCounter<R>())

  /// A sum over no rows yet.
  ///
  /// - Parameter scratch: memory that was used before.
  init(_ reduction: R, scratch: PassScratch<R> = PassScratch()) {
    empty = reduction
    self.scratch = scratch
  }

  /// A reduction over no rows, for the next stripe.
  func partial() -> StripePartial<R> { scratch.takePartial(like: empty) }

  /// Merges the sum of a stripe with its neighbours, as far up as they are there; what has no order
  /// stays with the worker.
  func handIn(_ partial: StripePartial<R>, stripe: Int) {
    var node = StripeCounter<R>.Node(partial: partial, level: 0, index: stripe)
    let ordered = partial.value.ordered()
    if let ordered {
      node.partial = StripePartial(ordered)
      scratch.keepUnordered(partial)
    }
    while let pair = counter.withLock({ $0.arrive(node) }) {
      pair.left.value.merge(pair.right.value)
      if ordered == nil { scratch.keep(pair.right) }
      node = StripeCounter<R>.Node(
        partial: pair.left, level: node.level + 1, index: node.index / 2)
    }
  }

  /// The sum over all stripes, when all are in.
  func total() -> StripePartial<R> {
    let rest = counter.withLock { $0.drain() }
    guard var total = rest.first else { return partial() }
    let unordered = scratch.takeUnordered()
    for earlier in rest.dropFirst() {
      earlier.value.merge(total.value)
      if unordered.isEmpty { scratch.keep(total) }
      total = earlier
    }
    guard let sum = unordered.first else { return total }
    for other in unordered.dropFirst() {
      sum.value.merge(other.value)
      scratch.keep(other)
    }
    sum.value.merge(total.value)
    return sum
  }
}
