// Who is nearest by distances that are no squared Euclidean ones: the naive loop's labels and
// distances, bit for bit, whatever the blocks, threads and instruction sets.
import Clustering
import KMeansReference
import Testing

@Suite struct PairwiseCentroidsTests {
  static let measures: [PairwiseDistance.Measure] = [
    .manhattan, .chebyshev, .tanimoto, .minkowski(exponent: 2), .minkowski(exponent: 3),
    .minkowski(exponent: 5), .minkowski(exponent: 1.5), .minkowski(exponent: 80),
  ]

  /// Labels and distances by a plain loop.
  private static func naive(
    _ points: [[Double]], _ centroids: [[Double]], _ measure: PairwiseDistance.Measure
  ) -> (labels: [Int32], distances: [Double]) {
    let distance = PairwiseDistance(measure)
    var (labels, distances) = ([Int32](), [Double]())
    for point in points {
      var (label, least) = (0, Double.infinity)
      for (number, centroid) in centroids.enumerated() {
        let found: Double
        switch measure {
        case .manhattan: found = Reference.manhattan(point, centroid)
        case .chebyshev: found = Reference.chebyshev(point, centroid)
        case .tanimoto: found = Reference.tanimoto(point, centroid)
        case .minkowski: found = distance(point, centroid, point.count)
        }
        if found < least { (label, least) = (number, found) }
      }
      labels.append(Int32(label))
      distances.append(least)
    }
    return (labels, distances)
  }

