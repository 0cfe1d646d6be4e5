import Clustering
import Testing

@Suite struct ColumnMomentsTests {
  private func moments<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: [Double]? = nil, threads: Int = 2
  ) throws -> ColumnMoments<Scalar> {
    try points.view.withWeightedRows(weights?.span) { (rows) throws(ClusteringError) in
      try rows.checkedMoments(Execution(threads: threads))
    }
  }

  @Test func `a common offset costs no digits`() throws {
    let points = TestData.offset.points(5000, 3, seed: 1, of: Double.self)
    let found = try moments(points)
    for column in 0..<3 {
      let values = (0..<5000).map { points[$0, column] - 1e6 }
      let mean = values.reduce(0, +) / 5000
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5000
      #expect((found.means[column] - 1e6 - mean).magnitude < 1e-9)
      #expect((found.deviations[column] / 5000 / variance - 1).magnitude < 1e-9)
    }
  }

  @Test func `weights count as repeated rows`() throws {
    let points = try Matrix<Float>([[1, 5], [2, 5], [9, 5]])
    let found = try moments(points, weights: [2, 1, 0])
    #expect(found.weight == 3)
    #expect(found.means == [4.0 / 3, 5])
    #expect((found.meanVariance - (2.0 / 9) / 2).magnitude < 1e-15)
  }

  @Test func `threads change no bit`() throws {
    let points = TestData.noise.points(9000, 4, seed: 2, of: Float.self)
    let one = try moments(points, threads: 1)
    let many = try moments(points, threads: 5)
    #expect(one.means == many.means && one.deviations == many.deviations)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `the first bad value is named`(value: Float) {
    var points = TestData.noise.points(5000, 4, seed: 3, of: Float.self)
    points[3000, 2] = value
    points[4999, 0] = value
    #expect(throws: ClusteringError.notFinite(row: 3000, column: 2)) { try moments(points) }
  }

  @Test func `a value whose square overflows is named`() {
    let points = try! Matrix<Double>([[1, 2], [3, -1e150]])
    #expect(throws: ClusteringError.tooLarge(row: 1, column: 1, limit: 1e140)) {
      try moments(points)
    }
  }
}
