// Means and deviations of the columns of any source of points.
extension PointSource {
  /// The standardisation of rows by their own means and deviations.
  ///
  /// If the squares of a column underflow, its deviation is measured once more in units of its
  /// width, which is a power of two and costs no digit.
  ///
  /// - Complexity: O(d); two passes more where columns of doubles are constant, or nearly so.
  package func standardization(
    _ moments: ColumnMoments<Scalar>
  ) throws(Failure) -> RowTransform.Standardization {
    let plain = RowTransform.Standardization(moments)
    let enough = 1e10 * SumLimits.smallest
    let isDouble = Scalar.self != Float.self
    let mayUnderflow = moments.deviations.contains { $0 < enough || $0 / moments.weight < enough }
    guard isDouble, mayUnderflow else { return plain }
    let box = try reduce(into: ColumnBox<Scalar>(columns: columns))
    let widths = zip(box.low, box.high).map { Double($1) - Double($0) }
    let suspects = widths.indices.filter {
      let deviation = moments.deviations[$0]
      return widths[$0] > 0 && (deviation < enough || deviation / moments.weight < enough)
    }
    guard !suspects.isEmpty else { return plain }
    let scaled = try reduce(
      into: ScaledSquares<Scalar>(
        columns: suspects, means: suspects.map { moments.means[$0] },
        // The inverse of the smallest powers of two overflows.
        exponents: suspects.map { max(widths[$0].exponent, -1000) }))
    var deviations = plain.deviations
    for (place, column) in suspects.enumerated() where scaled.deviation(place) > 0 {
      deviations[column] = scaled.deviation(place)
    }
    return RowTransform.Standardization(means: plain.means, deviations: deviations)
  }
}

/// The weighted sums of squared deviations from known means, in units of powers of two.
private struct ScaledSquares<Scalar: ClusteringScalar>: RowReduction {
  private let columns: [Int]
  private let means: [Double]
  private let exponents: [Int]
  private let factors: [Double]
  private var sums: [Double]
  private var weight = 0.0

  init(columns: [Int], means: [Double], exponents: [Int]) {
    self.columns = columns
    self.means = means
    self.exponents = exponents
    factors = exponents.map { Double(sign: .plus, exponent: -$0, significand: 1) }
    sums = Array(repeating: 0, count: columns.count)
  }

  var needsDistances: Bool { false }
  func empty() -> ScaledSquares {
    ScaledSquares(columns: columns, means: means, exponents: exponents)
  }
  mutating func reset() { self = empty() }

  func deviation(_ place: Int) -> Double {
    let deviation = (sums[place] / weight).squareRoot()
    return Double(sign: .plus, exponent: exponents[place], significand: deviation)
  }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    for row in 0..<block.points.count {
      let rowWeight = block.points.weight(row)
      guard rowWeight > 0 else { continue }
      weight += rowWeight
      for place in columns.indices {
        let value = Double(block.points.rows[row][columns[place]])
        let deviation = (value - means[place]) * factors[place]
        sums[place] += rowWeight * (deviation * deviation)
      }
    }
  }

  mutating func merge(_ later: borrowing ScaledSquares) {
    weight += later.weight
    for place in sums.indices { sums[place] += later.sums[place] }
  }
}
