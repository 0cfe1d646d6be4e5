import Foundation
import Testing

/// `--key-models`: a model for each key.
@Suite struct StreamKeyedTests {
  private func place() -> Workplace {
    let place = Workplace()
    var random = TestRandom(3)
    var text = "sensor,x,y\n"
    for _ in 0..<600 {
      let sensor = random.next() % 6
      text += "s\(sensor),\(9 * Double(random.next() % 2) + random.bell()),\(random.bell())\n"
    }
    place.write(text, to: "p.csv")
    return place
  }

  private let command = "stream p.csv -k 2 --first-rows 6 --batch-size 50 --half-life 4 --quiet"

  /// The predictions of the rows of a key.
  private func rows(_ text: String, of key: String) -> [[String]] {
    text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }.filter { $0[0] == key }
  }

  @Test func `the models are those of streams of each key's rows`() throws {
    let place = place()
    try place.expectSuccess(
      "\(command) --key-models sensor --models-dir m --predictions p1.csv --trace t.jsonl")
    let lines = try place.text("p1.csv").split(separator: "\n")
    #expect(lines[0] == "key,label,cluster,squared_distance" && lines.count == 601)
    #expect(lines[1].hasSuffix(",-1,,"))
    let trace = try place.text("t.jsonl").split(separator: "\n")
    #expect(trace.count == 12)
    #expect(trace[0].hasPrefix("{\"batch\":1,\"points\":50,\"keys\":6,\"models\":6,\"new\":6,"))
    // A few models in memory at a time: the same predictions.
    try place.expectSuccess(
      "\(command) --key-models sensor --models-dir few --max-models 1 --predictions p2.csv")
    #expect(try place.text("p1.csv") == place.text("p2.csv"))
    // And the same as a run that is interrupted and goes on.
    let header = "sensor,x,y\n"
    let all = try place.text("p.csv").split(separator: "\n").dropFirst()
    place.write(header + all.prefix(300).map { "\($0)\n" }.joined(), to: "p.csv")
    let whole = try place.text("p1.csv")
    try place.expectSuccess(
      "\(command) --key-models sensor --models-dir parts --predictions p3.csv")
    place.write(header + all.suffix(300).map { "\($0)\n" }.joined(), to: "p.csv")
    try place.expectSuccess(
      "\(command) --key-models sensor --models-dir parts --predictions p3.csv")
    #expect(try place.text("p3.csv") == whole)
  }

  @Test func `an empty key, and one of a megabyte, are refused with their line`() throws {
    let place = Workplace()
    place.write("id,x\na,1\n,2\n", to: "e.csv")
    let empty = try place.kmeans("stream", "e.csv", "-k", "1", "--key-models", "id")
    #expect(empty.status == 65 && empty.errors.contains("e.csv: the key of row 2 is empty"))
    place.write("id,x\na,1\n\(String(repeating: "k", count: 1 << 20)),2\n", to: "l.csv")
    let long = try place.kmeans("stream", "l.csv", "-k", "1", "--key-models", "id")
    #expect(long.status == 65 && long.errors.contains("has 1048576 bytes, expected at most 1024"))
  }

  /// `==` of Swift's texts takes them for one.
  @Test func `keys that only look the same have models of their own`() throws {
    let place = Workplace()
    place.write("id,x\n\u{e9},1\ne\u{301},5\n\u{e9},2\ne\u{301},7\n", to: "n.csv")
    try place.expectSuccess(
      "stream n.csv -k 1 --first-rows 1 --batch-size 2 --key-models id --models-dir m --quiet "
        + "--predictions p.csv --trace t.jsonl")
    let lines = try place.text("p.csv").split(separator: "\n").map { Array($0.utf8) }
    #expect(lines[3] == Array("\u{e9},0,0,1.0".utf8) && lines[4] == Array("e\u{301},0,0,4.0".utf8))
    #expect(try place.text("t.jsonl").contains("\"models\":2,\"new\":2"))
    #expect(try place.shell("find m -name '*.kmeans' | wc -l").text.contains("2"))
  }

  @Test(arguments: [
    ("--model m", "--model: with --key-models"), ("--drift", "--drift: with --key-models"),
    ("--metrics m.jsonl", "--metrics: with --key-models"),
    ("--max-models 5", "--max-models: expected --models-dir DIR"),
    ("--key-column sensor", "--key-column: the column of the keys"),
  ])
  func `what there is only of one model is refused`(_ option: String, _ message: String) throws {
    let place = place()
    let words = "\(command) --key-models sensor \(option)".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words, input: [])
    #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func `rows without a key are left out where bad rows are, and counted`() throws {
    let place = Workplace()
    let long = String(repeating: "k", count: 1025)
    place.write("id,x\na,1\n,2\n\(long),3\nb,4\n,x\na,5\n,6\n", to: "e.csv")
    let words =
      "stream e.csv -k 1 --first-rows 1 --batch-size 4 --key-models id --on-invalid skip "
      + "--predictions p.csv --json"
    let outcome = try place.run(Program.kmeans, words.split(separator: " ").map(String.init))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("\"points\":3,\"skippedRows\":4,"), "\(outcome.text)")
    #expect(
      outcome.errors.contains(
        "e.csv: 2 rows are left out, for their key is empty or too long: 2, 3 (rows count from 1); the "
          + "first: row 2 (rows count from 1): the key is empty\n"), "\(outcome.errors)")
    #expect(
      try place.text("p.csv")
        == "key,label,cluster,squared_distance\na,-1,,\n,-1,,\n\(long),-1,,\nb,-1,,\n,-1,,\n"
        + "a,0,0,16.0\n,-1,,\n")
    // Too many of them are too many bad rows.
    let most = try place.run(
      Program.kmeans, "\(words) --max-bad-rows 1".split(separator: " ").map(String.init))
    #expect(most.status == 65)
    #expect(most.errors.contains("rows are left out, expected at most 1"), "\(most.errors)")
  }

  /// Models of 4 KiB, or 8, and more: rows that wait.
  @Test func `a folder that cannot be written is told once, and counted`() throws {
    let place = Workplace()
    let rows = (0..<2400).map { "s\($0 % 2),\($0),\($0 % 7),\($0 % 11)\n" }.joined()
    place.write("id,x,y,z\n" + rows, to: "k.csv")
    let outcome = try place.shell(
      "ulimit -f 8; exec \"$KMEANS\" stream k.csv -k 2 --first-rows 5000 --batch-size 600 --quiet "
        + "--key-models id --models-dir m --max-models 1")
    // In the end models begin with the rows that there are, and are small.
    #expect(outcome.status == 0)
    let lines = outcome.errors.replacing(/m\/[^:]*\.kmeans/, with: "F").split(separator: "\n")
    #expect(
      lines == [
        "kmeans: F: cannot write: File too large; the models stay in memory, and the run goes on",
        "kmeans: m: models could not be written after 4 batches",
      ], "\(outcome.errors)")
    #expect(try place.shell("find m -name '*.kmeans' | wc -l").text.contains("2"))
  }

  @Test func `a folder of models without a name`() throws {
    let place = place()
    let words = "\(command) --key-models sensor --models-dir".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words + [""], input: [])
    #expect(outcome.status == 64)
    #expect(
      outcome.errors.contains("--models-dir '': expected the name of a folder, which may be new"),
      "\(outcome.errors)")
  }

  @Test func `bad rows have their key and no cluster`() throws {
    let place = Workplace()
    place.write("id,x\na,1\nb,foo\na,2\nb,3\n", to: "b.csv")
    try place.expectSuccess(
      "stream b.csv -k 1 --first-rows 1 --batch-size 1 --key-models id --on-invalid skip --quiet "
        + "--predictions p.csv")
    #expect(
      try place.text("p.csv")
        == "key,label,cluster,squared_distance\na,-1,,\nb,-1,,\na,0,0,1.0\nb,-1,,\n")
  }
}

extension Workplace {
  fileprivate func expectSuccess(
    _ command: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try run(Program.kmeans, words, input: [])
    #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
  }
}
