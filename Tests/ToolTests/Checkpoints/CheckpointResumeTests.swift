import Foundation
import Testing

/// What a run that goes on takes from its checkpoint, and what can be read from one.
@Suite struct CheckpointResumeTests {
  private static let folder =
    "--train-dir in -k 2 --half-life 5 --id-column id --interval 50ms --until-idle 300ms "
    + "--checkpoint s --resume --on-invalid skip --on-bad-file skip --trace t.jsonl"

  private func rows(_ range: Range<Int>) -> String {
    "id,x,y\n" + range.map { "a\($0),\($0 % 2 * 10 + $0),\($0)\n" }.joined()
  }

  /// Else the first file after a restart would say which columns there are.
  @Test func `columns are those of the checkpoint, whatever comes first`() throws {
    let place = Workplace()
    place.makeFolder("in")
    place.write(rows(0..<50), to: "in/a.csv")
    try place.stream(Self.folder)
    place.write("id,x,y\nb,1,NA\nc,2,\n", to: "in/b.csv")
    let bad = try place.stream(Self.folder)
    #expect(bad.errors.contains("in/b.csv: "), "\(bad.errors)")
    place.write(rows(50..<90), to: "in/c.csv")
    try place.stream(Self.folder)
    let trace = try place.text("t.jsonl").split(separator: "\n")
    #expect(trace.last?.contains("\"points\":40,") ?? false, "\(trace)")
  }

  @Test func `nothing new in a folder is nothing wrong`() throws {
    let place = Workplace()
    place.makeFolder("in")
    place.write(rows(0..<50), to: "in/a.csv")
    try place.stream(Self.folder)
    let before = try place.bytes("s")
    let again = try place.stream(Self.folder)
    #expect(
      again.errors.contains(
        "in: no file with rows has come within 0.3 seconds: the checkpoint and "
          + "what was written stay as they are\n"), "\(again.errors)")
    #expect(try place.bytes("s") == before)
  }

  @Test func `what was added to a file that was read is told`() throws {
    let place = Workplace.withStream()
    let command = "a.csv -k 2 --batch-size 2 --checkpoint s --resume"
    try place.stream(command)
    place.write(try place.text("a.csv") + "9,9\n", to: "a.csv")
    let outcome = try place.stream(command)
    #expect(
      outcome.errors.contains(
        "a.csv: 4 bytes were added since it was read to its end, and are not "
          + "read: what grows is read on as the standard input (< a.csv)\n"), "\(outcome.errors)")
  }

  @Test func `a checkpoint says how far the inputs were read, and is a model`() throws {
    let place = Workplace.withStream()
    try place.stream(
      "a.csv b.csv -k 2 --init start.npy --batch-size 2 --checkpoint s --model m --trace t.jsonl --quiet"
    )
    let json = try place.kmeans("info", "s", "--json").text
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["kind"] as? String == "checkpoint of a stream")
    #expect(object["inputsRead"] as? [String] == ["a.csv", "b.csv"])
    #expect((object["options"] as? [String])?.contains("--batch-size 2") ?? false)
    #expect(object["clusters"] as? Int == 2)
    try place.kmeans("convert", "s", "s.csv", "--quiet")
    try place.kmeans("convert", "m", "m.csv", "--quiet")
    #expect(try place.text("s.csv") == place.text("m.csv"))
    for model in ["s", "m"] {
      try place.kmeans("assign", "b.csv", "--model", model, "--labels", "\(model).l.csv", "--quiet")
    }
    #expect(try place.text("s.l.csv") == place.text("m.l.csv"))
  }

  @Test func `the model of a key says whose it is, and is one of any command`() throws {
    let place = Workplace()
    let keyed = (0..<80).map { "pump \($0 % 2),\($0 % 4 * 5),\($0 % 3)\n" }.joined()
    place.write("id,x,y\n" + keyed, to: "k.csv")
    try place.stream("k.csv -k 2 --key-models id --models-dir models --quiet")
    let files = try place.shell("find models -name '*.kmeans' | sort").text.split(separator: "\n")
    #expect(files.count == 2)
    var keys: Set<String> = []
    for file in files.map(String.init) {
      let json = try place.kmeans("info", file, "--json").text
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      keys.insert(object["key"] as? String ?? "")
      #expect(try place.kmeans("describe", file).status == 0)
    }
    #expect(keys == ["pump 0", "pump 1"])
  }
}
