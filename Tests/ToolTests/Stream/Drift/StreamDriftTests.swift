import Foundation
import Testing

/// `--drift` and `--alarm-command`: what is told when points change.
@Suite struct StreamDriftTests {
  /// Batches of 40 rows round two centers, which jump behind some batch.
  private func rows(_ batches: Int, jumpAfter: Int, seed: UInt64 = 1) -> String {
    var random = TestRandom(seed)
    return csv(
      (0..<batches * 40).map { row in
        let shift = row / 40 >= jumpAfter ? 5.0 : 0
        return [20 * Double(row % 2) + random.bell() + shift, random.bell()]
      })
  }

  private let command = "p.csv -k 2 --batch-size 40 --half-life 5"

  private func place(jumpAfter: Int = 50) -> Workplace {
    let place = Workplace()
    place.write(rows(60, jumpAfter: jumpAfter), to: "p.csv")
    return place
  }

  @Test func `an alarm is in the trace, the metrics and a note`() throws {
    let place = place()
    let outcome = try place.stream("\(command) --drift --trace t.jsonl --metrics m.jsonl")
    let lines = try place.text("t.jsonl").split(separator: "\n")
    let alarm = try #require(lines.firstIndex { $0.contains("\"kind\":\"drift\"") })
    #expect((50...59).contains(alarm))
    #expect(
      lines[alarm].firstMatch(
        of: /"events":\[{"kind":"drift","of":"(inertia|speed)","value":[0-9.]+,"threshold":15.0}/)
        != nil)
    #expect(lines[10].contains(",\"events\":[],\"drift\":{\"speed\":"))
    #expect(lines[10].hasSuffix("\"alarms\":0}}"))
    let metrics = try place.text("m.jsonl").split(separator: "\n")
    #expect(metrics[alarm].hasSuffix("\"alarms\":1}}"))
    #expect(outcome.errors.contains("p.csv: batch \(alarm + 1): drift: "))
  }

  @Test func `without --drift nothing of it is written, and the rest is the same`() throws {
    let place = place()
    try place.stream("\(command) --drift --trace d.jsonl --quiet")
    try place.stream("\(command) --trace t.jsonl --quiet")
    #expect(!(try place.text("t.jsonl").contains("drift")))
    let watched = try place.traceLines2("d.jsonl")
    #expect(try place.traceLines2("t.jsonl") == watched)
  }

  @Test func `the alarm command gets the event`() throws {
    let place = place()
    try place.streamWords(
      command.split(separator: " ").map(String.init)
        + ["--quiet", "--alarm-command", "cat >> events.jsonl; echo seen"])
    let events = try place.text("events.jsonl")
    let first = try #require(events.split(separator: "\n").first)
    #expect(
      first.wholeMatch(
        of:
          /{"event":"drift","kind":"(inertia|speed)","value":[0-9.]+,"threshold":15.0,"batch":5[0-9],"points":40,"time":5[0-9].0,"input":"p.csv","missed":0}/
      )
        != nil, "\(events)")
  }

  @Test func `a command that fails is a line, and the stream goes on`() throws {
    let place = place()
    let outcome = try place.streamWords(
      command.split(separator: " ").map(String.init)
        + ["--quiet", "--alarm-command", "exit 3", "--centroids", "c.csv"])
    #expect(outcome.errors.contains("kmeans: --alarm-command: it failed with status 3\n"))
    #expect(place.names.contains("c.csv"))
  }

  /// Had learning waited, the command would have ended when the stream did.
  @Test func `learning does not wait for the command`() throws {
    let place = place()
    let outcome = try place.streamWords(
      command.split(separator: " ").map(String.init)
        + ["--quiet", "--alarm-command", "exec sleep 9", "--centroids", "c.csv"])
    #expect(outcome.errors.contains("still runs after 5 s: it is left to itself\n"))
    #expect(place.names.contains("c.csv"))
  }

  @Test func `wrong options`() throws {
    let place = place()
    try place.expectFailure(
      64, "--drift-lambda 0.0: expected a finite number above 0",
      "stream \(command) --drift-lambda 0")
    let outcome = try place.kmeans("stream", "p.csv", "-k", "2", "--alarm-command", " ")
    #expect(outcome.status == 64 && outcome.errors.contains("expected a command"))
  }
}

extension Workplace {
  /// The lines of a trace as far as they are the same with and without drift.
  fileprivate func traceLines2(_ name: String) throws -> [[String]] {
    try text(name).split(separator: "\n").map { line in
      let object = try JSONDecoder().decode(PlainLine.self, from: Data(line.utf8))
      return ["\(object.centroids)", "\(object.weights)", "\(object.inertia)"]
    }
  }

  /// Runs `kmeans stream` with words that may hold blanks.
  @discardableResult
  fileprivate func streamWords(_ words: [String]) throws -> Outcome {
    let outcome = try run(Program.kmeans, ["stream"] + words, input: [])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome
  }
}

private struct PlainLine: Decodable {
  let centroids: [[Double]]
  let weights: [Double]
  let inertia: Double
}
