// What is so large or so small that sums of weights times squared distances are no numbers is
// refused, everywhere.
import Clustering
import Testing

@Suite struct NumberRangeTests {
  /// Two clusters, in units of 1.
  private static let rows: [[Double]] = [[0, 1], [0, 1.1], [9, 5], [9.1, 5]]

  private func points(_ unit: Double) throws -> Matrix<Double> {
    try Matrix(Self.rows.map { $0.map { $0 * unit } })
  }

  private static var kmeans: KMeans { KMeans(clusterCount: 2, seed: 0) }

  private func error<Result>(_ body: () throws -> Result) -> ClusteringError? {
    do {
      _ = try body()
      return nil
    } catch { return error as? ClusteringError }
  }

  /// Everything that takes points and weights.
  private func errors(
    _ points: Matrix<Double>, _ weights: [Double]? = nil, alsoStreams: Bool = true
  ) -> [ClusteringError?] {
    let curve = error {
      try Self.kmeans.curve(points.view, weights: weights?.span, clusterCounts: [1, 2])
    }
    let ball = error {
      try BallKMeans(clusterCount: 2, seed: 0).fit(points.view, weights: weights?.span)
    }
    let onePass = error {
      try OnePassKMeans(clusterCount: 2, seed: 0).fit(points.view, weights: weights?.span)
    }
    let stream = error {
      var parameters = StreamingParameters(clusterCount: 2, forgetting: .never, seed: 0)
      parameters.start = .firstRows(points.rows)
      var stream = StreamingKMeans<Double>(parameters)
      let before = stream
      do { _ = try stream.update(points.view, weights: weights?.span) } catch {
        #expect(stream.archive == before.archive)
        throw error
      }
    }
    let evaluated = error {
      let labels = points.doubles.indices.map { Int32($0 % 2) }
      return try ClusterQuality(points.view, labels: labels, weights: weights?.span, seed: 0)
    }
    let fits = [CentroidInitialization.kMeansPlusPlus, .greedy, .randomRows].map { start in
      error {
        var kmeans = Self.kmeans
        kmeans.initialization = start
        return try kmeans.fit(points.view, weights: weights?.span)
      }
    }
    return fits + [curve, ball, onePass, evaluated] + (alsoStreams ? [stream] : [])
  }

