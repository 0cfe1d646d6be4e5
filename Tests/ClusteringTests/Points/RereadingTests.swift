// Points that are read again give the same bits as points in memory.
import Clustering
import Testing

/// Rows of a matrix as a source, in pieces; counts how often it is read from the start.
private struct Reader<Scalar: ClusteringScalar>: SeekableRowSource {
  let points: Matrix<Scalar>
  var piece = 700
  var canSeek = false
  /// Rows that a later reading has more or less.
  var change = 0
  private var next = 0
  private(set) var readings = 0

  init(_ points: Matrix<Scalar>) { self.points = points }

  var columns: Int { points.columns }

  mutating func rewind() {
    next = 0
    readings += 1
  }

  mutating func seek(toRow row: Int) { next = row }

  mutating func read(into rows: inout OutputSpan<Scalar>) {
    let end = points.rows + (readings > 1 ? change : 0)
    var room = min(piece, rows.freeCapacity / columns)
    while next < end, room > 0 {
      for column in 0..<columns { rows.append(points[min(next, points.rows - 1), column]) }
      next += 1
      room -= 1
    }
  }
}

@Suite struct RereadingTests {
  private func same<Scalar: ClusteringScalar>(
    _ kmeans: KMeans, _ points: Matrix<Scalar>, weights: [Double]? = nil,
    from initial: Matrix<Scalar>? = nil, memory: Int? = nil, canSeek: Bool = false,
    countsPasses: Bool = true
  ) throws -> Int {
    var kmeans = kmeans
    kmeans.recordsInertia = true
    let expected = try kmeans.fit(points.view, weights: weights?.span, from: initial)
    var reader = Reader(points)
    reader.canSeek = canSeek
    let fit = try kmeans.fit(
      rereading: &reader, weights: weights?.span, from: initial, memory: memory
    ) { _, _ in }
    expectSame(fit, expected)
    if countsPasses { #expect(fit.seeding == expected.seeding) }
    return reader.readings
  }

  @Test(arguments: [CentroidInitialization.kMeansPlusPlus, .greedy, .randomRows], [false, true])
  func `the bits are those of a fit in memory`(
    initialization: CentroidInitialization, canSeek: Bool
  ) throws {
    let points = TestData.outliers.points(9000, 7, seed: 1, of: Float.self)
    let weights = (0..<9000).map { Double($0 % 4) }
    for threads in [1, 3] {
      var kmeans = KMeans(clusterCount: 30, seed: 4)
      kmeans.initialization = initialization
      kmeans.maxIterations = 5
      kmeans.execution.threads = threads
      _ = try same(kmeans, points, canSeek: canSeek)
      _ = try same(kmeans, points, weights: weights, canSeek: canSeek)
      kmeans.runs = 2
      kmeans.standardizes = true
      kmeans.distance = .cosine
      _ = try same(kmeans, points, weights: weights, canSeek: canSeek)
    }
  }

  /// Little memory makes many parts, of one stripe each at least.
  @Test func `memory makes no difference`() throws {
    let points = TestData.noise.points(20_000, 40, seed: 2, of: Double.self)
    var kmeans = KMeans(clusterCount: 9, seed: 4)
    kmeans.maxIterations = 3
    kmeans.execution.threads = 2
    kmeans.initialization = .kMeansPlusPlus
    let weights = (0..<20_000).map { Double($0 % 7) + ($0 < 10_000 ? 0 : 0.5) }
    for memory in [60 << 20, 80 << 20, 200 << 20] {
      _ = try same(kmeans, points, memory: memory)
      _ = try same(kmeans, points, weights: weights, memory: memory)
    }
  }

  /// With up to four clusters a round is a step, and the gains do not depend on what can be kept.
  @Test func `gains are the same without the lists of hits`() throws {
    let points = TestData.noise.points(30_000, 30, seed: 3, of: Double.self)
    var kmeans = KMeans(clusterCount: 4, seed: 4)
    kmeans.maxIterations = 2
    kmeans.execution.threads = 2
    let few = try same(kmeans, points, memory: 52_500_000, countsPasses: false)
    let many = try same(kmeans, points, memory: 512 << 20)
    #expect(few > many)
  }

  @Test func `a pass an iteration`() throws {
    let points = TestData.noise.points(5000, 3, seed: 3, of: Float.self)
    var kmeans = KMeans(clusterCount: 5, seed: 4)
    kmeans.maxIterations = 6
    kmeans.tolerance = 0
    // Moments, the sample of the frame, the first assignment, and one after each move.
    #expect(try same(kmeans, points, from: points.picking([1, 2, 3, 4, 5])) == 3 + 6)
  }

  @Test func `empty clusters are refilled as in memory`() throws {
    let points = try Matrix<Double>((0..<5000).map { [Double($0 % 50), Double($0 % 7)] })
    let start = try Matrix<Double>(Array(repeating: [0, 0], count: 12))
    var kmeans = KMeans(clusterCount: 12, seed: 0)
    kmeans.maxIterations = 4
    _ = try same(kmeans, points, from: start)
  }

  private func error(
    _ kmeans: KMeans = KMeans(clusterCount: 3, seed: 1), rows: Int = 5000, change: Int = 0,
    weights: [Double]? = nil, memory: Int? = nil
  ) -> ClusteringError? {
    var reader = Reader(TestData.noise.points(max(rows, 1), 3, seed: 3, of: Float.self))
    reader.change = change
    do {
      _ = try kmeans.fit(rereading: &reader, weights: weights?.span, memory: memory)
      return nil
    } catch { return error as? ClusteringError }
  }

  @Test func `wrong sources are errors`() {
    #expect(error() == nil)
    #expect(error(change: 1) == .pointsChanged(found: 5001, expected: 5000))
    #expect(error(change: -4999) == .pointsChanged(found: 1, expected: 5000))
    #expect(
      error(KMeans(clusterCount: 6000, seed: 1)) == .tooManyClusters(clusters: 6000, points: 5000))
    for count in [1, 4999, 5001, 90_000] {
      let weights = [Double](repeating: 1, count: count)
      #expect(error(weights: weights) == .weightCountMismatch(weights: count, points: 5000))
    }
    #expect(error(weights: [-1]) == .invalidWeight(row: 0, weight: -1))
    guard case .memoryTooSmall(limit: 1000, let needed)? = error(memory: 1000) else {
      Issue.record("1,000 bytes suffice")
      return
    }
    #expect(error(memory: needed + 100_000) == nil)
  }
}

/// Rows computed on the fly: what a program outside of the package writes.
private struct Spiral: RewindableRowSource {
  typealias Scalar = Double
  let columns = 2
  let length: Int
  private var next = 0

  init(length: Int) { self.length = length }

  mutating func read(into rows: inout OutputSpan<Double>) {
    while next < length, rows.freeCapacity >= columns {
      let turn = Double(next) * 0.001
      rows.append(turn)
      rows.append(1 / (1 + turn))
      next += 1
    }
  }

  mutating func rewind() { next = 0 }
}

extension RereadingTests {
  @Test func `a source of rows that are computed`() throws {
    var spiral = Spiral(length: 100_000)
    let model = try KMeans(clusterCount: 8, seed: 3).fit(rereading: &spiral)
    #expect(model.clusterWeights.reduce(0, +) == 100_000)
    #expect(model.inertia > 0 && model.inertia.isFinite && model.iterations > 0)
    var none = Spiral(length: 0)
    #expect(throws: ClusteringError.noPoints) {
      _ = try KMeans(clusterCount: 8, seed: 3).fit(rereading: &none)
    }
  }
}
