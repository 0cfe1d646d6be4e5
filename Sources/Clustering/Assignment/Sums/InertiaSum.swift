/// The weighted sum of squared distances, in eight sums that need not wait for each other.
///
/// The distance of row i, of all rows, is added to sum i mod 8, and in the end the eight are added
/// as `directDistance` adds its lanes: the same bits however the rows of a stripe come in blocks.
struct InertiaSum: Sendable {
  private var sums = SIMD8<Double>(repeating: 0)

  /// The sum of no rows.
  init() {}

  /// The sum that has come to these eight.
  init(lanes: [Double]) { sums = SIMD8(lanes) }

  /// The eight sums.
  var lanes: [Double] { sums.indices.map { sums[$0] } }

  var total: Double {
    let four = sums.lowHalf + sums.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  /// - Parameters:
  ///   - first: the number of the first row.
  ///   - count: how many rows.
  mutating func add(
    _ distances: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?, first: Int, count: Int
  ) {
    let start = min(count, -first & 7)
    addEach(0..<start, distances, weights, first)
    var row = start
    while row + 8 <= count {
      let distance = UnsafeRawPointer(distances + row).loadUnaligned(as: SIMD8<Double>.self)
      if let weights {
        let weight = UnsafeRawPointer(weights + row).loadUnaligned(as: SIMD8<Double>.self)
        sums += weight * distance
      } else {
        sums += distance
      }
      row += 8
    }
    addEach(row..<count, distances, weights, first)
  }

  private mutating func addEach(
    _ rows: Range<Int>, _ distances: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?,
    _ first: Int
  ) {
    for row in rows {
      let weight = weights.map { $0[row] } ?? 1
      sums[(first + row) & 7] += weight * distances[row]
    }
  }

  mutating func merge(_ later: InertiaSum) { sums += later.sums }
}

/// The inertia of rows of which stripes come in any order: the sums of stripes wait for their
/// neighbours and merge as those of clusters do.
struct StripedInertia: Sendable {
  let stripeRows: Int
  private var counter = StripeCounter<InertiaSum>()
  /// The stripe at hand.
  private var latest: (stripe: Int, sum: InertiaSum)?

  /// - Parameter counter: what was added before.
  init(stripeRows: Int, _ counter: StripeCounter<InertiaSum> = StripeCounter()) {
    self.stripeRows = stripeRows
    self.counter = counter
  }

  /// The sum over all rows.
  ///
  /// - Complexity: O(count).
  init(
    _ distances: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?, count: Int,
    stripeRows: Int
  ) {
    self.init(stripeRows: stripeRows)
    for stripe in 0..<Stripes.count(rows: count, stripeRows: stripeRows) {
      let rows = Stripes.range(of: stripe, rows: count, stripeRows: stripeRows)
      add(
        distances + rows.lowerBound, weights.map { $0 + rows.lowerBound }, first: rows.lowerBound,
        count: rows.count)
    }
  }

  /// Forgets all rows.
  mutating func reset() { self = StripedInertia(stripeRows: stripeRows) }

  /// Adds rows of a stripe, after all those before them in it.
  mutating func add(
    _ distances: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?, first: Int, count: Int
  ) {
    let stripe = first / stripeRows
    if latest?.stripe != stripe {
      endStripe()
      latest = (stripe, InertiaSum())
    }
    latest!.sum.add(distances, weights, first: first, count: count)
  }

  private mutating func endStripe() {
    guard let (stripe, sum) = latest.take() else { return }
    counter.add(sum, at: StripeCounter.Place(level: 0, index: stripe)) { $0.merge($1) }
  }

  mutating func merge(_ other: StripedInertia) {
    endStripe()
    counter.add(other.nodes) { $0.merge($1) }
  }

  /// What has been added, stripe by stripe.
  var nodes: StripeCounter<InertiaSum> {
    var all = self
    all.endStripe()
    return all.counter
  }

  var total: Double { (nodes.total { $0.merge($1) } ?? InertiaSum()).total }
}
