import Foundation
import Testing

/// What is written to watch a stream.
@Suite struct StreamMetricsTests {
  struct Line: Decodable, Equatable {
    struct Events: Decodable, Equatable { let born, died, split: Int }
    let batch, points, skipped, late, waiting, clusters: Int
    let skippedBy: [String: Int]
    let time, inertia, inertiaAfter, inertiaPerPoint, inertiaAfterPerPoint: Double?
    let moved, movedRMS, outlierShare: Double?
    let weight, seconds, readSeconds: Double
    let events: Events
  }

  private func lines(_ place: Workplace, _ name: String = "m.jsonl") throws -> [Line] {
    try place.text(name).split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  @Test func `a line a batch`() throws {
    let place = Workplace.withStream()
    place.write("x,y\n2,2\n1\nnan,2\n", to: "bad.csv")
    let command = "a.csv bad.csv -k 2 --init start.npy --on-invalid skip --metrics m.jsonl"
    try place.stream("\(command) --quiet --trace t.jsonl")
    let lines = try lines(place)
    let trace = try place.traceLines("t.jsonl")
    #expect(lines.map(\.batch) == [1, 2] && lines.map(\.points) == [4, 1])
    #expect(lines.map(\.skipped) == [0, 2])
    #expect(
      lines[1].skippedBy
        == ["value": 1, "zero": 0, "malformed": 1, "tooLarge": 0, "timeJump": 0, "time": 0])
    #expect(lines.map(\.inertia) == trace.map(\.inertia) && lines[0].inertia == 1.25)
    #expect(lines[0].inertiaAfter == 0.625 && lines[0].inertiaPerPoint == 0.3125)
    #expect(lines[0].moved == 0.5 && lines[0].movedRMS == (0.3125 / 2).squareRoot())
    #expect(lines.map(\.weight) == [4, 5] && lines.map(\.clusters) == [2, 2])
    #expect(lines.map(\.time) == [1, 2])
    // Nothing is known yet of how the points of a cluster spread.
    #expect(lines[0].outlierShare == nil && lines[1].outlierShare == 0)
    #expect(lines.allSatisfy { $0.events == .init(born: 0, died: 0, split: 0) })
    let keys = try place.text("m.jsonl").split(separator: "\n")[0]
    #expect(keys.hasPrefix("{\"batch\":1,\"points\":4,\"skipped\":0,\"skippedBy\":{\"value\":0,"))
    // The same command goes on behind them; a trace does not.
    let again = try place.stream("\(command)")
    #expect(again.errors.contains("m.jsonl: goes on at line 3\n"))
    #expect(try self.lines(place).count == 4)
    for (option, name) in [("--metrics", "t.jsonl"), ("--trace", "m.jsonl")] {
      let kind = option == "--metrics" ? "metrics" : "a trace"
      try place.expectFailure(
        65,
        "\(name): expected \(kind) that this command wrote, to add lines behind it, found something "
          + "else: give another name, or move the file away",
        "stream a.csv -k 2 --init start.npy --quiet \(option) \(name)")
    }
  }

  @Test func `outliers, and a stream that waits`() throws {
    let place = Workplace.withStream()
    place.write("x\n1\n2\n3\n100\n", to: "o.csv")
    let outcome = try place.stream(
      "o.csv o.csv -k 1 --first-rows 3 --batch-size 2 --metrics - --quiet")
    place.write(outcome.text, to: "m.jsonl")
    let lines = try lines(place)
    #expect(lines.map(\.batch) == [1, 2, 3, 4])
    #expect(lines[0].waiting == 2 && lines[0].inertia == nil && lines[0].clusters == 0)
    #expect(lines[1].events.born == 1 && lines[1].waiting == 0)
    place.remove("m.jsonl")
    place.write("x\n1\n2\n3\n2\n", to: "p.csv")
    place.write("x\n2\n500\n", to: "q.csv")
    try place.stream("p.csv q.csv -k 1 --first-rows 4 --metrics m.jsonl --quiet")
    #expect(try self.lines(place)[1].outlierShare == 0.5)
  }

  @Test func `where it may go`() throws {
    let place = Workplace.withStream()
    try place.expectFailure(
      64, "--trace - and --metrics - both want the standard output",
      "stream a.csv -k 2 --init start.npy --trace - --metrics -")
    try place.expectFailure(
      64, "t is named for two outputs, expected a file for each",
      "stream a.csv -k 2 --init start.npy --trace t --metrics t")
    #expect(
      try place.kmeans("stream", "a.csv", "-k", "2", "--metrics", "m.jsonl.gz").status == 64)
  }
}
