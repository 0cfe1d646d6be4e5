// Squared deviations over variances, of every instruction set, against a plain loop.
import Clustering
import KMeansKernelTypes
import Testing

@Suite struct StandardizedDistanceTests {
  @Test(arguments: InstructionSet.available)
  func `four rows at a time are as each alone, bit for bit`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)
  }

  private func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
    let kernels = KernelSet<Scalar>.compiled(for: isa)
    for d in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 100] {
      for count in [0, 1, 2, 3, 4, 5, 7, 8, 11] {
        for data in [TestData.outliers, .offset, .integers] {
          // A stride of d + 2: the last columns do not belong to the rows.
          let points = data.points(max(count, 1), d + 2, seed: UInt64(d), of: type)
          let centers = data.points(3, d, seed: 4, of: Double.self)
          var variances = data.points(3, d, seed: 5, of: Double.self).doubles.flatMap {
            $0.map(\.magnitude)
          }
          variances[d / 2] = 0
          let labels = (0..<count).map { Int32($0 * 5 % 3) }
          var sums = [Double](repeating: .nan, count: count + 1)
          points.withRows { rows in
            centers.withRows {
              kernels.standardizedDistances(
                rows.base, rows.stride, count, d, $0.base, variances, labels, &sums)
            }
          }
          for row in 0..<count {
            let cluster = Int(labels[row])
            var expected = 0.0
            for column in 0..<d {
              let deviation = Double(points[row, column]) - centers[cluster, column]
              let square = deviation * deviation
              expected += square == 0 ? 0 : square / variances[cluster * d + column]
            }
            #expect(sums[row].bitPattern == expected.bitPattern, "\(data) d=\(d) \(row)")
          }
          #expect(sums[count].isNaN)
        }
      }
    }
  }
}
