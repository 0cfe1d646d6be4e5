import Foundation
import Testing

/// Whatever ends a stream, what whole batches have taught is written, and said.
@Suite struct StreamExitTests {
  /// Good rows in two batches, then what ends the stream.
  ///
  /// - Parameter line: the beginning of the error.
  private func check(
    _ input: String, _ line: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let place = Workplace.withStream()
    let words =
      "stream - -k 2 --init start.npy --batch-size 1200 --model m --centroids c.csv "
      + "--cluster-weights w.csv --columns x,y --point-weights w"
    // More rows than are looked at first, to know what the columns hold.
    let good =
      "x,y,w\n" + String(repeating: "1,2,1\n10,11,1\n", count: 600)
      + String(repeating: "1,3,1\n10,12,1\n", count: 600)
    let outcome = try place.run(
      Program.kmeans, words.split(separator: " ").map(String.init),
      input: Array((good + input).utf8))
    let lines = outcome.errors.split(separator: "\n").map(String.init).suffix(2)
    #expect(
      lines.first == "what 2 batches taught is written: m, c.csv, w.csv", "\(outcome.errors)",
      sourceLocation: sourceLocation)
    #expect(
      lines.last?.hasPrefix("kmeans: standard input: \(line)") ?? false, "\(outcome.errors)",
      sourceLocation: sourceLocation)
    #expect(outcome.status == 65, sourceLocation: sourceLocation)
    #expect(
      try place.text("c.csv") == "x,y\n1.0,2.5\n10.0,11.5\n", sourceLocation: sourceLocation)
    #expect(
      try place.text("w.csv") == "weight\n1200.0\n1200.0\n", sourceLocation: sourceLocation)
    let info = try place.kmeans("info", "m")
    #expect(info.text.contains("batches          2\n"), sourceLocation: sourceLocation)
  }

  @Test(
    arguments: [
      ("1,2\n", "line 2402: 2 fields, expected 3"),
      ("1,none,3\n", "line 2402, column 2: expected a "),
      ("1,nan,3\n", "line 2402, column 2: expected a finite number for 'y', found 'nan'"),
      ("1,1e141,1\n", "the value in row 2401, column 2 is beyond "),
      ("\"1,2,3\n1,2,3\n", "line 2402: the quote in column 1 is never closed"),
      ("1,2,-1\n", "column w: the weight of row 2401 is -1.0, expected"),
    ])
  func `bad rows`(_ input: String, _ line: String) throws { try check(input, line) }

  @Test func `too few rows to begin with are nothing`() throws {
    let place = Workplace.withStream()
    place.write("1,2\n3,4,5\n", to: "bad.csv")
    let before = place.contents
    let outcome = try place.kmeans(
      "stream", "bad.csv", "-k", "2", "--model", "m", "--centroids", "c.csv")
    #expect(outcome.status == 65 && outcome.errors.hasPrefix("kmeans: bad.csv: line 2: "))
    #expect(place.contents == before)
  }

  @Test func `rows that wait and are enough are learnt`() throws {
    let place = Workplace.withStream()
    place.write("1,2\n3,4,5\n", to: "bad.csv")
    let outcome = try place.run(
      Program.kmeans,
      ["stream", "a.csv", "bad.csv", "-k", "2", "--centroids", "c.csv", "--trace", "t.jsonl"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasPrefix(
        "what 1 batch taught is written: c.csv\nkmeans: bad.csv: line 2: 3 fields, expected 2"))
    #expect(try Set(place.numbers("c.csv")) == [[1.25, 2], [10, 11.5]])
    #expect(try place.traceLines("t.jsonl").map(\.points) == [4, 0])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
  func `full disks`() throws {
    for option in ["--predictions", "--trace"] {
      let place = Workplace.withStream()
      let outcome = try place.shell(
        "ln -s /dev/full full.csv; exec \"$KMEANS\" stream a.csv b.csv -k 2 --init start.npy "
          + "--model m --centroids c.csv \(option) full.csv")
      #expect(outcome.status == 74)
      #expect(
        outcome.errors
          == "what 1 batch taught is written: m, c.csv\n"
          + "kmeans: full.csv: cannot write: No space left on device\n")
      #expect(try place.text("c.csv", under: "x,y") == "1.25,2.0\n10.0,11.5\n")
    }
  }

  @Test func `a model that cannot be written is said, too, and the rest is written`() throws {
    let place = Workplace.withStream()
    place.write("x,y\n1,2\n3,nan\n", to: "bad.csv")
    // The folder of the model goes while the stream runs.
    #expect(try place.shell("mkdir gone && mkfifo more.csv").status == 0)
    let running = try Running(
      Program.kmeans,
      ["stream", "a.csv", "more.csv", "bad.csv", "-k", "2", "--init", "start.npy"]
        + ["--model", "gone/m", "--centroids", "c.csv", "--trace", "t.jsonl"],
      in: place)
    try StreamLiveTests.wait(for: 1, linesIn: "t.jsonl", of: place)
    #expect(try place.shell("rmdir gone && printf 'x,y\\n2,2\\n' >more.csv").status == 0)
    let outcome = running.wait()
    #expect(outcome.status == 65)
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("kmeans: gone/m: "))
    #expect(lines[1] == "what 2 batches taught is written: c.csv")
    #expect(lines[2].hasPrefix("kmeans: bad.csv: line 3, column 2: expected a finite number"))
    #expect(try place.text("c.csv", under: "x,y").split(separator: "\n").count == 2)
  }
}
