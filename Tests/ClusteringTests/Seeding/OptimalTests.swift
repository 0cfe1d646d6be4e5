// The start from the optimum of one column.
import Clustering
import Testing

@Suite struct OptimalTests {
  /// Values that are hard on sums.
  private static func values(_ kind: Int, _ count: Int, _ random: inout TestRandom) -> [Double] {
    (0..<count).map { row in
      let value = Double.random(in: 0..<1, using: &random)
      return switch kind {
      case 0: random.bell()
      case 1: Double(random.next() % 6)
      case 2: 1e9 + value * 1e-3
      case 3: row == 0 ? -1e12 : value
      case 4: (random.next() % 2 == 0 ? 1e9 : -1e9) + value
      default: value * (row % 3 == 0 ? 1e-6 : row % 3 == 1 ? 1 : 1e6)
      }
    }
  }

  private static func weights(_ kind: Int, _ count: Int, _ random: inout TestRandom) -> [Double]? {
    switch kind {
    case 0: nil
    case 1: (0..<count).map { $0 < 6 ? 1 : Double(random.next() % 3) }
    case 2: (0..<count).map { _ in Double.random(in: 0.1..<1, using: &random) }
    // Too different for a bound.
    default: (0..<count).map { _ in random.next() % 2 == 0 ? 1 : 0x1p-60 }
    }
  }

  private func centroids<Scalar: ClusteringScalar>(
    _ values: [Scalar], k: Int, weights: [Double]? = nil
  ) throws -> [Double] {
    var kmeans = KMeans(clusterCount: k, seed: 1)
    kmeans.initialization = .optimal
    let points = try Matrix(values.map { [$0] })
    return try kmeans.initialCentroids(points.view, weights: weights?.span).centroids.doubles
      .map { $0[0] }
  }

  @Test(arguments: 0..<6, 0..<4)
  func `the cost is the least of all partitions`(kind: Int, weighing: Int) throws {
    for seed in UInt64(0)..<60 {
      var random = TestRandom(seed &* 41 &+ UInt64(kind * 4 + weighing))
      let count = Int.random(in: 6...12, using: &random)
      let values = Self.values(kind, count, &random)
      let weights = Self.weights(weighing, count, &random)
      let naive = NaiveIntervals(values, weights: weights)
      // Clumps at 1e9 whose weights are 2^-60 of others: more than the digits of a pair of doubles.
      if kind == 4, weighing == 3 { continue }
      let k = Int.random(in: 1...5, using: &random)
      guard Set(naive.values).count >= k else { continue }
      let found = naive.cost(nearestTo: try centroids(values, k: k, weights: weights))
      let least = naive.leastByForce(k)
      #expect(found <= least * (1 + 1e-12), "seed \(seed), k = \(k)")
    }
  }

  @Test(arguments: 0..<6, 0..<4)
  func `the cost is that of the naive programme`(kind: Int, weighing: Int) throws {
    for (count, k) in [(90, 7), (250, 20), (300, 3), (300, 120)] {
      var random = TestRandom(UInt64(count + kind * 4 + weighing))
      let values = Self.values(kind, count, &random)
      let weights = Self.weights(weighing, count, &random)
      let naive = NaiveIntervals(values, weights: weights)
      guard Set(naive.values).count >= k, kind != 4 || weighing != 3 else { continue }
      let found = naive.cost(nearestTo: try centroids(values, k: k, weights: weights))
      #expect(found <= naive.least(k) * (1 + 1e-12), "\(count) values, k = \(k)")
      // Nothing is lost with floats, either.
      let floats = values.map { Float($0) }
      let rounded = NaiveIntervals(floats.map { Double($0) }, weights: weights)
      guard Set(rounded.values).count >= k else { continue }
      let other = rounded.cost(nearestTo: try centroids(floats, k: k, weights: weights))
      #expect(other <= rounded.least(k) * (1 + 1e-5), "\(count) floats, k = \(k)")
    }
  }

  /// So many values that starts are ruled out by chunks.
  @Test(arguments: [2, 3, 6]) func `nothing is lost where many are ruled out`(k: Int) throws {
    for kind in [0, 5] {
      var random = TestRandom(UInt64(kind + k))
      let values = Self.values(kind, 1500, &random)
      let naive = NaiveIntervals(values, weights: nil)
      let found = naive.cost(nearestTo: try centroids(values, k: k))
      #expect(found <= naive.leastBySums(k) * (1 + 1e-11), "kind \(kind)")
    }
  }

