// Shapes and data at the edge, and one error for each wrong value.
import Clustering
import Testing

@Suite struct EdgeCaseTests {
  private func fit<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, k: Int, initialization: CentroidInitialization = .kMeansPlusPlus
  ) throws -> KMeans.Fit<Scalar> {
    var kmeans = KMeans(clusterCount: k, seed: 1)
    kmeans.initialization = initialization
    kmeans.tolerance = 0
    return try kmeans.fit(points.view)
  }

  @Test func `one cluster is the mean`() throws {
    let found = try fit(try Matrix<Double>([[1, 2], [3, 4], [8, 0]]), k: 1)
    #expect(found.model.centroids == (try Matrix([[4, 2]])))
    #expect(found.model.inertia == 9 + 0 + 1 + 4 + 16 + 4)
    #expect(found.labels == [0, 0, 0])
  }

  @Test(arguments: [CentroidInitialization.kMeansPlusPlus, .randomRows])
  func `as many clusters as points`(initialization: CentroidInitialization) throws {
    let points = TestData.noise.points(40, 3, seed: 1, of: Float.self)
    let found = try fit(points, k: 40, initialization: initialization)
    #expect(found.model.inertia == 0)
    #expect(Set(found.labels).count == 40)
  }

  @Test(arguments: [CentroidInitialization.kMeansPlusPlus, .randomRows])
  func `fewer distinct points than clusters`(initialization: CentroidInitialization) throws {
    let points = try Matrix<Float>((0..<90).map { [Float($0 % 3), 1] })
    let found = try fit(points, k: 8, initialization: initialization)
    #expect(found.model.inertia == 0)
    #expect(found.model.converged)
    #expect(found.model.clusterWeights.reduce(0, +) == 90)
    #expect(found.model.clusterWeights.count { $0 > 0 } == 3)
  }

  @Test func `constant data`() throws {
    let found = try fit(TestData.constant.points(50, 4, seed: 0, of: Float.self), k: 3)
    #expect(found.model.inertia == 0)
    #expect(found.labels.allSatisfy { $0 == 0 })
  }

  @Test func `one far outlier gets a cluster of its own`() throws {
    var points = TestData.noise.points(500, 2, seed: 5, of: Double.self)
    points[123, 0] = 1e9
    let found = try fit(points, k: 2)
    #expect(found.model.clusterWeights.sorted() == [1, 499])
    #expect(found.model.inertia < 5000)
  }

  /// Nine of ten initial centroids are the same: the farthest points fill them, one after another,
  /// and no two of them are twins.
  @Test func `empty clusters are refilled one after another`() throws {
    // Ten places, 20 points each; the farther ones are exact twins of each other.
    let points = try Matrix<Double>((0..<200).map { [Double($0 % 10) * 10, 0] })
    let start = try Matrix<Double>(Array(repeating: [0, 0], count: 10))
    var kmeans = KMeans(clusterCount: 10, seed: 0)
    kmeans.tolerance = 0
    let found = try kmeans.fit(points.view, from: start)
    #expect(found.history[0].refilled == 9)
    #expect(found.model.inertia == 0)
    #expect(found.model.clusterWeights == Array(repeating: 20, count: 10))
  }

  /// A point so far away that it drowns its cluster's sum must not take the digits with it.
  @Test func `refilling does not lose the donor`() throws {
    var rows = (0..<99).map { [Double($0)] }
    rows.append([1e30])
    let points = try Matrix(rows)
    let start = try Matrix<Double>([[0], [0]])
    var kmeans = KMeans(clusterCount: 2, seed: 0)
    kmeans.tolerance = 0
    let found = try kmeans.fit(points.view, from: start)
    #expect(found.model.centroids == (try Matrix([[49], [1e30]])))
  }

  @Test func `points without weight are labelled only`() throws {
    let points = try Matrix<Double>([[0], [1], [10], [11], [1000]])
    let weights: [Double] = [1, 1, 1, 1, 0]
    let found = try KMeans(clusterCount: 2, seed: 3).fit(points.view, weights: weights.span)
    #expect(found.model.centroids[Int(found.labels[0]), 0] == 0.5)
    #expect(found.model.centroids[Int(found.labels[4]), 0] == 10.5)
    #expect(found.model.inertia == 1)
  }

  @Test func `denormals are clustered`() throws {
    let tiny = Float.leastNonzeroMagnitude
    let points = try Matrix<Float>([[0], [tiny], [100 * tiny], [101 * tiny]])
    let found = try fit(points, k: 2)
    #expect(found.labels[0] == found.labels[1] && found.labels[2] == found.labels[3])
    #expect(found.labels[0] != found.labels[2])
  }

  @Test func `every wrong value has its error`() throws {
    let points = try Matrix<Float>([[1, 2], [3, 4], [5, 6]])
    func error(
      k: Int = 2, weights: [Double]? = nil, from start: Matrix<Float>? = nil,
      _ change: (inout KMeans) -> Void = { _ in }
    ) -> ClusteringError? {
      var kmeans = KMeans(clusterCount: k, seed: 0)
      change(&kmeans)
      do throws(ClusteringError) {
        _ = try kmeans.fit(points.view, weights: weights?.span, from: start)
        return nil
      } catch {
        return error
      }
    }
    #expect(error() == nil)
    #expect(error(k: 0) == .clusterCountNotPositive(0))
    #expect(error(k: -3) == .clusterCountNotPositive(-3))
    #expect(error(k: 4) == .tooManyClusters(clusters: 4, points: 3))
    #expect(error(k: 1 << 40) == .clusterCountTooLarge(1 << 40))
    #expect(error { $0.maxIterations = 0 } == .maxIterationsNotPositive(0))
    #expect(error { $0.tolerance = -1 } == .invalidTolerance(-1))
    #expect(error { $0.tolerance = .infinity } == .invalidTolerance(.infinity))
    #expect(error { $0.tolerance = .nan } != nil)
    #expect(error { $0.runs = 0 } == .runsNotPositive(0))
    #expect(error { $0.execution.threads = 0 } == .threadsNotPositive(0))
    #expect(error(weights: [1, 1]) == .weightCountMismatch(weights: 2, points: 3))
    #expect(error(weights: [1, -1, 1]) == .invalidWeight(row: 1, weight: -1))
    #expect(error(weights: [1, 1, .infinity]) == .invalidWeight(row: 2, weight: .infinity))
    #expect(error(weights: [0, 0, 0]) == .invalidTotalWeight(0))
    #expect(
      error(from: try Matrix([[1, 2, 3]])) == .dimensionMismatch(found: 3, expected: 2))
    #expect(error(from: try Matrix([[1, 2]])) == .centroidCountMismatch(found: 1, expected: 2))
    #expect(
      error(from: try Matrix([[1, 2], [.nan, 0]])) == .centroidNotFinite(row: 1, column: 0))
  }

  @Test func `bad points are refused with their place`() throws {
    let kmeans = KMeans(clusterCount: 1, seed: 0)
    let none = try Matrix<Float>(reserving: 0, columns: 3)
    #expect(throws: ClusteringError.noPoints) { try kmeans.fit(none.view) }
    let nan = try Matrix<Float>([[1, 2], [3, .nan]])
    #expect(throws: ClusteringError.notFinite(row: 1, column: 1)) { try kmeans.fit(nan.view) }
  }

  @Test func `the model refuses what does not fit`() throws {
    let points = try Matrix<Double>([[1, 2], [3, 4]])
    let model = try KMeans(clusterCount: 1, seed: 0).fit(points.view).model
    let wide = try Matrix<Double>([[1, 2, 3]])
    let infinite = try Matrix<Double>([[0, .infinity]])
    let none = try Matrix<Double>(reserving: 0, columns: 2)
    #expect(throws: ClusteringError.dimensionMismatch(found: 3, expected: 2)) {
      try model.assign(wide.view)
    }
    #expect(throws: ClusteringError.outputCountMismatch(found: 1, points: 2)) {
      var labels: [Int32] = [0]
      var span = labels.mutableSpan
      try model.assign(points.view, into: &span)
    }
    #expect(throws: ClusteringError.notFinite(row: 0, column: 1)) {
      try model.assign(infinite.view)
    }
    #expect(try model.squaredDistances(points.view) == [2, 2])
    #expect(try model.assign(none.view) == [])
  }
}
