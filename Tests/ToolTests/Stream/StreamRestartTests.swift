import Testing

/// The same command again, after whatever has ended it: no line is lost.
@Suite struct StreamRestartTests {
  static let command =
    "a.csv b.csv -k 2 --init start.npy --trace t.jsonl --predictions p.csv --model m"

  @Test func `traces and predictions go on`() throws {
    let place = Workplace.withStream()
    let first = try place.stream(Self.command)
    #expect(!first.errors.contains("goes on"))
    let (trace, predictions) = (try place.text("t.jsonl"), try place.text("p.csv"))
    let second = try place.stream(Self.command)
    #expect(second.errors == "t.jsonl: goes on at line 3\np.csv: goes on at line 7\n")
    #expect(try place.text("t.jsonl") == trace + trace)
    let lines = predictions.split(separator: "\n", maxSplits: 1)
    #expect(try place.text("p.csv") == "\(lines[0])\n\(lines[1])\(lines[1])")
    let third = try place.stream("\(Self.command) --quiet")
    #expect(third.errors == "")
    #expect(try place.traceLines("t.jsonl").map(\.batch) == [1, 2, 1, 2, 1, 2])
  }

  @Test func `half a line that was left is cut`() throws {
    let place = Workplace.withStream()
    try place.stream("\(Self.command) --quiet")
    let (trace, predictions) = (try place.text("t.jsonl"), try place.text("p.csv"))
    place.write(trace + "{\"batch\":3,\"poi", to: "t.jsonl")
    place.write(predictions + "1,1,0.0", to: "p.csv")
    let outcome = try place.stream(Self.command)
    #expect(outcome.errors == "t.jsonl: goes on at line 3\np.csv: goes on at line 7\n")
    #expect(try place.text("t.jsonl") == trace + trace)
    #expect(try place.text("p.csv").split(separator: "\n").count == 11)
    // Less than a first line is nothing.
    for (half, header) in [("{\"ba", "label,clu"), ("{\"batch\":1,\"points\":4,", "l"), ("", "")] {
      place.write(half, to: "t.jsonl")
      place.write(header, to: "p.csv")
      #expect(try place.stream(Self.command).errors == "")
      #expect(try place.text("t.jsonl") == trace)
      #expect(try place.text("p.csv") == predictions)
    }
  }

  @Test func `what is something else is refused, and stays`() throws {
    let place = Workplace.withStream()
    func expect(_ name: String, _ text: String, _ kind: String, _ options: String) throws {
      place.write(text, to: name)
      try place.expectFailure(
        65,
        "\(name): expected \(kind) that this command wrote, to add lines behind it, found something "
          + "else: give another name, or move the file away",
        "stream k.csv -k 2 --columns x,y --init start.npy --model m --quiet \(options)")
    }
    place.write("name,x,y\na,1,2\n", to: "k.csv")
    let header = "label,cluster,squared_distance,margin,outlier_score,tail_probability"
    for text in ["precious\n", "precious", "{\"batches\":1}\n", "\n", "{\"b\n"] {
      try expect("t.jsonl", text, "a trace", "--trace t.jsonl")
    }
    for text in ["x,y\n", "key,\(header)\n", "\(header),more\n", "label,cluster\n1,1\n", "\n"] {
      try expect(
        "p.csv", text, "predictions with the header '\(header)'", "--predictions p.csv")
    }
    try expect(
      "p.csv", "\(header)\n", "predictions with the header 'key,\(header)'",
      "--predictions p.csv --key-column name")
  }

  @Test func `a stream that is killed loses nothing`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(20_000 * 4, seed: 5), columns: 4), to: "p.npy")
    let words =
      ["stream", "p.npy", "-k", "8", "--batch-size", "200", "--quiet"]
      + ["--trace", "t.jsonl", "--predictions", "p.csv"]
    let running = try Running(Program.kmeans, words, in: place)
    try StreamLiveTests.wait(for: 20, linesIn: "t.jsonl", of: place)
    running.send(9)
    _ = running.wait()
    let text = try place.text("p.csv")
    let whole = text[..<(text.lastIndex(of: "\n") ?? text.startIndex)]
    let trace = try place.text("t.jsonl").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(try place.run(Program.kmeans, words).status == 0)
    #expect(try place.text("p.csv").hasPrefix(whole + "\n"))
    #expect(
      try place.text("p.csv").split(separator: "\n").count
        == whole.split(separator: "\n").count + 20_000)
    let after = try place.traceLines("t.jsonl")
    #expect(after.map(\.batch) == Array(1...trace.count - 1) + Array(1...100))
  }
}
