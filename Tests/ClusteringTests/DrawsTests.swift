import Testing

import Clustering

@Suite struct DrawsTests {
  /// The known answers that come with the authors' library Random123 for philox4x32, 10 rounds.
  @Test func `philox gives its known answers`() {
    let zero = Philox.block((0, 0, 0, 0), key: (0, 0))
    #expect(zero == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = Philox.block((.max, .max, .max, .max), key: (.max, .max))
    #expect(ones == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    let pi = Philox.block(
      (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: (0xa409_3822, 0x299f_31d0))
    #expect(pi == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func `draws differ by seed purpose run and number`() {
    var seen: Set<UInt64> = []
    for seed in [UInt64(0), 1, 1 << 40] {
      for purpose in [Draws.Purpose.randomRows, .plusPlus] {
        for run in 0..<3 {
          for number in [0, 1, 2, 1 << 33] {
            seen.insert(Draws(seed: seed, purpose: purpose, run: run).bits(number))
          }
        }
      }
    }
    #expect(seen.count == 3 * 2 * 3 * 4)
  }

  @Test func `uniforms fill their interval`() {
    let draws = Draws(seed: 5, purpose: .synthetic)
    let values = (0..<20_000).map { draws.uniform($0) }
    #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect((0..<20_000).allSatisfy { draws.positiveUniform($0) > 0 })
    // Mean 1/2 and variance 1/12 within five standard errors.
    let mean = values.reduce(0, +) / 20_000
    #expect((mean - 0.5).magnitude < 5 * (1 / 12.0 / 20_000).squareRoot())
  }
}
