// Points for distances, and the distances from their definitions.
import Clustering
import KMeansReference

enum DistancePoints {
  /// Two long clusters side by side, far thinner than they are long, and their columns mixed: by
  /// Euclid's distance they are cut across.
  static func stripes<Scalar: ClusteringScalar>(
    _ rows: Int, seed: UInt64 = 5, of type: Scalar.Type = Scalar.self
  ) -> Matrix<Scalar> {
    var random = TestRandom(seed)
    return try! Matrix(
      (0..<rows).map { row -> [Scalar] in
        let (along, across) = (random.bell() * 40, Double(row % 2) * 12 + random.bell() * 0.2)
        return [Scalar(along + across), Scalar(along - across), Scalar(random.bell())]
      })
  }

  /// x - y, weighted and squared.
  static func weighted(_ x: [Double], _ y: [Double], _ weights: [Double]) -> Double {
    var sum = 0.0
    for column in x.indices {
      sum += weights[column] * (x[column] - y[column]) * (x[column] - y[column])
    }
    return sum
  }

  /// (x - y)^T S^-1 (x - y), by Gaussian elimination.
  static func mahalanobis(_ x: [Double], _ y: [Double], _ covariance: [Double]) -> Double {
    let n = x.count
    let difference = x.indices.map { x[$0] - y[$0] }
    var rows = (0..<n).map { Array(covariance[$0 * n..<($0 + 1) * n]) + [difference[$0]] }
    for pivot in 0..<n {
      let best = (pivot..<n).max { abs(rows[$0][pivot]) < abs(rows[$1][pivot]) }!
      rows.swapAt(pivot, best)
      for row in 0..<n where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...n { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    var sum = 0.0
    for row in 0..<n { sum += difference[row] * rows[row][n] / rows[row][row] }
    return sum
  }

  /// The population's covariance, from its definition.
  static func covariance(_ rows: [[Double]], _ weights: [Double]) -> (
    mean: [Double], values: [Double]
  ) {
    let n = rows[0].count
    let total = weights.reduce(0, +)
    let mean = (0..<n).map { column -> Double in
      var sum = 0.0
      for (row, weight) in zip(rows, weights) { sum += weight * row[column] }
      return sum / total
    }
    var values = [Double](repeating: 0, count: n * n)
    for (row, weight) in zip(rows, weights) {
      for i in 0..<n {
        for j in 0..<n { values[i * n + j] += weight * (row[i] - mean[i]) * (row[j] - mean[j]) }
      }
    }
    return (mean, values.map { $0 / total })
  }

  /// The nearest of some centroids by a distance.
  static func labels(
    _ rows: [[Double]], _ centroids: [[Double]], _ distance: ([Double], [Double]) -> Double
  ) -> [Int32] {
    rows.map { row -> Int32 in
      var best = (label: Int32(0), distance: Double.infinity)
      for (label, centroid) in centroids.enumerated() {
        let found = distance(row, centroid)
        if found < best.distance { best = (Int32(label), found) }
      }
      return best.label
    }
  }
}
