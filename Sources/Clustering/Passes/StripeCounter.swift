/// What one or more neighbouring stripes add up to. A class, so that handing it from thread to
/// thread copies no sums.
///
/// `@unchecked Sendable`: belongs to one worker at a time.
final class StripePartial<Value>: @unchecked Sendable {
  var value: Value

  init(_ value: Value) { self.value = value }
}

/// Sums that wait for their neighbour, merged as a binary counter counts: which ones merge depends
/// on their numbers alone, never on the order in which they arrive. As in pairwise summation an
/// error grows with the logarithm of the number of stripes (Higham, Accuracy and Stability of
/// Numerical Algorithms, section 4.2).
struct StripeCounter<Value> {
  /// The sum of `2^level` stripes from stripe `index * 2^level` on.
  struct Node {
    var partial: StripePartial<Value>
    var level: Int
    var index: Int
  }

  private struct Place: Hashable {
    var level: Int
    var index: Int
  }

  private var waiting: [Place: StripePartial<Value>] = [:]

  /// Hands in a sum. Where its neighbour is there, both are given back to be merged, `right` into
  /// `left`, and handed in again one level up; else the sum waits.
  mutating func arrive(_ node: Node) -> (left: StripePartial<Value>, right: StripePartial<Value>)? {
    let neighbour = Place(level: node.level, index: node.index ^ 1)
    guard let other = waiting.removeValue(forKey: neighbour) else {
      waiting[Place(level: node.level, index: node.index)] = node.partial
      return nil
    }
    return node.index.isMultiple(of: 2) ? (node.partial, other) : (other, node.partial)
  }

  /// What is left when all stripes are in, from the last rows to the first: the digits of the
  /// number of stripes.
  mutating func drain() -> [StripePartial<Value>] {
    defer { waiting = [:] }
    return waiting.sorted { $0.key.level < $1.key.level }.map(\.value)
  }
}
