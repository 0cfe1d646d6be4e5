import Clustering
import Testing

@Suite("What a stream refuses") struct StreamErrorTests {
  private let initial = try! Matrix<Double>([[1, 0.5], [10, 10]])

  /// The error of an update, after which the stream must be as it was.
  private func error(
    _ rows: [[Double]], columns: Int = 2, weights: [Double]? = nil,
    _ change: (inout StreamingParameters) -> Void = { _ in }
  ) throws -> ClusteringError? {
    var parameters = StreamingParameters(clusterCount: 2, forgetting: .halfLife(2), seed: 0)
    change(&parameters)
    var stream = try StreamingKMeans(parameters, centroids: initial, weights: [1, 1])
    _ = try stream.learn(Matrix([[1.0, 1], [9, 9]]))
    let before = stream
    let values = rows.flatMap(\.self)
    let matrix = try Matrix(values.span, columns: columns)
    do throws(ClusteringError) {
      if let weights {
        _ = try stream.update(matrix.view, weights: weights.span)
      } else {
        _ = try stream.update(matrix.view)
      }
    } catch {
      #expect(stream.archive == before.archive)
      return error
    }
    return nil
  }

  @Test
  func `values that are not finite, or too large, by row and column`() throws {
    for bad in [Double.nan, .infinity, -.infinity] {
      #expect(try error([[1, 1], [1, bad]]) == .notFinite(row: 1, column: 1))
      #expect(
        try error([[1, 1], [bad, 1]]) {
          $0.distance = .cosine; $0.deaths = .never
        }
          == .notFinite(row: 1, column: 0))
      #expect(
        try error([[1, 1], [1, bad]], weights: [1, 0]) == .notFinite(row: 1, column: 1))
    }
    #expect(
      try error([[1, 1e200], [1, 1]], weights: [0, 1])
        == .tooLarge(row: 0, column: 1, limit: 1e140))
    #expect(try error([[1, 1], [-1e141, 0]]) == .tooLarge(row: 1, column: 0, limit: 1e140))
    #expect(try error([[1, 1], [1e139, 0]]) == nil)
    // Little weight hides a square.
    #expect(
      try error([[1, 1e145], [1, 1]], weights: [1e-20, 1])
        == .tooLarge(row: 0, column: 1, limit: 1e140))
  }

  @Test
  func `another dimension, and weights that are none`() throws {
    #expect(
      try error([[1, 1, 1]], columns: 3) == .dimensionMismatch(found: 3, expected: 2))
    #expect(try error([[1, 1]], weights: [-1]) == .invalidWeight(row: 0, weight: -1))
    #expect(
      try error([[1, 1]], weights: [1, 1]) == .weightCountMismatch(weights: 2, points: 1))
    guard case .invalidWeight(row: 1, _) = try error([[1, 1], [1, 1]], weights: [1, .nan]) else {
      Issue.record("NaN is taken for a weight")
      return
    }
  }

  @Test
  func `a batch without any weight is one without points`() throws {
    for forgetting in [Forgetting.halfLife(2), .halfLife(2, .points), .never, .decayFactor(0)] {
      var parameters = StreamingParameters(clusterCount: 2, forgetting: forgetting, seed: 0)
      for deaths in [StreamingParameters.Deaths.never, .afterHalfLives(0)] {
        parameters.deaths = deaths
        var stream = try StreamingKMeans(parameters, centroids: initial, weights: [1, 1])
        try stream.learn(Matrix([[1.0, 1], [2, 2], [9, 9]]))
        var other = stream
        let (rows, weights) = (try Matrix([[4.0, 4], [5, 5]]), [0.0, 0])
        let report = try stream.update(rows.view, weights: weights.span, withLabels: true)
        #expect(report.events.isEmpty && report.weights == [0, 0] && report.labels == [0, 0])
        #expect(report.inertia == 0 && report.moves == [0, 0])
        if forgetting.unit == .batches {
          let none = try Matrix<Double>(rows: 0, columns: 2)
          try other.learn(none)
          #expect(stream.clusterWeights == other.clusterWeights && stream.time == other.time)
        } else {
          // A point of any weight takes its time.
          #expect(stream.time == 5)
        }
        #expect(stream.centroids == other.centroids)
        #expect(stream.clusterVariances == other.clusterVariances)
      }
    }
    #expect(
      try error([[1, 1], [.nan, 1]], weights: [0, 0]) == .notFinite(row: 1, column: 0))
  }

  @Test
  func `weights that are too large together`() throws {
    for weight in [1e300, 1e308] {
      let expected = ClusteringError.invalidTotalWeight(weight)
      #expect(try error([[1, 1]], weights: [weight]) == expected)
    }
    #expect(try error([[1, 1]], weights: [1e200]) == nil)
    // Spark's decay factors may be above 1, for some time.
    var parameters = StreamingParameters(
      clusterCount: 2, forgetting: .decayFactor(2, .points), seed: 0)
    parameters.rules = .spark
    let rows = try Matrix<Double>(rows: 1100, columns: 2)
    for weights in [[0.0, 0], [1, 1]] {
      var stream = try StreamingKMeans(parameters, centroids: initial, weights: weights)
      let before = stream.archive
      #expect(throws: ClusteringError.streaming(.weightsOverflow(times: .infinity))) {
        try stream.learn(rows)
      }
      #expect(stream.archive == before)
    }
  }

  @Test
  func `half-lives so long that a hundred of them overflow are none`() throws {
    for halfLife in [1e307, .greatestFiniteMagnitude] {
      var stream = try StreamingKMeans<Double>(
        centroids: initial, weights: [0, 3], forgetting: .halfLife(halfLife), seed: 0)
      try stream.learn(initial)
      #expect(stream.clusterWeights == [1, 4])
    }
  }

  @Test
  func `an empty batch before the first time says so`() throws {
    var stream = try StreamingKMeans<Double>(
      centroids: initial, forgetting: .halfLife(1, .seconds), seed: 0)
    let none = try Matrix<Double>(rows: 0, columns: 2)
    let report = try stream.update(none.view, withLabels: true)
    #expect(report.counts == [0, 0] && report.labels == [] && report.waitingPoints == 0)
    let wrong = try Matrix<Double>(rows: 0, columns: 3)
    #expect(throws: ClusteringError.dimensionMismatch(found: 3, expected: 2)) {
      try stream.learn(wrong)
    }
  }

  @Test
  func `what only the transform shows leaves the rows that waited`() throws {
    var parameters = StreamingParameters(clusterCount: 1, seed: 0)
    parameters.standardizes = true
    parameters.distance = .cosine
    parameters.start = .firstRows(3)
    var stream = StreamingKMeans<Double>(parameters)
    _ = try stream.learn(Matrix([[1, 1], [3, 5]]))
    // The mean of all three has no direction.
    #expect(throws: ClusteringError.zeroRow(0)) { try stream.learn(Matrix([[2, 3]])) }
    #expect(stream.waitingPointCount == 2 && stream.batchCount == 1 && stream.pointCount == 2)
    #expect(try stream.learn(Matrix([[9, 4]])).counts == [3])
  }

  @Test
  func `rows that wait are checked when they come`() throws {
    var stream = StreamingKMeans<Double>(clusterCount: 2, seed: 0)
    _ = try stream.update(initial.view)
    #expect(throws: ClusteringError.notFinite(row: 1, column: 0)) {
      _ = try stream.learn(Matrix([[1, 1], [.nan, 1]]))
    }
    #expect(throws: ClusteringError.dimensionMismatch(found: 1, expected: 2)) {
      _ = try stream.learn(Matrix([[1.0]]))
    }
    #expect(stream.batchCount == 1 && stream.waitingPointCount == 2)
    #expect(throws: ClusteringError.tooManyClusters(clusters: 3, points: 2)) {
      var large = StreamingKMeans<Double>(clusterCount: 3, seed: 0)
      _ = try large.update(initial.view)
      try large.begin()
    }
    try stream.begin()
    #expect(stream.hasStarted && stream.waitingPointCount == 0)
    #expect(try stream.begin() == nil)
  }

  @Test
  func `parameters, each by its number`() throws {
    func problem(_ change: (inout StreamingParameters) -> Void) -> ClusteringError? {
      var parameters = StreamingParameters(clusterCount: 2, seed: 0)
      change(&parameters)
      do throws(ClusteringError) { try parameters.validate() } catch { return error }
      return nil
    }
    #expect(problem { $0.clusterCount = 0 } == .clusterCountNotPositive(0))
    #expect(problem { $0.execution.threads = 0 } == .threadsNotPositive(0))
    #expect(problem { $0.gain = .fixed } == .streaming(.fixedGainWithoutForgetting))
    #expect(problem { $0.deaths = .afterHalfLives(-1) } == .streaming(.invalidLifetime(-1)))
    #expect(problem { $0.maxTimeJump = 0 } == .streaming(.invalidTimeJump(0)))
    #expect(
      problem { $0.start = .firstRows(1) }
        == .streaming(.tooFewFirstRows(rows: 1, clusters: 2)))
    #expect(
      problem { $0.start = .gaussian(dimension: 0, weight: 0) }
        == .streaming(.dimensionNotPositive(0)))
    #expect(
      problem { $0.start = .gaussian(dimension: 1, weight: -1) }
        == .streaming(.invalidCentroidWeight(cluster: 0, weight: -1)))
    #expect(
      problem { $0.start = .gaussian(dimension: .max, weight: 0) }
        == .streaming(.tooManyCentroidValues(clusters: 2, columns: .max)))
    #expect(
      problem {
        $0.start = .gaussian(dimension: 1, weight: 0)
        $0.standardizes = true
      } == .streaming(.standardizingNeedsFirstRows))
    #expect(problem { $0.maxTimeJump = .nan } != nil)
    #expect(problem { $0.deaths = .afterHalfLives(.nan) } != nil)
    #expect(problem { _ in } == nil)
  }

  @Test
  func `initial centroids and their weights`() throws {
    func problem(_ centroids: [[Float]], _ weights: [Double]?) throws -> ClusteringError? {
      let parameters = StreamingParameters(clusterCount: 2, seed: 0)
      let matrix = try Matrix(centroids)
      do throws(ClusteringError) {
        _ = try StreamingKMeans(parameters, centroids: matrix, weights: weights)
      } catch { return error }
      return nil
    }
    #expect(
      try problem([[1, 2], [1, 2]], nil) == .streaming(.duplicateCentroids(0, 1)))
    #expect(try problem([[0], [-0.0]], nil) == .streaming(.duplicateCentroids(0, 1)))
    #expect(try problem([[1]], nil) == .centroidCountMismatch(found: 1, expected: 2))
    #expect(try problem([[1], [.nan]], nil) == .centroidNotFinite(row: 1, column: 0))
    #expect(
      try problem([[1], [2]], [1])
        == .streaming(.centroidWeightCountMismatch(weights: 1, centroids: 2)))
    #expect(
      try problem([[1], [2]], [1, -2])
        == .streaming(.invalidCentroidWeight(cluster: 1, weight: -2)))
    #expect(
      try problem([[1], [2]], [1, 1e300])
        == .streaming(.invalidCentroidWeight(cluster: 1, weight: 1e300)))
    #expect(try problem([[1], [2]], [0, 0]) == nil)
    // By the cosine those of one direction are equal.
    var parameters = StreamingParameters(clusterCount: 2, seed: 0)
    parameters.distance = .cosine
    #expect(throws: ClusteringError.streaming(.duplicateCentroids(0, 1))) {
      _ = try StreamingKMeans<Float>(parameters, centroids: Matrix([[1, 0], [2, 0]]))
    }
  }
}
