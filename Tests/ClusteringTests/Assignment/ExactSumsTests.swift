// Sums that are never rounded, against whole numbers of 128 bits.
import Clustering
import KMeansKernelTypes
import Testing

@Suite struct ExactSumsTests {
  /// Values that put the most into a sum: large ones of one sign, whose sum needs every bit above,
  /// among small ones of every size, which need every bit below.
  private func values(_ count: Int, from least: Int, below most: Int, seed: UInt64) -> [Float] {
    var random = TestRandom(seed)
    return (0..<count).map { index in
      let exponent =
        switch index % 3 {
        case 0: most - 1
        case 1: least
        default: Int.random(in: least..<most, using: &random)
        }
      let bits = UInt32.random(in: 0..<1 << 23, using: &random) | 1
      let value = Float(sign: .plus, exponent: exponent, significand: 1 + Float(bits) * 0x1p-23)
      return index % 3 == 0 ? value : Bool.random(using: &random) ? value : -value
    }
  }

  private func range(_ values: [Float]) -> ValueRange {
    var range = ValueRange()
    range.largest = values.map { Double($0.magnitude) }.max() ?? 0
    range.smallest = values.filter { $0 != 0 }.map { Double($0.magnitude) }.min() ?? .infinity
    return range
  }

  /// A value as a multiple of 2^exponent.
  private func whole(_ value: Double, _ exponent: Int) -> Int128 {
    Int128(exactly: value * Double(sign: .plus, exponent: -exponent, significand: 1))!
  }

