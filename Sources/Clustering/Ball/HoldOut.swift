/// The points cut in two: those that runs are trained with, and those that they are compared by.
/// Both are copies in the order of the rows; nothing of the caller's moves.
struct HoldOut<Scalar: ClusteringScalar>: Sendable {
  let training: RowSubset<Scalar>
  let test: RowSubset<Scalar>

  /// - Returns: nothing where there are to be no points to test with.
  /// - Complexity: O(n d).
  init?(_ points: WeightedRows<Scalar>, parameters: BallKMeans) {
    let count = Int(parameters.testProbability * Double(points.count))
    guard count > 0 else { return nil }
    let isTest = Self.drawn(count, of: points.count, seed: parameters.seed)
    let (testRows, trainingRows) = (
      isTest.indices.filter { isTest[$0] }, isTest.indices.filter { !isTest[$0] }
    )
    let usable = trainingRows.lazy.filter { points.weight($0) > 0 }.count
    guard usable >= parameters.clusterCount, testRows.contains(where: { points.weight($0) > 0 })
    else { return nil }
    training = RowSubset(of: trainingRows, points)
    test = RowSubset(of: testRows, points)
  }

  /// Marks so many rows, every set of that size with the same probability: the first steps of the
  /// shuffle of Fisher and Yates.
  private static func drawn(_ count: Int, of rows: Int, seed: UInt64) -> [Bool] {
    let draws = Draws(seed: seed, purpose: .testPoints)
    var order = Array(0..<rows)
    var isDrawn = Array(repeating: false, count: rows)
    for place in 0..<count {
      order.swapAt(place, place + Int(draws.uniform(place) * Double(rows - place)))
      isDrawn[order[place]] = true
    }
    return isDrawn
  }
}

/// Copies of some points with their weights.
struct RowSubset<Scalar: ClusteringScalar>: Sendable {
  private let rows: Matrix<Scalar>
  private let weights: [Double]?

  init(of numbers: [Int], _ points: WeightedRows<Scalar>) {
    rows = points.rows.matrix(of: numbers)
    weights = points.weights.map { weights in numbers.map { weights[$0] } }
  }

  /// Hands the points to a closure; they are valid only inside.
  func withPoints<Result>(
    _ body: (WeightedRows<Scalar>) throws(ClusteringError) -> Result
  ) throws(ClusteringError) -> Result {
    try rows.withRows { (rows) throws(ClusteringError) in
      guard let weights else { return try body(WeightedRows(rows: rows)) }
      return try weights.withUnsafeBufferPointer { (weights) throws(ClusteringError) in
        try body(WeightedRows(rows: rows, weights: weights.baseAddress))
      }
    }
  }
}
