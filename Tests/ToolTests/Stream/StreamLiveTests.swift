import Foundation
import Testing

/// A stream that is at work: what others can read already, and how it ends.
@Suite struct StreamLiveTests {
  /// Waits until a file holds so many lines.
  static func wait(
    for count: Int, linesIn name: String, of place: Workplace,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let isThere = eventually {
      ((try? place.text(name))?.split(separator: "\n").count ?? 0) >= count
    }
    if isThere { return }
    Issue.record("\(name) has fewer than \(count) lines", sourceLocation: sourceLocation)
  }

  @Test func `predictions and traces can be followed`() throws {
    let place = Workplace.withStream()
    let pipe = Pipe()
    let running = try Running(
      "/bin/sh",
      [
        "-c",
        "exec \"$KMEANS\" stream - -k 2 --init start.npy --batch-size 2 --predictions - "
          + "--trace t.jsonl --quiet > out.csv",
      ], in: place, pipe: pipe, environment: ["KMEANS": Program.kmeans])
    let input = pipe.fileHandleForWriting
    try input.write(contentsOf: Data("1,2\n10,11\n".utf8))
    try Self.wait(for: 3, linesIn: "out.csv", of: place)
    try Self.wait(for: 1, linesIn: "t.jsonl", of: place)
    #expect(running.isRunning)
    try input.write(contentsOf: Data("1,3\n10,12\n".utf8))
    try Self.wait(for: 5, linesIn: "out.csv", of: place)
    #expect(try place.text("out.csv").hasSuffix("\n"))
    try input.close()
    let outcome = running.wait()
    #expect(outcome.status == 0)
    #expect(try place.traceLines("t.jsonl").map(\.points) == [2, 2])
  }

