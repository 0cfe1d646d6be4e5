// The seeds are, bit for bit, those of the naive way to draw them.
import Clustering
import Testing

@Suite struct SeedingReferenceTests {
  private static let kinds: [TestData] = [.noise, .integers, .outliers, .tightClusters, .offset]

  @Test(arguments: kinds)
  func `seeds are those of the naive way`(kind: TestData) throws {
    try check(kind.points(1500, 9, seed: 4, of: Float.self), k: 40, seed: 1)
    // In two columns there are only 25 different points of integers.
    let columns = kind == .integers ? 5 : 2
    try check(kind.points(700, columns, seed: 5, of: Double.self), k: 64, seed: 2)
  }

  private func check<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, k: Int, seed: UInt64
  ) throws {
    var random = TestRandom(seed)
    let weights = (0..<points.rows).map { _ in Double(Int.random(in: 0..<4, using: &random)) }
    for weights in [nil, weights] {
      var naive = NaiveSeeding(points.doubles, weights: weights, seed: seed)
      let plain = points.picking(naive.plain(k))
      var naiveGreedy = NaiveSeeding(points.doubles, weights: weights, seed: seed)
      let greedy = points.picking(naiveGreedy.greedy(k, candidates: k == 64 ? 6 : 5))
      #expect(naive.refused > 0 && naiveGreedy.refused > 0)
      for isa in InstructionSet.available {
        for threads in [1, 3] {
          var kmeans = KMeans(clusterCount: k, seed: seed)
          kmeans.execution.threads = threads
          kmeans.execution.instructionSet = isa
          kmeans.initialization = .kMeansPlusPlus
          let foundPlain = try kmeans.initialCentroids(points.view, weights: weights?.span)
          #expect(foundPlain.centroids == plain)
          #expect(foundPlain.seeding.refused == naive.refused)
          kmeans.initialization = .greedy
          let foundGreedy = try kmeans.initialCentroids(points.view, weights: weights?.span)
          #expect(foundGreedy.centroids == greedy)
          #expect(foundGreedy.seeding.refused == naiveGreedy.refused)
        }
      }
    }
  }

  /// Seeding knows the nearest seed of each point; a fit that starts from the same centroids
  /// without that knowledge is the same.
  @Test(arguments: [CentroidInitialization.kMeansPlusPlus, .greedy])
  func `the first assignment comes with the seeds`(initialization: CentroidInitialization) throws {
    for kind in TestData.allCases {
      let points = kind.points(1300, 5, seed: 8, of: Float.self)
      var kmeans = KMeans(clusterCount: 12, seed: 3)
      kmeans.initialization = initialization
      kmeans.maxIterations = 4
      let start = try kmeans.initialCentroids(points.view).centroids
      let (seeded, given) = (try kmeans.fit(points.view), try kmeans.fit(points.view, from: start))
      #expect(seeded.model == given.model, "\(kind)")
      #expect(seeded.labels == given.labels)
      #expect(seeded.history.map(\.inertia) == given.history.map(\.inertia))
      #expect(seeded.history.map(\.moved) == given.history.map(\.moved))
    }
  }

  /// A list of captures adds up to the bits of a pass over stripes of 1,024 rows: small gains of a
  /// later stripe are not lost in the sum of the earlier ones.
  @Test func `gains are summed stripe by stripe`() {
    var gain = Gain()
    gain.add(1, row: 5)
    gain.add(0x1p-53, row: 1024)
    gain.add(0x1p-53, row: 2047)
    #expect(gain.total == 1 + 0x1p-52)
    gain.add(0x1p-53, row: 2048)
    #expect(gain.total == 1 + 0x1p-52 + 0x1p-53)
  }

  @Test func `passes are counted`() throws {
    let points = TestData.noise.points(5000, 16, seed: 1, of: Float.self)
    var kmeans = KMeans(clusterCount: 300, seed: 3)
    kmeans.initialization = .kMeansPlusPlus
    let plain = try kmeans.fit(points.view).seeding
    #expect(
      plain.passes == 1 && plain.rounds < 12 && plain.drawn == 300 + plain.refused + surplus(plain))
    kmeans.initialization = .greedy
    let greedy = try kmeans.fit(points.view).seeding
    #expect(greedy.passes > 6 && greedy.passes < 9 && greedy.rounds < 30)
    kmeans.initialization = .randomRows
    #expect(try kmeans.fit(points.view).seeding == SeedingReport())
  }

  /// Rows that were drawn and not needed any more.
  private func surplus(_ seeding: SeedingReport) -> Int {
    let surplus = seeding.drawn - seeding.refused - 300
    return surplus >= 0 && surplus < 300 ? surplus : -1
  }
}
