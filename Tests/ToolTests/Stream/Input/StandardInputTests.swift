import Foundation
import Testing

/// The standard input, as rows come.
@Suite struct StandardInputTests {
  /// A stream that is at work on a pipe.
  private final class Live {
    let place = Workplace.showing(columns: 2)
    let running: Running
    private let pipe = Pipe()

    init(_ options: String) throws {
      let words = "stream - \(Workplace.showing) --quiet --trace t.jsonl \(options)"
      running = try Running(
        Program.kmeans, words.split(separator: " ").map(String.init), in: place, pipe: pipe)
    }

    func send(_ text: String) throws {
      try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    /// Waits until there are so many batches.
    func wait(for count: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
      if try eventually({ try points.count >= count }) { return }
      Issue.record("fewer than \(count) batches", sourceLocation: sourceLocation)
    }

    func end() throws -> Outcome {
      try pipe.fileHandleForWriting.close()
      return running.wait()
    }

    /// Of each batch so far.
    var points: [Int] {
      get throws {
        place.names.contains("t.jsonl") ? try place.traceLines("t.jsonl").map(\.points) : []
      }
    }
  }

  @Test func `a batch is what comes within a time of its first row`() throws {
    let live = try Live("--interval 200ms")
    try live.send("1,2\n3,4\n")
    try live.wait(for: 1)
    #expect(live.running.isRunning)
    // Times without a row are no batches; half of a row is none either.
    usleep(700_000)
    try live.send("5,6\n7,")
    try live.wait(for: 2)
    usleep(500_000)
    #expect(try live.points == [2, 1])
    try live.send("8\n9,10\n11,12\n13,14")
    let outcome = try live.end()
    #expect(outcome.status == 0 && outcome.errors == "")
    // The last row has no line end: it is known when the input is at its end.
    #expect(try live.points.reduce(0, +) == 7)
    #expect(try live.points.prefix(2) == [2, 1])
    #expect(try live.place.traceLines("t.jsonl").last!.centroids[0].last! >= 11)
  }

  @Test func `a long time ends with the input`() throws {
    let live = try Live("--interval 1m")
    try live.send("1,2\n")
    usleep(400_000)
    try live.send("3,4\n")
    usleep(400_000)
    #expect(try live.points == [])
    #expect(try live.end().status == 0)
    #expect(try live.points == [2])
  }

  @Test func `as many rows as a batch may have are one at once`() throws {
    let place = Workplace.showing(columns: 1)
    let rows = (1...25_000).map { "\($0)\n" }.joined()
    let clock = ContinuousClock()
    let start = clock.now
    #expect(
      try place.batches("- --interval 30m", input: rows)
        == [
          SeenBatch(10_000, mean: [5000.5]), SeenBatch(10_000, mean: [15_000.5]),
          SeenBatch(5000, mean: [22_500.5]),
        ])
    #expect(clock.now - start < .seconds(600))
  }

  @Test func `with a batch size there is no time`() throws {
    let live = try Live("--batch-size 3")
    try live.send("1,2\n3,4\n")
    usleep(1_500_000)
    #expect(try live.points == [])
    try live.send("5,6\n7,8\n")
    try live.wait(for: 1)
    try live.send("9,10\n11,12\n13,14\n15,16\n")
    try live.wait(for: 2)
    #expect(try live.end().status == 0)
    #expect(try live.points == [3, 3, 2])
    #expect(
      try live.place.traceLines("t.jsonl").map { $0.centroids[0] } == [
        [3, 4], [9, 10], [14, 15],
      ])
  }

  @Test func `large batches are put together of what comes`() throws {
    let place = Workplace.showing(columns: 1)
    let rows = (1...50_001).map { "\($0)\n" }.joined()
    #expect(
      try place.batches("- --batch-size 30000", input: rows)
        == [SeenBatch(30_000, mean: [15_000.5]), SeenBatch(20_001, mean: [40_001])])
  }

  /// Nothing that came before is lost, and nothing is said twice.
  @Test(arguments: ["--interval 1m", "--batch-size 2", "--batch-size 3"])
  func `what is wrong is said after the rows before it`(options: String) throws {
    let live = try Live("--columns 1,2 \(options)")
    try live.send("1,2\n3,4\nx,5\n7,8\n")
    let outcome = try live.end()
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "kmeans: standard input: line 3, column 1: expected a number, found 'x' "
        + "(--on-invalid skip leaves such rows out)\n")
    #expect(try live.points == [2])
  }

  @Test func `other formats come by a pipe, too`() throws {
    let place = Workplace.showing(columns: 2)
    let array = npyFile([1, 2, 3, 4, 5, 6] as [Double], columns: 2)
    let expected = [SeenBatch(2, mean: [2, 3]), SeenBatch(1, mean: [5, 6])]
    #expect(try place.batches("- --batch-size 2", input: array) == expected)
    #expect(try place.batches("- --batch-size 2", input: gzipFile(array)) == expected)
    #expect(
      try place.batches("- --batch-size 2 --format spark", input: "[1,2]\n[3,4]\n[5,6]\n")
        == expected)
  }

  #if os(Linux)
    /// Rows that come faster than they are learnt wait with whoever sends them.
    @Test func `memory does not grow with what has been sent`() throws {
      let place = Workplace()
      let pipe = Pipe()
      let running = try Running(
        Program.kmeans,
        [
          "stream", "-", "-k", "1000", "--init", "gaussian", "--deaths", "never", "--quiet",
          "--threads", "1", "--trace", "t.jsonl", "--trace-every", "1000000",
        ],
        in: place, pipe: pipe)
      let sender = Process()
      sender.executableURL = URL(fileURLWithPath: "/bin/sh")
      let row = Array(repeating: "1", count: 64).joined(separator: ",")
      sender.arguments = ["-c", "yes \(row) | head -300000"]
      sender.standardOutput = pipe.fileHandleForWriting
      try sender.run()
      try pipe.fileHandleForWriting.close()
      var highest = 0
      while running.isRunning {
        highest = max(highest, running.memoryHighWater ?? 0)
        usleep(20_000)
      }
      sender.waitUntilExit()
      #expect(running.wait().status == 0)
      #expect(try place.traceLines("t.jsonl").last?.batch == 30)
      // All rows take 154 MB; a batch 5 MB.
      #expect(highest > 10 << 20 && highest < 110 << 20, "\(highest >> 20) MiB")
    }
  #endif
}
