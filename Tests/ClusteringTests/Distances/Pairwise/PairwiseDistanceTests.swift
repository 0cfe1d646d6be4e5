// Distances that are no squared Euclidean ones: their values, and where they could overflow.
import Clustering
import KMeansCLibrary
import KMeansReference
import Testing

@Suite struct PairwiseDistanceTests {
  /// A distance of two rows on each instruction set, which must all have the same bits.
  static func distance(
    _ measure: PairwiseDistance.Measure, _ a: [Double], _ b: [Double]
  ) -> Double {
    let found = InstructionSet.available.map {
      PairwiseDistance(measure, instructionSet: $0)(a, b, a.count)
    }
    #expect(Set(found.map(\.bitPattern)).count == 1, "\(measure): \(found)")
    return found[0]
  }

  @Test func `distances of a small example are those by hand`() {
    let (a, b) = ([1.0, 2, 3], [4.0, -2, 3])
    #expect(Self.distance(.manhattan, a, b) == 7)
    #expect(Self.distance(.chebyshev, a, b) == 4)
    #expect(Self.distance(.minkowski(exponent: 1), a, b) == 7)
    #expect(Self.distance(.minkowski(exponent: 2), a, b) == 5)
    // The products are 9, 14 and 29.
    #expect(Self.distance(.tanimoto, a, b) == 1 - 9.0 / 34)
    // 27 + 64 + 125 = 216, whose third root is 6.
    #expect(Self.distance(.minkowski(exponent: 3), [0, 0, 0], [3, 4, 5]) == 6)
  }

  @Test func `roots of whole powers are exact`() {
    for p in [2.0, 3, 4, 5, 8, 13] {
      for value in [1.0, 2, 3, 7, 10, 0.5, 96] {
        #expect(Self.distance(.minkowski(exponent: p), [0], [value]) == value, "\(p) \(value)")
      }
    }
  }

  @Test(arguments: [1.5, 2, 2.5, 3, 3.7, 4, 7, 20, 63, 64, 65, 200])
  func `distances of Minkowski are those of the definition`(p: Double) {
    for d in [1, 2, 7, 8, 9, 33, 100] {
      for data in [TestData.noise, .integers, .outliers, .offset] {
        let rows = data.points(2, d, seed: UInt64(d), of: Double.self).doubles
        let largest = Reference.chebyshev(rows[0], rows[1])
        let sum = zip(rows[0], rows[1]).reduce(0) {
          $0 + (largest > 0 ? pow(abs($1.0 - $1.1) / largest, p) : 0)
        }
        let expected = largest * pow(sum, 1 / p)
        let found = Self.distance(.minkowski(exponent: p), rows[0], rows[1])
        #expect((found - expected).magnitude <= 1e-14 * expected, "\(data) \(d) \(p)")
      }
    }
  }

  @Test(arguments: [1.5, 3, 7, 64, 100])
  func `powers that overflow or vanish leave the distance as it is`(p: Double) {
    let (a, b) = ([1.0, 2, 3, 4, 5, 6, 7, 8, 9], [9.0, 8, 7, 6, 5, 4, 3, 2, 1])
    let plain = Self.distance(.minkowski(exponent: p), a, b)
    for exponent in [-900, -300, 300, 460] {
      let scale = Double(sign: .plus, exponent: exponent, significand: 1)
      let scaled = Self.distance(
        .minkowski(exponent: p), a.map { $0 * scale }, b.map { $0 * scale })
      #expect((scaled / scale - plain).magnitude <= 1e-14 * plain, "2^\(exponent)")
    }
  }

  @Test func `a larger exponent makes a smaller distance`() {
    let rows = TestData.noise.points(2, 20, seed: 1, of: Double.self).doubles
    let distances = [1, 1.5, 2, 3, 10].map {
      Self.distance(.minkowski(exponent: $0), rows[0], rows[1])
    }
    #expect(zip(distances, distances.dropFirst()).allSatisfy { $0 > $1 })
    #expect(distances.last! > Self.distance(.chebyshev, rows[0], rows[1]))
  }

  @Test func `the distance of Tanimoto knows zeros, sets and units`() {
    let zeros = [0.0, 0, 0]
    #expect(Self.distance(.tanimoto, zeros, zeros) == 0)
    #expect(Self.distance(.tanimoto, zeros, [1, 0, 0]) == 1)
    #expect(Self.distance(.tanimoto, [0.1, 0.7, 0.3], [0.1, 0.7, 0.3]) == 0)
    // Two of the four that one of both sets has are in both.
    #expect(Self.distance(.tanimoto, [1, 1, 1, 0], [1, 1, 0, 1]) == 0.5)
    // Opposite rows: 1 + 1/3.
    #expect(Self.distance(.tanimoto, [1, 2], [-1, -2]) == 1 + 1 / 3.0)
    let plain = Self.distance(.tanimoto, [1, 2, 3], [3, 1, 1])
    for exponent in [-1000, -600, 400] {
      let scale = Double(sign: .plus, exponent: exponent, significand: 1)
      let scaled = Self.distance(
        .tanimoto, [1, 2, 3].map { $0 * scale }, [3, 1, 1].map { $0 * scale })
      #expect(scaled == plain, "2^\(exponent)")
    }
  }
}
