// What the filter left, as a list of pairs: a plain loop over all bits.
import Clustering
import KMeansKernelTypes
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct CandidateTests {
  private let kernels = FilterKernels<Float>.compiled(for: .v4vnni)!

  @Test func `listed pairs are those of the bits`() {
    var random = TestRandom(3)
    for count in [1, 2, 5, 6, 11, 16] {
      for density in [0, 1, 4, 16] {
        for valid in [UInt16.max, 1, 0x01ff] {
          // Groups in any order, some slots without a centroid.
          let list = (0..<20).map { Int32($0) }.shuffled(using: &random).prefix(count)
          let labels = (0..<120).map { slot -> Int32 in slot % 9 == 4 ? -1 : 119 - Int32(slot) }
          let known = (0..<16).map { _ in Int32(random.next() % 120) - 1 }
          let masks = (0..<6 * count).map { _ -> UInt16 in
            var mask: UInt16 = 0
            for lane in 0..<16 where random.next() % 16 < UInt64(density) { mask |= 1 << lane }
            return mask
          }
          check(masks, Array(list), labels, known, valid)
        }
      }
    }
  }

  @Test func `listed slots are those of the bits`() {
    var random = TestRandom(4)
    for count in [1, 6, 31, 32, 33, 96, 120] {
      let masks = (0..<count).map { _ in UInt16(truncatingIfNeeded: random.next() & random.next()) }
      for lane in 0..<16 {
        var slots = [Int32](repeating: -7, count: count + 1)
        let found = kernels.listSlots(masks, count, lane, &slots)
        let expected = (0..<count).filter { masks[$0] >> UInt16(lane) & 1 == 1 }.map(Int32.init)
        #expect(Array(slots.prefix(found)) == expected)
        #expect(slots[found...].allSatisfy { $0 == -7 })
      }
    }
  }

  private func check(
    _ masks: [UInt16], _ list: [Int32], _ labels: [Int32], _ known: [Int32], _ valid: UInt16
  ) {
    var expected: [[Int32]] = []
    for (place, mask) in masks.enumerated() {
      let label = labels[Int(list[place / 6]) * 6 + place % 6]
      for lane in 0..<16 where mask & valid & 1 << UInt16(lane) != 0 {
        if label >= 0, label != known[lane] { expected.append([Int32(lane), label]) }
      }
    }
    let room = 96 * list.count + 15
    var lanes = [Int32](repeating: -7, count: room)
    var candidates = lanes
    let found = kernels.listCandidates(
      masks, list, list.count, labels, known, valid, &lanes, &candidates)
    #expect(found.pairs == expected.count)
    #expect(zip(lanes, candidates).prefix(found.pairs).map { [$0, $1] } == expected)
    let points = expected.reduce(UInt16(0)) { $0 | 1 << UInt16($1[0]) }
    #expect(found.points == points)
  }
}
