// Seeded streams for the tests.
import Clustering
import KMeansReference

/// Batches of points round a few centers that drift.
struct StreamSample {
  var batches: [[[Double]]] = []
  var weights: [[Double]] = []
  var times: [[Double]] = []
  let centers: [[Double]]

  /// - Parameter spread: of the points; the centers are 20 apart and more.
  init(
    batches: Int, clusters: Int, columns: Int, seed: UInt64, sizes: ClosedRange<Int> = 0...40,
    spread: Double = 1, offset: Double = 0
  ) {
    var random = TestRandom(seed)
    let centers = (0..<clusters).map { cluster in
      (0..<columns).map { column in
        offset + 20 * Double(column % clusters == cluster ? cluster + 1 : 0) + random.bell()
      }
    }
    var now = 1_000.0
    for batch in 0..<batches {
      let rows = (0..<Int.random(in: sizes, using: &random)).map { _ in
        centers[Int(random.next() % UInt64(clusters))].map {
          $0 + spread * random.bell() + 0.05 * Double(batch)
        }
      }
      self.batches.append(rows)
      weights.append(rows.map { _ in Double.random(in: 0.25...4, using: &random) })
      // In any order: some are late by many batches.
      times.append(rows.map { _ in now + 10 * random.bell() })
      now += 5
    }
    self.centers = centers.map { $0.map { Double(Float($0)) } }
  }

  func matrix<Scalar: ClusteringScalar>(
    _ batch: Int, of type: Scalar.Type
  ) throws -> Matrix<Scalar> {
    let values = batches[batch].flatMap { $0.map { Scalar($0) } }
    return try Matrix(values.span, columns: centers[0].count)
  }
}

/// How far two numbers are apart, in units of the larger one.
func relativeDifference(_ a: Double, _ b: Double) -> Double {
  a == b ? 0 : (a - b).magnitude / max(a.magnitude, b.magnitude)
}

// The compiler does not like views of matrices without a name.
extension StreamingKMeans {
  @discardableResult
  mutating func learn(_ rows: Matrix<Scalar>) throws(ClusteringError) -> BatchReport {
    try update(rows.view)
  }

  func ask(_ rows: Matrix<Scalar>) throws(ClusteringError) -> Predictions {
    try predict(rows.view)
  }
}
