// What each fit of a curve starts from, and which rows are drawn.
import Clustering
import Testing

@Suite struct ElbowStartTests {
  @Test func `every fit starts from the last centroids and points`() throws {
    let points = TestData.noise.points(400, 4, seed: 3, of: Double.self)
    var kmeans = ElbowCurveTests.parameters(seed: 5)
    kmeans.initialization = .kMeansPlusPlus
    let curve = try kmeans.curve(points.view, clusterCounts: [3, 4, 9], startsAnew: false)
    var three = kmeans
    three.clusterCount = 3
    let first = try three.fit(points.view)
    #expect(curve.fits[0].inertia == first.model.inertia)
    // One of the 400 points, as the fourth centroid, leads to the second fit of the curve.
    var four = kmeans
    four.clusterCount = 4
    let candidates = try (0..<400).map { row in
      var start = first.model.centroids
      start.append(points[row])
      return try four.fit(points.view, from: start).model
    }
    let found = candidates.filter { $0.inertia == curve.fits[1].inertia }
    #expect(!found.isEmpty && found.count < 300)
    #expect(found.contains { $0.iterations == curve.fits[1].iterations })
  }

  /// From the mean and one of these points, an iteration comes to another inertia for each, which
  /// shows what was drawn. 18.5 is the 0.001 quantile of chi-square for 4 degrees of freedom.
  @Test func `a new centroid is drawn by weight times squared distance`() throws {
    let points = try Matrix<Double>([[10, 0], [0, 12], [-9, 0], [0, -14], [6, 6], [5, -5]])
    let weights: [Double] = [2, 1, 3, 1, 0.5, 0]
    let total = weights.reduce(0, +)
    let mean = (0..<2).map { column in
      (0..<6).reduce(0) { $0 + weights[$1] * points[$1, column] } / total
    }
    var two = ElbowCurveTests.parameters(seed: 0, threads: 1)
    two.clusterCount = 2
    two.maxIterations = 1
    two.initialization = .kMeansPlusPlus
    let ends = try (0..<6).map { row in
      let start = try Matrix([mean, [points[row, 0], points[row, 1]]])
      return try two.fit(points.view, weights: weights.span, from: start).model.inertia
    }
    try #require(Set(ends).count == 6)
    let runs = 10_000
    var counts = [Double](repeating: 0, count: 6)
    for seed in 0..<runs {
      two.seed = UInt64(seed)
      let curve = try two.curve(
        points.view, weights: weights.span, clusterCounts: [1, 2], startsAnew: false)
      counts[try #require(ends.firstIndex(of: curve.fits[1].inertia))] += 1
    }
    #expect(counts[5] == 0)
    let shares = (0..<5).map { row in
      weights[row]
        * (0..<2).reduce(0) { sum, column in
          sum + (points[row, column] - mean[column]) * (points[row, column] - mean[column])
        }
    }
    let statistic = zip(counts, shares).reduce(0) { sum, cell in
      let expected = cell.1 / shares.reduce(0, +) * Double(runs)
      return sum + (cell.0 - expected) * (cell.0 - expected) / expected
    }
    #expect(statistic < 18.5, "\(counts)")
  }

  /// Of two candidates, drawn as above, the one that leaves less.
  @Test func `a greedy start takes the better of its candidates`() throws {
    let points = try Matrix<Double>([[10, 0], [0, 12], [-9, 0], [0, -14], [6, 6], [5, -5]])
    var two = ElbowCurveTests.parameters(seed: 0, threads: 1)
    two.clusterCount = 2
    two.maxIterations = 1
    two.recordsInertia = true
    let mean = (0..<2).map { column in (0..<6).reduce(0) { $0 + points[$1, column] } / 6 }
    let starts = try (0..<6).map { row in
      try two.fit(points.view, from: try Matrix([mean, [points[row, 0], points[row, 1]]]))
    }
    let (left, ends) = (starts.map { $0.history[0].inertia! }, starts.map(\.model.inertia))
    try #require(Set(ends).count == 6 && Set(left).count == 6)
    let shares = (0..<6).map { row in
      (0..<2).reduce(0) { $0 + (points[row, $1] - mean[$1]) * (points[row, $1] - mean[$1]) }
    }
    let total = shares.reduce(0, +)
    var expected = [Double](repeating: 0, count: 6)
    for a in 0..<6 {
      for b in 0..<6 {
        expected[left[a] <= left[b] ? a : b] += shares[a] / total * shares[b] / total
      }
    }
    let runs = 4000
    var counts = [Double](repeating: 0, count: 6)
    for seed in 0..<runs {
      two.seed = UInt64(seed)
      let curve = try two.curve(points.view, clusterCounts: [1, 2], startsAnew: false)
      counts[try #require(ends.firstIndex(of: curve.fits[1].inertia))] += 1
    }
    // 20.5 is the 0.001 quantile of chi-square for 5 degrees of freedom.
    let statistic = zip(counts, expected).reduce(0) { sum, cell in
      let mean = cell.1 * Double(runs)
      return sum + (cell.0 - mean) * (cell.0 - mean) / mean
    }
    #expect(statistic < 20.5, "\(counts)")
  }
}
