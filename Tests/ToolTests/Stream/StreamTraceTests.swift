import Foundation
import Testing

/// `--trace`: what a stream has learnt after each batch.
@Suite struct StreamTraceTests {
  // With decay 1/2 the second batch finds the first centroid with weight 1 at (1.25, 2).
  static let first =
    "{\"batch\":1,\"points\":4,\"time\":1.0,\"centroids\":[[1.25,2.0],[10.0,11.5]],"
    + "\"weights\":[2.0,2.0],\"ids\":[0,1],\"inertia\":1.25,\"events\":[]}\n"
  static let second =
    "{\"batch\":2,\"points\":1,\"time\":2.0,\"centroids\":[[1.625,2.0],[10.0,11.5]],"
    + "\"weights\":[2.0,1.0],\"ids\":[0,1],\"inertia\":0.5625,\"events\":[]}\n"

  @Test func `each batch has a line with these keys in this order`() throws {
    let place = Workplace.withStream()
    try place.stream("a.csv b.csv -k 2 --init start.npy --decay-factor 0.5 --trace t.jsonl")
    #expect(try place.text("t.jsonl") == Self.first + Self.second)
  }

  @Test func `the standard output takes it, too`() throws {
    let place = Workplace.withStream()
    let outcome = try place.stream("a.csv b.csv -k 2 --init start.npy --half-life 1 --trace -")
    #expect(outcome.text == Self.first + Self.second)
    #expect(outcome.errors.contains("batch 2: 1 point, inertia 0.5625 -> 0.1406, moved 0.375\n"))
  }

  @Test func `what happened is listed`() throws {
    let place = Workplace.withStream()
    place.write(csv([[0], [1000]]), to: "init.csv")
    place.write(csv([[-1], [-2], [1], [2]]), to: "c.csv")
    let lines = try place.trace("c.csv c.csv -k 2 --init init.csv --decay-factor 0")
    #expect(lines.count == 2)
    #expect(
      lines[0].events == [
        TraceLine.Event(kind: "died", cluster: 1, parent: nil, label: 1),
        TraceLine.Event(kind: "split", cluster: 2, parent: 0, label: 1),
      ])
    let text = try place.text("t.jsonl")
    #expect(
      text.contains(
        "\"events\":[{\"kind\":\"died\",\"cluster\":1,\"label\":1},"
          + "{\"kind\":\"split\",\"cluster\":2,\"parent\":0,\"label\":1}]}\n"))
    #expect(lines[1].ids == [0, 2])
    #expect(lines[1].centroids.map { $0[0] }.sorted() == [-1.5, 1.5])
  }

  @Test func `numbers read back as the same bits`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(3 * 600, seed: 21), columns: 3), to: "p.npy")
    let lines = try place.trace(
      "p.npy -k 4 --batch-size 100 --half-life 1.7 --centroids c.npy --cluster-weights w.npy")
    let centroids = Array(try place.bytes("c.npy").suffix(4 * 3 * 8))
    #expect(centroids == bytes(lines.last!.centroids.flatMap { $0 }))
    #expect(Array(try place.bytes("w.npy").suffix(4 * 8)) == bytes(lines.last!.weights))
    // Not by chance: these are no round numbers.
    #expect(lines.last!.weights.allSatisfy { $0 != $0.rounded() })
  }

  @Test func `every third line and the last, with all that happened`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(2 * 800, seed: 22), columns: 2), to: "p.npy")
    let command = "p.npy -k 4 --batch-size 100 --half-life 3"
    let all = try place.trace(command)
    let some = try place.trace("\(command) --trace-every 3")
    #expect(all.map(\.batch) == Array(1...8))
    #expect(some.map(\.batch) == [3, 6, 8])
    #expect(some.map(\.centroids) == [2, 5, 7].map { all[$0].centroids })
    #expect(some.map(\.points) == [100, 100, 100])
    #expect(some[0].events == all[0].events)
    #expect(some[0].events.map(\.kind) == Array(repeating: "born", count: 4))
    // Nothing twice where the last batch has its line already.
    #expect(try place.trace("\(command) --trace-every 4").map(\.batch) == [4, 8])
  }

  @Test func `a batch that only waits has empty lists`() throws {
    let place = Workplace.withStream()
    let outcome = try place.stream(
      "a.csv a.csv b.csv -k 2 --first-rows 8 --trace t.jsonl --seed 3")
    let lines = try place.text("t.jsonl").split(separator: "\n").map(String.init)
    #expect(
      lines[0]
        == "{\"batch\":1,\"points\":4,\"time\":1.0,\"centroids\":[],\"weights\":[],\"ids\":[],"
        + "\"inertia\":0.0,\"events\":[]}")
    #expect(outcome.text.hasPrefix("batch 1: 4 points, waits: 4 of 8 points\n"))
    let second = try place.traceLines("t.jsonl")[1]
    #expect(second.events.map(\.kind) == ["born", "born"])
    #expect(second.weights.reduce(0, +) == 8)
  }

  @Test func `a short stream begins at its end`() throws {
    let place = Workplace.withStream()
    let lines = try place.trace("a.csv -k 2 --half-life 1")
    #expect(lines.map(\.batch) == [1, 1])
    #expect(lines.map(\.points) == [4, 0])
    #expect(lines[0].centroids == [])
    #expect(lines[1].centroids.sorted { $0[0] < $1[0] } == [[1.25, 2], [10, 11.5]])
    #expect(lines[1].events.count == 2)
  }
}
