import Foundation
import Testing

/// What `kmeans stream` tells scripts and people.
@Suite struct StreamReportTests {
  @Test func `the keys of --json`() throws {
    let place = Workplace.withStream()
    let outcome = try place.stream("a.csv b.csv -k 2 --init start.npy --half-life 2 --json")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    let keys = """
      batches born clusters compat decayFactor died dimension distance gain halfLife inertia \
      inertiaAfter isa points pointsPerSecond precision readSeconds redecidedShare seconds seed \
      skippedRows split standardized strategy threads time tooLatePoints unit
      """
    #expect(object?.keys.sorted().joined(separator: " ") == keys)
    #expect(outcome.text.split(separator: "\n").count == 1)
    let facts = try JSONDecoder().decode(StreamFacts.self, from: Data(outcome.output))
    #expect(facts.batches == 2)
    #expect(facts.points == 5)
    #expect(facts.dimension == 2)
    #expect(facts.inertia == 0.5625)
    #expect(facts.time == 2)
    #expect(facts.halfLife == 2)
    #expect(facts.decayFactor == 0.5.squareRoot())
    #expect(facts.unit == "batches")
    #expect(facts.precision == "double")
  }

  @Test func `nothing forgotten has no half-life`() throws {
    let place = Workplace.withStream()
    let outcome = try place.stream("a.csv -k 2 --json")
    #expect(outcome.text.contains("\"halfLife\":null"))
    let facts = try JSONDecoder().decode(StreamFacts.self, from: Data(outcome.output))
    #expect(facts.decayFactor == 1)
    #expect(facts.born == 2)
  }

  @Test func `skipped rows are counted`() throws {
    let place = Workplace.withStream()
    let facts = try place.facts(
      "- -k 2 --init start.npy --on-invalid skip --batch-size 2",
      input: "1,2\nnan,2\n10,11\nnan,1\n")
    #expect(facts.skippedRows == 2)
    #expect(facts.points == 2)
  }

  @Test func `a line a batch, and a summary`() throws {
    let place = Workplace.withStream()
    let outcome = try place.stream("a.csv b.csv -k 2 --init start.npy --half-life 1")
    let lines = outcome.text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "batch 1: 4 points, inertia 1.25 -> 0.625, moved 0.5")
    #expect(lines[1] == "batch 2: 1 point, inertia 0.5625 -> 0.1406, moved 0.375")
    #expect(lines[2].hasPrefix("2 batches, 5 points of 2 columns, double, learnt in "))
    #expect(lines[3] == "2 clusters, seed 0, half-life 1 batches, clock at 2.0 batches")
    #expect(lines[4] == "inertia of the last batch 0.5625 -> 0.1406")
    #expect(lines[5] == "cluster      id        weight   share")
    #expect(lines[6] == "      0       0             2   66.7 %")
    #expect(lines.count == 8)
  }

  @Test func `quiet says nothing`() throws {
    let place = Workplace.withStream()
    let outcome = try place.stream("a.csv b.csv -k 2 --quiet")
    #expect(outcome.text == "")
    #expect(outcome.errors == "")
  }

  @Test func `predictions on stdout send the lines to stderr`() throws {
    let place = Workplace.withStream()
    let outcome = try place.stream("a.csv -k 2 --init start.npy --predictions -")
    #expect(outcome.text.split(separator: "\n").count == 5)
    #expect(outcome.errors.contains("batch 1: 4 points, inertia 1.25 -> 0.625, moved 0.5\n"))
    #expect(outcome.errors.contains("2 clusters, seed 0, nothing is forgotten"))
  }

  @Test func `any number of threads learns the same`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(3 * 6000, seed: 31), columns: 3), to: "p.npy")
    let command = "p.npy -k 7 --batch-size 2500 --half-life 1 --predictions p.csv"
    let one = try place.trace("\(command) --threads 1")
    let predictions = try place.text("p.csv")
    place.remove("p.csv")
    #expect(try place.trace("\(command) --threads 3") == one)
    #expect(try place.text("p.csv") == predictions)
  }

  @Test func `an empty file is a batch without points`() throws {
    let place = Workplace.withStream()
    place.write("x,y\n", to: "none.csv")
    let lines = try place.trace("a.csv none.csv -k 2 --init start.npy --half-life 1")
    #expect(lines.map(\.points) == [4, 0])
    #expect(lines[1].weights == [1, 1])
  }
}