  @Test(arguments: InstructionSet.available) func `nothing is rounded`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      for (count, d) in [(7, 1), (8, 9), (64, 16), (1000, 3), (1024, 7)] {
        let p = Int.bitWidth - (count - 1).leadingZeroBitCount
        // As far apart as they may be: the smallest one's last bit is that of the bound.
        let (most, least) = (5, 5 + 2 * p - 107 + 23)
        let columns = (0..<d).map { values(count, from: least, below: most, seed: UInt64($0)) }
        let exact = ExactSums(range(columns.flatMap { $0 }), rows: count)!
        let rows = (0..<count).map { row in columns.map { Scalar($0[row]) } }
        let width = (d + 7) / 8 * 8
        var (sum, rest) = (
          [Double](repeating: 0, count: width), [Double](repeating: 0, count: width)
        )
        func add(_ row: Int, _ sign: Double) {
          kernels.addExactly(rows[row], d, sign, exact.splitter, &sum, &rest, rows[row])
        }
        func expectSums(of rows: Range<Int>) {
          for column in 0..<d {
            let expected = rows.reduce(Int128(0)) {
              $0 + whole(Double(columns[column][$1]), least - 23)
            }
            let found = whole(sum[column], least - 23) + whole(rest[column], least - 23)
            #expect(found == expected, "\(rows) of \(count) x \(d), column \(column)")
          }
          #expect(sum[d...].allSatisfy { $0 == 0 } && rest[d...].allSatisfy { $0 == 0 })
        }
        for row in (0..<count).reversed() { add(row, 1) }
        expectSums(of: 0..<count)
        for row in count / 2..<count { add(row, -1) }
        expectSums(of: 0..<count / 2)
      }
    }
  }

  @Test(arguments: InstructionSet.available) func `rows move`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      var random = TestRandom(5)
      for (count, d, k) in [(1, 1, 2), (30, 3, 2), (50, 6, 5), (64, 8, 7), (100, 23, 9)] {
        // Whole numbers, and what a sum of multiples of 4 leaves of them.
        let rowStride = d + 2
        let rows = (0..<count * rowStride).map { _ in Scalar(Int.random(in: -9...9, using: &random))
        }
        let numbers = (0..<count).map { Int32($0) }.shuffled(using: &random)
        let to = (0..<count).map { _ in Int32.random(in: 0..<Int32(k), using: &random) }
        let from = to.map { ($0 + Int32.random(in: 1..<Int32(k), using: &random)) % Int32(k) }
          .enumerated().map { $0.offset % 3 == 0 ? -1 : $0.element }
        let stride = (d + 2 + 7) / 8 * 8
        var sums = (0..<2 * k * stride).map { Double($0 % stride < d ? 4 * ($0 % 5) : 7) }
        var expected = sums
        for place in 0..<count {
          for (cluster, sign) in [(Int(from[place]), -1.0), (Int(to[place]), 1)] where cluster >= 0
          {
            let sum = cluster * stride
            for column in 0..<d {
              let value = Double(rows[Int(numbers[place]) * rowStride + column])
              let multiple = (value / 4).rounded(.toNearestOrEven) * 4
              expected[sum + column] += sign * multiple
              expected[k * stride + sum + column] += sign * (value - multiple)
            }
            expected[sum + stride - 2] += sign
            expected[sum + stride - 1] += sign
          }
        }
        kernels.moveExactly(
          rows, rowStride, numbers, from, to, count, d, 0x1.8p54, &sums, stride, k * stride)
        #expect(sums == expected, "\(count) x \(d), \(k) clusters")
      }
    }
  }

  @Test func `what cannot be exact is refused`() {
    for count in [8, 100, 117_659, 1 << 20] {
      let p = Int.bitWidth - (count - 1).leadingZeroBitCount
      var range = ValueRange()
      range.largest = 0x1.fp4
      range.smallest = Double(sign: .plus, exponent: 5 + 2 * p - 107 + 23, significand: 1)
      let exact = ExactSums(range, rows: count)
      #expect(exact?.splitter == Double(sign: .plus, exponent: 4 + p, significand: 1.5))
      var smaller = range
      smaller.smallest = range.smallest.nextDown
      #expect(ExactSums(smaller, rows: count) == nil)
      var larger = range
      larger.largest = 0x1p5
      #expect(ExactSums(larger, rows: count) == nil)
      var doubles = range
      doubles.areFloats = false
      #expect(ExactSums(doubles, rows: count) == nil)
    }
    #expect(ExactSums(ValueRange(), rows: 10) != nil, "zeros")
  }

  /// Rows whose large values take each other away: sums in Double lose most of what is left.
  private func rows(_ n: Int, _ d: Int, clusters: Int) -> (points: Matrix<Float>, starts: [[Float]])
  {
    var random = TestRandom(8)
    let points = (0..<n).map { row in
      (0..<d).map { column in
        if column == 0 { return Float(row % clusters) * 0x1p20 }
        let sign: Float = row / clusters % 2 == 0 ? 1 : -1
        return column % 2 == 0
          ? Float(random.bell() * 0x1p-12) : sign * 0x1p14 + Float(random.bell() * 0x1p-6)
      }
    }
    return (try! Matrix(points), (0..<clusters).map { points[$0].map { $0 * 1.0001 } })
  }

  @Test func `means are rounded once`() throws {
    let (n, d, clusters) = (1500, 160, 130)
    let (points, starts) = rows(n, d, clusters: clusters)
    var kmeans = KMeans(clusterCount: clusters, seed: 0)
    kmeans.maxIterations = 1
    kmeans.tolerance = 0
    for strategy in Execution.Strategy.allCases where strategy.isAvailable(on: .best) {
      kmeans.execution.strategy = strategy
      for threads in [1, 2, 3] {
        kmeans.execution.threads = threads
        let found = try kmeans.fit(points.view, from: Matrix(starts)).model.centroids
        var wrong = 0
        for cluster in 0..<clusters {
          for column in 0..<d {
            let members = stride(from: cluster, to: n, by: clusters)
            let sum = members.reduce(Int128(0)) { $0 + whole(Double(points[$1, column]), -90) }
            let mean = Double(sum) * 0x1p-90 / Double(members.underestimatedCount)
            if found[cluster, column] != Float(mean) { wrong += 1 }
          }
        }
        #expect(wrong == 0, "\(strategy), \(threads) threads")
      }
    }
  }
}
