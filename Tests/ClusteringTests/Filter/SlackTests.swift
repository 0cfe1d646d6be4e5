// Slacks: never more than what they bound, and alive exactly as the rule says.
import Clustering
import KMeansCLanes
import KMeansKernelTypes
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct SlackTests {
  private let kernels = FilterKernels<Float>.compiled(for: .v4vnni)!

  @Test(arguments: FilterKernelTests.data) func `a slack is a bound`(data: TestData) {
    for d in [2, 9, 40, 128] {
      let sample = FilterSample(data, d, k: 48, seed: UInt64(d))
      for known in [0, 20, 47] {
        let u = (0..<16).map { sample.distance($0, known) }
        var thresholds = [Float](repeating: 0, count: 16 * FilterShape.thresholds)
        kernels.findThresholds(
          sample.quantization, u.map { $0 * $0 },
          Array(repeating: sample.normBounds[known], count: 16), sample.rho, &thresholds)
        var masks = [UInt16](repeating: 0, count: 48)
        var maxima = [Float](repeating: 0, count: 8 * 16)
        let list = (0..<8).map { Int32($0) }
        kernels.filterGroups(
          sample.turned, sample.words, sample.groups, list, 8, thresholds, &masks, &maxima, nil, 0)
        let errors = (0..<8).map { group in
          sample.normBounds[6 * group..<6 * group + 6].max()! * sample.rho * 1.00001
        }
        var slacks = [Float](repeating: .nan, count: 16)
        var times = [Int8](repeating: -1, count: 16)
        kernels.refreshSlacks(list, 8, maxima, thresholds, errors, 5, &slacks, &times)
        for group in 0..<8 {
          let least = (0..<16).map { lane in
            (0..<6).map { sample.distance(lane, 6 * group + $0) }.min()! - u[lane]
          }.min()!
          let slack = Double(slacks[group])
          #expect(slack <= least + 1e-6 * u.max()!, "\(data) d=\(d) group \(group)")
          #expect(times[group] == 5)
          // Where the others are far, the bound says so.
          let size = u.max()! + least
          if least > 0.5 * size { #expect(slack > 0.2 * least, "\(data) d=\(d) group \(group)") }
        }
      }
    }
  }

  /// One row is so small that its own distance is beyond a Float in units of its bytes, as is the
  /// score of a group: what it loses by that is no number, and must not be lost among the slacks of
  /// the other rows.
  @Test func `a distance that no float holds has no slack`() {
    for small in 0..<16 {
      let points = (0..<16).map { row -> [Float] in
        [row == small ? 1e-29 : Float(1e9 + 1e6 * Double(row))]
      }
      let centroids = (0..<24).map { row -> [Float] in
        [row < 6 ? 1e10 : Float(2e9 + 1e3 * Double(row))]
      }
      let sample = FilterSample(points + centroids, shift: [0])
      let u = (0..<16).map { $0 == small ? 1e10 : sample.distance($0, 6) }
      let own = (0..<16).map { sample.normBounds[$0 == small ? 0 : 6] }
      var thresholds = [Float](repeating: 0, count: 16 * FilterShape.thresholds)
      kernels.findThresholds(sample.quantization, u.map { $0 * $0 }, own, sample.rho, &thresholds)
      #expect(thresholds[16 * KMEANS_THRESHOLD_OWN + small] == .infinity)
      var masks = [UInt16](repeating: 0, count: 24)
      var maxima = [Float](repeating: 0, count: 4 * 16)
      let list: [Int32] = [0, 1, 2, 3]
      kernels.filterGroups(
        sample.turned, sample.words, sample.groups, list, 4, thresholds, &masks, &maxima, nil, 0)
      #expect(maxima[16 + small] == -.infinity)
      let errors = (0..<4).map { group in
        sample.normBounds[6 * group..<6 * group + 6].max()! * sample.rho * 1.00001
      }
      var slacks = [Float](repeating: 0, count: 16)
      var times = [Int8](repeating: -1, count: 16)
      kernels.refreshSlacks(list, 4, maxima, thresholds, errors, 5, &slacks, &times)
      // The groups are nearer to the small row than its own centroid by 8e9.
      for group in 1..<4 { #expect(!(slacks[group] > -7e9), "row \(small): \(slacks[group])") }
    }
  }

  @Test func `groups live by the rule`() {
    var random = TestRandom(8)
    for groups in [1, 4, 15, 16, 17, 40] {
      for now in 0..<8 {
        let width = FilterShape.groupRow(groups)
        var slacks = (0..<width).map { _ in Float.random(in: -1..<3, using: &random) }
        var times = (0..<width).map { _ in Int8(random.next() % 8) }
        var drifts = (0..<8 * width).map { _ in Float.random(in: 0..<1, using: &random) }
        for group in 0..<width { drifts[now * width + group] = 0 }
        let heights = (0..<8 * 16).map { _ in Float.random(in: 1..<2, using: &random) }
        let before = (slacks, times)
        var list = [Int32](repeating: -1, count: groups + 16)
        let count = kernels.liveGroups(
          &slacks, &times, groups, drifts, heights, now, &list)
        var alive: [Int32] = []
        for group in 0..<groups {
          let past = Int(before.1[group])
          let rise = (0..<16).map { heights[16 * now + $0] - heights[16 * past + $0] }.max()!
          let loss = drifts[past * width + group] + rise
          let isOldest = past == (now + 1) % 8
          // Beside the limit rounding decides; no sample is that near.
          if before.0[group] <= loss + 1e-5 { alive.append(Int32(group)) }
          #expect(times[group] == (isOldest ? Int8(now) : before.1[group]))
          let expected = isOldest ? before.0[group] - loss : before.0[group]
          #expect(slacks[group] <= expected && slacks[group] > expected - 1e-4)
        }
        #expect(Array(list.prefix(count)) == alive)
      }
    }
  }
}
