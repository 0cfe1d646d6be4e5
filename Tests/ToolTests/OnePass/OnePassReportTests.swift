import Foundation
import Testing

/// What `kmeans onepass` says: `--json`, whose keys are a contract, and the summary for people.
@Suite struct OnePassReportTests {
  @Test func `one object on one line`() throws {
    let place = Workplace.withSample()
    let object = try ReportTests.object(place.kmeans("onepass", "a.npy", "-k", "2", "--json"))
    let contract: Set = [
      "points", "dimension", "clusters", "iterations", "converged", "inertia", "seconds",
      "readSeconds", "pointsPerSecond", "redecidedShare", "threads", "strategy", "isa",
      "sketchCentroids", "sketchSeconds", "ballSeconds", "distanceCutoff", "costLower", "costUpper",
      "seed", "collapses", "cost", "skippedRows", "precision", "sketchStrategy",
      "searcher",
    ]
    #expect(contract.subtracting(object.keys) == [])
    #expect(object["points"] as? Int == 4)
    #expect(object["dimension"] as? Int == 2)
    #expect(object["clusters"] as? Int == 2)
    #expect(object["converged"] as? Bool == true)
    #expect(object["inertia"] as? Double == 0.625)
    #expect(object["sketchCentroids"] as? Int == 4)
    #expect(object["distanceCutoff"] as? Double == 0.25)
    #expect(object["collapses"] as? Int == 0)
    #expect(object["strategy"] as? String == "fused")
    #expect(object["sketchStrategy"] as? String == "fused")
    #expect(object["searcher"] as? String == "brute")
    #expect(object["cost"] is NSNull)
  }

  @Test(arguments: [("p.npy", 4), ("p.npy", 2), ("p.npy", 9), ("u.npy", 5), ("a.npy", 2)])
  func `the bounds contain the cost, which a second pass finds`(_ file: String, _ k: Int) throws {
    let place = Workplace.withHeaps()
    place.write(npyFile(TestRandom.values(8 * 4000, seed: 9), columns: 8), to: "u.npy")
    for seed in 0..<3 {
      let facts = try place.onePassFacts(
        "\(file) -k \(k) --seed \(seed) --labels l.npy --centroids c.npy -ow")
      let cost = try #require(facts.cost)
      #expect(facts.costLower <= cost && cost <= facts.costUpper)
      #expect(facts.costUpper < 4 * cost)
      // The inertia is the upper bound without what is added for rounding.
      #expect(facts.inertia <= facts.costUpper && facts.inertia > 0.999_999 * facts.costUpper)
      // Floats round the centroids that are written.
      #expect(facts.inertia >= cost * (1 - 1e-6))
      #expect(facts.labelSeconds > 0)
      let assigned = try place.kmeans("assign", file, "--centroids", "c.npy", "--json")
      let found = try #require(assigned.text.firstMatch(of: #/"inertia":([0-9.e+-]+)/#))
      let inertia = try #require(Double(found.output.1))
      #expect(abs(inertia - cost) <= 1e-12 * cost)
    }
  }

  @Test func `the times are those of the parts`() throws {
    let facts = try Workplace.withHeaps().onePassFacts("p.npy -k 4 --labels l.npy")
    let sum = facts.sketchSeconds + facts.ballSeconds + facts.labelSeconds
    #expect(abs(facts.seconds - sum) < 1e-9)
    #expect(facts.sketchSeconds > 0 && facts.ballSeconds > 0)
  }

  @Test func `the summary for people`() throws {
    let place = Workplace.withHeaps()
    let lines = try place.onePass("p.npy -k 4 -km 40 --labels l.npy --seed 7").text
      .split(separator: "\n")
    try #require(lines.count == 10)
    #expect(
      lines[0].wholeMatch(of: #/p.npy: 3000 points of 3 columns, float, read in [\d.e-]+ s/#) != nil
    )
    let sketch =
      #/sketch: \d+ centroids, \d+ collapses?, distance cutoff [\d.e-]+, in [\d.e-]+ s, [\d.e+]+ points/s \(\d+ threads, \w+\)/#
    #expect(lines[1].wholeMatch(of: sketch) != nil, "\(lines[1])")
    let ball =
      #/4 clusters, seed 7: the best of \d+ runs from a greedy start, converged after \d+ iterations? in [\d.e-]+ s/#
    #expect(lines[2].wholeMatch(of: ball) != nil, "\(lines[2])")
    let bounds = #/the cost of all points lies between ([\d.]+) and ([\d.]+), for certain/#
    let found = try #require(try bounds.wholeMatch(in: lines[3]))
    let cost = try #require(
      try #/it is ([\d.]+), by a second pass in [\d.e-]+ s/#.wholeMatch(in: lines[4]))
    #expect(Double(found.output.1)! <= Double(cost.output.1)!)
    #expect(Double(cost.output.1)! <= Double(found.output.2)!)
    #expect(lines[5] == "cluster        weight   share")
    #expect(lines[6].hasSuffix("         750   25.0 %"))
  }

  @Test func `a lower bound of 0 is not announced`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(40 * 2000, seed: 3), columns: 40), to: "u.npy")
    let outcome = try place.onePass("u.npy -k 5")
    let line =
      #/the cost of all points is at most ([\d.]+), for certain; a larger -km may bound it from below, too/#
    #expect(outcome.text.split(separator: "\n")[3].wholeMatch(of: line) != nil, "\(outcome.text)")
    // It is true, and scripts have it.
    #expect(try place.onePassFacts("u.npy -k 5").costLower == 0)
    place.write("1,2\n1,2\n", to: "same.csv")
    let same = try place.onePass("same.csv -k 1").text
    #expect(same.contains("the cost of all points is at most ") && !same.contains("-km"))
  }

  @Test func `quiet says nothing`() throws {
    let outcome = try Workplace.withHeaps().onePass("p.npy -k 4 -o out --quiet")
    #expect(outcome.text == "")
    #expect(outcome.errors == "")
  }
}
