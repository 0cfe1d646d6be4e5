import Foundation
import Testing

/// Inputs and outputs that were changed, at the same size, since a checkpoint was written.
@Suite struct CheckpointChangeTests {
  private static let words =
    "-k 2 --first-rows 2 --batch-size 2 --trace t.jsonl --checkpoint s --resume --quiet"

  @Test(arguments: [
    "stream a.csv -k 2 --first-rows 2", "onepass a.csv -k 1 -km 4", "fit a.csv -k 2",
  ])
  func `an input`(_ command: String) throws {
    let place = Workplace.withSample()
    let all = "\(command) --quiet --checkpoint s --resume --model m"
    let words = all.split(separator: " ").map(String.init)
    #expect(try place.run(Program.kmeans, words).status == 0)
    place.write(Sample.csv.replacing("10,11", with: "10,19"), to: "a.csv")
    try place.expectFailure(
      65,
      "a.csv: it was changed within the \(Sample.csv.utf8.count) bytes that it had when the checkpoint "
        + "s was written: expected the file as it was", all)
    // Another time alone says nothing.
    place.write(Sample.csv, to: "a.csv")
    let outcome = try place.shell("touch -d 2001-01-01 a.csv; \"$KMEANS\" \(all)")
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// What is read later is free.
  @Test func `an input behind what was taken may be changed`() throws {
    let place = Workplace.withStream()
    try place.stream("a.csv \(Self.words)")
    place.write("x,y\n7,8\n", to: "b.csv")
    try place.stream("a.csv b.csv \(Self.words)")
    // The same file may grow as the standard input.
    place.write(Sample.csv, to: "g.csv")
    let grows =
      "\"$KMEANS\" stream - -k 2 --first-rows 2 --batch-size 2 --checkpoint g --resume < g.csv"
    #expect(try place.shell(grows).status == 0)
    place.write(Sample.csv + "3,4\n", to: "g.csv")
    #expect(try place.shell(grows).status == 0)
    place.write(Sample.csv.replacing("10,11", with: "10,19") + "3,4\n", to: "g.csv")
    let outcome = try place.shell(grows)
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasPrefix(
        "kmeans: -: it was changed within the \(Sample.csv.utf8.count + 4) bytes that it had when the "
          + "checkpoint g was written: expected the file as it was\n"), "\(outcome.errors)")
  }

  @Test func `an output`() throws {
    let place = Workplace.withStream()
    try place.stream("a.csv \(Self.words)")
    let trace = try place.text("t.jsonl")
    let changed = trace.replacing("{\"batch\":1,", with: "{\"batch\":7,")
    #expect(changed != trace)
    place.write(changed, to: "t.jsonl")
    try place.expectFailure(
      65,
      "t.jsonl: it was changed within the \(trace.utf8.count) bytes that it had when the checkpoint s "
        + "was written: bring it back, or begin anew with another --checkpoint and another --trace",
      "stream a.csv b.csv \(Self.words)")
    // Lines behind the checkpoint are cut off.
    place.write(trace + "{\"batch\":3}\n", to: "t.jsonl")
    try place.stream("a.csv b.csv \(Self.words)")
    #expect(try place.text("t.jsonl").hasPrefix(trace + "{\"batch\":3,\"points\":1,"))
  }

  @Test func `checkpoints of earlier versions say nothing of it`() throws {
    let place = Workplace.withStream()
    try place.stream("a.csv \(Self.words)")
    var parts = ArchiveParts(try place.bytes("s"))
    let run = try #require(parts.sections.firstIndex { $0.name == Array("run".utf8) })
    let state = try #require(
      try JSONSerialization.jsonObject(with: Data(parts.sections[run].payload))
        as? [String: Any])
    var old = state
    old["ends"] = nil
    var inputs = try #require(old["inputs"] as? [String: Any])
    inputs["files"] = (inputs["files"] as? [[String: Any]])?.map { $0.filter { $0.key != "ends" } }
    old["inputs"] = inputs
    let bytes = try JSONSerialization.data(withJSONObject: old, options: .sortedKeys)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("ends"))
    parts.sections[run].payload = Array(bytes)
    place.write(parts.bytes, to: "s")
    try place.stream("a.csv b.csv \(Self.words)")
    #expect(try place.text("t.jsonl").split(separator: "\n").count == 3)
  }
}
