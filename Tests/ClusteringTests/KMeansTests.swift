// A whole fit against hand-computed answers and the naive reference.
import Clustering
import KMeansReference
import Testing

@Suite struct KMeansTests {
  /// scikit-learn's own example: four points with weights, answers computed by hand.
  @Test func `four weighted points by hand`() throws {
    let points = try Matrix<Double>([[0, 0], [0.5, 0], [0.5, 1], [1, 1]])
    let weights: [Double] = [3, 1, 1, 3]
    var kmeans = KMeans(clusterCount: 2, seed: 0)
    kmeans.tolerance = 0
    let fit = try kmeans.fit(
      points.view, weights: weights.span, from: try Matrix([[0, 0], [1, 1]]))
    #expect(fit.labels == [0, 0, 1, 1])
    #expect(fit.model.inertia == 0.375)
    #expect(fit.model.centroids == (try Matrix([[0.125, 0], [0.875, 1]])))
    #expect(fit.model.clusterWeights == [4, 4])
    #expect(fit.model.iterations == 2)
    #expect(fit.model.converged)
  }

  @Test(arguments: TestData.allCases.filter { $0 != .huge })
  func `equals the textbook listing`(data: TestData) throws {
    try check(Float.self)
    // Squares of the smallest doubles are none.
    if data != .tiny { try check(Double.self) }

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let points = data.points(700, 6, seed: 31, of: type)
      let rows = [3, 77, 150, 420, 421, 600]
      var kmeans = KMeans(clusterCount: 6, seed: 0)
      kmeans.tolerance = 0
      kmeans.maxIterations = 30
      var replay = Replay(points: points.doubles, weights: nil, of: type)
      let start = points.picking(rows)
      #expect(start.doubles == Reference.initialize_centers(points.doubles, rows: rows))
      let fit = try kmeans.fit(points.view, from: start) { iteration, centroids in
        replay.observe(
          number: iteration.number, centers: centroids.doubles, inertia: iteration.inertia,
          moved: iteration.moved, refilled: iteration.refilled)
      }
      replay.finish(
        centers: fit.model.centroids.doubles, labels: fit.labels.map(Int.init),
        inertia: fit.model.inertia)
      #expect(replay.differences == [])
      #expect(replay.iterations == fit.model.iterations)
    }
  }

  @Test(arguments: TestData.allCases) func `inertia never rises`(data: TestData) throws {
    if data == .tiny { return try inertiaNeverRises(data.points(900, 5, seed: 41, of: Float.self)) }
    try inertiaNeverRises(data.points(900, 5, seed: 41, of: Double.self))
  }

  private func inertiaNeverRises<Scalar: ClusteringScalar>(_ points: Matrix<Scalar>) throws {
    for seed in UInt64(0)..<5 {
      var kmeans = KMeans(clusterCount: 12, seed: seed)
      kmeans.initialization = .randomRows
      kmeans.tolerance = 0
      kmeans.recordsInertia = true
      let fit = try kmeans.fit(points.view)
      let inertias = fit.history.compactMap(\.inertia) + [fit.model.inertia]
      #expect(inertias.count == fit.history.count + 1)
      for (before, after) in zip(inertias, inertias.dropFirst()) {
        #expect(after <= before * (1 + 900 * 0x1p-52))
      }
    }
  }

  @Test func `labels and inertia belong to the returned centroids`() throws {
    let points = TestData.noise.points(2000, 8, seed: 51, of: Float.self)
    for tolerance in [0, 1e-2, 10] {
      for iterations in [1, 2, 300] {
        var kmeans = KMeans(clusterCount: 9, seed: 3)
        kmeans.tolerance = tolerance
        kmeans.maxIterations = iterations
        let fit = try kmeans.fit(points.view)
        let centers = fit.model.centroids.doubles
        let labels = Reference.assignClusters(points.doubles, centers)
        #expect(fit.labels.map(Int.init) == labels)
        let inertia = Reference.inertia(points.doubles, labels, centers)
        #expect((fit.model.inertia - inertia).magnitude <= 2000 * 0x1p-52 * inertia)
        #expect(fit.model.iterations == fit.history.count)
        #expect(fit.model.iterations <= iterations)
        #expect(fit.model.clusterWeights.reduce(0, +) == 2000)
      }
    }
  }

  @Test func `the tolerance is in units of the mean variance`() throws {
    let points = TestData.noise.points(3000, 4, seed: 61, of: Double.self)
    let scaled = try Matrix(points.doubles.map { $0.map { $0 * 1024 } })
    var kmeans = KMeans(clusterCount: 20, seed: 5)
    kmeans.tolerance = 0
    let whole = try kmeans.fit(points.view, from: points.picking(Array(0..<20)))
    kmeans.tolerance = 1e-2
    let fit = try kmeans.fit(points.view, from: points.picking(Array(0..<20)))
    let scaledFit = try kmeans.fit(scaled.view, from: scaled.picking(Array(0..<20)))
    #expect(fit.model.iterations < whole.model.iterations)
    #expect(fit.model.iterations == scaledFit.model.iterations)
    #expect(fit.model.converged && fit.history.last!.moved > 0)
    let variance = try points.withRows { (rows) throws(ClusteringError) in
      try WeightedRows(rows: rows).checkedMoments(Execution(threads: 1)).meanVariance
    }
    #expect(fit.history.last!.squaredShift <= 1e-2 * variance)
    #expect(fit.history.dropLast().allSatisfy { $0.squaredShift > 1e-2 * variance })
  }

  @Test(arguments: [CentroidInitialization.kMeansPlusPlus, .randomRows])
  func `the same bits for any threads and instruction set`(initialization: CentroidInitialization)
    throws
  {
    let points = TestData.outliers.points(5000, 10, seed: 71, of: Float.self)
    var kmeans = KMeans(clusterCount: 11, seed: 9)
    kmeans.initialization = initialization
    kmeans.runs = 2
    kmeans.recordsInertia = true
    kmeans.execution.threads = 1
    let one = try kmeans.fit(points.view)
    for isa in InstructionSet.available {
      for threads in [1, 2, 5] {
        kmeans.execution.threads = threads
        kmeans.execution.instructionSet = isa
        let other = try kmeans.fit(points.view)
        #expect(other.model == one.model)
        #expect(other.labels == one.labels)
        #expect(other.history.map(\.inertia) == one.history.map(\.inertia))
      }
    }
    kmeans.seed = 10
    #expect(try kmeans.fit(points.view).model != one.model)
  }

  @Test func `the best run wins`() throws {
    let points = TestData.tightClusters.points(600, 2, seed: 81, of: Double.self)
    var kmeans = KMeans(clusterCount: 7, seed: 1)
    kmeans.initialization = .randomRows
    var ends: [Double] = []
    kmeans.runs = 8
    let fit = try kmeans.fit(points.view) { iteration in
      if iteration.number == 1 { ends.append(0) }
      ends[ends.count - 1] = iteration.inertia!
    }
    #expect(ends.count == 8)
    #expect(fit.model.inertia <= ends.min()!)
    #expect(fit.run == ends.firstIndex(of: ends.min()!))
    kmeans.runs = 1
    #expect(try kmeans.fit(points.view).model.inertia >= fit.model.inertia)
  }

  @Test func `weights count as repeated points`() throws {
    let points = TestData.noise.points(200, 3, seed: 91, of: Double.self)
    let counts = (0..<200).map { $0 % 4 }
    let repeated = try Matrix(
      zip(points.doubles, counts).flatMap { Array(repeating: $0, count: $1) })
    var kmeans = KMeans(clusterCount: 5, seed: 0)
    kmeans.tolerance = 0
    let start = points.picking([1, 2, 3, 5, 6])
    let weights = counts.map { Double($0) }
    let weighted = try kmeans.fit(points.view, weights: weights.span, from: start)
    let plain = try kmeans.fit(repeated.view, from: start)
    #expect((weighted.model.inertia / plain.model.inertia - 1).magnitude < 1e-12)
    #expect(weighted.model.clusterWeights == plain.model.clusterWeights)
  }

  @Test func `strided memory is read in place`() throws {
    let wide = TestData.noise.points(500, 7, seed: 95, of: Float.self)
    let narrow = try Matrix((0..<500).map { row in (0..<4).map { wide[row, $0] } })
    let kmeans = KMeans(clusterCount: 6, seed: 2)
    let view = try MatrixView(wide.span, rows: 500, columns: 4, rowStride: 7)
    #expect(try kmeans.fit(view).model == kmeans.fit(narrow.view).model)
  }
}
