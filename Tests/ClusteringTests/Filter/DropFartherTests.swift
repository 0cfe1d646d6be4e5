// Distances in Float that rule out: nothing that is near enough, and all that is clearly farther.
import Clustering
import KMeansKernelTypes
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct DropFartherTests {
  private let drop = FilterKernels<Float>.compiled(for: .v4vnni)!.dropFarther!
  private let direct = KernelSet<Float>.compiled(for: .v4vnni).directDistance

  @Test(arguments: TestData.allCases) func `nothing near is dropped`(data: TestData) {
    for d in [1, 3, 15, 16, 17, 63, 64, 65, 192, 1000] {
      let points = data.points(40, d, seed: UInt64(d), of: Float.self)
      points.withRows { all in
        let rows = (0..<16).map { all[$0] }
        let centroids = all[16..<40]
        // Limits at the distances themselves, just below, just above what errors reach, and far
        // away.
        for factor in [1, 1 - 1e-9, 1 - 4e-6 * (1 + Double(d) / 16), 0.5, 0, 2] {
          for centroid in 0..<24 {
            check(rows, centroids, centroid, factor, "\(data) d=\(d) \(factor)")
          }
        }
      }
    }
  }

  /// All sixteen rows with one centroid.
  private func check(
    _ rows: [UnsafePointer<Float>], _ centroids: Rows<Float>, _ centroid: Int, _ factor: Double,
    _ what: String
  ) {
    let d = centroids.columns
    let distances = rows.map { direct($0, centroids[centroid], d) }
    let limits = distances.map { $0 * factor }
    var lanes = (0..<16).map { Int32(15 - $0) }
    var candidates = [Int32](repeating: Int32(centroid), count: 16)
    let kept = drop(rows, centroids.base, d, limits, &lanes, &candidates, 16)
    #expect(candidates.allSatisfy { $0 == Int32(centroid) })
    let left = lanes.prefix(kept)
    // In their order.
    #expect(zip(left, left.dropFirst()).allSatisfy { $0 > $1 })
    let reach = 1 + 4 * (Double(d) / 16 + 16) * 0x1p-23
    for lane in 0..<16 {
      let isKept = left.contains(Int32(lane))
      if distances[lane] <= limits[lane] { #expect(isKept, "\(what)") }
      // A Float can hold it, and it is not among the smallest.
      guard distances[lane] < 1e38, distances[lane] > 1e-30 else { continue }
      if distances[lane] > limits[lane] * reach * 1.0001 { #expect(!isKept, "\(what)") }
    }
  }

  @Test func `lists may be empty and long`() {
    let points = TestData.allCases[0].points(20, 33, seed: 1, of: Float.self)
    points.withRows { all in
      let rows = (0..<16).map { all[$0] }
      let limits = (0..<16).map { direct(all[$0], all[$0 == 0 ? 1 : 0], 33) }
      // Every row with every point: a row itself is nearest, and kept.
      var lanes = (0..<320).map { Int32($0 / 20) }
      var candidates = (0..<320).map { Int32($0 % 20) }
      #expect(drop(rows, all.base, 33, limits, &lanes, &candidates, 0) == 0)
      let kept = drop(rows, all.base, 33, limits, &lanes, &candidates, 320)
      var expected: [[Int32]] = []
      for lane in 0..<16 {
        for other in 0..<20 where direct(rows[lane], all[other], 33) <= limits[lane] {
          expected.append([Int32(lane), Int32(other)])
        }
      }
      #expect(zip(lanes, candidates).prefix(kept).map { [$0, $1] } == expected)
      #expect(expected.count >= 32)
    }
  }

  @Test func `doubles have none`() {
    #expect(FilterKernels<Double>.compiled(for: .v4vnni)!.dropFarther == nil)
  }
}
