/// Powers of two, one a cluster, by which its weights are multiplied where products of weights and
/// values would underflow, so that the weight of each cluster is near 2^60.
///
/// A mean is a ratio of sums over the same weights: multiplied by a power of two, they change no
/// bit of it but where something underflowed. A product loses at most 2^-1075, so that a mean of n
/// rows loses n 2^-1135 then, far less than the smallest number even for the most rows there are;
/// and squares of the largest differences, some 2^934, are far from overflow.
struct WeightScales: Sendable {
  private static var target: Int { 60 }

  private let exponents: [Int]

  /// - Parameter weights: of the clusters.
  init(weights: [Double]) {
    exponents = weights.map { $0 > 0 ? Self.target - Int($0.exponent) : 0 }
  }

  /// Whether products may underflow so far that a mean shows it.
  ///
  /// In the mean of n rows of the weight W together n 2^-1075 / W is lost at most. Where W m is
  /// 2^-900 and more, with m the smallest magnitude of a value but 0, that is below n 2^-175 m:
  /// nothing beside the spacing 2^-53 m of such values.
  ///
  /// - Parameters:
  ///   - weights: of the clusters.
  ///   - smallest: m.
  static func areNeeded(weights: [Double], smallest: Double) -> Bool {
    weights.contains { $0 > 0 && $0 * smallest < 0x1p-900 }
  }

  /// The weight of a row of a cluster, or of some of them.
  func scaled(_ weight: Double, of cluster: Int) -> Double {
    Double(sign: .plus, exponent: exponents[cluster], significand: weight)
  }

  /// What a sum over scaled weights would be over those that were given.
  func restored(_ sum: Double, of cluster: Int) -> Double {
    Double(sign: .plus, exponent: -exponents[cluster], significand: sum)
  }
}

/// The sums of clusters over scaled weights.
struct ScaledSums<Scalar: ClusteringScalar>: RowReduction {
  private(set) var sums: ClusterSums<Scalar>
  private let scales: WeightScales

  /// - Parameter sums: of no rows, without inertia, and rounded.
  init(_ sums: ClusterSums<Scalar>, _ scales: WeightScales) {
    self.sums = sums
    self.scales = scales
  }

  var needsDistances: Bool { false }
  func empty() -> ScaledSums { ScaledSums(sums.empty(), scales) }
  mutating func reset() { sums.reset() }
  mutating func merge(_ later: borrowing ScaledSums) { sums.merge(later.sums) }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    let weights = (0..<block.points.count).map {
      scales.scaled(block.points.weight($0), of: Int(block.labels[$0]))
    }
    weights.withUnsafeBufferPointer { weights in
      sums.accumulate(
        LabeledRows(
          first: block.first,
          points: WeightedRows(rows: block.points.rows, weights: weights.baseAddress),
          labels: block.labels, distances: nil))
    }
  }
}
