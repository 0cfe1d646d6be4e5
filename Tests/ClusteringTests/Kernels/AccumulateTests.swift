// Sums of rows, of every instruction set, against plain loops.
import Clustering
import KMeansKernelTypes
import Testing

private let dimensions = [1, 2, 3, 6, 7, 8, 9, 14, 15, 16, 17, 31, 33, 64, 100, 256]

@Suite struct AccumulateKernelTests {
  @Test(arguments: InstructionSet.available)
  func `accumulate adds in row order`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      var random = TestRandom(4)
      for d in dimensions {
        let points = TestData.outliers.points(40, d + 1, seed: 5, of: type)
        let labels = (0..<40).map { _ in Int32(random.next() % 3) }
        let weights = (0..<40).map { _ in Double.random(in: 0..<2, using: &random) }
        let stride = (d + 2 + 7) / 8 * 8
        for weighted in [true, false] {
          var sums = [Double](repeating: 0.5, count: 3 * stride)
          var expected = sums
          points.withRows { rows in
            weights.withUnsafeBufferPointer {
              kernels.accumulate(
                rows.base, rows.stride, 40, d, labels, weighted ? $0.baseAddress : nil, &sums,
                stride)
            }
          }
          for row in 0..<40 {
            let (first, weight) = (Int(labels[row]) * stride, weighted ? weights[row] : 1)
            for column in 0..<d { expected[first + column] += weight * Double(points[row, column]) }
            expected[first + stride - 2] += weight
            expected[first + stride - 1] += 1
          }
          #expect(sums.map(\.bitPattern) == expected.map(\.bitPattern))
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `accumulate moments adds deviations in row order`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      var random = TestRandom(6)
      for d in dimensions {
        // Exactly as many values as belong to the rows: nothing behind the last one may be read.
        let points = TestData.outliers.points(40, d, seed: 5, of: type)
        let centers = TestData.offset.points(3, d + 2, seed: 7, of: type)
        let labels = (0..<40).map { _ in Int32(random.next() % 3) }
        let weights = (0..<40).map { _ in Double.random(in: 0..<2, using: &random) }
        let stride = (d + 7) / 8 * 8 + 8
        for weighted in [true, false] {
          var (sums, squares) = (
            [Double](repeating: 0.5, count: 3 * stride),
            [Double](repeating: 0.25, count: 3 * stride)
          )
          var expected = (sums, squares)
          points.withRows { rows in
            centers.withRows { centers in
              weights.withUnsafeBufferPointer {
                kernels.accumulateMoments(
                  rows.base, rows.stride, 40, d, centers.base, centers.stride, labels,
                  weighted ? $0.baseAddress : nil, &sums, &squares, stride)
              }
            }
          }
          for row in 0..<40 {
            for column in 0..<d {
              let place = Int(labels[row]) * stride + column
              let deviation =
                Double(points[row, column]) - Double(centers[Int(labels[row]), column])
              let product = (weighted ? weights[row] : 1) * deviation
              expected.0[place] += product
              expected.1[place] += product * deviation
            }
          }
          #expect(sums.map(\.bitPattern) == expected.0.map(\.bitPattern))
          #expect(squares.map(\.bitPattern) == expected.1.map(\.bitPattern))
        }
      }
    }
  }
}
