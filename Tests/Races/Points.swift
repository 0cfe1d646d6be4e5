import Clustering

/// Points that have as many clusters as are looked for, and enough rows for several stripes and
/// blocks.
enum Points {
  static let clusters = 12
  private static let rows = 3000
  private static let columns = 5

  static func matrix<Scalar: ClusteringScalar>(of type: Scalar.Type) throws -> Matrix<Scalar> {
    var random = FixedRandom(state: 11)
    let values = (0..<rows * columns).map { place in
      let cluster = place / columns % clusters
      return Scalar(Double(cluster * (place % columns + 1) % 17) * 4 + random.next())
    }
    return try Matrix(values.span, columns: columns)
  }
}

/// A generator of its own (SplitMix64): the same points in every run.
private struct FixedRandom {
  var state: UInt64

  /// A number from 0 to 1.
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}
