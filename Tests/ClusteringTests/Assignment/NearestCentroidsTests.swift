// The contract: a label is the argmin of directDistance, the lowest index on ties.
import Clustering
import KMeansReference
import Testing

@Suite struct NearestCentroidsTests {
  /// Centroids that are rows of the data (ties and zeros), means of two rows, and a duplicate.
  private func centroids<Scalar: ClusteringScalar>(
    for points: Matrix<Scalar>, _ count: Int
  ) -> Matrix<Scalar> {
    var random = TestRandom(UInt64(points.columns * 131 + count))
    let rows = (0..<count).map { index -> [Scalar] in
      let a = Int(random.next() % UInt64(points.rows))
      let b = Int(random.next() % UInt64(points.rows))
      return (0..<points.columns).map { column in
        index % 3 == 0
          ? points[a, column] : points[a, column] / 2 + points[b, column] / 2
      }
    }
    var centroids = rows
    if count > 4 { centroids[count - 1] = centroids[1] }
    return try! Matrix(centroids)
  }

  private func check<Scalar: ClusteringScalar>(
    _ data: TestData, _ n: Int, _ d: Int, _ k: Int, _ isa: InstructionSet, _ type: Scalar.Type,
    blockRows: Int? = nil
  ) {
    let points = data.points(n, d, seed: UInt64(n + d), of: type)
    let centroids = centroids(for: points, k)
    let expected = Reference.assignClusters(points.doubles, centroids.doubles)
    for strategy in Execution.Strategy.working(on: isa) {
      let found = assign(
        points, to: centroids, strategy: strategy, isa: isa, blockRows: blockRows)
      #expect(
        found.labels.map(Int.init) == expected,
        "\(strategy) \(data) n=\(n) d=\(d) k=\(k) \(isa) \(type)")
      #expect(found.counts.rows == n)
    }
  }

  @Test(arguments: TestData.allCases, InstructionSet.available)
  func `labels are the argmin of direct distance`(data: TestData, isa: InstructionSet) {
    for d in [1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 100] {
      check(data, 130, d, 19, isa, Float.self)
      check(data, 130, d, 19, isa, Double.self)
    }
    check(data, 60, 256, 33, isa, Float.self)
    check(data, 40, 768, 17, isa, Double.self)
  }

  @Test(arguments: [1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 130])
  func `cluster counts round vector edges`(k: Int) {
    for data in [TestData.noise, .integers, .tightClusters] {
      check(data, 200, 5, k, .best, Float.self)
      check(data, 200, 12, k, .best, Double.self)
    }
  }

  @Test(arguments: [1, 2, 127, 128, 129, 1023, 1024, 1025, 2049])
  func `row counts round block and stripe edges`(n: Int) {
    check(.noise, n, 6, 10, .best, Float.self)
    check(.integers, n, 6, 10, .best, Double.self)
    check(.noise, n, 6, 10, .best, Float.self, blockRows: 1)
    check(.noise, n, 6, 10, .best, Float.self, blockRows: 13)
  }

  @Test func `the shift changes no label`() {
    let points = TestData.offset.points(500, 20, seed: 1, of: Float.self)
    let centroids = centroids(for: points, 30)
    let expected = Reference.assignClusters(points.doubles, centroids.doubles)
    for shift in [Float(0), 1e6, -5e8, 1e30] {
      for strategy in Execution.Strategy.working {
        let found = assign(
          points, to: centroids, strategy: strategy, shift: [Float](repeating: shift, count: 20))
        #expect(found.labels.map(Int.init) == expected, "\(strategy) shift \(shift)")
      }
    }
  }

  @Test(arguments: [Execution.Strategy.blas, .fused])
  func `few rows need a direct distance`(strategy: Execution.Strategy) {
    let points = TestData.outliers.points(4000, 64, seed: 7, of: Float.self)
    let centroids = TestData.outliers.points(100, 64, seed: 8, of: Float.self)
    let found = assign(points, to: centroids, strategy: strategy)
    // Per pair and separable: rows of 700 standard deviations do not spoil the bound of the others.
    #expect(Double(found.counts.redecided) < 0.01 * 4000)
    #expect(found.counts.moved == 4000)
  }

  @Test(arguments: TestData.allCases, Execution.Strategy.working)
  func `second best and distances are direct`(data: TestData, strategy: Execution.Strategy) {
    check(Float.self)
    check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) {
      let (n, d) = (150, 9)
      let points = data.points(n, d, seed: 11, of: type)
      let rows = points.doubles
      for k in [1, 2, 20] {
        let centroids = centroids(for: points, k)
        let centers = centroids.doubles
        let nearest = NearestCentroids(
          centroids, centering: Centering(shift: (0..<d).map { points[0, $0] }), strategy: strategy)
        var labels = [Int32](repeating: 0, count: n)
        var seconds = labels
        var distances = [Double](repeating: 0, count: n)
        var secondDistances = distances
        points.withRows { rows in
          _ = nearest.assign(
            rows, scratch: nearest.makeScratch(rows: n),
            into: Assignment(
              labels: &labels, distances: &distances, secondLabels: &seconds,
              secondDistances: &secondDistances), ahead: nil)
        }
        for row in 0..<n {
          let all = centers.map { Reference.squaredDistance(rows[row], $0) }
          let order = all.indices.sorted { (all[$0], $0) < (all[$1], $1) }
          #expect(Int(labels[row]) == order[0])
          #expect(distances[row] == all[order[0]])
          #expect(Int(seconds[row]) == (k > 1 ? order[1] : -1))
          #expect(secondDistances[row] == (k > 1 ? all[order[1]] : .infinity))
        }
      }
    }
  }

  @Test func `known labels are counted`() {
    let points = TestData.noise.points(300, 4, seed: 1, of: Double.self)
    let centroids = points.picking([0, 1, 2])
    let expected = assign(points, to: centroids).labels
    var labels = expected
    labels[7] = (labels[7] + 1) % 3
    labels[299] = -1
    let nearest = NearestCentroids(centroids, centering: Centering(shift: [0, 0, 0, 0]))
    let counts = labels.withUnsafeMutableBufferPointer { labels in
      points.withRows { rows in
        RowPass(WeightedRows(rows: rows), clusters: 3, threads: 1).assign(
          nearest, into: Assignment(labels: labels.baseAddress!, labelsAreKnown: true))
      }
    }
    #expect(counts.moved == 2)
    #expect(labels == expected)
  }

  @Test func `moved centroids say how far`() {
    let old = try! Matrix<Float>([[0, 0], [1, 1]])
    let new = try! Matrix<Float>([[3, 4], [1, 1]])
    var nearest = NearestCentroids(old, centering: Centering(shift: [0, 0]))
    nearest.move(to: new)
    #expect(nearest.drifts(from: old) == [5, 0])
    #expect(nearest.centroids == new)
  }
}
