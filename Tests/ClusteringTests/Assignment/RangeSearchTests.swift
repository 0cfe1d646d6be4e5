// All pairs within a radius, of every strategy and instruction set, against a plain loop.
import Clustering
import KMeansKernelTypes
import KMeansReference
import Testing

private let dimensions = [1, 2, 3, 8, 16, 17, 64, 65, 130]

@Suite struct RangeSearchTests {
  /// Whole numbers: every score is exact, and many are the threshold itself.
  @Test(arguments: InstructionSet.available)
  func `masks say which scores are not above a threshold`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa).fused
      let rows = kernels.tileRows
      var random = TestRandom(4)
      for k in [1, 5, 6, 7, 13, 48, 49, 61] {
        for d in dimensions {
          let points = (0..<rows).map { _ in (0..<d).map { _ in Scalar(Int(random.next() % 3)) } }
          let centroids = (0..<k).map { _ in (0..<d).map { _ in Scalar(Int(random.next() % 3)) } }
          var low = (0..<(k + 5) / 6 * 6).map { $0 < k ? Scalar(d / 2) : .infinity }
          if k > 5 { low[k / 2] = .infinity }
          var thresholds = (0..<rows).map { _ in Scalar(Int(random.next() % 5)) - Scalar(d / 2) }
          thresholds[0] = .infinity
          thresholds[rows - 1] = -.greatestFiniteMagnitude
          let tile = (0..<d).flatMap { column in points.map { $0[column] } }
          var masks = [UInt64](repeating: .max, count: low.count + 1)
          var sums = [Scalar](repeating: .nan, count: 48 * rows)
          kernels.rangeSearch(
            tile, d, fusedGroups(centroids), low.count / 6, low, thresholds, &masks, &sums)
          for number in low.indices {
            let bits = points.indices.filter { row in
              let centroid = number < k ? centroids[number] : Array(repeating: 0, count: d)
              let score = zip(points[row], centroid).reduce(low[number]) { $0 - $1.0 * $1.1 }
              return score <= thresholds[row]
            }
            let expected = bits.reduce(0 as UInt64) { $0 | 1 << UInt64($1) }
            #expect(masks[number] == expected, "k=\(k) d=\(d) \(number)")
          }
          #expect(masks[low.count] == .max)
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `a threshold of infinity finds scores that are no numbers`(isa: InstructionSet) {
    let kernels = KernelSet<Float>.compiled(for: isa).fused
    let rows = kernels.tileRows
    let tile = [Float](repeating: .greatestFiniteMagnitude, count: 2 * rows)
    var groups = [Float](repeating: 0, count: 12)
    (groups[0], groups[6]) = (.greatestFiniteMagnitude, -.greatestFiniteMagnitude)
    var (masks, sums) = ([UInt64](repeating: 0, count: 6), [Float](repeating: 0, count: 48 * rows))
    let thresholds = (0..<rows).map { $0 % 2 == 0 ? Float.infinity : 1 }
    kernels.rangeSearch(
      tile, 2, groups, 1, Array(repeating: 0, count: 6), thresholds, &masks, &sums)
    var even: UInt64 = 0
    for row in stride(from: 0, to: rows, by: 2) { even |= 1 << UInt64(row) }
    #expect(masks[0] & even == even)
  }

  @Test(arguments: InstructionSet.available, TestData.allCases)
  func `all pairs within the radii are found, by every strategy`(
    isa: InstructionSet, data: TestData
  ) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      for (n, d, k) in [(1, 1, 1), (70, 3, 9), (130, 17, 50), (65, 70, 7)] {
        let points: Matrix<Scalar> = data.points(n, d, seed: 3)
        var some = data.points(k, d, seed: 8, of: type)
        if k > 4 { some = some.picking(Array(0..<k - 2) + [0, 1]) }
        let (rows, centroids) = (points.doubles, some.doubles)
        let distances = rows.map { row in
          centroids.map { Reference.squaredDistance(row, $0) }
        }
        // Some radii are distances themselves, which are not within.
        let radii = distances.enumerated().map { row, all in
          row % 5 == 4 ? .infinity : all.sorted()[row % all.count] * (row % 2 == 0 ? 1 : 1.5)
        }
        let expected = distances.indices.flatMap { row in
          centroids.indices.compactMap { number -> Pair? in
            guard centroids.firstIndex(of: centroids[number]) == number else { return nil }
            let distance = distances[row][number]
            return distance < radii[row] ? Pair(number, row, distance) : nil
          }
        }
        for strategy in Execution.Strategy.working(on: isa) {
          let found = pairs(points, some, radii, strategy, isa)
          #expect(found.sorted() == expected.sorted(), "\(data) \(n) x \(d), k=\(k) \(strategy)")
          for number in centroids.indices {
            let own = found.filter { $0.centroid == number }.map(\.row)
            #expect(own == own.sorted())
          }
          let list = (0..<n).filter { $0 % 3 != 1 }
          let some = pairs(points, some, radii, strategy, isa, list: list.map { Int32($0) })
          #expect(some.sorted() == found.filter { $0.row % 3 != 1 }.sorted())
        }
      }
    }
  }

  private struct Pair: Comparable {
    let centroid: Int
    let row: Int
    let bits: UInt64

    init(_ centroid: Int, _ row: Int, _ distance: Double) {
      (self.centroid, self.row, bits) = (centroid, row, distance.bitPattern)
    }

    static func < (one: Pair, other: Pair) -> Bool {
      (one.centroid, one.row) < (other.centroid, other.row)
    }
  }

  private func pairs<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ centroids: Matrix<Scalar>, _ radii: [Double],
    _ strategy: Execution.Strategy,
    _ isa: InstructionSet, list: [Int32] = []
  ) -> [Pair] {
    let nearest = NearestCentroids(
      centroids, centering: points.withRows { Centering(medianOf: $0) }, strategy: strategy,
      instructionSet: isa)
    var found: [Pair] = []
    points.withRows { rows in
      nearest.rangeSearch(
        list.isEmpty ? ListedRows(rows) : ListedRows(rows, list, count: list.count),
        squaredRadii: radii, scratch: nearest.makeScratch(rows: rows.count)
      ) { found.append(Pair($1, $0, $2)) }
    }
    return found
  }
}
