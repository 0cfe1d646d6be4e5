import Foundation
import Testing

/// kill -9, then --resume: byte for byte what the stream would have written that nobody stopped.
@Suite struct StreamKillTests {
  static let outputs = ["t.jsonl", "p.csv", "m.jsonl", "c.npy", "w.csv", "m.kmeans"]
  static let common =
    "stream a.csv b.csv -k 5 --batch-size 50 --columns x,y,z --trace t.jsonl --predictions p.csv "
    + "--metrics m.jsonl --centroids c.npy --cluster-weights w.csv --model m.kmeans --quiet "

  @Test(arguments: [
    KilledRun(common + "--on-invalid skip --half-life 5 --precision float"),
    KilledRun(
      common + "--on-invalid skip --time-column time --point-weights weight --half-life 900 "
        + "--key-column host"),
    KilledRun(
      common + "--on-invalid skip --standardize --first-rows 1500 --trace-every 7 --deaths 3 "
        + "--decay-factor 0.5", growing: "p.csv"),
    KilledRun(
      common + "--on-invalid skip --compat spark --init gaussian --decay-factor 0.9"),
    KilledRun(common + "--on-invalid mean --distance cosine --gain fixed --half-life 4"),
  ])
  func `a stream that is killed again and again`(_ run: KilledRun) throws {
    let place = Workplace.withSensors()
    try place.succeed(run.words)
    let expected = try place.results(Self.outputs)
    #expect(expected.count == Self.outputs.count)
    var random = TestRandom(UInt64(run.command.count))
    for every in [1, 4] {
      place.removeAll(Self.outputs + ["s.kmeans", "s.kmeans.previous"])
      let words = run.words + ["--checkpoint", "s.kmeans", "--checkpoint-every", "\(every)"]
      let most = run.growing == "p.csv" ? 5000 : 100
      var counts = (0..<2).map { _ in Int.random(in: 1..<most, using: &random) }
      counts.sort()
      for count in counts {
        try place.kill(words + ["--resume"], after: count, linesIn: run.growing)
      }
      try place.succeed(words + ["--resume"])
      #expect(try place.results(Self.outputs) == expected)
      // Once more from the end: nothing is learnt twice.
      try place.succeed(words + ["--resume"])
      #expect(try place.results(Self.outputs) == expected)
      #expect(!place.names.contains { $0.hasSuffix(".tmp") || $0.hasSuffix(".lock") })
    }
  }

  @Test func `a stream that only predicts`() throws {
    let place = Workplace.withSensors()
    let reading = "--columns x,y,z --on-invalid skip --quiet"
    try place.stream("a.csv -k 5 \(reading) --model m --half-life 3")
    let words =
      "stream a.csv b.csv --init m --no-update \(reading) --batch-size 20 --predictions p.csv"
      .split(separator: " ").map(String.init)
    try place.succeed(words)
    let expected = try place.text("p.csv")
    place.remove("p.csv")
    let kept = words + ["--checkpoint", "s", "--checkpoint-every", "3", "--resume"]
    try place.kill(kept, after: 2000, linesIn: "p.csv")
    try place.succeed(kept)
    #expect(try place.text("p.csv") == expected)
    // Another model would say something else from here on.
    try place.stream("b.csv -k 5 \(reading) --model m --half-life 3")
    let other = try place.run(Program.kmeans, kept)
    #expect(other.status == 64 && other.errors.hasPrefix("kmeans: --init m: it is not what it was"))
  }

  @Test func `more files go on behind those that were taken`() throws {
    let place = Workplace.withSensors()
    let options = "-k 5 --columns x,y,z --on-invalid skip --trace t.jsonl --quiet --batch-size 999"
    try place.stream("a.csv b.csv \(options)")
    let expected = try place.text("t.jsonl")
    place.remove("t.jsonl")
    try place.stream("a.csv \(options) --checkpoint s")
    try place.stream("a.csv b.csv \(options) --checkpoint s --resume")
    #expect(try place.text("t.jsonl") == expected)
  }

  @Test func `a signal finishes the batch and writes the checkpoint`() throws {
    let place = Workplace.withSensors()
    let text = "-k 5 --columns x,y,z --on-invalid skip --half-life 3 --quiet --batch-size 40"
    try place.stream("a.csv b.csv \(text) --trace t.jsonl --centroids c.csv")
    let expected = try place.results(["t.jsonl", "c.csv"])
    place.removeAll(["t.jsonl", "c.csv"])
    let words =
      "stream a.csv b.csv \(text) --trace t.jsonl --centroids c.csv --checkpoint s --resume"
      .split(separator: " ").map(String.init)
    let running = try Running(Program.kmeans, words, in: place)
    try StreamLiveTests.wait(for: 5, linesIn: "t.jsonl", of: place)
    let (outcome, _) = running.end(with: SIGTERM)
    // It may have been at its end.
    #expect(outcome.status == 143 || outcome.status == 0)
    #expect(place.names.contains("s") && !place.names.contains("s.lock"))
    try place.succeed(words)
    #expect(try place.results(["t.jsonl", "c.csv"]) == expected)
  }
}