  @Test(arguments: SignalTests.signals)
  func `a signal while it waits for input`(_ signal: Int32, _ name: String) throws {
    let place = Workplace.withStream()
    let pipe = Pipe()
    let running = try Running(
      Program.kmeans,
      ["stream", "-", "-k", "2", "--init", "start.npy", "--batch-size", "2", "--trace", "t.jsonl"]
        + ["--trace-every", "5", "--centroids", "c.csv", "--model", "m", "--predictions", "p.csv"],
      in: place, pipe: pipe)
    let input = pipe.fileHandleForWriting
    // A batch and a half: the half is not learnt.
    try input.write(contentsOf: Data("1,3\n10,13\n1,100\n".utf8))
    try Self.wait(for: 3, linesIn: "p.csv", of: place)
    let (outcome, duration) = running.end(with: signal)
    #expect(outcome.status == 128 + signal)
    #expect(
      outcome.errors
        == "kmeans: the stream was stopped by \(name) after batch 1; what was learnt is written\n")
    #expect(duration < SignalTests.limit)
    #expect(try place.text("c.csv", under: "column1,column2") == "1.0,3.0\n10.0,13.0\n")
    #expect(try place.traceLines("t.jsonl").map(\.batch) == [1])
    #expect(outcome.text.contains("1 batch, 2 points of 2 columns"))
    #expect(try place.kmeans("info", "m").status == 0)
    try input.close()
  }

  @Test func `a signal while there are too few rows`() throws {
    let place = Workplace.withStream()
    let pipe = Pipe()
    let running = try Running(
      Program.kmeans,
      [
        "stream", "-", "-k", "3", "--batch-size", "2", "--trace", "t.jsonl", "--centroids", "c.csv",
      ],
      in: place, pipe: pipe)
    let input = pipe.fileHandleForWriting
    try input.write(contentsOf: Data("1,3\n10,13\n".utf8))
    try Self.wait(for: 1, linesIn: "t.jsonl", of: place)
    let (outcome, _) = running.end(with: SIGINT)
    #expect(outcome.status == 130)
    #expect(
      outcome.errors
        == "kmeans: the stream was stopped by SIGINT after batch 1, before there were centroids; no file is left "
        + "half-written\n")
    #expect(!place.names.contains("c.csv"))
    try input.close()
  }

  @Test func `a signal while rows wait that are enough`() throws {
    let place = Workplace.withStream()
    let pipe = Pipe()
    let running = try Running(
      Program.kmeans,
      ["stream", "-", "-k", "2", "--batch-size", "2", "--trace", "t.jsonl", "--centroids", "c.csv"]
        + ["--json"],
      in: place, pipe: pipe)
    let input = pipe.fileHandleForWriting
    try input.write(contentsOf: Data("1,3\n10,13\n".utf8))
    try Self.wait(for: 1, linesIn: "t.jsonl", of: place)
    let (outcome, _) = running.end(with: SIGTERM)
    #expect(outcome.status == 143)
    let centroids = try place.text("c.csv", under: "column1,column2").split(separator: "\n")
    #expect(centroids.sorted() == ["1.0,3.0", "10.0,13.0"])
    let facts = try JSONDecoder().decode(StreamFacts.self, from: Data(outcome.output))
    #expect(facts.points == 2)
    try input.close()
  }

  @Test func `the batch at work is finished`() throws {
    let place = Workplace()
    let pipe = Pipe()
    let running = try Running(
      Program.kmeans,
      ["stream", "-", "-k", "50", "--first-rows", "1000", "--batch-size", "2000"]
        + ["--trace", "t.jsonl", "--cluster-weights", "w.csv", "--quiet"],
      in: place, pipe: pipe)
    // Rows without end, so that only the signal can end it.
    let sender = Process()
    sender.executableURL = URL(fileURLWithPath: "/bin/sh")
    sender.arguments = ["-c", "exec awk 'BEGIN { for (;;) print rand() \",\" rand() }'"]
    sender.standardOutput = pipe.fileHandleForWriting
    sender.standardError = FileHandle.nullDevice
    try sender.run()
    defer { sender.terminate() }
    try Self.wait(for: 3, linesIn: "t.jsonl", of: place)
    let (outcome, _) = running.end(with: SIGINT)
    #expect(outcome.status == 130)
    let lines = try place.traceLines("t.jsonl")
    #expect(
      outcome.errors
        == "kmeans: the stream was stopped by SIGINT after batch \(lines.count); what was learnt is written\n"
    )
    // Nothing is forgotten, so that the weights are all points of whole batches.
    let weights = try place.text("w.csv", under: "weight").split(separator: "\n")
      .compactMap { Double($0) }
    #expect(weights == lines.last!.weights)
    #expect(weights.reduce(0, +) == Double(2000 * lines.count))
  }

  @Test func `a second signal stops at once`() throws {
    let place = Workplace.withStream()
    // Nobody reads the pipe: the batch at work never ends.
    #expect(try place.shell("mkfifo p.csv").status == 0)
    let running = try Running(
      Program.kmeans,
      ["stream", "a.csv", "-k", "2", "--init", "start.npy", "--predictions", "p.csv"]
        + ["--centroids", "c.csv"],
      in: place)
    try running.waitUntilAtWork()
    running.send(SIGINT)
    // As `timeout` does, which sends one to the process and one to its group.
    running.send(SIGTERM)
    usleep(300_000)
    #expect(running.isRunning)
    // Two signals of a kind that wait are one.
    try running.waitUntilTaken(SIGINT)
    let start = ContinuousClock.now
    running.send(SIGINT)
    eventually { !running.isRunning }
    let duration = ContinuousClock.now - start
    // Nobody waits for ever where the signal did nothing.
    if running.isRunning { running.send(SIGKILL) }
    SignalTests.expect(running.wait(), after: duration, (SIGINT, "SIGINT"))
    #expect(!place.names.contains("c.csv"))
  }

  /// What is written is more than a pipe holds, so that it meets a reader that is gone however late
  /// that one began.
  @Test func `a reader that has seen enough ends it quietly`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(2 * 100_000, seed: 8), columns: 2), to: "p.npy")
    for options in ["--predictions - --batch-size 5000", "--trace - --batch-size 50"] {
      let outcome = try place.shell(
        "{ \"$KMEANS\" stream p.npy -k 2 --quiet --model m \(options); "
          + "echo $? >status; } | head -2")
      #expect(outcome.text.split(separator: "\n").count == 2)
      #expect(outcome.errors == "")
      #expect(try place.text("status") == "141\n", "\(options)")
      let info = try place.kmeans("info", "m")
      #expect(info.status == 0 && info.text.contains("batches "), "\(options)")
      place.remove("m")
    }
  }

  /// The summary is the last that may go to the standard output.
  @Test func `a reader of the summary that is gone`() throws {
    let place = Workplace.withStream()
    let outcome = try place.shell(
      "{ until [ -e gone ]; do sleep 0.1; done; "
        + "\"$KMEANS\" stream a.csv -k 2 --init start.npy --model m 2>notes; echo $? >status; } "
        + "| { exec <&-; touch gone; }")
    #expect(outcome.errors == "")
    #expect(try place.text("status") == "141\n")
    #expect(try place.kmeans("info", "m").status == 0)
  }

  @Test func `a reader of the predictions that goes away`() throws {
    let place = Workplace.withStream()
    #expect(try place.shell("mkfifo p.csv").status == 0)
    let outcome = try place.shell(
      "head -1 p.csv >first & exec \"$KMEANS\" stream a.csv b.csv b.csv -k 2 --init start.npy "
        + "--batch-size 1 --predictions p.csv --quiet --model m --trace t.jsonl")
    // Whether the last lines were written before the reader went is a matter of luck.
    #expect(outcome.status == 141 || outcome.status == 0)
    #expect(outcome.errors == "")
    let batches = try place.traceLines("t.jsonl").count
    #expect(try place.kmeans("info", "m").text.contains("batches          \(batches)\n"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
  func `a full standard output`() throws {
    let place = Workplace.withStream()
    let outcome = try place.shell(
      "exec \"$KMEANS\" stream a.csv -k 2 --predictions - --quiet --centroids c.csv >/dev/full")
    #expect(outcome.status == 74)
    #expect(
      outcome.errors == "kmeans: standard output: cannot write: No space left on device\n")
    // Nothing was learnt: there were too few rows to begin with; but enough to end with.
    #expect(try place.text("c.csv", under: "x,y").split(separator: "\n").count == 2)
  }

  @Test func `a trace that grows too large keeps whole lines`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(40 * 200, seed: 9), columns: 40), to: "p.npy")
    // In blocks of 512 bytes, or of 1024 in some shells: a line has about 3,000.
    let outcome = try place.shell(
      "ulimit -f 16; exec \"$KMEANS\" stream p.npy -k 4 --batch-size 10 --first-rows 10 "
        + "--trace t.jsonl --quiet --model m")
    #expect(outcome.errors == "kmeans: t.jsonl: cannot write: File too large\n")
    #expect(outcome.status == 74)
    let lines = try place.traceLines("t.jsonl")
    #expect(lines.count > 1)
    #expect(lines.map(\.batch) == Array(1...lines.count))
    // The batch whose line could not be written is learnt.
    #expect(
      try place.kmeans("info", "m").text.contains("batches          \(lines.count + 1)\n"))
  }
}
