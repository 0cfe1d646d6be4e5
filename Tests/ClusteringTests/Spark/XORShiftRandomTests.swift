// Numbers of Spark's generator, drawn from Spark 4.3.0.
import Clustering
import Testing

@Suite struct XORShiftRandomTests {
  @Test func `integers are Spark's`() {
    var random = XORShiftRandom(seed: 42)
    let found = (0..<5).map { _ in random.next(bits: 32) }
    #expect(found == [444_206_279, 1_508_163_723, -1_911_958_253, 1_415_180_696, -1_823_178_322])
  }

  @Test func `deviates are Spark's`() {
    var random = XORShiftRandom(seed: 42)
    #expect(
      (0..<10).map { _ in random.nextGaussian() } == [
        2.384479054241165, 0.1920934041293524, 0.7337336533286575, -0.5224480195716871,
        2.060084179317831, 0.20963383826633825, -0.548526047771831, 1.907968332171668,
        -0.41705865828987015, 1.0872260173387922,
      ])
    random = XORShiftRandom(seed: 0)
    #expect(
      (0..<10).map { _ in random.nextGaussian() } == [
        1.6034991609278433, 0.14416006165776865, -0.6253564498627744, -0.28385414448030416,
        0.9333495004884642, -0.9981862245379097, -1.5635063104277254, 0.30788896737465243,
        -1.2596380156280238, 0.6787982607835391,
      ])
  }

  /// The bits of 5,000 deviates, each turned into the others by `hash = rotate(hash, 1) ^ bits`,
  /// and the double after them. With the C library's logarithm some 3 % of the deviates are off.
  @Test(
    arguments: [
      (0, 0x5a70_4d37_8a91_985a, 0.11407252898409814),
      (42, 0x4585_69e5_78a9_5a76, 0.24276182212491515),
      (-1, 0x0156_fc8a_8826_7c03, 0.5451268155178632),
      (.min, 0x7d75_6a39_314c_d510, 0.5819954033770394),
      (.max, 0x7f7c_c9af_2015_dada, 0.05843691269281304),
      (123_456_789_012, 0xe694_d808_86c8_834d, 0.9348458220017194),
    ] as [(Int64, UInt64, Double)])
  func `every bit is Spark's`(seed: Int64, expected: UInt64, next: Double) {
    var random = XORShiftRandom(seed: UInt64(bitPattern: seed))
    var hash: UInt64 = 0
    for _ in 0..<5000 {
      hash = (hash << 1 | hash >> 63) ^ random.nextGaussian().bitPattern
    }
    #expect(hash == expected)
    #expect(random.nextDouble() == next)
  }

  /// `StrictMath.log` of 10,000 numbers of four kinds: any, near 1, near powers of two, and round
  /// 1.4, where the formula changes; all their bits as above.
  @Test func `logarithms are those of Java`() {
    #expect(JavaLogarithm.log(1) == 0)
    #expect(JavaLogarithm.log(8) == 2.0794415416798357)
    var hashes: [UInt64] = [0, 0, 0, 0]
    var random = TestRandom(1)
    for index in 0..<40_000 {
      let bits = random.next()
      let fraction = Double(bits >> 12) * 0x1p-52
      let power = Double(sign: .plus, exponent: Int(bits & 1023) - 900, significand: 1)
      let x =
        switch index % 4 {
        case 0: (1 + fraction) * power
        case 1: 1 + (fraction - 0.5) * 0x1p-19
        case 2: power * (1 + (fraction - 0.5) * 0x1p-19)
        default: 1.37 + fraction * 0.06
        }
      let hash = hashes[index % 4]
      hashes[index % 4] = (hash << 1 | hash >> 63) ^ JavaLogarithm.log(x).bitPattern
    }
    #expect(
      hashes == [
        0x740f_d912_effc_817b, 0xd6cc_9eb5_4dc8_ff32, 0xcc73_0828_8a44_1e0f,
        0x214d_6795_20b6_1c5b,
      ])
  }

  @Test func `centroids are those of set random centers`() throws {
    #expect(
      try XORShiftRandom.gaussianCentroids(2, dimension: 3, seed: 0)
        == Matrix([
          [1.6034991609278433, 0.14416006165776865, -0.6253564498627744],
          [-0.28385414448030416, 0.9333495004884642, -0.9981862245379097],
        ]))
    #expect(
      try XORShiftRandom.gaussianCentroids(2, dimension: 3, seed: 42)
        == Matrix([
          [2.384479054241165, 0.1920934041293524, 0.7337336533286575],
          [-0.5224480195716871, 2.060084179317831, 0.20963383826633825],
        ]))
    #expect(
      try XORShiftRandom.gaussianCentroids(3, dimension: 4, seed: 7)
        == Matrix([
          [-1.773755556110447, -0.32537852999017897, 1.1637571325924414, 0.7055334021927279],
          [0.0474382807384486, 0.9286243662145638, -0.4050075208793979, 0.34791781229170443],
          [0.7520002317415792, -0.21221454566645673, 1.0215322278217278, -0.1124457766395983],
        ]))
  }
}
