/// SplitMix64: the tests' own generator, not the product's; the same numbers in every run.
package struct TestRandom: RandomNumberGenerator {
  private var state: UInt64
  package init(_ seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A sum of uniforms: near enough to normal, mean 0, variance 1.
  package mutating func bell() -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
  }

  /// Numbers between 0 and 1.
  package static func values(_ count: Int, seed: UInt64) -> [Float] {
    var random = TestRandom(seed)
    return (0..<count).map { _ in Float(random.next() >> 40) * 0x1p-24 }
  }
}
