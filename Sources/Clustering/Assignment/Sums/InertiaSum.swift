/// The weighted sum of squared distances, in eight sums that need not wait for each other.
///
/// The distance of row i, of all rows, is added to sum i mod 8, and in the end the eight are added
/// as `directDistance` adds its lanes: the same bits however the rows of a stripe come in blocks.
struct InertiaSum: Sendable {
  private var lanes = SIMD8<Double>(repeating: 0)

  var total: Double {
    let four = lanes.lowHalf + lanes.highHalf
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
        lanes += weight * distance
      } else {
        lanes += distance
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
      lanes[(first + row) & 7] += weight * distances[row]
    }
  }

  mutating func merge(_ later: InertiaSum) { lanes += later.lanes }
}

extension InertiaSum {
  /// The sum over all rows, stripe by stripe, as they merge.
  ///
  /// - Complexity: O(count).
  init(
    _ distances: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?, count: Int,
    stripeRows: Int
  ) {
    var counter = StripeCounter<InertiaSum>()
    for stripe in 0..<Stripes.count(rows: count, stripeRows: stripeRows) {
      let rows = Stripes.range(of: stripe, rows: count, stripeRows: stripeRows)
      var sum = InertiaSum()
      sum.add(
        distances + rows.lowerBound, weights.map { $0 + rows.lowerBound }, first: rows.lowerBound,
        count: rows.count)
      var node = StripeCounter<InertiaSum>.Node(
        partial: StripePartial(sum), level: 0, index: stripe)
      while let pair = counter.arrive(node) {
        pair.left.value.merge(pair.right.value)
        node = .init(partial: pair.left, level: node.level + 1, index: node.index / 2)
      }
    }
    let rest = counter.drain()
    guard var total = rest.first else { return }
    for earlier in rest.dropFirst() {
      earlier.value.merge(total.value)
      total = earlier
    }
    self = total.value
  }
}
