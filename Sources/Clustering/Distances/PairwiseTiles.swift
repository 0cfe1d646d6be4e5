internal import KMeansKernelTypes

/// Centroids in groups of four, as the kernels of pairwise distances want them: each group [columns
/// x 4], the columns in the order in which the lanes of a sum are added.
struct PairwiseTiles: Sendable {
  let columns: Int
  /// The number of centroids.
  let count: Int
  /// The groups; zeros where the last one is not full.
  private(set) var values: [Double]
  /// The column that comes at each place.
  let order: [Int]
  /// The products of the centroids with themselves; empty where nobody needs them.
  private(set) var squares: [Double] = []
  /// Whether the squares of a centroid nearly vanish.
  private(set) var hasTinySquares = false

  /// - Complexity: O(k d).
  init(_ centroids: Rows<Double>, _ distance: PairwiseDistance) {
    (columns, count) = (centroids.columns, centroids.count)
    order = Self.order(columns)
    let size = PairwiseKernels.groupSize
    let groups = (count + size - 1) / size
    values = Array(repeating: 0, count: groups * size * columns)
    for centroid in 0..<count {
      let (group, slot) = centroid.quotientAndRemainder(dividingBy: size)
      for (place, column) in order.enumerated() {
        values[(group * columns + place) * size + slot] = centroids[centroid][column]
      }
    }
    guard distance.measure == .tanimoto else { return }
    squares = (0..<count).map {
      distance.kernels.sumOfProducts(centroids[$0], centroids[$0], columns)
    }
    hasTinySquares = squares.contains { $0 < PairwiseDistance.tiny }
  }

  var groupCount: Int { (count + PairwiseKernels.groupSize - 1) / PairwiseKernels.groupSize }

  /// How many groups stay in the first cache while points pass.
  var chunk: Int { min(64, max(1, 512 / columns)) }

  /// Columns of one lane of a sum after the other, the lanes in the order in which they are added.
  private static func order(_ columns: Int) -> [Int] {
    if columns < 8 { return Array(0..<columns) }
    return [0, 4, 2, 6, 1, 5, 3, 7].flatMap { Array(stride(from: $0, to: columns, by: 8)) }
  }

  /// Turns at most eight rows into a tile [columns x 8] of Doubles; zeros where there are fewer.
  func turn<Scalar: ClusteringScalar>(
    _ rows: Rows<Scalar>, into tile: UnsafeMutablePointer<Double>
  ) {
    let lanes = PairwiseKernels.tileRows
    order.withUnsafeBufferPointer { order in
      for lane in 0..<lanes {
        guard lane < rows.count else {
          for place in 0..<columns { tile[place &* lanes &+ lane] = 0 }
          continue
        }
        let row = rows[lane]
        for place in 0..<columns { tile[place &* lanes &+ lane] = Double(row[order[place]]) }
      }
    }
  }
}