  @Test func `no greedy run is better`() throws {
    for kind in 0..<6 {
      var random = TestRandom(UInt64(kind))
      let values = Self.values(kind, 20_000, &random)
      let points = try Matrix(values.map { [$0] })
      for k in [2, 5, 17] where kind != 1 || k < 6 {
        var kmeans = KMeans(clusterCount: k, seed: 9)
        (kmeans.runs, kmeans.tolerance) = (5, 0)
        let greedy = try kmeans.fit(points)
        kmeans.initialization = .optimal
        let optimal = try kmeans.fit(points)
        let most = greedy.model.inertia * (1 + 1e-9)
        let naive = NaiveIntervals(values, weights: nil)
        let start = naive.cost(nearestTo: try centroids(values, k: k))
        #expect(start <= most, "kind \(kind), k = \(k)")
        // A few last bits apart, means of later iterations are rounded farther than they move.
        if kind != 2 { #expect(optimal.model.inertia <= most, "kind \(kind), k = \(k)") }
        // The runs would be the same.
        #expect(optimal.run == 0 && optimal.seeding == SeedingReport())
      }
    }
  }

  @Test(arguments: [0, 2, 3]) func `the same bits for any threads and kernels`(kind: Int) throws {
    var random = TestRandom(4)
    let points = try Matrix(Self.values(kind, 40_000, &random).map { [$0] })
    var kmeans = KMeans(clusterCount: 11, seed: 0)
    kmeans.initialization = .optimal
    var expected: Matrix<Double>?
    for isa in InstructionSet.available {
      for threads in [1, 2, 5] {
        kmeans.execution = Execution(threads: threads)
        kmeans.execution.instructionSet = isa
        let found = try kmeans.initialCentroids(points.view).centroids
        #expect(found == expected ?? found, "\(isa), \(threads) threads")
        expected = found
      }
    }
  }

  /// Means of whole numbers, which 64 bits hold without rounding.
  @Test func `centroids are means, rounded once`() throws {
    var random = TestRandom(5)
    for offset in [0, 1 << 40] {
      let values = (0..<3000).map { _ in offset + Int(random.next() % 100_000) }
      let found = try centroids(values.map { Double($0) }, k: 9)
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
    #expect(try centroids([Float(0x1p24), 0x1p24 + 2, -1], k: 2)[1] == 0x1p24)
    #expect(try centroids([Float(0x1p24), 0x1p24 + 2], k: 1) == [0x1p24])
    #expect(try centroids([Float(0x1p24) + 2, 0x1p24 + 4], k: 1) == [0x1p24 + 4])
    let weights = [1, 1 + 0x1p-40]
    #expect(try centroids([Float(0x1p24), 0x1p24 + 2], k: 1, weights: weights) == [0x1p24 + 2])
  }

  @Test func `weights of all magnitudes give means`() throws {
    for (heavy, light) in [(1e304, 1e300), (1e300, 1e-300), (1e-260, 1e-274), (1, 0x1p-200)] {
      let unit = heavy > 1 ? 0x1p-170 : 1
      let values = [1.0, 2, 3, 10, 11, 12].map { $0 * unit }
      let weights = [heavy, heavy, heavy, light, light, light]
      let found = try centroids(values, k: 2, weights: weights)
      #expect(found.allSatisfy { $0 >= unit && $0 <= 12 * unit }, "\(heavy), \(light)")
      #expect(try centroids(values, k: 6, weights: weights) == values)
      guard light > heavy * 1e-30 else { continue }
      let naive = NaiveIntervals(values, weights: weights)
      #expect(naive.cost(nearestTo: found) <= naive.leastByForce(2) * (1 + 1e-12))
    }
  }

  @Test func `fewer distinct values than clusters`() throws {
    let values: [Float] = [3, 1, 1, 3, 7, 7, 7, 9]
    let weights: [Double] = [1, 1, 2, 1, 1, 1, 1, 0]
    #expect(try centroids(values, k: 3, weights: weights) == [1, 3, 7])
    let found = try centroids(values, k: 6, weights: weights)
    #expect(found[..<3] == [1, 3, 7] && found[3...].allSatisfy { [1, 3, 7, 9].contains($0) })
    #expect(try centroids([Double](repeating: 2.5, count: 5), k: 3) == [2.5, 2.5, 2.5])
    #expect(try centroids([-0.0, 0.0, 1], k: 2).map(\.magnitude) == [0, 1])
  }

  @Test func `rows that are read again, and transformed ones, have the same bits`() throws {
    var random = TestRandom(8)
    let points = try Matrix(Self.values(0, 9000, &random).map { [$0] })
    for change in [
      { (_: inout KMeans) in }, { $0.standardizes = true }, { $0.runs = 3 },
      { ($0.distance, $0.standardizes) = (.cosine, true) },
    ] as [(inout KMeans) -> Void] {
      var kmeans = KMeans(clusterCount: 6, seed: 2)
      (kmeans.initialization, kmeans.recordsInertia) = (.optimal, true)
      change(&kmeans)
      let expected = try kmeans.fit(points)
      var source = MatrixSource(points)
      let found = try kmeans.fit(rereading: &source) { _, _ in }
      #expect(found.model == expected.model && found.labels == expected.labels)
      var fits = ResumedFits(points, kmeans)
      if kmeans.runs == 1 { #expect(try fits.fit().model == expected.model) }
    }
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

  @Test func `a curve starts from optima`() throws {
    var random = TestRandom(8)
    let points = try Matrix(Self.values(0, 3000, &random).map { [$0] })
    var kmeans = KMeans(clusterCount: 2, seed: 2)
    kmeans.initialization = .optimal
    let curve = try kmeans.curve(points, clusterCounts: [1, 2, 5, 9])
    for fit in curve.fits {
      kmeans.clusterCount = fit.clusters
      #expect(fit.inertia <= (try kmeans.fit(points).model.inertia))
    }
  }
}

/// Rows of a matrix, as often as they are wanted.
private struct MatrixSource: RewindableRowSource {
  let points: Matrix<Double>
  private var next = 0

  init(_ points: Matrix<Double>) { self.points = points }

  var columns: Int { points.columns }
  mutating func rewind() { next = 0 }

  mutating func read(into rows: inout OutputSpan<Double>) {
    while next < points.rows, rows.freeCapacity >= columns {
      for column in 0..<columns { rows.append(points[next, column]) }
      next += 1
    }
  }
}
