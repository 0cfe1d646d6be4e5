/// Few weighted points, such as the centroids of a sketch, and the distance that they are clustered
/// by where it is no squared Euclidean one.
struct PairwisePoints: Sendable {
  let rows: Matrix<Double>
  let weights: [Double]
  let distance: PairwiseDistance
  /// The power of the distance that points count by: 1, or 2 for its square.
  let power: Int
  let execution: Execution

  /// Copies of points.
  init(
    _ points: WeightedRows<Double>, _ distance: PairwiseDistance, power: Int, _ execution: Execution
  ) {
    rows = points.rows.matrix(of: Array(0..<points.count))
    weights = (0..<points.count).map { points.weight($0) }
    (self.distance, self.power, self.execution) = (distance, power, execution)
  }

  var count: Int { weights.count }

  /// What a point costs at a distance: its weight times the power of it.
  func cost(_ row: Int, _ distance: Double) -> Double {
    weights[row] * (power == 2 ? distance * distance : distance)
  }

  /// The sum of what all points cost, in the order of the rows.
  func cost(_ distances: [Double]) -> Double {
    distances.indices.reduce(0) { $0 + cost($1, distances[$1]) }
  }

  /// The nearest of some centroids for each point, and how far it is.
  ///
  /// - Complexity: O(n k d).
  func assign(to centroids: Matrix<Double>) -> (labels: [Int32], distances: [Double]) {
    var labels = [Int32](repeating: 0, count: count)
    var distances = [Double](repeating: 0, count: count)
    let nearest = PairwiseCentroids<Double>(centroids, distance)
    labels.withUnsafeMutableBufferPointer { labels in
      distances.withUnsafeMutableBufferPointer { distances in
        rows.withRows { rows in
          guard let labels = labels.baseAddress else { return }
          _ = RowPass(
            WeightedRows(rows: rows), clusters: centroids.rows, threads: execution.threadCount
          ).assign(
            nearest, into: Assignment(labels: labels, distances: distances.baseAddress),
            scratch: PassScratch())
        }
      }
    }
    return (labels, distances)
  }

  /// The distance of each point to one of them.
  ///
  /// - Complexity: O(n d).
  func distances(to row: Int) -> [Double] {
    rows.withRows { rows in
      (0..<count).map { distance(rows[$0], rows[row], rows.columns) }
    }
  }

  /// Hands the points to a closure; they are valid only inside.
  func withPoints<Result>(_ body: (WeightedRows<Double>) -> Result) -> Result {
    rows.withRows { rows in
      weights.withUnsafeBufferPointer {
        body(WeightedRows(rows: rows, weights: $0.baseAddress))
      }
    }
  }
}
