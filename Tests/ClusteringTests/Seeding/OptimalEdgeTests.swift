// The start from the optimum of one column: means, and values at the edge.
import Clustering
import Testing

@Suite struct OptimalEdgeTests {
  /// Means of whole numbers, which 64 bits hold without rounding.
  @Test func `centroids are means, rounded once`() throws {
    var random = TestRandom(5)
    for offset in [0, 1 << 40] {
      let values = (0..<3000).map { _ in offset + Int(random.next() % 100_000) }
      let found = try OptimalSample.centroids(values.map { Double($0) }, k: 9)
      var sums = [(sum: Float80, count: Float80)](repeating: (0, 0), count: 9)
      for value in values {
        let nearest = found.indices.min {
          (found[$0] - Double(value)).magnitude < (found[$1] - Double(value)).magnitude
        }!
        sums[nearest].sum += Float80(value - offset)
        sums[nearest].count += 1
      }
      for (centroid, part) in zip(found, sums) {
        let error = (Float80(centroid) - Float80(offset)) * part.count - part.sum
        #expect(error.magnitude * 2 <= Float80(centroid.ulp) * part.count)
      }
    }
    // Halfway between two floats: to the even one, unless a little more is there.
    #expect(try OptimalSample.centroids([Float(0x1p24), 0x1p24 + 2, -1], k: 2)[1] == 0x1p24)
    #expect(try OptimalSample.centroids([Float(0x1p24), 0x1p24 + 2], k: 1) == [0x1p24])
    #expect(try OptimalSample.centroids([Float(0x1p24) + 2, 0x1p24 + 4], k: 1) == [0x1p24 + 4])
    let weights = [1, 1 + 0x1p-40]
    #expect(
      try OptimalSample.centroids([Float(0x1p24), 0x1p24 + 2], k: 1, weights: weights) == [
        0x1p24 + 2
      ])
  }

  @Test func `weights of all magnitudes give means`() throws {
    for (heavy, light) in [(1e304, 1e300), (1e300, 1e-300), (1e-260, 1e-274), (1, 0x1p-200)] {
      let unit = heavy > 1 ? 0x1p-170 : 1
      let values = [1.0, 2, 3, 10, 11, 12].map { $0 * unit }
      let weights = [heavy, heavy, heavy, light, light, light]
      let found = try OptimalSample.centroids(values, k: 2, weights: weights)
      #expect(found.allSatisfy { $0 >= unit && $0 <= 12 * unit }, "\(heavy), \(light)")
      #expect(try OptimalSample.centroids(values, k: 6, weights: weights) == values)
      guard light > heavy * 1e-30 else { continue }
      let naive = NaiveIntervals(values, weights: weights)
      #expect(naive.cost(nearestTo: found) <= naive.leastByForce(2) * (1 + 1e-12))
    }
  }

  @Test func `fewer distinct values than clusters`() throws {
    let values: [Float] = [3, 1, 1, 3, 7, 7, 7, 9]
    let weights: [Double] = [1, 1, 2, 1, 1, 1, 1, 0]
    #expect(try OptimalSample.centroids(values, k: 3, weights: weights) == [1, 3, 7])
    let found = try OptimalSample.centroids(values, k: 6, weights: weights)
    #expect(found[..<3] == [1, 3, 7] && found[3...].allSatisfy { [1, 3, 7, 9].contains($0) })
    #expect(
      try OptimalSample.centroids([Double](repeating: 2.5, count: 5), k: 3) == [2.5, 2.5, 2.5])
    #expect(try OptimalSample.centroids([-0.0, 0.0, 1], k: 2).map(\.magnitude) == [0, 1])
  }

  /// Their squares are denormal numbers, or zero, in units of the farthest one.
  @Test func `values next to nothing beside one that is far away`() throws {
    var random = TestRandom(31)
    let few = [
      1, -1e-160, -5.2e-161, 6e-162, 4.7e-162, 1.3e-160, 4.9e-162, -8.2e-161, -4.1e-161,
      -5.8e-161, -9.3e-161, 6.7e-162, -5.5e-161, -1.6e-160, 2e-162, -3.8e-161,
    ]
    let many = (0..<2000).map { _ in random.bell() * 1e-140 } + [1e18]
    let most = (0..<5000).map { _ in random.bell() * 1e-155 } + [1]
    for (values, k) in [(few, 10), (many, 7), (most, 64)] {
      let points = try Matrix(values.map { [$0] })
      var kmeans = KMeans(clusterCount: k, seed: 3)
      kmeans.initialization = .optimal
      let fit = try kmeans.fit(points)
      kmeans.initialization = .greedy
      #expect(fit.model.inertia <= (try kmeans.fit(points).model.inertia) + 1e-270)
    }
  }

  @Test func `more than one column is refused`() throws {
    let points = TestData.noise.points(50, 3, seed: 1, of: Double.self)
    var kmeans = KMeans(clusterCount: 4, seed: 0)
    kmeans.initialization = .optimal
    let error = ClusteringError.specific(.init(InitializationError.optimumOfColumns(3)))
    #expect(throws: error) { try kmeans.fit(points) }
    #expect(throws: error) { try kmeans.initialCentroids(points.view) }
    #expect(throws: error) { try kmeans.curve(points, clusterCounts: [2, 3]) }
    #expect(throws: error) {
      var source = MatrixSource(points)
      _ = try kmeans.fit(rereading: &source)
    }
    #expect(
      error.description == "rows of 3 columns, expected 1 to start from the optimum: start from "
        + "greedy instead")
    // Given centroids need no optimum.
    #expect(try kmeans.fit(points, from: points.picking([1, 2, 3, 4])).labels.count == 50)
  }
}
