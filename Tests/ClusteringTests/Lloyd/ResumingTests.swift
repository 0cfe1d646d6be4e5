// A fit that stops after any iteration and goes on elsewhere ends with the bits of one that does
// not.
import Clustering
import KMeansFiles
import Testing

@Suite struct ResumingTests {
  private func check<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: [Double]? = nil, k: Int, _ what: String,
    change: (inout KMeans) -> Void = { _ in }
  ) throws {
    var kmeans = KMeans(clusterCount: k, seed: 5)
    kmeans.initialization = .randomRows
    kmeans.tolerance = 0
    kmeans.maxIterations = 12
    kmeans.recordsInertia = true
    change(&kmeans)
    for (strategy, threads) in Execution.Strategy.working.flatMap({ [($0, 1), ($0, 2)] }) {
      kmeans.execution = Execution(threads: threads, strategy: strategy)
      let expected = try kmeans.fit(points.view, weights: weights?.span)
      for throughBytes in [true, false] {
        var fits = ResumedFits(points, weights: weights, kmeans)
        fits.throughBytes = throughBytes
        let found = try fits.fit()
        let message: Comment = "\(what), \(strategy), \(threads) threads, bytes \(throughBytes)"
        #expect(fits.stops >= expected.history.count, message)
        expectSame(found, expected, message)
        #expect(found.seeding == expected.seeding, message)
        #expect(found.run == expected.run, message)
      }
    }
  }

  @Test(arguments: TestData.allCases)
  func `a resumed fit has the bits of an uninterrupted one`(data: TestData) throws {
    try check(data.points(1500, 6, seed: 1, of: Float.self), k: 9, "\(data) Float")
    guard data != .tiny else { return }
    try check(data.points(1500, 6, seed: 2, of: Double.self), k: 9, "\(data) Double")
  }

  @Test func `weights, transforms and seeds are part of plan and progress`() throws {
    var random = TestRandom(3)
    let weights = (0..<2100).map { _ in Double(Int.random(in: 0..<4, using: &random)) / 3 }
    let floats = TestData.outliers.points(2100, 5, seed: 4, of: Float.self)
    let doubles = TestData.offset.points(2100, 5, seed: 5, of: Double.self)
    try check(floats, weights: weights, k: 20, "weights, Float")
    try check(doubles, weights: weights, k: 20, "weights, Double")
    try check(floats, weights: weights, k: 20, "standardised") { $0.standardizes = true }
    try check(doubles, k: 20, "standardised") { $0.standardizes = true }
    try check(floats, k: 20, "cosine") { $0.distance = .cosine }
    try check(doubles, k: 20, "both") { ($0.distance, $0.standardizes) = (.cosine, true) }
    let counts = TestData.integers.points(1500, 5, seed: 6, of: Float.self)
    try check(counts, k: 12, "scaled") { $0.columnScale = .inverseDocumentFrequency }
    try check(floats, k: 12, "unit rows") { ($0.columnScale, $0.unitRows) = (.deviation, true) }
    try check(floats, k: 30, "greedy seeds") { $0.initialization = .greedy }
    try check(floats, k: 30, "a tolerance") { $0.tolerance = 1e-2 }
  }

  /// Long rows of whole numbers and many clusters: sums are exact, bounds are carried, rows are
  /// sorted.
  @Test func `exact sums and carried bounds are caches`() throws {
    var random = TestRandom(6)
    let centers = (0..<90).map { _ in (0..<160).map { _ in 15 * random.bell() } }
    let points = try Matrix(
      (0..<3000).map { row -> [Float] in
        centers[row % 90].map { Float(($0 + 6 * random.bell()).rounded()) }
      })
    try check(points, k: 130, "exact") { $0.maxIterations = 8 }
  }

  @Test func `empty clusters are refilled as without a stop`() throws {
    try check(Matrix.twelvePlaces, k: 30, "more clusters than distinct points")
    // Equal initial centroids are empty clusters; the points differ, so that they get some.
    let points = TestData.tightClusters.points(1200, 3, seed: 7, of: Double.self)
    let equal = points.picking([0, 0, 0, 0, 1, 2, 3, 4])
    var random = TestRandom(8)
    let many = try Matrix(
      (0..<1200).map { row in
        (0..<3).map { row < 600 ? equal[0, $0] : points[row, $0] + random.bell() }
      })
    try check(many, k: 40, "half of the points equal") { $0.seed = 2 }
    var kmeans = KMeans(clusterCount: 40, seed: 2)
    kmeans.initialization = .randomRows
    #expect(try kmeans.fit(many.view).history.contains { $0.refilled > 0 })
  }

  @Test func `runs go on in the middle of one`() throws {
    let points = TestData.noise.points(900, 4, seed: 9, of: Double.self)
    try check(points, k: 8, "three runs") { $0.runs = 3 }
    var kmeans = KMeans(clusterCount: 8, seed: 1)
    kmeans.runs = 4
    let expected = try kmeans.fit(points.view)
    var fits = ResumedFits(points, kmeans)
    let found = try fits.fitGoingOnInTheMiddle()
    #expect(found.model == expected.model && found.run == expected.run)
  }

  @Test func `rows that are left out stay so`() throws {
    // The mean of those with a weight is 0, without any rounding.
    var values = TestData.noise.points(800, 3, seed: 10, of: Double.self).doubles
    values.replaceSubrange(0..<4, with: [[1, 2, -3], [-1, -2, 3], [0, 0, 0], [0, 0, 0]])
    let (points, weights) = (try Matrix(values), (0..<800).map { $0 < 4 ? 1.0 : 0 })
    let change = { (kmeans: inout KMeans) in
      (kmeans.distance, kmeans.standardizes, kmeans.leavesOutZeroRows) = (.cosine, true, true)
    }
    var kmeans = KMeans(clusterCount: 2, seed: 5)
    change(&kmeans)
    let fit = try kmeans.fit(points.view, weights: weights.span)
    #expect(fit.labels.indices.filter { fit.labels[$0] < 0 } == [2, 3])
    // Runs give these rows a label, which the fit takes off them.
    kmeans.initialization = .randomRows
    var fits = ResumedFits(points, weights: weights, kmeans)
    let found = try fits.fit()
    let expected = try kmeans.fit(points.view, weights: weights.span)
    #expect(found.model == expected.model && fits.stops > 0)
    #expect(found.labels[4...] == expected.labels[4...])
  }

  @Test func `points and parameters that are others are refused`() throws {
    let points = TestData.noise.points(600, 3, seed: 11, of: Double.self)
    var kmeans = KMeans(clusterCount: 4, seed: 1)
    kmeans.execution.threads = 1

    func resume(
      _ other: Matrix<Double>, weights: [Double]? = nil, run: Int = 0,
      change: (inout KMeans) -> Void = { _ in }
    ) throws {
      var parameters = kmeans
      let (plan, progress) = try points.withRows { (rows) throws(ClusteringError) in
        let lloyd = try Lloyd(
          InMemoryPoints(WeightedRows(rows: rows), kmeans.execution), parameters: kmeans)
        return (lloyd.plan, try lloyd.begin(run: run).checkpoint())
      }
      change(&parameters)
      try other.withRows { (rows) throws(ClusteringError) in
        try (weights ?? []).withUnsafeBufferPointer { (buffer) throws(ClusteringError) in
          let source = InMemoryPoints(
            WeightedRows(rows: rows, weights: weights == nil ? nil : buffer.baseAddress),
            kmeans.execution)
          let lloyd = try Lloyd(source, resuming: plan, parameters: parameters)
          _ = try LloydRun(lloyd, resuming: progress)
        }
      }
    }

    try resume(points)
    func error(_ error: ResumeError) -> ClusteringError { .resuming(error) }
    var moved = points.doubles
    moved[599][2] += 1e-9
    #expect(throws: error(.otherPoints)) { try resume(Matrix(moved)) }
    #expect(throws: error(.otherPoints)) {
      try resume(points, weights: [Double](repeating: 1, count: 600))
    }
    #expect(throws: ClusteringError.pointsChanged(found: 599, expected: 600)) {
      try resume(points.picking(Array(0..<599)))
    }
    #expect(throws: ClusteringError.dimensionMismatch(found: 2, expected: 3)) {
      try resume(Matrix(points.doubles.map { Array($0.dropLast()) }))
    }
    #expect(throws: error(.otherClusterCount(found: 5, expected: 4))) {
      try resume(points) { $0.clusterCount = 5 }
    }
    #expect(throws: error(.noSuchRun(run: 1, runs: 1))) { try resume(points, run: 1) }
    #expect(throws: error(.otherTransform)) { try resume(points) { $0.distance = .cosine } }
    #expect(throws: error(.otherTransform)) { try resume(points) { $0.standardizes = true } }
  }

  /// The first thing that a resumed run does may be to change labels, for clusters that are empty.
  @Test func `a run goes on before empty clusters are refilled`() throws {
    var points = TestData.noise.points(3000, 4, seed: 6, of: Float.self).doubles
    for row in 1..<1200 { points[row] = points[0] }
    let floats = try Matrix<Float>(points.map { $0.map { Float($0) } })
    for seed in UInt64(0)..<6 {
      var kmeans = KMeans(clusterCount: 12, seed: seed)
      (kmeans.initialization, kmeans.tolerance) = (.randomRows, 0)
      (kmeans.recordsInertia, kmeans.verifiesBounds) = (true, true)
      for strategy in Execution.Strategy.working {
        kmeans.execution = Execution(threads: 2, strategy: strategy)
        let expected = try kmeans.fit(floats.view)
        #expect(expected.history[0].refilled > 0)
        var fits = ResumedFits(floats, kmeans)
        let found = try fits.fitGoingOnFromTheBeginning()
        expectSame(found, expected, "\(strategy), seed \(seed)")
      }
    }
  }

  /// Iterations with and without their inertia may stand beside each other in an archive.
  @Test func `some iterations may have an inertia and others none`() throws {
    let points = TestData.noise.points(600, 3, seed: 2, of: Double.self)
    var kmeans = KMeans(clusterCount: 5, seed: 1)
    kmeans.tolerance = 0
    for first in [true, false] {
      let progress = try points.withRows { (rows) throws(any Error) in
        let source = InMemoryPoints(WeightedRows(rows: rows), kmeans.execution)
        kmeans.recordsInertia = first
        let run = try Lloyd(source, parameters: kmeans).begin(run: 0)
        for _ in 0..<3 { try run.iterate() }
        kmeans.recordsInertia = !first
        let other = try LloydRun(Lloyd(source, parameters: kmeans), resuming: run.checkpoint())
        for _ in 0..<2 { try other.iterate() }
        return try other.checkpoint()
      }
      let again = try LloydProgress<Double>(progress.archive.throughBytes())
      #expect(again.history == progress.history)
      #expect(again.history.map { $0.inertia != nil } == [first, first, first, !first, !first])
    }
  }
}
