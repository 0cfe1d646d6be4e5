/// The weighted sum of squared distances, in eight sums that need not wait for each other.
///
/// The distance of row i, of all rows, is added to sum i mod 8, and in the end the eight are added as
/// `directDistance` adds its lanes: the same bits however the rows of a stripe come in blocks.
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

/// The inertia alone, over rows whose distances are known.
struct InertiaReduction<Scalar: ClusteringScalar>: RowReduction {
  private(set) var sum = InertiaSum()

  var needsDistances: Bool { true }
  func empty() -> InertiaReduction { InertiaReduction() }
  mutating func reset() { sum = InertiaSum() }
  mutating func visit(_ block: VisitedRows<Scalar>) {
    guard let distances = block.distances else { return }
    sum.add(distances, block.points.weights, first: block.first, count: block.points.count)
  }
  mutating func merge(_ later: borrowing InertiaReduction) { sum.merge(later.sum) }
}
