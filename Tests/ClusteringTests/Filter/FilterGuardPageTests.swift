// The kernels of the filter stay within their buffers: each of them ends where memory ends.
import Clustering
import KMeansKernelTypes
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct FilterGuardPageTests {
  @Test func `kernels stay within their buffers`() async {
    // A process of its own: what goes too far ends it.
    await #expect(processExitsWith: .success) {
      for d in [1, 3, 4, 7, 8, 15, 16, 17, 31, 64, 65, 130] {
        rowKernels(d, Float.self)
        rowKernels(d, Double.self)
        for count in [4, 8, 16, 20] { groupKernels(d, groupCount: count) }
      }
    }
  }
}

private func rowKernels<Scalar: ClusteringScalar>(_ d: Int, _ type: Scalar.Type) {
  let kernels = FilterKernels<Scalar>.compiled(for: .v4vnni)!
  let width = FilterShape.workColumns(d)
  let row = guarded((0..<d).map { Scalar($0 % 7) - 3 })
  let (shift, work) = (guarded(d, of: Scalar(1)), guarded(width, of: Float(0)))
  let bytes = guarded(16 * width, of: Int8(0))
  let quantization = guarded(FilterShape.quantization, of: Float(0))
  kernels.quantizeRow(row, d, shift, work, bytes + 15 * width, quantization, 1)
  let words = FilterShape.words(columns: d)
  kernels.packPoints(bytes, width, words, guarded(16 * words, of: Int32(0)))
  let centroids = guarded((0..<3 * d).map { Scalar($0 % 5) })
  let labels = guarded((0..<16).map { Int32($0 % 3) })
  let rows = guarded((0..<16).map { _ in UnsafePointer(row) })
  kernels.sixteenDistances(rows, d, centroids, labels, guarded(16, of: 0.0))
  guard let drop = kernels.dropFarther else { return }
  let (lanes, candidates) = (
    guarded((0..<16).map { Int32(15 - $0) }), guarded((0..<16).map { Int32($0 % 3) })
  )
  precondition(drop(rows, centroids, d, guarded(16, of: 1e9), lanes, candidates, 16) == 16)
}

private func groupKernels(_ d: Int, groupCount: Int) {
  let kernels = FilterKernels<Float>.compiled(for: .v4vnni)!
  let (words, size) = (FilterShape.words(columns: d), FilterShape.groupSize)
  let points = guarded(16 * words, of: Int32(bitPattern: 0x8081_7f80))
  let groups = guarded(groupCount * FilterShape.groupStride(words: words), of: Int32(0))
  let quantization = guarded(16 * FilterShape.quantization, of: Float(1))
  let thresholds = guarded(16 * FilterShape.thresholds, of: Float(0))
  kernels.findThresholds(
    quantization, guarded(16, of: 1.0), guarded(16, of: Float(1)), 0.01, thresholds)
  let list = guarded((0..<groupCount).map { Int32($0) })
  let masks = guarded(groupCount * size, of: UInt16(0))
  let maxima = guarded(groupCount * 16, of: Float(0))
  let prefetch = guarded(
    (0..<16).map { _ in
      PrefetchRange(start: UnsafeRawPointer(quantization), lines: (d + 15) / 16)
    })
  kernels.filterGroups(
    points, words, groups, list, groupCount, thresholds, masks, maxima, prefetch, 16)
  kernels.filterGroups(points, words, groups, list, groupCount, thresholds, masks, nil, prefetch, 0)
  let (scores, slots) = (
    guarded(groupCount * size * 16, of: Float(0)), guarded(16, of: Int32(0))
  )
  kernels.scoreGroups(
    points, words, groups, groupCount, quantization, 0.01, scores, maxima, slots, prefetch, 16)
  for slot in 0..<size {
    let group = groups + (groupCount - 1) * FilterShape.groupStride(words: words)
    kernels.scoreSlot(
      points, words, group, slot, quantization, 0.01, scores + (groupCount * size - 1) * 16,
      maxima + (groupCount - 1) * 16)
  }
  kernels.filterScores(
    scores, maxima, groups, words, groupCount, guarded(groupCount, of: Float(0)), quantization,
    0.01, thresholds, masks)
  let room = 96 * groupCount + 15
  let found = kernels.listCandidates(
    guarded(groupCount * size, of: UInt16.max), list, groupCount,
    guarded(groupCount * size, of: Int32(1)), guarded(16, of: Int32(0)), .max,
    guarded(room, of: Int32(0)), guarded(room, of: Int32(0)))
  precondition(found.pairs == 96 * groupCount)
  let all = groupCount * size
  precondition(
    kernels.listSlots(guarded(all, of: UInt16.max), all, 15, guarded(all, of: Int32(0))) == all)
  let row = FilterShape.groupRow(groupCount)
  let (slacks, times) = (guarded(row, of: Float(1)), guarded(row, of: Int8(0)))
  kernels.refreshSlacks(
    list, groupCount, maxima, thresholds, guarded(groupCount, of: Float(0)), 1, slacks, times)
  let history = FilterShape.history
  let alive = kernels.liveGroups(
    slacks, times, groupCount, guarded(history * row, of: Float(0)),
    guarded(history * 16, of: Float(0)), 1, guarded(groupCount + 16, of: Int32(0)))
  precondition(alive <= groupCount)
}
