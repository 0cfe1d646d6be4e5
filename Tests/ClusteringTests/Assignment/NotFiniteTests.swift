// Points that are not finite are refused by every entry that assigns, whoever finds them.
import Clustering
import KMeansLinearAlgebra
import Testing

@Suite struct NotFiniteTests {
  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `the first one is named`(value: Float) throws {
    try check(value)
    try check(Double(value))
  }

  private func check<Scalar: ClusteringScalar>(_ value: Scalar) throws {
    for (d, k) in [(1, 2), (3, 7), (8, 10), (50, 20), (130, 3)] {
      let n = 700
      let clean = TestData.noise.points(n, d, seed: 4, of: Scalar.self)
      let model = model(clean.picking(Array(0..<k)))
      for (row, column) in [(0, 0), (n / 2, d / 2), (n - 1, d - 1)] {
        var rows = (0..<n).map { row in (0..<d).map { clean[row, $0] } }
        rows[row][column] = value
        rows[n - 1][d - 1] = value
        let points = try Matrix(rows)
        for strategy in [Execution.Strategy.auto, .blas, .fused] {
          for threads in [1, 2] {
            let execution = Execution(threads: threads, strategy: strategy)
            let expected = ClusteringError.notFinite(row: row, column: column)
            #expect(throws: expected, "\(d) columns, \(strategy)") {
              try model.assign(points, execution: execution)
            }
            #expect(throws: expected, "\(d) columns, \(strategy)") {
              try model.squaredDistances(points, execution: execution)
            }
          }
        }
      }
    }
  }

  @Test func `the largest floats are points like others`() throws {
    let model = model(try Matrix<Float>([[0, 0], [1, 1]]))
    let largest = Float.greatestFiniteMagnitude
    let points = try Matrix([[largest, -largest], [-largest, -largest], [largest, largest]])
    // One more or less is lost in rounding: ties, which the first one wins.
    #expect(try model.assign(points) == [0, 0, 0])
  }

  private func model<Scalar: ClusteringScalar>(_ centroids: Matrix<Scalar>) -> KMeansModel<Scalar> {
    KMeansModel(
      centroids: centroids, clusterWeights: Array(repeating: 1, count: centroids.rows), inertia: 0,
      iterations: 1, converged: true)
  }
}
