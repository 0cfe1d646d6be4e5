// The kernels of optimal intervals, of every instruction set, against plain loops and whole
// numbers.
import Clustering
import KMeansKernelTypes
import Testing

@Suite struct IntervalKernelTests {
  /// Sums before each place, of values that are whole numbers and weigh 1; each as a double and the
  /// rest of it.
  private struct Sums {
    let values: [Int]
    let stride: Int
    var sums: [Double] = []
    var costs: [Double] = []

    init(_ count: Int, _ random: inout TestRandom, most: Int) {
      values = (0..<count).map { _ in Int.random(in: -most...most, using: &random) }.sorted()
      stride = count + 3
      for power in [2, 1, 0] {
        let before = (0...count).map { place in
          values[..<place].reduce(Int128(0)) { sum, value in
            sum + (0..<power).reduce(1) { product, _ in product * Int128(value) }
          }
        }
        let padding = [Double](repeating: 0, count: stride - count - 1)
        sums += before.map { Double($0) } + padding
        sums += before.map { Double($0 - Int128(Double($0))) } + padding
      }
      costs = (0..<2 * stride).map { $0 < stride ? Double($0 * $0) : 0 }
    }

    func total(_ start: Int, _ end: Int) -> Double {
      let part = { (number: Int) in sums[number * stride + end] - sums[number * stride + start] }
      let (q, s, w) = (part(0), part(2), part(4))
      return costs[start] + (q - s * (s / w))
    }
  }

  @Test(arguments: InstructionSet.available)
  func `the cheapest start is that of a plain loop`(isa: InstructionSet) {
    var random = TestRandom(3)
    let kernels = KernelSet<Double>.compiled(for: isa)
    for count in [1, 2, 7, 8, 9, 15, 16, 17, 40, 65] {
      for most in [3, 1000, 1 << 28] {
        let sums = Sums(count, &random, most: most)
        for first in 0..<min(count, 4) {
          let expected = (first..<count).map { sums.total($0, count) }
          let order = expected.indices.sorted { (expected[$0], $0) < (expected[$1], $1) }
          var values = [0.0, 0, -1]
          let found = kernels.cheapestStart(
            sums.sums, sums.stride, sums.costs, first, count - first, count, &values)
          #expect(found == first + order[0])
          #expect(values[0] == expected[order[0]])
          #expect(values[1] == (order.count > 1 ? expected[order[1]] : .infinity))
          #expect(values[2] == -1)
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `the cheapest starts of eight ends are those of each`(isa: InstructionSet) {
    var random = TestRandom(4)
    let kernels = KernelSet<Double>.compiled(for: isa)
    for count in [8, 9, 12, 30] {
      let sums = Sums(count, &random, most: 1000)
      for end in 1...count - 7 {
        for first in 0..<end {
          let starts = end + 6 - first
          var found = [Int32](repeating: -1, count: 8)
          var values = [Double](repeating: 0, count: 16)
          kernels.cheapestStarts(
            sums.sums, sums.stride, sums.costs, first, starts + 1, end, &found, &values)
          for lane in 0..<8 {
            let expected = (first..<end + lane).map { sums.total($0, end + lane) }
            let order = expected.indices.sorted { (expected[$0], $0) < (expected[$1], $1) }
            #expect(Int(found[lane]) == first + order[0])
            #expect(values[lane] == expected[order[0]])
            #expect(values[lane + 8] == (order.count > 1 ? expected[order[1]] : .infinity))
          }
        }
      }
    }
  }

  /// Intervals of 1, 2, 4 values and so on: their costs have so few digits that none is lost.
  @Test(arguments: InstructionSet.available)
  func `costs have twice the digits of a double`(isa: InstructionSet) {
    var random = TestRandom(5)
    let kernels = KernelSet<Double>.compiled(for: isa)
    let sums = Sums(70, &random, most: 1 << 31)
    for count in [1, 5, 8, 9, 20] {
      for (step, longest) in [(0, 5), (0, 2), (1, 0), (1, 1), (1, 3), (1, 5)] {
        let end = 40
        let ends = (0..<count).map { end + step * $0 }
        // Starts ascend.
        var lengths = [Int](repeating: 1 << longest, count: ends.count)
        if step != 1 {
          lengths = ends.map { _ in 1 << Int.random(in: 0...longest, using: &random) }.sorted(by: >)
        }
        let starts = zip(ends, lengths).map { Int32($0 - $1) }
        var totals = [Double](repeating: -1, count: count + 1)
        var rests = totals
        kernels.intervalCosts(
          sums.sums, sums.stride, sums.costs, starts, count, end, step, &totals, &rests)
        for item in 0..<count {
          let some = sums.values[Int(starts[item])..<ends[item]]
          let squares = some.reduce(Int128(0)) { $0 + Int128($1) * Int128($1) }
          let linear = Int128(some.reduce(0, +))
          let length = Int128(lengths[item])
          let before = Int128(starts[item]) * Int128(starts[item])
          let expected = before * length + squares * length - linear * linear
          let scale = Double(lengths[item])
          let found = Int128(totals[item] * scale) + Int128(rests[item] * scale)
          #expect(found == expected, "\(lengths[item]) values")
        }
        #expect(totals[count] == -1 && rests[count] == -1)
      }
    }
  }

  @Test func `the same bits on every instruction set`() {
    var random = TestRandom(6)
    let count = 200
    var (sums, costs): ([Double], [Double]) = ([], [])
    for array in 0..<6 {
      for place in 0...count {
        let part = Double.random(in: 0..<0.5, using: &random)
        sums.append(array % 2 == 0 ? Double(place) + part : part * 0x1p-53)
      }
    }
    for place in 0..<402 { costs.append(place < 201 ? Double(place) : 0x1p-60) }
    let starts = (0..<count).map { Int32(random.next() % UInt64($0 + 1)) }.sorted()
    var expected: [UInt64]?
    for isa in InstructionSet.available {
      var totals = [Double](repeating: 0, count: count)
      var rests = totals
      KernelSet<Float>.compiled(for: isa).intervalCosts(
        sums, 201, costs, starts, count, 1, 1, &totals, &rests)
      let bits = (totals + rests).map(\.bitPattern)
      #expect(bits == expected ?? bits, "\(isa)")
      expected = bits
    }
  }
}
