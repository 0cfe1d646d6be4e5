import Testing

/// The same seed gives the same bytes; threads and instruction sets change the speed alone.
@Suite struct ReproducibilityTests {
  static let outputs = ["l.npy", "c.npy", "m"]

  /// The bytes of all outputs of a fit.
  static func fit(
    _ place: Workplace, seed: Int, options: [String] = [], isa: String = ""
  ) throws -> [[UInt8]]? {
    let outcome = try place.run(
      Program.kmeans,
      ["fit", "p.npy", "-k", "40", "--seed", "\(seed)", "--labels", "l.npy", "--centroids"]
        + ["c.npy", "--model", "m", "--quiet"] + options,
      environment: isa.isEmpty ? [:] : ["KMEANS_ISA": isa])
    if outcome.status == 64, outcome.errors.contains("this processor lacks \(isa)") { return nil }
    #expect(outcome.status == 0)
    return try outputs.map { try place.bytes($0) }
  }

  static func withPoints() -> Workplace {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(5000 * 17, seed: 9), columns: 17), to: "p.npy")
    return place
  }

  @Test func `one seed, any threads and instruction set: the same bytes`() throws {
    let place = Self.withPoints()
    let expected = try #require(try Self.fit(place, seed: 1))
    #expect(try Self.fit(place, seed: 1) == expected)
    for threads in ["1", "2", "3"] {
      #expect(try Self.fit(place, seed: 1, options: ["--threads", threads]) == expected)
    }
    #expect(try Self.fit(place, seed: 1, options: ["--strategy", "blas"]) == expected)
    var compared = 0
    for isa in ["baseline", "v3", "v4"] {
      guard let found = try Self.fit(place, seed: 1, isa: isa) else { continue }
      #expect(found == expected, "\(isa)")
      compared += 1
    }
    #expect(compared >= 1)
  }

  @Test func `another seed finds something else`() throws {
    let place = Self.withPoints()
    let (one, two) = (try Self.fit(place, seed: 1), try Self.fit(place, seed: 2))
    for (first, second) in zip(try #require(one), try #require(two)) { #expect(first != second) }
  }

  @Test func `the seed is 0 unless given, and printed`() throws {
    let place = Workplace.withSample()
    #expect(try place.kmeans("fit", "a.npy", "-k", "2").text.contains("2 clusters, seed 0: "))
    let largest = try place.kmeans("fit", "a.npy", "-k", "2", "--seed", "18446744073709551615")
    #expect(largest.text.contains("2 clusters, seed 18446744073709551615: "))
  }
}
