import Foundation
import Testing

/// A line of a truth.
private struct TruthLine: Decodable {
  struct Event: Decodable {
    let kind: String
    let cluster: Int
  }

  let batch: Int
  let points: Int
  let centers: [[Double]]
  let weights: [Double]
  let ids: [Int]
  let events: [Event]
}

/// `kmeans generate`: streams whose clusters are known.
@Suite struct GenerateTests {
  @Test func `rows go to the standard output, under a header`() throws {
    let outcome = try Workplace().kmeans(
      "generate", "jump", "--points", "5", "--batches", "3", "--dimension", "3")
    #expect(outcome.status == 0)
    let lines = outcome.text.split(separator: "\n")
    #expect(lines.count == 16 && lines[0] == "x1,x2,x3")
    #expect(lines.dropFirst().allSatisfy { $0.split(separator: ",").count == 3 })
    #expect(
      outcome.errors.hasPrefix(
        "jump: 15 points of 3 columns in 3 batches, 4 clusters, seed 0, to standard output (csv, "))
    #expect(outcome.errors.hasSuffix("batch 2: jump of clusters 0, 1, 2, 3\n"))
  }

  @Test func `files, folders and the standard output have the same rows`() throws {
    let place = Workplace()
    let words = ["generate", "drift", "--points", "7", "--batches", "11", "--seed", "5"]
    let text = try place.run(Program.kmeans, words).text
    _ = try place.run(Program.kmeans, words + ["--out", "a.csv", "--quiet"])
    _ = try place.run(Program.kmeans, words + ["--out", "a.npy", "--quiet"])
    _ = try place.run(Program.kmeans, words + ["--out-dir", "d", "--quiet"])
    #expect(try place.text("a.csv") == text)
    let files = try place.shell("ls d").text.split(separator: "\n").map(String.init)
    #expect(files == (1...11).map { "batch-\($0 < 10 ? "0" : "")\($0).csv" })
    let rows = try files.map { try place.text("d/\($0)", under: "x1,x2") }.joined()
    #expect("x1,x2\n\(rows)" == text)
    let npy = try place.kmeans("convert", "a.npy", "-", "--quiet").text
    #expect(npy == rows)
  }

  @Test func `the truth has a line a batch, and labels one a row`() throws {
    let place = Workplace()
    let outcome = try place.kmeans(
      "generate", "vanish", "--points", "50", "--batches", "6", "--out", "v.csv", "--truth",
      "t.jsonl", "--labels", "l.csv", "--json")
    #expect(outcome.errors == "")
    #expect(outcome.text.contains("\"points\":300") && outcome.text.contains("\"events\":1"))
    let lines = try place.text("t.jsonl").split(separator: "\n").map {
      try JSONDecoder().decode(TruthLine.self, from: Data($0.utf8))
    }
    #expect(lines.map(\.batch) == Array(1...6))
    #expect(lines.map(\.ids.count) == [4, 4, 3, 3, 3, 3])
    #expect(lines[2].events.map(\.kind) == ["vanish"] && lines[2].events[0].cluster == 3)
    #expect(
      lines[0].centers.allSatisfy { $0.count == 2 } && lines[0].weights == [0.25, 0.25, 0.25, 0.25])
    let labels = try place.text("l.csv", under: "cluster").split(separator: "\n").map(String.init)
    #expect(labels.count == 300)
    #expect(labels.prefix(100).contains("3") && !labels.dropFirst(100).contains("3"))
  }

  @Test func `a stream learns it from a pipe`() throws {
    let outcome = try Workplace().shell(
      """
      "$KMEANS" generate jump --points 50 --seed 1 --quiet \\
        | "$KMEANS" stream - --batch-size 50 -k 4 --half-life 2 --json
      """)
    #expect(outcome.status == 0 && outcome.errors == "")
    let facts = try JSONDecoder().decode(StreamFacts.self, from: Data(outcome.output))
    #expect(facts.batches == 40 && facts.points == 2000 && facts.dimension == 2)
  }

  @Test func `a stream with times learns bursts`() throws {
    let outcome = try Workplace().shell(
      """
      "$KMEANS" generate bursts --points 50 --seed 1 --quiet \\
        | "$KMEANS" stream - --batch-size 50 -k 4 --half-life 60 --time-column time --json
      """)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "standard input: 2 of 3 columns are selected: 'x1', 'x2'\n")
    let facts = try JSONDecoder().decode(StreamFacts.self, from: Data(outcome.output))
    #expect(facts.dimension == 2 && facts.unit == "seconds" && facts.time ?? 0 > 100)
  }

  @Test func `a reader that goes away ends it quietly`() throws {
    let outcome = try Workplace().shell(
      "\"$KMEANS\" generate static --points 20000 --batches 200 | head -1")
    #expect(outcome.text == "x1,x2\n" && outcome.errors == "")
  }

  @Test func `a folder that holds something is refused`() throws {
    let place = Workplace()
    place.makeFolder("d")
    place.write("1\n", to: "d/old.csv")
    try place.expectFailure(
      64, "--out-dir d: it holds 'old.csv': expected a new or an empty folder",
      "generate jump --out-dir d")
  }

  @Test func `more clusters than there is memory for are refused at once`() throws {
    let outcome = try Workplace().kmeans("generate", "static", "-k", "2000000000")
    #expect(outcome.status == 74)
    #expect(
      outcome.errors.hasPrefix(
        "kmeans: -k 2000000000: so many clusters of 2 columns take about 566.2 GiB of memory, "
          + "expected at most "), "\(outcome.errors)")
  }

  @Test(
    arguments: [
      Wrong("generate jump -k 0", "-k 0: the scene 'jump' takes at least 1", 64),
      Wrong("generate merge -k 1", "-k 1: the scene 'merge' takes at least 2", 64),
      Wrong("generate jump --points 0", "--points 0: expected at least 1", 64),
      Wrong("generate jump --at 41", "--at 41: expected a batch from 1 to 40", 64),
      Wrong("generate bursts --late-share 2", "--late-share 2.0: expected 0 to 1", 64),
      Wrong(
        "generate drift --every 3",
        "--every: it has no effect on the scene 'drift': expected it with jump; see 'kmeans generate --help'",
        64),
      Wrong(
        "generate jump --at 3 --every 3",
        "--at and --every: a jump is once, or again and again: expected one; see 'kmeans generate --help'",
        64),
      Wrong(
        "generate jump --out x.csv --interval 1s",
        "--interval: the file x.csv appears whole at the end: expected --out-dir, or the standard "
          + "output; see 'kmeans generate --help'", 64),
      Wrong(
        "generate jump --out /no/such/x.csv",
        "/no/such/x.csv: cannot write: there is no folder /no/such", 74),
      Wrong(
        "generate bursts --precision float --out x.csv",
        "--precision float: times in seconds take more digits than a float has: expected double", 64
      ),
    ])
  func `wrong command lines`(_ wrong: Wrong) throws { try wrong.check(in: Workplace()) }
}
