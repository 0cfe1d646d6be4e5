// The range and the moments of values, of every instruction set, against plain loops.
import Clustering
import KMeansKernelTypes
import Testing

private let dimensions = [1, 2, 7, 8, 9, 15, 16, 17, 33]

@Suite struct ValueRangeTests {
  @Test(arguments: InstructionSet.available) func `ranges are those of loops`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      for d in dimensions {
        for place in 0..<2 * d {
          // A value at every place: no number, too large, the smallest, the largest, what no float
          // could hold.
          for odd in [Double.nan, .infinity, -1e9, 1e-30, -0x1p40, 1.1, 0] {
            var values = (0..<2 * d).map { Scalar(Float($0 % 5) - 2) }
            values[place] = Scalar(odd)
            var found = [0, Double.infinity, 1, 1]
            kernels.valueRange(values, d, 2, d, 1e8 * (odd < -1e9 ? 1e9 : 1), &found)
            let sizes = values.map { Double($0.magnitude) }
            let limit = 1e8 * (odd < -1e9 ? 1e9 : 1)
            #expect((found[3] == 1) == sizes.allSatisfy { $0 <= limit }, "\(odd) at \(place)")
            guard found[3] == 1 else { continue }
            #expect(found[0] == sizes.max()!)
            #expect(found[1] == sizes.filter { $0 > 0 }.min() ?? .infinity)
            #expect((found[2] == 1) == values.allSatisfy { Scalar(Float($0)) == $0 })
          }
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available) func `moments are those of loops`(isa: InstructionSet)
  {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      for d in dimensions {
        let points = TestData.outliers.points(20, d, seed: 3, of: type)
        var (means, deviations) = (
          [Double](repeating: 0, count: d), [Double](repeating: 0, count: d)
        )
        var expected = (means, deviations)
        let weights = (0..<20).map { [0.3, 0, 1.7][$0 % 3] }
        for isWeighted in [false, true] {
          var (weight, expectedWeight) = (0.0, 0.0)
          means = means.map { _ in 0 }
          deviations = means
          expected = (means, means)
          points.withRows { rows in
            // In two calls: the second one goes on.
            for part in [0..<7, 7..<20] {
              weights.withUnsafeBufferPointer { weights in
                kernels.updateMoments(
                  rows[part.lowerBound], rows.stride, part.count, d,
                  isWeighted ? weights.baseAddress! + part.lowerBound : nil, &weight, &means,
                  &deviations)
              }
            }
          }
          for row in 0..<20 {
            let rowWeight = isWeighted ? weights[row] : 1
            guard rowWeight > 0 else { continue }
            expectedWeight += rowWeight
            for column in 0..<d {
              let value = Double(points[row, column])
              let deviation = value - expected.0[column]
              expected.0[column] += rowWeight / expectedWeight * deviation
              expected.1[column] += rowWeight * deviation * (value - expected.0[column])
            }
          }
          #expect(weight == expectedWeight)
          #expect(means == expected.0 && deviations == expected.1, "d=\(d)")
        }
      }
    }
  }
}