  private static func assign<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ nearest: PairwiseCentroids<Scalar>, threads: Int = 2,
    blockRows: Int? = nil
  ) -> (labels: [Int32], distances: [Double]) {
    var labels = [Int32](repeating: -1, count: points.rows)
    var distances = [Double](repeating: .nan, count: points.rows)
    labels.withUnsafeMutableBufferPointer { labels in
      distances.withUnsafeMutableBufferPointer { distances in
        points.withRows { rows in
          let pass = RowPass(
            WeightedRows(rows: rows), clusters: nearest.clusters, threads: threads,
            blockRows: blockRows)
          let (_, counts) = pass.assign(
            nearest,
            into: Assignment(labels: labels.baseAddress!, distances: distances.baseAddress!),
            reducing: EmptyReduction<Scalar>())
          #expect(counts.rows == rows.count)
          #expect(counts.moved == rows.count)
        }
      }
    }
    return (labels, distances)
  }

  private static func centroids<Scalar: ClusteringScalar>(
    _ data: TestData, _ count: Int, _ columns: Int, of type: Scalar.Type
  ) -> Matrix<Double> {
    let rows = data.points(count, columns, seed: 77, of: type).doubles
    // Twins, so that ties are there.
    return try! Matrix(rows.indices.map { $0 % 5 == 4 ? rows[$0 - 1] : rows[$0] })
  }

  @Test(arguments: measures)
  func `labels and distances are those of a plain loop`(measure: PairwiseDistance.Measure) {
    check(Float.self)
    check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) {
      for (d, k) in [(1, 1), (2, 3), (3, 4), (7, 5), (8, 9), (9, 70), (16, 33), (64, 6), (200, 21)]
      {
        for data in [TestData.noise, .integers, .duplicates, .offset, .outliers, .huge] {
          let points = data.points(61, d, seed: UInt64(d + k), of: type)
          let centroids = Self.centroids(data, k, d, of: type)
          let expected = Self.naive(points.doubles, centroids.doubles, measure)
          for isa in InstructionSet.available {
            let nearest = PairwiseCentroids<Scalar>(
              centroids, PairwiseDistance(measure, instructionSet: isa))
            let found = Self.assign(points, nearest)
            #expect(found.labels == expected.labels, "\(data) \(d) \(k) \(isa)")
            #expect(
              found.distances.map(\.bitPattern) == expected.distances.map(\.bitPattern),
              "\(data) \(d) \(k) \(isa)")
          }
        }
      }
    }
  }

  @Test(arguments: measures)
  func `blocks and threads change nothing`(measure: PairwiseDistance.Measure) {
    let points = TestData.noise.points(3000, 19, seed: 2, of: Float.self)
    let centroids = Self.centroids(.noise, 40, 19, of: Float.self)
    let nearest = PairwiseCentroids<Float>(centroids, PairwiseDistance(measure))
    let first = Self.assign(points, nearest, threads: 1)
    for (threads, blockRows) in [(2, 1), (3, 7), (1, 1000), (4, 256)] {
      let other = Self.assign(points, nearest, threads: threads, blockRows: blockRows)
      #expect(other.labels == first.labels)
      #expect(other.distances == first.distances)
    }
  }

  @Test(arguments: measures)
  func `the second nearest is the nearest of the others`(measure: PairwiseDistance.Measure) {
    let points = TestData.integers.points(50, 6, seed: 3, of: Double.self)
    for k in [1, 2, 9] {
      let centroids = Self.centroids(.integers, k, 6, of: Double.self)
      let nearest = PairwiseCentroids<Double>(centroids, PairwiseDistance(measure))
      var (labels, second) = ([Int32](repeating: -1, count: 50), [Int32](repeating: -1, count: 50))
      var distances = [Double](repeating: .nan, count: 50)
      points.withRows { rows in
        labels.withUnsafeMutableBufferPointer { labels in
          second.withUnsafeMutableBufferPointer { second in
            distances.withUnsafeMutableBufferPointer { distances in
              _ = nearest.assign(
                rows, scratch: nearest.makeScratch(rows: 50),
                into: Assignment(
                  labels: labels.baseAddress!, secondLabels: second.baseAddress!,
                  secondDistances: distances.baseAddress!), ahead: nil)
            }
          }
        }
      }
      let (rows, centers) = (points.doubles, centroids.doubles)
      for row in 0..<50 {
        let all = centers.map { PairwiseDistance(measure)(rows[row], $0, 6) }
        let best = all.firstIndex(of: all.min()!)!
        var others = all
        others[best] = .infinity
        #expect(labels[row] == Int32(best))
        #expect(distances[row] == others.min()!)
        #expect(second[row] == (k == 1 ? -1 : Int32(others.firstIndex(of: others.min()!)!)))
      }
    }
  }

  @Test func `rows and centroids that nearly vanish are compared by Tanimoto, too`() {
    let tiny = 0x1p-600
    let rows = try! Matrix<Double>([[0, 0], [tiny, 0], [tiny, tiny], [1, 0], [0, 2]])
    let centroids = try! Matrix<Double>([[1, 1], [tiny, 2 * tiny], [0, 0]])
    let expected = rows.doubles.map { row -> Int32 in
      let all = centroids.doubles.map { PairwiseDistance(.tanimoto)(row, $0, 2) }
      return Int32(all.firstIndex(of: all.min()!)!)
    }
    #expect(expected == [2, 1, 1, 0, 0])
    let nearest = PairwiseCentroids<Double>(centroids, PairwiseDistance(.tanimoto))
    #expect(Self.assign(rows, nearest).labels == expected)
  }

  @Test func `one column by Manhattan is a search among sorted centroids`() {
    let points = TestData.noise.points(500, 1, seed: 4, of: Double.self)
    let centroids = TestData.noise.points(30, 1, seed: 5, of: Double.self)
    let order = (0..<30).sorted { centroids[$0, 0] < centroids[$1, 0] }
    let expected = (0..<500).map { row -> Int32 in
      let value = points[row, 0]
      let after = order.firstIndex { centroids[$0, 0] >= value } ?? 29
      let before = max(0, after - 1)
      let isBefore = value - centroids[order[before], 0] < centroids[order[after], 0] - value
      return Int32(order[isBefore || before == after ? before : after])
    }
    let nearest = PairwiseCentroids<Double>(centroids, PairwiseDistance(.manhattan))
    let found = Self.assign(points, nearest).labels
    #expect(zip(found, expected).count { $0 != $1 } == 0)
  }

  @Test(arguments: measures)
  func `a search within a radius finds what is nearer`(measure: PairwiseDistance.Measure) {
    let points = TestData.noise.points(20, 5, seed: 6, of: Float.self)
    let centroids = Self.centroids(.noise, 12, 5, of: Float.self)
    let distance = PairwiseDistance(measure)
    let nearest = PairwiseCentroids<Float>(centroids, distance)
    let radii = (0..<20).map { 0.2 + 0.3 * Double($0) }
    var found: Set<[Int]> = []
    points.withRows { rows in
      nearest.rangeSearch(
        ListedRows(rows), squaredRadii: radii, scratch: nearest.makeScratch(rows: 20)
      ) { row, cluster, _ in found.insert([row, cluster]) }
    }
    var expected: Set<[Int]> = []
    let (rows, centers) = (points.doubles, centroids.doubles)
    for row in 0..<20 {
      for cluster in 0..<12 where cluster % 5 != 4 {
        let own = distance(rows[row], centers[cluster], 5)
        if own * own < radii[row] { expected.insert([row, cluster]) }
      }
    }
    #expect(found == expected)
    #expect(!found.isEmpty)
  }
}
