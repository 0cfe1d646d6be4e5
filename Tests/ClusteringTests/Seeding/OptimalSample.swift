import Clustering

/// One column of values for the start from the optimum, and that start.
enum OptimalSample {
  /// Values that are hard on sums.
  static func values(_ kind: Int, _ count: Int, _ random: inout TestRandom) -> [Double] {
    (0..<count).map { row in
      let value = Double.random(in: 0..<1, using: &random)
      return switch kind {
      case 0: random.bell()
      case 1: Double(random.next() % 6)
      case 2: 1e9 + value * 1e-3
      case 3: row == 0 ? -1e12 : value
      case 4: (random.next() % 2 == 0 ? 1e9 : -1e9) + value
      default: value * (row % 3 == 0 ? 1e-6 : row % 3 == 1 ? 1 : 1e6)
      }
    }
  }

  static func weights(_ kind: Int, _ count: Int, _ random: inout TestRandom) -> [Double]? {
    switch kind {
    case 0: nil
    case 1: (0..<count).map { $0 < 6 ? 1 : Double(random.next() % 3) }
    case 2: (0..<count).map { _ in Double.random(in: 0.1..<1, using: &random) }
    // Too different for a bound.
    default: (0..<count).map { _ in random.next() % 2 == 0 ? 1 : 0x1p-60 }
    }
  }

  static func centroids<Scalar: ClusteringScalar>(
    _ values: [Scalar], k: Int, weights: [Double]? = nil
  ) throws -> [Double] {
    var kmeans = KMeans(clusterCount: k, seed: 1)
    kmeans.initialization = .optimal
    let points = try Matrix(values.map { [$0] })
    return try kmeans.initialCentroids(points.view, weights: weights?.span).centroids.doubles
      .map { $0[0] }
  }
}
