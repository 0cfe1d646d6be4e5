// Distances of many rows at once are those of each alone, bit for bit.
import Clustering
import KMeansKernelTypes
import KMeansReference
import Testing

@Suite struct DirectDistanceKernelTests {
  @Test(arguments: InstructionSet.available)
  func `many are as each alone`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      for d in [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 100] {
        for count in [1, 3, 4, 5, 8, 11] {
          for data in [TestData.outliers, .offset, .huge] {
            // A stride of d + 2: the last columns do not belong to the rows.
            let points = data.points(count, d + 2, seed: UInt64(d), of: type)
            let centroids = data.points(3, d, seed: 4, of: type)
            let labels = (0..<count).map { Int32($0 * 5 % 3) }
            var distances = [Double](repeating: .nan, count: count + 1)
            points.withRows { rows in
              centroids.withRows {
                kernels.directDistances(
                  rows.base, rows.stride, count, d, $0.base, labels, &distances)
              }
            }
            for row in 0..<count {
              let expected = Reference.squaredDistance(
                (0..<d).map { Double(points[row, $0]) }, centroids.doubles[Int(labels[row])])
              #expect(distances[row].bitPattern == expected.bitPattern, "\(data) d=\(d) \(row)")
            }
            #expect(distances[count].isNaN)
          }
        }
      }
    }
  }
}
