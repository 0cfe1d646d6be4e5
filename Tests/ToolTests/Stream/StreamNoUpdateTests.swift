import Foundation
import Testing

/// A stream that only predicts.
@Suite struct StreamNoUpdateTests {
  private func withModel() throws -> Workplace {
    let place = Workplace.withStream()
    try place.stream("a.csv -k 2 --init start.npy --model m --quiet")
    return place
  }

  @Test func `nothing is learnt`() throws {
    let place = try withModel()
    let before = try place.bytes("m")
    let outcome = try place.stream(
      "a.csv b.csv --init m --no-update --predictions p.csv --trace t.jsonl --metrics q.jsonl")
    #expect(
      outcome.text.hasPrefix("batch 1: 4 points, inertia 0.625\nbatch 2: 1 point, inertia 0.5625\n")
    )
    #expect(outcome.text.contains("\n2 batches, 5 points of 2 columns, double, predicted in "))
    #expect(
      outcome.errors.contains("m: it does not say how its clusters spread: there are no outlier"))
    let trace = try place.traceLines("t.jsonl")
    #expect(trace.map(\.batch) == [1, 2] && trace.map(\.inertia) == [0.625, 0.5625])
    #expect(
      trace.allSatisfy { $0.centroids == [[1.25, 2], [10, 11.5]] && $0.weights == [2, 2] })
    #expect(try place.bytes("m") == before)
    let labels = try place.text("p.csv").split(separator: "\n").dropFirst().map { $0.prefix(3) }
    #expect(labels == ["0,0", "0,0", "1,1", "1,1", "0,0"])
    #expect(try place.text("q.jsonl").split(separator: "\n").count == 2)
    let facts = try place.facts("a.csv b.csv --init m --no-update")
    #expect(facts.batches == 2 && facts.points == 5 && facts.inertia == facts.inertiaAfter)
    let nothing = try place.stream(
      "- --init m --no-update --on-invalid skip", input: "x,y\nbad,1\n1\n")
    #expect(nothing.text.hasPrefix("0 batches, 0 points of 2 columns, double, predicted in 0 s"))
  }

  /// Whoever waits for an answer to each row gets it, without an end of the input.
  @Test func `rows of a pipe are answered at once`() throws {
    let place = try withModel()
    let pipe = Pipe()
    let running = try Running(
      "/bin/sh",
      [
        "-c",
        "exec \"$KMEANS\" stream - --init m --no-update --predictions - --key-column 1 --columns 2,3 "
          + "--quiet > out.csv",
      ], in: place, pipe: pipe, environment: ["KMEANS": Program.kmeans])
    let input = pipe.fileHandleForWriting
    for (number, row) in ["a,1,2\n", "b,10,11\n", "c,1.25,2\n"].enumerated() {
      try input.write(contentsOf: Data(row.utf8))
      try StreamLiveTests.wait(for: number + 2, linesIn: "out.csv", of: place)
    }
    #expect(try place.text("out.csv").split(separator: "\n").last?.hasPrefix("c,0,0,0.0,") == true)
    let (outcome, _) = running.end(with: SIGTERM)
    #expect(outcome.status == 143)
    #expect(outcome.errors == "kmeans: the stream was stopped by SIGTERM after batch 3\n")
    try input.close()
  }

  @Test func `the ids are those of the model, and a file of centroids does, too`() throws {
    let place = Workplace.withStream()
    try place.kmeans("fit", "a.csv", "-k", "2", "--centroids", "c.csv", "--model", "f")
    for start in ["c.csv", "f"] {
      let outcome = try place.stream("b.csv --init \(start) --no-update --predictions - --quiet")
      #expect(outcome.text.split(separator: "\n").count == 2)
    }
    // Clusters die and others come, whose ids are no labels.
    place.write(csv((0..<30).map { [Double($0 % 3), 0] }), to: "d1.csv")
    place.write(csv((0..<30).map { [100 + Double($0 % 5) * 10, 0] }), to: "d2.csv")
    let files = "d1.csv" + String(repeating: " d2.csv", count: 12)
    try place.stream("\(files) -k 3 --half-life 1 --deaths 2 --model m --trace t.jsonl --quiet")
    let ids = try #require(try place.traceLines("t.jsonl").last?.ids)
    #expect(ids != [0, 1, 2])
    try place.stream("d2.csv --init m --no-update --predictions p.csv --quiet")
    for line in try place.text("p.csv").split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(try ids[#require(Int(fields[0]))] == Int(fields[1]))
    }
  }

  @Test func `rows without a direction, and labels alone`() throws {
    let place = Workplace.withStream()
    place.write("1,0\n0,1\n1,0\n", to: "c.csv")
    try place.stream("c.csv -k 2 --distance cosine --first-rows 2 --model m --quiet")
    place.write("2,0\n0,0\n0,3\n", to: "z.csv")
    let facts = try place.facts("z.csv --init m --no-update --on-invalid skip --predictions p.npy")
    #expect(facts.points == 2 && facts.skippedRows == 1)
    #expect(place.names.contains("p.npy"))
  }

  @Test(
    arguments: [
      "--decay-factor 0.5", "--half-life 3", "--forgetfulness 1", "--time-unit points",
      "--gain fixed", "--deaths 3", "--max-time-jump 3", "--compat spark", "--standardize",
      "--model m2", "--centroids c.csv", "--cluster-weights w.csv", "--init-weight 1",
    ])
  func `options about learning`(_ option: String) throws {
    let place = try withModel()
    let words = "stream a.csv --init m --no-update \(option)".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    let name = option.split(separator: " ")[0]
    #expect(outcome.status == 64)
    #expect(
      outcome.errors.hasPrefix(
        "kmeans: \(name): nothing is learnt with --no-update, so that it has no effect: leave one of them out"
      ))
  }

  @Test func `no model`() throws {
    let place = Workplace.withStream()
    for words in ["", " -k 2", " -k 2 --init gaussian"] {
      let outcome = try place.run(
        Program.kmeans, "stream a.csv --no-update\(words)".split(separator: " ").map(String.init))
      #expect(outcome.status == 64)
      #expect(
        outcome.errors.hasPrefix(
          "kmeans: --no-update: expected --init MODEL, or a file of centroids, to predict by"))
    }
  }
}
