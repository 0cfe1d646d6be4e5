// Labels of the strategy `filtered`: those of every other one, on data made to break its bounds.
import Clustering
import KMeansReference
import Testing

/// Data for which bytes are a bad idea.
enum HardData: String, CaseIterable, Sendable {
  case farTightClusters, outlierColumn, offset, constantRows, mixedScales, tiny, huge, duplicates,
    ramps, hugeColumn

  func points<Scalar: ClusteringScalar>(
    _ rows: Int, _ columns: Int, seed: UInt64, of type: Scalar.Type
  ) -> Matrix<Scalar> {
    var random = TestRandom(seed)
    let values = (0..<rows).map { row -> [Scalar] in
      let cluster = Double(random.next() % 5)
      let scale = Double(sign: .plus, exponent: Int(random.next() % 60) - 30, significand: 1)
      let same = Double(random.next() % 3)
      return (0..<columns).map { column in
        let bell = random.bell()
        return switch self {
        case .farTightClusters: Scalar(cluster * 1e4 + bell * 1e-3)
        case .outlierColumn: Scalar(column == 0 ? bell * 1e5 : bell)
        case .offset: Scalar(100 + bell)
        case .constantRows: Scalar(same)
        case .mixedScales: Scalar(bell * scale)
        case .tiny: Scalar(bell * 1e-28)
        case .huge: Scalar(bell * 1e14)
        case .duplicates: Scalar(Double((row % 7) * (column + 1) % 5))
        case .hugeColumn: Scalar(column == 0 ? (cluster < 2 ? 1e6 : -1e6) : bell)
        case .ramps: Scalar(Double(column) * cluster + bell * 0.01)
        }
      }
    }
    return try! Matrix(values)
  }
}

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct FilteredLabelTests {
  @Test func `auto takes the filter where it pays`() {
    func auto<Scalar: ClusteringScalar>(
      _ d: Int, _ k: Int, _ type: Scalar.Type, on set: InstructionSet = .v4vnni
    ) -> Execution.Strategy {
      Execution.Strategy.auto.resolved(columns: d, clusters: k, of: type, on: set)
    }
    #expect(auto(256, 512, Float.self) == .filtered)
    #expect(auto(256, 512, Float.self, on: .v4) == .fused)
    #expect(auto(100_000, 512, Float.self) == .fused)
    #expect(auto(38, 100, Float.self) == .fused)
    #expect(auto(3, 1024, Float.self) == .fused)
    // Doubles take longer, bytes of them do not; but bounds leave out most of few columns.
    #expect(auto(38, 100, Double.self) == .fused)
    #expect(auto(128, 100, Double.self) == .filtered)
    #expect(auto(38, 64, Double.self) == .fused)
    #expect(auto(3, 1024, Double.self) == .fused)
  }

  @Test(arguments: HardData.allCases, [1, 2])
  func `the labels are those of the reference`(data: HardData, round: Int) {
    for (d, k) in [(1, 3), (3, 40), (16, 7), (50, 70), (64, 1), (130, 25)] {
      check(data, 150, d, k, UInt64(round * 1000 + d), Float.self)
      check(data, 90, d, k, UInt64(round * 1000 + d), Double.self)
    }
  }

  private func check<Scalar: ClusteringScalar>(
    _ data: HardData, _ n: Int, _ d: Int, _ k: Int, _ seed: UInt64, _ type: Scalar.Type
  ) {
    let points = data.points(n, d, seed: seed, of: type)
    // Rows themselves and means of two: ties, zeros, duplicates.
    var random = TestRandom(seed)
    let centroids = try! Matrix(
      (0..<k).map { index -> [Scalar] in
        let (a, b) = (Int(random.next() % UInt64(n)), Int(random.next() % UInt64(n)))
        return (0..<d).map { column in
          index % 2 == 0 ? points[a, column] : points[a, column] / 2 + points[b, column] / 2
        }
      })
    let expected = Reference.assignClusters(points.doubles, centroids.doubles)
    let found = assign(points, to: centroids, strategy: .filtered)
    #expect(found.labels.map(Int.init) == expected, "\(data) n=\(n) d=\(d) k=\(k) \(type)")
    // From known labels, right or wrong.
    for known in [expected.map { Int32($0) }, expected.map { Int32(($0 * 7 + 3) % k) }] {
      let again = assignKnown(points, to: centroids, known)
      #expect(again.labels.map(Int.init) == expected, "known, \(data) n=\(n) d=\(d) k=\(k) \(type)")
      #expect(again.moved == zip(known, expected).filter { Int($0) != $1 }.count)
      let distances = zip(expected, points.doubles).map {
        Reference.squaredDistance($1, centroids.doubles[$0])
      }
      #expect(again.distances == distances)
    }
  }

  private func assignKnown<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, to centroids: Matrix<Scalar>, _ known: [Int32]
  ) -> (labels: [Int32], distances: [Double], moved: Int) {
    var labels = known
    var distances = [Double](repeating: -1, count: known.count)
    let moved = points.withRows { rows in
      let nearest = NearestCentroids(
        centroids, centering: Centering(medianOf: rows), strategy: .filtered)
      let result = Assignment(labels: &labels, labelsAreKnown: true, distances: &distances)
      return nearest.assign(
        rows, scratch: nearest.makeScratch(rows: rows.count), into: result, ahead: nil
      ).moved
    }
    return (labels, distances, moved)
  }

  /// More groups than the first stage scores: the others are filtered by what it found.
  @Test func `many centroids`() {
    let points = TestData.noise.points(40, 6, seed: 1, of: Float.self)
    let centroids = TestData.noise.points(2500, 6, seed: 2, of: Float.self)
    let found = assign(points, to: centroids, strategy: .filtered)
    #expect(
      found.labels.map(Int.init) == Reference.assignClusters(points.doubles, centroids.doubles))
  }

  @Test func `what is left to fused is counted`() {
    // One column of 1e6 hides all others from a byte: hundreds of candidates a point.
    let points = HardData.hugeColumn.points(512, 64, seed: 4, of: Float.self)
    let centroids = HardData.hugeColumn.points(300, 64, seed: 5, of: Float.self)
    let found = assign(points, to: centroids, strategy: .filtered)
    #expect(found.counts.unfiltered > 0)
    #expect(found.counts.compared > 0)
    let noise = TestData.noise.points(512, 64, seed: 4, of: Float.self)
    let other = TestData.noise.points(300, 64, seed: 5, of: Float.self)
    let filtered = assign(noise, to: other, strategy: .filtered)
    #expect(filtered.counts.unfiltered == 0)
    #expect(filtered.counts.compared == 512 * 300)
    #expect(filtered.counts.candidates < 8 * 512)
  }
}
