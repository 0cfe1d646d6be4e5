// The axis along which a cluster is split.
import Clustering
import Testing

/// The axis of the rows with a label, or of all rows.
func principalAxis<Scalar: ClusteringScalar>(
  _ points: Matrix<Scalar>, weights: [Double]? = nil, labels: [Int32]? = nil, label: Int32 = 0
) -> PrincipalAxis? {
  let labels = labels ?? Array(repeating: label, count: points.rows)
  return try! points.view.withWeightedRows(weights?.span) { (rows) throws(ClusteringError) in
    labels.withUnsafeBufferPointer {
      PrincipalAxis(of: rows, labels: $0.baseAddress!, label: label)
    }
  }
}

/// Points about a center, three times as wide along one axis as along all others.
struct LongCluster {
  let axis: [Double]
  let rows: [[Double]]

  init(_ count: Int, center: [Double], random: inout TestRandom) {
    let direction = center.map { _ in random.bell() }
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let axis = direction.map { $0 / length }
    self.axis = axis
    rows = (0..<count).map { _ in
      let noise = center.map { _ in random.bell() }
      let along = zip(noise, axis).reduce(0) { $0 + $1.0 * $1.1 }
      return center.indices.map { center[$0] + noise[$0] + 2 * along * axis[$0] }
    }
  }
}

/// The cosine of the angle of two lines.
private func cosine(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }.magnitude
}

@Suite struct PrincipalAxisTests {
  /// With 1,000 points for 100 columns: the axis of the sample itself is off by
  /// √(99 / n) · 3 / (9 - 1) radians, 15 degrees with 200 points.
  @Test(arguments: [(2, 200), (3, 200), (16, 200), (100, 1000)])
  func `follows a long cluster however turned`(columns: Int, count: Int) {
    var random = TestRandom(UInt64(columns))
    for _ in 0..<(columns < 100 ? 100 : 10) {
      let center = (0..<columns).map { _ in random.bell() * 20 }
      let cluster = LongCluster(count, center: center, random: &random)
      let found = principalAxis(try! Matrix(cluster.rows))!
      #expect(cosine(found.axis, cluster.axis) > 0.98481)  // 10 degrees
      #expect((found.axis.reduce(0) { $0 + $1 * $1 } - 1).magnitude < 1e-14)
      #expect((found.variance / 9 - 1).magnitude < 0.5)
      #expect(found.weight == Double(count))
    }
  }

  /// numpy: `m = average(x, axis=0, weights=w)`,
  /// `eigh((x - m).T @ ((x - m) * w[:, None]) / w.sum())`.
  @Test(arguments: EighFixture.all)
  func `equals the eigenvector of NumPy`(fixture: EighFixture) throws {
    let points = try Matrix<Float>(fixture.rows.map { $0.map { Float($0) } })
    let found = try #require(principalAxis(points, weights: fixture.weights))
    for (value, expected) in zip(found.axis, fixture.axis) {
      #expect((value - expected).magnitude < 1e-6)
    }
    #expect((found.variance / fixture.variance - 1).magnitude < 1e-12)
    #expect(found.weight == fixture.weights.reduce(0, +))
    for (value, expected) in zip(found.mean, fixture.mean) {
      #expect((value - expected).magnitude < 1e-14)
    }
  }

  @Test func `weights count as repeated rows`() throws {
    let fixture = EighFixture.all[2]
    let repeated = zip(fixture.rows, fixture.weights).flatMap {
      Array(repeating: $0, count: Int($1))
    }
    let weighted = principalAxis(try Matrix(fixture.rows), weights: fixture.weights)!
    let plain = principalAxis(try Matrix(repeated))!
    #expect(cosine(weighted.axis, plain.axis) > 1 - 1e-14)
    #expect((weighted.variance / plain.variance - 1).magnitude < 1e-13)
    #expect(weighted.weight == plain.weight)
  }

  /// Rows of other clusters and without weight change no bit, whatever lies there.
  @Test func `only its own rows count`() throws {
    let rows = EighFixture.all[1].rows
    let alone = principalAxis(try Matrix(rows))!
    let mixed: [[Double]] = rows.flatMap { [[900, -7, 5], $0, [1e9, 0, 0]] }
    let labels: [Int32] = rows.flatMap { _ in [2, 3, 3] }
    let weights: [Double] = rows.flatMap { _ in [1, 1, 0] }
    let found = principalAxis(try Matrix(mixed), weights: weights, labels: labels, label: 3)
    #expect(found == alone)
  }

  @Test(arguments: [[], [2], [0, 2]] as [[Int]])
  func `without two different points there is none`(own: [Int]) throws {
    let points = try Matrix<Float>([[0.1, 5], [7, 7], [0.1, 5]])
    var labels: [Int32] = [1, 1, 1]
    for row in own { labels[row] = 0 }
    #expect(principalAxis(points, labels: labels) == nil)
    #expect(principalAxis(points, weights: [1, 0, 3]) == nil)
    #expect(principalAxis(points, weights: [1, 1, 0]) != nil)
  }

  @Test func `two points span the axis`() throws {
    let found = principalAxis(try Matrix<Double>([[1, 1], [4, -3]]), weights: [1, 3])!
    #expect((found.axis[0] + 0.6).magnitude < 1e-15 && (found.axis[1] - 0.8).magnitude < 1e-15)
    #expect((found.variance - 25 * 3 / 16).magnitude < 1e-14)
    #expect(found.mean == [3.25, -2])
  }

  /// The farthest points are exactly orthogonal to the axis.
  @Test func `leaves a start that is orthogonal`() throws {
    let arms: [[Double]] = (1...9).flatMap { [[Double($0), 0], [-Double($0), 0]] }
    let found = principalAxis(try Matrix(arms + [[0, 9.5], [0, -9.5]]))!
    #expect(found.axis[0] > 1 - 1e-12)
  }

  @Test func `a huge offset changes little`() throws {
    var random = TestRandom(8)
    let cluster = LongCluster(300, center: [0, 0, 0], random: &random)
    let near = principalAxis(try Matrix(cluster.rows))!
    let far = principalAxis(try Matrix(cluster.rows.map { $0.map { $0 + 1e8 } }))!
    #expect(cosine(near.axis, far.axis) > 1 - 1e-12)
    #expect((near.variance / far.variance - 1).magnitude < 1e-6)
  }

  /// Powers of two, near both ends of the range in which rows are accepted.
  @Test(arguments: [0x1p-500, 0x1p-900, 0x1p440])
  func `scales with the data`(factor: Double) throws {
    let rows = EighFixture.all[1].rows
    let plain = principalAxis(try Matrix(rows))!
    let scaled = principalAxis(try Matrix(rows.map { $0.map { $0 * factor } }))!
    #expect(scaled.axis == plain.axis)
    #expect(scaled.variance == plain.variance * factor * factor)
  }

  /// Weights of 1e-300 beside 1: the share of the second point vanishes, the axis does not.
  @Test func `huge ratios of weights`() throws {
    for weights in [[1, 1e-300], [1e-300, 1], [1e300, .leastNonzeroMagnitude]] {
      let found = principalAxis(try Matrix<Double>([[0, 0], [0, 2]]), weights: weights)!
      #expect(found.axis == [0, 1])
      #expect(found.variance >= 0 && found.variance < 1e-200)
    }
  }
}
