// Manhattan distances in single precision rule out centroids, and never one that is the nearest.
import Clustering
import KMeansKernelTypes
import KMeansReference
import Testing

@Suite struct PairwiseFilterTests {
  /// Labels alone, of the filter, and those of all distances.
  private func check<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ centroids: Matrix<Double>, _ what: String
  ) {
    let (rows, centers) = (points.doubles, centroids.doubles)
    let expected = rows.map { row in
      let all = centers.map { Reference.manhattan(row, $0) }
      return Int32(all.firstIndex(of: all.min()!)!)
    }
    for isa in InstructionSet.available {
      let nearest = PairwiseCentroids<Scalar>(
        centroids, PairwiseDistance(.manhattan, instructionSet: isa))
      var labels = [Int32](repeating: -1, count: points.rows)
      labels.withUnsafeMutableBufferPointer { labels in
        points.withRows { rows in
          let pass = RowPass(WeightedRows(rows: rows), clusters: nearest.clusters, threads: 2)
          _ = pass.assign(
            nearest, into: Assignment(labels: labels.baseAddress!),
            reducing: EmptyReduction<Scalar>())
        }
      }
      #expect(labels == expected, "\(what) \(isa)")
    }
  }

  @Test(arguments: TestData.allCases)
  func `labels are those of all distances`(data: TestData) {
    for (d, k) in [(1, 16), (2, 40), (7, 17), (33, 64), (130, 19)] {
      let floats = data.points(75, d, seed: UInt64(d), of: Float.self)
      check(floats, try! Matrix(floats.picking(Array(0..<k)).doubles), "\(data) \(d) \(k)")
      let doubles = data.points(75, d, seed: UInt64(k), of: Double.self)
      check(doubles, doubles.picking((0..<k).map { 74 - $0 }), "\(data) \(d) \(k)")
    }
  }

  /// Differences that a float does not see, where the shift takes no digits, and far from it.
  @Test(arguments: [0.0, 1, 1e6, 1e12])
  func `distances that differ in their last digits are told apart`(offset: Double) {
    var random = TestRandom(UInt64(offset) &+ 3)
    for d in [1, 5, 24] {
      let base = (0..<d).map { _ in offset + random.bell() }
      let centers = (0..<32).map { number in
        base.map { $0 + Double(number % 5 - 2) * 1e-14 * max(1, $0.magnitude) }
      }
      let rows = (0..<50).map { _ in base.map { $0 + 1e-13 * random.bell() * $0.magnitude } }
      check(try! Matrix(rows), try! Matrix(centers), "\(offset) \(d)")
      check(
        try! Matrix(rows.map { $0.map { Float($0) } }), try! Matrix(centers), "\(offset) \(d)")
    }
  }

  /// Floats of these, or sums of them, are infinite or vanish.
  @Test func `values beyond single precision are compared as they are`() {
    var random = TestRandom(8)
    for scale in [0x1p-1060, 1e-45, 1e-38, 1e27, 1e38, 1e130] {
      let rows = (0..<60).map { row in
        (0..<9).map { _ in random.bell() * (row % 7 == 3 ? 1 : scale) }
      }
      let points = try! Matrix<Double>(rows)
      check(points, points.picking(Array(20..<50)), "\(scale)")
    }
  }

  @Test(arguments: InstructionSet.available)
  func `sums in single precision are those of a plain loop`(isa: InstructionSet) {
    let kernels = PairwiseKernels.compiled(for: isa)
    for d in [1, 2, 17, 64] {
      let points = TestData.noise.points(16, d, seed: 1, of: Float.self)
      let centers = TestData.noise.points(8, d, seed: 2, of: Float.self)
      let tile = (0..<d).flatMap { column in (0..<16).map { points[$0, column] } }
      let groups = [0, 4].flatMap { first in
        (0..<d).flatMap { column in (0..<4).map { centers[first + $0, column] } }
      }
      let slacks: [Float] = [0, 1, 0.5, 0, 2, 0, 0, .infinity]
      var sums = [Float](repeating: .nan, count: 8 * 16 + 1)
      var least = [Float](repeating: .infinity, count: 16)
      least[5] = 0.25
      kernels.floatDifferenceTile(tile, d, groups, 2, slacks, &sums, &least)
      for row in 0..<16 {
        let all = (0..<8).map { center in
          (0..<d).reduce(Float(0)) { $0 + (points[row, $1] - centers[center, $1]).magnitude }
        }
        for center in 0..<8 { #expect(sums[center * 16 + row] == all[center]) }
        let smallest = (0..<8).map { all[$0] + slacks[$0] }.min()!
        #expect(least[row] == (row == 5 ? min(0.25, smallest) : smallest))
      }
      #expect(sums.last!.isNaN)
    }
  }

  @Test(arguments: InstructionSet.available)
  func `centroids within the limit of a point are found`(isa: InstructionSet) {
    let kernels = PairwiseKernels.compiled(for: isa)
    var random = TestRandom(6)
    for count in [1, 5, 40] {
      let sums = (0..<count * 16).map { _ in Float(random.next() % 20) }
      let slacks = (0..<count).map { _ in Float(random.next() % 2) }
      let limits = (0..<16).map { _ in Float(random.next() % 4) }
      var found = [UInt64](repeating: .max, count: count + 1)
      let number = kernels.undecidedInTile(sums, count, slacks, limits, &found)
      let expected = (0..<count).compactMap { center -> UInt64? in
        let bits = (0..<16).reduce(0 as UInt64) { bits, row in
          sums[center * 16 + row] <= limits[row] + slacks[center] ? bits | 1 << row : bits
        }
        return bits == 0 ? nil : UInt64(center) << 16 | bits
      }
      #expect(Array(found[..<number]) == expected)
      #expect(found.last == .max)
    }
  }

  /// Else every row would be compared with every centroid twice.
  @Test func `hardly anything is left of noise`() throws {
    let points = TestData.noise.points(16, 64, seed: 1, of: Float.self)
    let centers = try Matrix(TestData.noise.points(256, 64, seed: 2, of: Float.self).doubles)
    let distance = PairwiseDistance(.manhattan)
    let filter = try #require(centers.withRows { PairwiseFilter($0, distance) })
    var tile = [Float](repeating: 0, count: 16 * 64)
    var errors = [Double](repeating: 0, count: 16)
    #expect(points.withRows { filter.turn($0, into: &tile, &errors) })
    var sums = [Float](repeating: 0, count: 16 * 256)
    var least = [Float](repeating: .infinity, count: 16)
    let kernels = PairwiseKernels.compiled(for: .best)
    kernels.floatDifferenceTile(
      tile, 64, filter.groups, filter.groupCount, filter.slacks, &sums, &least)
    let limits = (0..<16).map { filter.limit(least[$0], errors[$0]) }
    var found = [UInt64](repeating: 0, count: 256)
    let number = kernels.undecidedInTile(sums, 256, filter.slacks, limits, &found)
    #expect(found[..<number].reduce(0) { $0 + ($1 & 0xffff).nonzeroBitCount } == 16)
  }
}
