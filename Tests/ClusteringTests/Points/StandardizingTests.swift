// Standardised fits are fits of standardised points, and the model remembers how.
import Clustering
import Foundation
import Testing

@Suite struct StandardizingTests {
  /// Columns of different scales and offsets, and a constant one.
  private func points<Scalar: ClusteringScalar>(_ rows: Int, of type: Scalar.Type) -> Matrix<Scalar>
  {
    var random = TestRandom(7)
    return try! Matrix(
      (0..<rows).map { row -> [Scalar] in
        let place = Double(row % 4)
        return [
          Scalar(place * 1000 + random.bell() * 100), Scalar(0.1),
          Scalar(50 + place * 0.01 + random.bell() * 0.001), Scalar(random.bell()),
        ]
      })
  }

  /// By hand: mean and deviation of each column in Double, divided by the whole weight.
  private func standardized<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: [Double]
  ) -> Matrix<Scalar> {
    let total = weights.reduce(0, +)
    var result = points
    for column in 0..<points.columns {
      let values = (0..<points.rows).map { Double(points[$0, column]) }
      let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
      let squares = zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
      let deviation = (squares / total).squareRoot()
      let divisor = values.allSatisfy { $0 == values[0] } ? 1 : deviation
      for row in 0..<points.rows { result[row, column] = Scalar((values[row] - mean) / divisor) }
    }
    return result
  }

  @Test(arguments: [false, true])
  func `a fit is that of standardized points`(weighted: Bool) throws {
    try check(Float.self, relative: 1e-5)
    try check(Double.self, relative: 1e-10)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type, relative: Double) throws {
      let points = points(3000, of: type)
      let weights = (0..<3000).map { weighted ? Double($0 % 3) : 1 }
      var kmeans = KMeans(clusterCount: 4, seed: 2)
      kmeans.tolerance = 0
      let byHand = standardized(points, weights: weights)
      let expected = try kmeans.fit(byHand.view, weights: weights.span)
      kmeans.standardizes = true
      let fit = try kmeans.fit(points.view, weights: weights.span)
      #expect(fit.labels == expected.labels)
      #expect(abs(fit.model.inertia / expected.model.inertia - 1) < relative)
      // Centroids are in the units of the points: the means of their clusters.
      for cluster in 0..<4 {
        let rows = (0..<3000).filter { fit.labels[$0] == cluster }
        let weight = rows.reduce(0) { $0 + weights[$1] }
        for column in 0..<4 {
          let mean = rows.reduce(0) { $0 + weights[$1] * Double(points[$1, column]) } / weight
          let found = Double(fit.model.centroids[cluster, column])
          #expect(abs(found - mean) <= 1e-4 * max(1, abs(mean)) * (type == Float.self ? 1 : 1e-6))
        }
      }
      #expect(try fit.model.assign(points.view) == fit.labels)
      #expect(fit.model.transform.standardization!.deviations[1] == 1)
    }
  }

  @Test func `the model keeps it in files and JSON`() throws {
    let points = points(500, of: Float.self)
    var kmeans = KMeans(clusterCount: 3, seed: 2)
    kmeans.standardizes = true
    kmeans.distance = .cosine
    let fit = try kmeans.fit(points.view)
    let path = NSTemporaryDirectory() + "\(UUID().uuidString).kmeans"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try fit.model.save(to: path)
    let loaded = try KMeansModel<Float>.load(from: path)
    #expect(loaded == fit.model)
    #expect(loaded.centroids == fit.model.centroids)
    #expect(try loaded.assign(points.view) == fit.labels)
    let json = try JSONEncoder().encode(fit.model)
    #expect(try JSONDecoder().decode(KMeansModel<Float>.self, from: json) == fit.model)
    #expect(try KMeansModel<Double>.load(from: path).transform == fit.model.transform)
  }

  /// A deviation that a division would make infinite, and a value that then overflows.
  @Test func `extremes are refused or left alone`() throws {
    let tiny = try Matrix<Double>([[0, 1], [0x1p-1030, 2], [0, 3], [0x1p-1030, 4]])
    var kmeans = KMeans(clusterCount: 2, seed: 0)
    kmeans.standardizes = true
    #expect(try kmeans.fit(tiny.view).model.inertia.isFinite)
    // A point without weight is far out in units of the others.
    let far = try Matrix<Double>([[0], [1e-9], [1e139]])
    let weights: [Double] = [1, 1, 0]
    #expect(throws: ClusteringError.tooLarge(row: 2, column: 0, limit: 1e140)) {
      _ = try kmeans.fit(far.view, weights: weights.span)
    }
  }
}
