import Foundation
import Testing

/// The job of a service: a pipe that never ends, with keys and times, rows that are wrong, and a
/// stop in the middle, after which the next process goes on.
@Suite struct ProductionTests {
  private static let options = [
    "-k", "2", "--time-column", "t", "--key-column", "id", "--half-life", "100", "--batch-size",
    "4", "--on-invalid", "skip", "--predictions", "p.csv", "--trace", "t.jsonl", "--model",
    "live.kmeans", "--first-rows", "4",
  ]

  /// Rows of two places, in batches of four.
  private static func rows(from first: Int, _ count: Int) -> String {
    var random = TestRandom(UInt64(first))
    return (first..<first + count).map { row in
      let place = row % 2 == 0 ? 1.0 : 9
      return "s\(row),\(row),\(place + 0.1 * random.bell()),\(place + 0.1 * random.bell())\n"
    }.joined()
  }

  @Test func `a service that is stopped and goes on`() throws {
    let place = Workplace()
    let pipe = Pipe()
    let running = try Running(
      Program.kmeans, ["stream", "-"] + Self.options, in: place, pipe: pipe)
    let input = pipe.fileHandleForWriting
    try input.write(contentsOf: Data(("id,t,x,y\n" + Self.rows(from: 0, 8)).utf8))
    // A row that is wrong ends nothing.
    try input.write(contentsOf: Data("bad,8,none,1\n".utf8))
    try input.write(contentsOf: Data(Self.rows(from: 8, 8).utf8))
    try StreamLiveTests.wait(for: 4, linesIn: "t.jsonl", of: place)
    // Half a batch, and half a line.
    try input.write(contentsOf: Data((Self.rows(from: 16, 2) + "s18,18,1.").utf8))
    let (outcome, duration) = running.end(with: SIGTERM)
    try input.close()
    #expect(outcome.status == 143)
    #expect(
      outcome.errors.hasSuffix(
        "kmeans: the stream was stopped by SIGTERM after batch 4; what was learnt is written\n"),
      "\(outcome.errors)")
    #expect(duration < SignalTests.limit)
    // All lines are whole, and one for each row that was learnt or left out.
    let before = try place.text("p.csv")
    #expect(before.hasSuffix("\n"))
    let lines = before.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(Set(lines.map(\.count)).count == 1)
    let keys = lines.dropFirst().map { String($0[0]) }
    #expect(keys.filter { $0 != "bad" && !$0.isEmpty } == (0..<16).map { "s\($0)" })
    let trace = try place.traceLines("t.jsonl")
    #expect(trace.map(\.batch) == [1, 2, 3, 4] && trace.map(\.points) == [4, 4, 4, 4])

    try goOn(place, before: before, trace)
  }

  /// The next process goes on from the model: its weights decay from where they were.
  private func goOn(_ place: Workplace, before: String, _ trace: [TraceLine]) throws {
    let text = "id,t,x,y\n" + Self.rows(from: 16, 8)
    let next = try place.run(
      Program.kmeans,
      ["stream", "-"] + Self.options.dropLast(2) + ["--init", "live.kmeans"],
      input: Array(text.utf8))
    #expect(next.status == 0, "\(next.errors)")
    #expect(next.errors.contains("live.kmeans: its centroids and weights go on"))
    let lines = try place.traceLines("t.jsonl")
    #expect(lines.count == 6)
    let last = try #require(trace.last)
    // From t = 15 to 19, with a half-life of 100; both clusters get two points, at most 3 old.
    for (now, old) in zip(lines[4].weights, last.weights) {
      let kept = old * pow(2, -4.0 / 100)
      #expect(now > kept + 1.9 && now < kept + 2)
    }
    for (now, old) in zip(lines[5].centroids.joined(), last.centroids.joined()) {
      #expect(abs(now - old) < 0.3)
    }
    let predictions = try place.text("p.csv")
    #expect(predictions.hasPrefix(before) && predictions.hasSuffix("\n"))
    let keys = predictions.split(separator: "\n").map { $0.prefix { $0 != "," } }
    #expect(keys.suffix(8).map(String.init) == (16..<24).map { "s\($0)" })
  }
}
