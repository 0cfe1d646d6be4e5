// The kernels of distances that are no squared Euclidean ones: the bits of their definitions, on
// every instruction set.
import Clustering
import KMeansCLibrary
import KMeansKernelTypes
import KMeansReference
import Testing

@Suite struct PairwiseKernelTests {
  private static let dimensions = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100]
  private static let kinds: [TestData] = [.noise, .integers, .offset, .outliers, .huge, .constant]

  @Test(arguments: InstructionSet.available)
  func `sums of two rows are those of their definitions`(isa: InstructionSet) {
    let kernels = PairwiseKernels.compiled(for: isa)
    for d in Self.dimensions {
      for data in Self.kinds {
        let rows = data.points(2, d, seed: UInt64(d), of: Double.self)
        let (a, b) = (rows.doubles[0], rows.doubles[1])
        expect(kernels.sumOfDifferences(a, b, d), Reference.manhattan(a, b), "\(data) \(d)")
        expect(kernels.largestDifference(a, b, d), Reference.chebyshev(a, b), "\(data) \(d)")
        expect(kernels.sumOfProducts(a, b, d), Reference.product(a, b), "\(data) \(d)")
        for p in 1...9 {
          expect(
            kernels.sumOfPowers(a, b, d, 1, p), Reference.sumOfPowers(a, b, p), "\(data) \(d) \(p)")
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `sums of a tile are those of two rows, bit for bit`(isa: InstructionSet) {
    let kernels = PairwiseKernels.compiled(for: isa)
    for d in Self.dimensions {
      let points = TestData.outliers.points(8, d, seed: UInt64(d), of: Double.self).doubles
      let centroids = TestData.noise.points(8, d, seed: 7, of: Double.self).doubles
      let order =
        d < 8
        ? Array(0..<d) : [0, 4, 2, 6, 1, 5, 3, 7].flatMap { Array(stride(from: $0, to: d, by: 8)) }
      let tile = order.flatMap { column in points.map { $0[column] } }
      let groups = [0, 4].flatMap { first in
        order.flatMap { column in centroids[first..<first + 4].map { $0[column] } }
      }
      check(Self.sums { kernels.differenceTile(tile, d, groups, 2, $0) }) {
        Reference.manhattan(points[$0], centroids[$1])
      }
      check(Self.sums { kernels.largestTile(tile, d, groups, 2, $0) }) {
        Reference.chebyshev(points[$0], centroids[$1])
      }
      check(Self.sums { kernels.productTile(tile, d, groups, 2, $0) }) {
        Reference.product(points[$0], centroids[$1])
      }
      for p in [2, 3, 4, 5, 7] {
        check(Self.sums { kernels.powerTile(tile, d, groups, 2, p, $0) }) {
          Reference.sumOfPowers(points[$0], centroids[$1], p)
        }
      }
    }
  }

  private static func sums(_ body: (UnsafeMutablePointer<Double>) -> Void) -> [Double] {
    var sums = [Double](repeating: .nan, count: 65)
    sums.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    return sums
  }

  private func check(_ sums: [Double], _ expected: (Int, Int) -> Double) {
    for centroid in 0..<8 {
      for row in 0..<8 {
        expect(sums[centroid * 8 + row], expected(row, centroid), "\(centroid) \(row)")
      }
    }
    // Nothing behind them is touched.
    #expect(sums[64].isNaN)
  }

  private func expect(_ found: Double, _ expected: Double, _ what: String) {
    #expect(found.bitPattern == expected.bitPattern, "\(what): \(found), expected \(expected)")
  }

  @Test(arguments: InstructionSet.available)
  func `the lowest of equal centroids is the nearest in a tile`(isa: InstructionSet) {
    let kernels = PairwiseKernels.compiled(for: isa)
    var random = TestRandom(5)
    for count in [1, 3, 8, 20] {
      let distances = (0..<count * 8).map { _ in Double(random.next() % 4) }
      var best = [Double](repeating: .infinity, count: 8)
      var labels = [Int64](repeating: 0, count: 8)
      best[3] = 0
      labels[3] = 99
      kernels.nearestInTile(distances, count, 100, &best, &labels)
      for lane in 0..<8 {
        let own = (0..<count).map { distances[$0 * 8 + lane] }
        let least = lane == 3 ? 0 : own.min()!
        #expect(best[lane] == least)
        #expect(labels[lane] == (lane == 3 ? 99 : Int64(100 + own.firstIndex(of: least)!)))
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `powers are those of the C library but for a few roundings`(isa: InstructionSet) {
    let kernels = PairwiseKernels.compiled(for: isa)
    var random = TestRandom(11)
    for _ in 0..<2000 {
      let x = Double.random(in: 0...1, using: &random)
      let y = Double.random(in: 1...40, using: &random)
      let (found, expected) = (kernels.powerOf(x, y), pow(x, y))
      #expect((found - expected).magnitude <= 8 * 0x1p-53, "\(x)^\(y)")
      let root = kernels.powerOf(1 + 1000 * x, 1 / y)
      let exact = pow(1 + 1000 * x, 1 / y)
      #expect((root - exact).magnitude <= exact * 120 * 0x1p-53, "root \(x) \(y)")
    }
    #expect(kernels.powerOf(1, 2.5) == 1)
    #expect(kernels.powerOf(0, 2.5) == 0)
    #expect(kernels.powerOf(1e-300, 2.5) == 0)
    #expect(kernels.powerOf(0.25, 0.5) == 0.5)
  }

  @Test func `powers have the same bits on every instruction set`() {
    var random = TestRandom(12)
    let rows = TestData.noise.points(2, 37, seed: 3, of: Double.self).doubles
    for _ in 0..<200 {
      let p = Double.random(in: 1...9, using: &random)
      let sums = InstructionSet.available.map { isa in
        PairwiseKernels.compiled(for: isa).sumOfRealPowers(rows[0], rows[1], 37, 9, p)
      }
      #expect(Set(sums.map(\.bitPattern)).count == 1)
    }
  }
}
