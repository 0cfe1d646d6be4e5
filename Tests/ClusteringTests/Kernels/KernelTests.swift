// Every kernel of every instruction set against a plain loop.
import Clustering
import KMeansKernelTypes
import KMeansReference
import Testing

private let dimensions = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 256, 768]

@Suite struct KernelTests {
  @Test(arguments: InstructionSet.available)
  func `direct distance has the bits of its definition`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      for d in dimensions {
        for data in TestData.allCases {
          let points = data.points(6, d, seed: UInt64(d), of: type)
          let rows = points.doubles
          points.withRows { handle in
            for i in 0..<6 {
              for j in 0..<6 {
                let found = kernels.directDistance(handle[i], handle[j], d)
                let expected = Reference.squaredDistance(rows[i], rows[j])
                #expect(found.bitPattern == expected.bitPattern, "\(data) d=\(d) \(i) \(j)")
              }
            }
          }
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `scores at most are found in order`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      let lanes = 64 / MemoryLayout<Scalar>.stride
      var random = TestRandom(2)
      for width in [1, 2, 3, 7, 20].map({ $0 * lanes }) {
        let products = (0..<width).map { _ in Scalar(Int(random.next() % 6)) }
        var low = (0..<width).map { _ in Scalar(Int(random.next() % 4)) }
        low[width - 1] = .infinity
        for limit in [-Scalar.infinity, -6, -3, 0, 2, Scalar.greatestFiniteMagnitude, .infinity] {
          var indices = [Int32](repeating: -1, count: width)
          let count = kernels.scoresAtMost(products, width, low, limit, &indices)
          let expected = (0..<width).filter { low[$0] - products[$0] <= limit }
          #expect(indices.prefix(count).map { Int($0) } == expected, "\(width) \(limit)")
          #expect(indices.dropFirst(count).allSatisfy { $0 == -1 })
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `nearest two finds the lowest of equal scores`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      let lanes = 64 / MemoryLayout<Scalar>.stride
      var random = TestRandom(1)
      for width in [1, 2, 3, 7, 20].map({ $0 * lanes }) {
        let count = 37
        // Few different values, so that ties and their runners-up are frequent.
        let tile = (0..<count * width).map { _ in Scalar(Int(random.next() % 6)) }
        var low = (0..<width).map { _ in Scalar(Int(random.next() % 4)) }
        for padding in 0..<(lanes / 2) { low[width - 1 - padding] = .infinity }
        var labels = [Int32](repeating: -1, count: count)
        var best = [Scalar](repeating: 0, count: count)
        var second = best
        kernels.nearestTwo(tile, width, count, width, low, &labels, &best, &second)
        for row in 0..<count {
          let scores = (0..<width).map { low[$0] - tile[row * width + $0] }
          let least = scores.min()!
          let sorted = scores.sorted()
          #expect(labels[row] == Int32(scores.firstIndex(of: least)!))
          #expect(best[row] == least)
          #expect(second[row] == sorted[1])
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `pack shifts every value and sums its squares`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      for d in dimensions {
        let points = TestData.outliers.points(5, d + 3, seed: 2, of: type)
        let shift = TestData.noise.points(1, d, seed: 3, of: type)
        var packed = [Scalar](repeating: .nan, count: 5 * d)
        var norms = [Scalar](repeating: .nan, count: 5)
        points.withRows { rows in
          shift.withRows { shift in
            // A stride of d + 3: the last columns do not belong to the rows.
            kernels.pack(rows.base, rows.stride, 5, d, shift.base, &packed, &norms)
          }
        }
        for row in 0..<5 {
          var sum = 0.0
          for column in 0..<d {
            let value = points[row, column] - shift[0, column]
            #expect(packed[row * d + column] == value)
            sum += Double(value) * Double(value)
          }
          let bound = sum * Double(d + 8) * Double(Scalar.ulpOfOne)
          #expect((Double(norms[row]) - sum).magnitude <= bound)
        }
      }
    }
  }

  @Test func `an instruction set that is missing is refused`() {
    guard InstructionSet.best < .v4 else { return }
    #expect(throws: ClusteringError.execution(.instructionSetMissing(.v4, best: .best))) {
      var kmeans = KMeans(clusterCount: 1, seed: 0)
      kmeans.execution.instructionSet = .v4
      try kmeans.validate()
    }
  }
}
