// The kernels of the filter against plain loops: scores, thresholds, both stages; and what they
// must never rule out.
import Clustering
import KMeansCLanes
import KMeansKernelTypes
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct FilterKernelTests {
  private let kernels = FilterKernels<Float>.compiled(for: .v4vnni)!
  /// What can be quantised, so that scores mean something.
  static let data = TestData.allCases.filter { $0 != .huge && $0 != .tiny }

  /// The thresholds of a sample whose points know the centroid `known[lane]`.
  private func thresholds(_ sample: FilterSample, known: [Int]) -> [Float] {
    let squares = (0..<16).map { lane in
      sample.distance(lane, known[lane]) * sample.distance(lane, known[lane])
    }
    var thresholds = [Float](repeating: .nan, count: 16 * FilterShape.thresholds)
    kernels.findThresholds(
      sample.quantization, squares, known.map { sample.normBounds[$0] }, sample.rho, &thresholds)
    return thresholds
  }

  /// The values of some row of thresholds.
  private func row(_ number: Int, of thresholds: [Float]) -> ArraySlice<Float> {
    thresholds[16 * number..<16 * (number + 1)]
  }

  @Test(arguments: data) func `scores are those of the definition`(data: TestData) {
    for d in [1, 4, 5, 16, 63, 130] {
      let sample = FilterSample(data, d, k: 48, seed: UInt64(d))
      let thresholds = thresholds(sample, known: (0..<16).map { $0 })
      let normBoundFactors = row(KMEANS_THRESHOLD_NORM_FACTOR, of: thresholds).map { Double($0) }
      let leastScores = row(KMEANS_THRESHOLD_SCORE, of: thresholds).map { Double($0) }
      let list: [Int32] = [5, 0, 7, 2, 1, 3, 4, 6]
      var masks = [UInt16](repeating: 0xaaaa, count: 48)
      var maxima = [Float](repeating: .nan, count: 8 * 16)
      kernels.filterGroups(
        sample.turned, sample.words, sample.groups, list, 8, thresholds, &masks, &maxima, nil, 0)
      for (place, group) in list.enumerated() {
        for lane in 0..<16 {
          var (most, size) = (-Double.infinity, 0.0)
          for slot in 0..<6 {
            let score = sample.score(
              lane, 6 * Int(group) + slot, normBoundFactor: normBoundFactors[lane])
            (most, size) = (max(most, score.value), max(size, score.size))
            let threshold = leastScores[lane]
            let isSet = masks[6 * place + slot] >> UInt16(lane) & 1 == 1
            // Beside the threshold rounding decides.
            let rounding = 1e-5 * (score.size + threshold.magnitude) + 1e-36
            guard (score.value - threshold).magnitude > rounding else { continue }
            #expect(
              isSet == (score.value > threshold), "\(data) d=\(d) group \(group) slot \(slot)")
          }
          #expect((Double(maxima[16 * place + lane]) - most).magnitude <= 1e-5 * size + 1e-36)
        }
      }
    }
  }

  /// The point of it all: whoever is no farther than the known centroid passes.
  @Test(arguments: TestData.allCases) func `nothing that can win is ruled out`(data: TestData) {
    for d in [1, 3, 8, 17, 64, 200] {
      for seed in 0..<4 {
        let sample = FilterSample(data, d, k: 24, seed: UInt64(100 * d + seed))
        for known in [0, 11, 23] {
          let thresholds = thresholds(sample, known: Array(repeating: known, count: 16))
          var masks = [UInt16](repeating: 0, count: 24)
          kernels.filterGroups(
            sample.turned, sample.words, sample.groups, [0, 1, 2, 3], 4, thresholds, &masks, nil,
            nil, 0)
          check(sample, masks, known: Array(repeating: known, count: 16), "\(data) d=\(d)")
        }
        let twoStages = twoStages(sample)
        check(sample, twoStages.masks, known: twoStages.known, "\(data) d=\(d), two stages")
      }
    }
  }

  private func check(
    _ sample: FilterSample, _ masks: [UInt16], known: [Int], _ what: String
  ) {
    for lane in 0..<16 {
      let u = sample.distance(lane, known[lane])
      for centroid in 0..<24 where sample.distance(lane, centroid) <= u {
        #expect(masks[centroid] >> UInt16(lane) & 1 == 1, "\(what): point \(lane), \(centroid)")
      }
    }
  }

  /// Scores first, thresholds by the best of them, then what reaches the thresholds.
  private func twoStages(_ sample: FilterSample) -> (masks: [UInt16], known: [Int]) {
    var scores = [Float](repeating: .nan, count: 24 * 16)
    var maxima = [Float](repeating: .nan, count: 4 * 16)
    var slots = [Int32](repeating: -1, count: 16)
    kernels.scoreGroups(
      sample.turned, sample.words, sample.groups, 4, sample.quantization, sample.rho, &scores,
      &maxima, &slots, nil, 0)
    let known = slots.map(Int.init)
    let thresholds = thresholds(sample, known: known)
    let least = (0..<4).map { group in sample.normBounds[6 * group..<6 * group + 6].min()! }
    var masks = [UInt16](repeating: 0, count: 24)
    kernels.filterScores(
      scores, maxima, sample.groups, sample.words, 4, least, sample.quantization, sample.rho,
      thresholds, &masks)
    return (masks, known)
  }

  @Test(arguments: data) func `the second stage keeps what one stage keeps`(data: TestData) {
    for d in [4, 16, 50] {
      let sample = FilterSample(data, d, k: 24, seed: UInt64(d))
      let (masks, known) = twoStages(sample)
      let thresholds = thresholds(sample, known: known)
      let normBoundFactors = row(KMEANS_THRESHOLD_NORM_FACTOR, of: thresholds).map { Double($0) }
      let leastScores = row(KMEANS_THRESHOLD_SCORE, of: thresholds).map { Double($0) }
      for centroid in 0..<24 {
        for lane in 0..<16 {
          let score = sample.score(lane, centroid, normBoundFactor: normBoundFactors[lane])
          let threshold = leastScores[lane]
          guard score.value < threshold - 2e-5 * (score.size + threshold.magnitude) - 1e-36 else {
            continue
          }
          #expect(masks[centroid] >> UInt16(lane) & 1 == 0, "\(data) d=\(d)")
        }
      }
    }
  }

  /// A centroid that changes after its group was scored: the bits of scoring all groups.
  @Test(arguments: data) func `one slot is scored as all are`(data: TestData) {
    for d in [1, 4, 15, 16, 17, 63, 130] {
      let sample = FilterSample(data, d, k: 24, seed: UInt64(d))
      var (scores, maxima) = (
        [Float](repeating: .nan, count: 24 * 16), [Float](repeating: 0, count: 64)
      )
      var slots = [Int32](repeating: -1, count: 16)
      kernels.scoreGroups(
        sample.turned, sample.words, sample.groups, 4, sample.quantization, sample.rho, &scores,
        &maxima, &slots, nil, 0)
      let stride = FilterShape.groupStride(words: sample.words)
      for slot in 0..<24 {
        var found = [Float](repeating: .nan, count: 16)
        var raised = (0..<16).map { scores[16 * slot + $0] + Float($0 - 8) }
        let before = raised
        kernels.scoreSlot(
          sample.turned, sample.words,
          Array(sample.groups[slot / 6 * stride..<slot / 6 * stride + stride]),
          slot % 6, sample.quantization, sample.rho, &found, &raised)
        #expect(found == Array(scores[16 * slot..<16 * slot + 16]), "\(data) d=\(d) slot \(slot)")
        #expect(raised == zip(before, found).map(max))
      }
    }
  }

  /// Both bounds are taken, each where it is the tighter one.
  @Test func `tight points are bound by the triangle`() {
    let loose = FilterSample(.noise, 64, k: 24, seed: 1)
    let loosely = thresholds(loose, known: Array(repeating: 3, count: 16))
    #expect(row(KMEANS_THRESHOLD_REACH, of: loosely).allSatisfy { $0 == 0 })
    let tight = FilterSample(.tightClusters, 64, k: 24, seed: 1)
    let nearest = (0..<16).map { lane in
      (0..<24).min { tight.distance(lane, $0) < tight.distance(lane, $1) }!
    }
    let tightly = thresholds(tight, known: nearest)
    #expect(row(KMEANS_THRESHOLD_REACH, of: tightly).contains { $0 > 0 })
  }
}
