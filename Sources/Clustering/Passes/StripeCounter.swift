/// What one or more neighbouring stripes add up to. A class, so that handing it from thread to
/// thread copies no sums.
///
/// `@unchecked Sendable`: belongs to one worker at a time.
final class StripePartial<Value>: @unchecked Sendable {
  var value: Value

  init(_ value: Value) { self.value = value }
}

/// A binary counter of sums that wait for their neighbour: which ones merge depends on the numbers
/// of their stripes alone, never on the order in which they arrive.
///
/// As in pairwise summation an error grows with the logarithm of the number of stripes (Higham,
/// Accuracy and Stability of Numerical Algorithms, section 4.2). Of n neighbouring stripes O(log n)
/// sums wait.
struct StripeCounter<Value> {
  /// The place of a node: the sum of `2^level` stripes from stripe `index * 2^level` on.
  struct Place: Hashable {
    let level: Int
    let index: Int

    var stripes: Range<Int> { index << level..<(index + 1) << level }
    /// The place of this node and its neighbour together.
    var parent: Place { Place(level: level + 1, index: index / 2) }
  }

  private var waiting: [Place: Value] = [:]

  /// Hands in a sum. Where its neighbour is there, both are given back to be merged, `right` into
  /// `left`, and handed in again at their parent; else the sum waits.
  mutating func arrive(_ value: Value, at place: Place) -> (left: Value, right: Value)? {
    let neighbour = Place(level: place.level, index: place.index ^ 1)
    guard let other = waiting.removeValue(forKey: neighbour) else {
      waiting[place] = value
      return nil
    }
    return place.index.isMultiple(of: 2) ? (value, other) : (other, value)
  }

  /// Hands in a sum and merges it as far up as neighbours are there.
  mutating func add(_ value: Value, at place: Place, _ merge: (inout Value, Value) -> Void) {
    var (value, place) = (value, place)
    while let pair = arrive(value, at: place) {
      value = pair.left
      merge(&value, pair.right)
      place = place.parent
    }
  }

  /// Hands in all that waits in another counter, of other stripes.
  mutating func add(_ other: StripeCounter, _ merge: (inout Value, Value) -> Void) {
    for (place, value) in other.waiting { add(value, at: place, merge) }
  }

  /// What waits, from the first rows to the last.
  var nodes: [(place: Place, value: Value)] {
    waiting.sorted { $0.key.stripes.lowerBound < $1.key.stripes.lowerBound }.map { ($0, $1) }
  }

  /// What is left when all stripes are in, merged from the last rows to the first: the digits of
  /// the number of stripes. `nil` where there is none.
  func total(_ merge: (inout Value, Value) -> Void) -> Value? {
    let nodes = nodes
    guard var total = nodes.last?.value else { return nil }
    for earlier in nodes.dropLast().reversed() {
      var sum = earlier.value
      merge(&sum, total)
      total = sum
    }
    return total
  }

  /// A counter of the same places.
  func map<Other>(_ body: (Value) -> Other) -> StripeCounter<Other> {
    var counter = StripeCounter<Other>()
    for (place, value) in waiting {
      counter.waiting[.init(level: place.level, index: place.index)] = body(value)
    }
    return counter
  }
}

extension StripeCounter: Sendable where Value: Sendable {}

/// How rows are cut into stripes, which makes sums the same bits for every thread count.
///
/// A stripe is a power of two of rows, summed in row order; stripes merge pairwise like the digits
/// of a binary counter. Both depend only on the row numbers, so neither the thread that sums a
/// stripe, nor the order in which stripes end, nor the total number of rows matters.
package enum Stripes {
  /// Rows of a stripe: the power of two that is at least 1,024 and at least two rows a cluster, so
  /// that merging `clusters` sums costs less than adding the rows, and few enough that ten thousand
  /// rows still keep several threads busy.
  package static func rows(clusters: Int) -> Int {
    var rows = 1024
    while rows < 2 * clusters { rows *= 2 }
    return rows
  }

  /// How many stripes of `stripeRows` rows there are.
  static func count(rows: Int, stripeRows: Int) -> Int { (rows + stripeRows - 1) / stripeRows }

  /// The rows of a stripe.
  static func range(of stripe: Int, rows: Int, stripeRows: Int) -> Range<Int> {
    stripe * stripeRows..<min((stripe + 1) * stripeRows, rows)
  }

  /// The blocks of a stripe, in order, of at most `limit` rows each.
  static func blocks(of stripe: Range<Int>, limit: Int) -> some Sequence<Range<Int>> {
    stride(from: stripe.lowerBound, to: stripe.upperBound, by: max(1, limit)).lazy.map {
      $0..<min($0 + max(1, limit), stripe.upperBound)
    }
  }
}
