// A fit of sparse rows has the bits of the fit of the same rows with their zeros.
import Clustering
import KMeansTestSupport
import Testing

@Suite struct SparseFitTests {
  @Test(arguments: SparseData.allCases, [3, 8, 61, 700])
  func `labels and centroids are the bits of the dense fit`(data: SparseData, columns: Int) throws {
    var random = TestRandom(UInt64(columns) &* 77)
    for round in 0..<6 {
      let rows = [40, 300, 2500][round % 3]
      let terms = min(columns, 2 + Int(random.next() % 30))
      try compare(Float.self)
      try compare(Double.self)

      func compare<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
        let points = data.points(
          rows, columns, terms: terms, fewest: 1, seed: random.next(), of: type)
        var kmeans = KMeans(clusterCount: 1 + Int(random.next() % 30), seed: random.next())
        kmeans.initialization = [.greedy, .kMeansPlusPlus, .randomRows][round % 3]
        kmeans.distance = round < 3 ? .euclidean : .cosine
        if round == 1 {
          kmeans.distance = .weightedEuclidean(weights: (0..<columns).map { Double($0 % 5) })
        }
        kmeans.tolerance = round % 2 == 0 ? 0 : 1e-3
        kmeans.maxIterations = 12
        kmeans.runs = 1 + round % 2
        kmeans.execution.threads = 1 + round % 2
        let weights = (0..<rows).map { _ in Double(random.next() % 9) / 4 }
        let isWeighted = round % 3 == 1
        try expectSameFit(points, kmeans, weights: isWeighted ? weights : nil)
      }
    }
  }

  @Test(arguments: Execution.Strategy.working)
  func `every strategy takes sparse rows`(strategy: Execution.Strategy) throws {
    let points = SparseData.reals.points(600, 90, terms: 12, seed: 5, of: Float.self)
    var kmeans = KMeans(clusterCount: 9, seed: 3)
    kmeans.execution.strategy = strategy
    try expectSameFit(points, kmeans, weights: nil)
  }

  @Test(arguments: InstructionSet.allCases.filter { $0 <= .best })
  func `every instruction set gives the same bits`(set: InstructionSet) throws {
    let points = SparseData.counts.points(900, 300, terms: 25, seed: 6, of: Float.self)
    var kmeans = KMeans(clusterCount: 17, seed: 3)
    kmeans.execution.instructionSet = set
    try expectSameFit(points, kmeans, weights: nil)
  }

  /// Such rows are as far from all centroids of one length but for the rounding of their values:
  /// the doubts that scores in Float leave are all of them.
  @Test func `rows that share no term with any centroid go where the dense ones go`() throws {
    var random = TestRandom(31)
    for columns in [40, 1000] {
      for share in [1, 3] {
        try compare(Float.self)
        try compare(Double.self)

        func compare<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
          var points = try SparseMatrix<Scalar>(columns: columns)
          for row in 0..<400 {
            // The first rows, which are the centroids, have the last columns to themselves, but for
            // every third row that shares one of them.
            let isCentroid = row < 8
            let width = isCentroid ? 8 : columns - 8
            for place in 0..<5 {
              let column = Int32(
                isCentroid
                  ? columns - 8 + (row + place) % width : Int(random.next() % UInt64(width)))
              points.append(Scalar(Double(1 + random.next() % 1000) / 7), column: column)
            }
            if !isCentroid, row % share == 1 {
              points.append(1, column: Int32(columns - 1 - row % 8))
            }
            points.finishRow()
          }
          let dense = try points.dense()
          let start = try Matrix((0..<8).map { row in (0..<columns).map { dense[row, $0] } })
          for distance in [DistanceMeasure.cosine, .euclidean] {
            var kmeans = KMeans(clusterCount: 8)
            (kmeans.distance, kmeans.tolerance) = (distance, 0)
            kmeans.verifiesBounds = true
            expectSameBits(try kmeans.fit(points, from: start), try kmeans.fit(dense, from: start))
          }
        }
      }
    }
  }

  @Test func `empty clusters are given the same rows`() throws {
    let points = SparseData.duplicates.points(200, 50, terms: 9, seed: 8, of: Double.self)
    var kmeans = KMeans(clusterCount: 6, seed: 3)
    kmeans.tolerance = 0
    let start = try points.dense()
    let initial = try Matrix(
      (0..<6).map { place in (0..<50).map { start[place < 3 ? 0 : place, $0] } })
    let dense = try kmeans.fit(start, from: initial)
    let sparse = try kmeans.fit(points, from: initial)
    #expect(dense.history.contains { $0.refilled > 0 })
    expectSameBits(sparse, dense)
  }

  /// Sums of doubles are rounded, in an order that is that of all stripes.
  @Test func `clusters without rows in some stripes have the same means`() throws {
    var random = TestRandom(12)
    var points = try SparseMatrix<Double>(columns: 9)
    let clusters = [0, 1, 0, 2, 0, 1, 2, 2, 1, 0, 0, 1, 1]
    for row in 0..<clusters.count * 1024 - 100 {
      points.append(100 + random.bell(), column: Int32(clusters[row / 1024]))
      points.append(random.bell(), column: Int32(3 + row % 6))
      points.finishRow()
    }
    let initial = try Matrix<Double>(
      (0..<3).map { cluster in (0..<9).map { $0 == cluster ? 100 : 0 } })
    let dense = try points.dense()
    let kmeans = KMeans(clusterCount: 3)
    expectSameBits(try kmeans.fit(points, from: initial), try kmeans.fit(dense, from: initial))
  }

  @Test func `rows in any order, with duplicates and zeros, are the same rows`() throws {
    let offsets: [Int64] = [0, 4, 5, 7, 7]
    let indices: [Int64] = [3, 0, 3, 2, 1, 2, 2]
    let values: [Double] = [1, 2, 1, 0, 5, 3, -3]
    let rows = try SparseRows(
      offsets: offsets.span, indices: indices.span, values: values.span, columns: 4)
    let dense = try Matrix<Double>([[2, 0, 0, 2], [0, 5, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    let kmeans = KMeans(clusterCount: 2, seed: 1)
    expectSameBits(try kmeans.fit(rows), try kmeans.fit(dense))
  }

  private func expectSameFit<Scalar: ClusteringScalar>(
    _ points: SparseMatrix<Scalar>, _ kmeans: KMeans, weights: [Double]?
  ) throws {
    let dense = try points.dense()
    let (expected, found) = (
      Result { try fit(dense, kmeans, weights) }, Result { try fit(points, kmeans, weights) }
    )
    switch (expected, found) {
    case (.success(let expected), .success(let found)): expectSameBits(found, expected)
    case (.failure(let expected), .failure(let found)): #expect("\(found)" == "\(expected)")
    default: Issue.record("sparse \(found), dense \(expected)")
    }
  }

  private func fit<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ kmeans: KMeans, _ weights: [Double]?
  ) throws -> KMeans.Fit<Scalar> {
    guard let weights else { return try kmeans.fit(points) }
    return try kmeans.fit(points, weights: weights.span)
  }

  private func fit<Scalar: ClusteringScalar>(
    _ points: SparseMatrix<Scalar>, _ kmeans: KMeans, _ weights: [Double]?
  ) throws -> KMeans.Fit<Scalar> {
    guard let weights else { return try kmeans.fit(points) }
    return try kmeans.fit(points, weights: weights.span)
  }
}

/// Expects the same bits of all that a fit finds.
func expectSameBits<Scalar: ClusteringScalar>(
  _ found: KMeans.Fit<Scalar>, _ expected: KMeans.Fit<Scalar>,
  _ place: SourceLocation = #_sourceLocation
) {
  #expect(found.labels == expected.labels, sourceLocation: place)
  #expect(found.model.centroids == expected.model.centroids, sourceLocation: place)
  #expect(found.model.clusterWeights == expected.model.clusterWeights, sourceLocation: place)
  #expect(
    found.model.inertia.bitPattern == expected.model.inertia.bitPattern, sourceLocation: place)
  #expect(found.model.iterations == expected.model.iterations, sourceLocation: place)
  #expect(found.model.converged == expected.model.converged, sourceLocation: place)
  #expect(found.seeding == expected.seeding, sourceLocation: place)
  #expect(found.history.map(\.moved) == expected.history.map(\.moved), sourceLocation: place)
  #expect(
    found.history.map(\.squaredShift) == expected.history.map(\.squaredShift),
    sourceLocation: place)
}
