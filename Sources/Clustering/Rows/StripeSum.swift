internal import Synchronization

/// A reduction over rows that are visited stripe by stripe, on several threads and in several parts.
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

  /// Merges the sum of a stripe with its neighbours, as far up as they are there.
  func handIn(_ partial: StripePartial<R>, stripe: Int) {
    var node = StripeCounter<R>.Node(partial: partial, level: 0, index: stripe)
    while let pair = counter.withLock({ $0.arrive(node) }) {
      pair.left.value.merge(pair.right.value)
      scratch.keep(pair.right)
      node = StripeCounter<R>.Node(
        partial: pair.left, level: node.level + 1, index: node.index / 2)
    }
  }

  /// The sum over all stripes, when all are in.
  func total() -> StripePartial<R> {
    let rest = counter.withLock { $0.drain() }
    guard var total = rest.first else { return partial() }
    for earlier in rest.dropFirst() {
      earlier.value.merge(total.value)
      scratch.keep(total)
      total = earlier
    }
    return total
  }
}
