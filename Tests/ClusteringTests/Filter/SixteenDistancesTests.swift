// Distances of sixteen rows at once: the bits of those one by one.
import Clustering
import KMeansKernelTypes
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct SixteenDistancesTests {
  @Test func `sixteen distances are direct`() {
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