  @Test func `rows that are too close are refused`() throws {
    for unit in [1e-170, 1e-200, 1e-300] {
      let largest = 9.1 * unit
      for found in errors(try points(unit)) {
        #expect(found == .differencesTooSmall(largest, limit: 1e-140))
      }
    }
    // What they have in common does not matter.
    let offset = try Matrix<Double>([[5, 1e-170], [5, 2e-170], [5, 9e-170]])
    #expect(
      error { try Self.kmeans.fit(offset.view) }
        == .differencesTooSmall(9e-170 - 1e-170, limit: 1e-140))
    // A few of them beside others are equal to those as far as anybody can tell.
    let mixed = try Matrix<Double>([[0, 1e-170], [0, 2e-170], [1, 0], [1, 1e-170]])
    #expect(try Self.kmeans.fit(mixed.view).model.clusterWeights == [2, 2])
    // Equal ones are no others, however small.
    let equal = try Matrix<Double>([[1e-170], [1e-170], [1e-170]])
    #expect(try Self.kmeans.fit(equal.view).model.inertia == 0)
  }

  @Test func `what is just large enough is clustered`() throws {
    for unit in [1e-140, 1e139] {
      for found in errors(try points(unit)) { #expect(found == nil, "\(unit)") }
      #expect(Set(try Self.kmeans.fit(points(unit)).labels.chunked) == [[0, 0], [1, 1]])
    }
  }

  @Test func `the smallest floats are clustered`() throws {
    let least = Float.leastNonzeroMagnitude
    let points = try Matrix<Float>([[0], [least], [50 * least], [51 * least]])
    #expect(Set(try Self.kmeans.fit(points.view).labels.chunked) == [[0, 0], [1, 1]])
  }

  /// Columns of any unit are the same columns when they are standardised.
  @Test(arguments: [0, -530, -565, -900, -1000, 400])
  func `standardised columns have no unit`(exponent: Int) throws {
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    var kmeans = Self.kmeans
    kmeans.standardizes = true
    let expected = try kmeans.fit(points(1))
    let fit = try kmeans.fit(points(unit))
    #expect(fit.labels == expected.labels)
    #expect(abs(fit.model.inertia - expected.model.inertia) <= 1e-12)
    // One column alone.
    let one = try Matrix(Self.rows.map { [$0[0], $0[1] * unit] })
    let other = try kmeans.fit(one.view)
    #expect(other.labels == expected.labels)
    #expect(abs(other.model.inertia - expected.model.inertia) <= 1e-12)
  }

  @Test func `directions have no unit`() throws {
    var kmeans = Self.kmeans
    kmeans.distance = .cosine
    let expected = try kmeans.fit(points(1)).labels
    for unit in [0x1p-600, 0x1p-1000] {
      #expect(try kmeans.fit(points(unit)).labels == expected)
    }
  }

  @Test(arguments: [1e206, 1e250, 1e300])
  func `products that overflow are refused`(weight: Double) throws {
    let points = try points(1e50)
    let weights = [Double](repeating: weight, count: 4)
    let expected = ClusteringError.sumsTooLarge(weight: 4 * weight, largest: 9.1 * 1e50)
    let total = weights.reduce(0, +)
    for found in errors(points, weights) {
      guard case .sumsTooLarge(total, let largest)? = found else {
        Issue.record("\(String(describing: found)), expected \(expected)")
        continue
      }
      #expect(abs(largest - 9.1e50) <= 1e36)
    }
  }

  /// Small weights are fine as long as products with them are numbers.
  @Test func `products that underflow are refused`() throws {
    let small = try points(1e-50)
    let weights = [Double](repeating: 1e-200, count: 4)
    for found in errors(small, weights) {
      guard case .sumsTooSmall(let weight, let difference)? = found else {
        Issue.record("\(String(describing: found))")
        continue
      }
      #expect(weight == weights.reduce(0, +) && difference == 9.1 * 1e-50)
    }
    for found in errors(try points(1), weights) { #expect(found == nil) }
  }

  @Test func `centroids that are too far for the weights are refused`() throws {
    let weights = [Double](repeating: 1e30, count: 4)
    let far = try Matrix<Double>([[1e139, 0], [0, 0]])
    let points = try points(1)
    let expected = ClusteringError.sumsTooLarge(weight: 4e30, largest: 1e139)
    #expect(
      error { try Self.kmeans.fit(points.view, weights: weights.span, from: far) } == expected)
    #expect(error { try Self.kmeans.fit(points.view, from: far) } == nil)
  }

  /// Points that go on after a good start.
  @Test func `later batches that overflow are refused`() throws {
    let weights = [Double](repeating: 1e250, count: 4)
    var sketch = StreamingSketch<Double>(clusterCount: 2, seed: 0)
    try sketch.add(points(1))
    let before = sketch.weights
    #expect(error { try sketch.add(points(1e50), weights: weights.span) } != nil)
    #expect(sketch.pointCount == 4 && sketch.weights == before)
    var stream = try StreamingKMeans<Double>(
      StreamingParameters(clusterCount: 2, forgetting: .never, seed: 0),
      centroids: Matrix([[0, 1], [9, 5]]), weights: [1, 1])
    _ = try stream.update(points(1))
    let state = stream.archive
    guard
      case .sumsTooLarge? = error({
        try stream.update(points(1e50), weights: weights.span)
      })
    else {
      Issue.record("taken")
      return
    }
    #expect(stream.archive == state)
    // Heavy weights alone are no fault, nor is a long time in which old points have faded.
    _ = try stream.update(points(1), weights: weights.span)
    #expect(stream.latestModel!.inertia.isFinite)
  }

  /// Weights are kept in units of a time long ago: the inertia of now must be a number all the
  /// same.
  @Test func `an old stream of large values has an inertia`() throws {
    var stream = StreamingKMeans<Double>(
      clusterCount: 2, forgetting: .halfLife(1, .batches), seed: 0)
    for _ in 0..<600 { _ = try stream.update(points(1e80)) }
    let inertia = try #require(stream.latestModel).inertia
    #expect(inertia.isFinite && inertia > 0)
  }

  @Test func `centroids that nothing tells apart are refused`() throws {
    let close = KMeansModel(
      centroids: try Matrix<Double>([[0], [1e-170]]), clusterWeights: [1, 1], inertia: 0,
      iterations: 0, converged: true)
    let rows = try Matrix<Double>([[0], [1e-170]])
    #expect(
      error { try close.assign(rows.view) } == .differencesTooSmall(1e-170, limit: 1e-140))
  }

  /// Rows without weight are not there.
  @Test func `more clusters than rows with weight are refused`() throws {
    let points = try Matrix<Double>([[0], [1e6], [2e6]])
    let weights: [Double] = [1, 0, 0]
    let expected = ClusteringError.tooManyClustersForWeights(clusters: 2, points: 1)
    for found in errors(points, weights, alsoStreams: false).enumerated() where found.offset != 6 {
      #expect(found.element == expected, "\(found.offset)")
    }
    for start in BallKMeans.Initialization.allCases {
      var ball = BallKMeans(clusterCount: 2, seed: 0)
      ball.initialization = start
      #expect(error { try ball.fit(points.view, weights: weights.span) } == expected)
    }
    let given = try Matrix<Double>([[0], [1]])
    #expect(
      error { try Self.kmeans.fit(points.view, weights: weights.span, from: given) } == expected)
    let enough: [Double] = [1, 0, 2]
    #expect(error { try Self.kmeans.fit(points.view, weights: enough.span) } == nil)
    #expect(
      expected.description
        == "2 clusters for 1 point of a weight above 0, expected at most as many clusters as such points"
    )
  }
}

extension [Int32] {
  /// Pairs of neighbours with the smaller label of the first pair as 0.
  fileprivate var chunked: [[Int32]] {
    stride(from: 0, to: count, by: 2).map { Array(self[$0..<$0 + 2]) }
  }
}
