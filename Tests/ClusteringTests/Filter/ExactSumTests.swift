// Sums by what moved, and cluster by cluster: the bits of sums over all rows.
import Clustering
import KMeansKernelTypes
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct ExactSumTests {
  @Test func gridsAreRecognised() {
    let kernels = FilterKernels<Float>.compiled(for: .v4vnni)!
    let doubles = FilterKernels<Double>.compiled(for: .v4vnni)!
    for d in [1, 15, 16, 17, 40] {
      for place in 0..<d {
        var row = (0..<d).map { Float($0 * 3 % 7) * 0.25 }
        #expect(kernels.rowIsOnGrid(row, d, 4, 100))
        #expect(doubles.rowIsOnGrid(row.map(Double.init), d, 4, 100))
        for odd in [Float(0.125), 25, -25, .nan, .infinity] {
          row[place] = odd
          #expect(!kernels.rowIsOnGrid(row, d, 4, 100), "\(odd) at \(place) of \(d)")
          #expect(!doubles.rowIsOnGrid(row.map(Double.init), d, 4, 100))
        }
      }
    }
  }

  @Test func theSumOfSomeRowsIsThatOfAccumulate() {
    check(Float.self)
    check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) {
      let filter = FilterKernels<Scalar>.compiled(for: .v4vnni)!
      let kernels = KernelSet<Scalar>.compiled(for: .v4vnni)
      var random = TestRandom(4)
      for d in [1, 6, 7, 8, 9, 15, 16, 30, 70] {
        let points = TestData.outliers.points(20, d, seed: UInt64(d), of: type)
        let weights = (0..<20).map { _ in Double.random(in: 0..<2, using: &random) }
        let list: [Int32] = [3, 17, 5, 5, 0, 19, 2, 1]
        let stride = (d + 2 + 7) / 8 * 8
        for count in 0...6 {
          for isWeighted in [false, true] {
            var expected = [Double](repeating: 0, count: stride)
            var found = [Double](repeating: .nan, count: stride)
            points.withRows { rows in
              for row in list.prefix(count) {
                kernels.accumulate(
                  rows[Int(row)], d, 1, d, [0], isWeighted ? [weights[Int(row)]] : nil, &expected,
                  stride)
              }
              filter.sumOfRows(
                rows.base, d, list, count, 8 - count, d, isWeighted ? weights : nil, &found, stride)
            }
            #expect(found == expected, "d=\(d) count=\(count) \(type)")
          }
        }
      }
    }
  }

  @Test func sixteenDistancesAreDirect() {
    check(Float.self)
    check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) {
      let filter = FilterKernels<Scalar>.compiled(for: .v4vnni)!
      let kernels = KernelSet<Scalar>.compiled(for: .v4vnni)
      for d in [1, 7, 8, 9, 16, 31, 64, 100] {
        let points = TestData.outliers.points(16, d, seed: 1, of: type)
        let centroids = TestData.outliers.points(5, d, seed: 2, of: type)
        let labels = (0..<16).map { Int32($0 * 3 % 5) }
        var found = [Double](repeating: -1, count: 16)
        points.withRows { rows in
          centroids.withRows { centroids in
            let places = (0..<16).map { rows[15 - $0] }
            filter.sixteenDistances(places, d, centroids.base, labels, &found)
            for lane in 0..<16 {
              let expected = kernels.directDistance(
                places[lane], centroids[Int(labels[lane])], d)
              #expect(found[lane] == expected)
            }
          }
        }
      }
    }
  }
}
