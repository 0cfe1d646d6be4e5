// Distances in Float: never farther off than the limit that they are compared with allows for.
import Clustering
import KMeansKernelTypes
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct RoughDistanceTests {
  private let rough = FilterKernels<Float>.compiled(for: .v4vnni)!.roughDistance!
  private let direct = KernelSet<Float>.compiled(for: .v4vnni).directDistance

  @Test(arguments: TestData.allCases) func errorsStayWithinTheirBound(data: TestData) {
    for d in [1, 3, 15, 16, 17, 63, 64, 65, 192, 1000] {
      let points = data.points(24, d, seed: UInt64(d), of: Float.self)
      points.withRows { rows in
        for row in 0..<24 {
          for other in 0..<24 {
            let exact = direct(rows[row], rows[other], d)
            let found = rough(rows[row], rows[other], d)
            // What a Float cannot hold is infinite.
            guard exact < 3e38 else {
              #expect(Double(found) > 2e38)
              continue
            }
            let bound =
              exact * (Double(d) / 16 + 16) * 0x1p-23 + Double(d) * 0x1p-148
            #expect((Double(found) - exact).magnitude <= bound, "\(data) d=\(d)")
          }
        }
      }
    }
  }

  @Test func doublesHaveNone() {
    #expect(FilterKernels<Double>.compiled(for: .v4vnni)!.roughDistance == nil)
  }
}
