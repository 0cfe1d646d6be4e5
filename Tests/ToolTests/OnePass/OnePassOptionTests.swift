import Foundation
import Testing

/// Every option of the sketch and of ball k-means arrives where it belongs.
@Suite struct OnePassOptionTests {
  /// A folder with `u.npy`: 3,000 rows without any clusters.
  static func withNoise() -> Workplace {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(4 * 3000, seed: 21), columns: 4), to: "u.npy")
    return place
  }

  @Test func `each option of the sketch changes it`() throws {
    let place = Self.withNoise()
    func sketch(_ options: String) throws -> [Double] {
      let facts = try place.onePassFacts("u.npy -k 5 -km 40 \(options)")
      return [facts.sketchError, Double(facts.sketchCentroids), facts.distanceCutoff ?? 0]
    }
    let plain = try sketch("")
    #expect(try sketch("-e -1 --beta 1.3 --overshoot 2 --log-factor 5 --collapse once") == plain)
    for option in [
      "-km 60", "-e 0.01", "--beta 2", "--overshoot 3", "--log-factor 20", "--collapse paper",
      "--collapse jump", "--seed 1",
    ] {
      #expect(try sketch(option) != plain, "\(option)")
    }
  }

  @Test func `each start is another`() throws {
    let place = Self.withNoise()
    let starts = try ["-ri", "--init ostrovsky", "--init k-means++", "--init greedy"].map {
      try place.onePass(
        "u.npy -k 9 -km 99 --compat mahout -nbkm 1 -mi 1 \($0) --centroids c.csv -ow --quiet")
      return try place.text("c.csv")
    }
    #expect(Set(starts).count == starts.count)
  }

  @Test(arguments: [1, 2, 5]) func `iterations`(_ count: Int) throws {
    let outcome = try Self.withNoise().onePass(
      "u.npy -k 9 -km 99 --compat mahout -mi \(count) --json")
    #expect(outcome.text.contains("\"iterations\":\(count),"))
    #expect(outcome.text.contains("\"converged\":false"))
  }

  @Test func `the best of more runs is no worse`() throws {
    let place = Self.withNoise()
    func inertia(_ runs: Int) throws -> Double {
      try place.onePassFacts("u.npy -k 9 -km 99 --compat mahout -testp 0 -ri -nbkm \(runs)").inertia
    }
    #expect(try inertia(20) < inertia(1))
  }

  /// Twelve round heaps and more clusters than that: no seed may end far above a fit.
  @Test func `more runs never cost more, and cost what a fit costs`() throws {
    let place = Workplace()
    let noise = TestRandom.values(2 * 3000, seed: 4)
    let values = (0..<6000).map { index -> Float in
      let heap = index / 2 % 12
      return Float(index % 2 == 0 ? heap % 4 : heap / 4) * 8 + noise[index]
    }
    place.write(npyFile(values, columns: 2), to: "p.npy")
    for seed in 0..<3 {
      let fit = try ReportTests.object(
        place.kmeans("fit", "p.npy", "-k", "20", "--seed", "\(seed)", "--json"))
      let best = try #require(fit["inertia"] as? Double)
      var last = Double.infinity
      for runs in [1, 2, 3, 7, 10, 11] {
        let facts = try place.onePassFacts(
          "p.npy -k 20 --seed \(seed) -nbkm \(runs) --labels l.npy -ow")
        #expect(facts.inertia <= last * (1 + 1e-12))
        last = facts.inertia
        #expect(
          try #require(facts.cost) < (runs < 3 ? 1.3 : 1.1) * best, "seed \(seed), \(runs) runs")
      }
    }
  }

  @Test func `weights that are corrected are those of all points, others leave out the test`()
    throws
  {
    let place = Self.withNoise()
    func weight(_ options: String) throws -> Double {
      try place.onePass(
        "u.npy -k 5 -km 99 --compat mahout \(options) --cluster-weights w.csv -ow --quiet")
      return try place.numbers("w.csv").reduce(0) { $0 + $1[0] }
    }
    #expect(try weight("-testp 0.5") == 3000)
    #expect(try weight("-testp 0 -tf 1") == 3000)
    #expect(try weight("-testp 0 -tf 100 -iw") == 3000)
    #expect(try weight("-testp 0.5 -tf 100 -iw") < 2500)
    #expect(try weight("-testp 0 -tf 0.1 -iw") < 2500)
  }
}
