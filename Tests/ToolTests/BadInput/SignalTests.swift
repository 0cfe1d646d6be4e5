import Foundation
import Testing

/// SIGINT, SIGTERM and SIGHUP end the tool, and nothing is left half-written.
@Suite struct SignalTests {
  static let signals = [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM"), (SIGHUP, "SIGHUP")]
  /// What the signals end would go on for ever; the end itself takes milliseconds. The time between
  /// is for machines that run everything else at the same moment.
  static let limit = Duration.seconds(60)

  static func expect(
    _ outcome: Outcome, after duration: Duration, _ signal: (Int32, String),
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.status == 128 + signal.0, sourceLocation: sourceLocation)
    #expect(
      outcome.errors == "kmeans: stopped by \(signal.1), no file is left half-written\n",
      sourceLocation: sourceLocation)
    #expect(outcome.text == "", sourceLocation: sourceLocation)
    #expect(duration < limit, sourceLocation: sourceLocation)
  }

  /// Before the first iteration there is nothing to write.
  @Test(arguments: signals) func `a fit that has just begun`(_ signal: Int32, _ name: String) throws
  {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(400_000 * 16, seed: 6), columns: 16), to: "p.npy")
    place.write("old", to: "l.csv")
    let fit = try Running(
      Program.kmeans,
      ["fit", "p.npy", "-k", "20000", "--init", "k-means++", "--labels", "l.csv"]
        + ["--centroids", "c.npy", "--model", "m", "--quiet"],
      in: place)
    try fit.waitUntilAtWork()
    let (outcome, duration) = fit.end(with: signal)
    Self.expect(outcome, after: duration, (signal, name))
    #expect(place.names == ["l.csv", "p.npy"])
    #expect(try place.text("l.csv") == "old")
  }

  @Test(arguments: signals) func `a stream that never ends`(_ signal: Int32, _ name: String) throws
  {
    let place = Workplace.withSample()
    for arguments in [
      ["fit", "-", "-k", "2", "--labels", "l.csv"],
      ["assign", "-", "--centroids", "start.npy", "--labels", "l.csv"],
    ] {
      let pipe = Pipe()
      let running = try Running(Program.kmeans, arguments, in: place, pipe: pipe)
      try pipe.fileHandleForWriting.write(contentsOf: Data(Sample.csv.utf8))
      try running.waitUntilAtWork()
      let (outcome, duration) = running.end(with: signal)
      Self.expect(outcome, after: duration, (signal, name))
      try pipe.fileHandleForWriting.close()
    }
    #expect(place.names == ["a.csv", "a.npy", "start.npy"])
  }

  @Test func `while a file is written`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(2_000_000, seed: 7), columns: 1), to: "p.npy")
    place.write(npyFile([Float(0.5)], columns: 1), to: "c.npy")
    place.write("old", to: "d.csv")
    let running = try Running(
      Program.kmeans, ["assign", "p.npy", "--centroids", "c.npy", "--distances", "d.csv"],
      in: place)
    var hasTemporary = false
    while running.isRunning, !hasTemporary {
      hasTemporary = place.names.contains { $0.hasPrefix(".d.csv") }
    }
    #expect(hasTemporary)
    let (outcome, duration) = running.end(with: SIGTERM)
    Self.expect(outcome, after: duration, (SIGTERM, "SIGTERM"))
    #expect(place.names == ["c.npy", "d.csv", "p.npy"])
    #expect(try place.text("d.csv") == "old")
  }

  @Test func `a signal that whoever started it ignores stays ignored`() throws {
    let place = Workplace()
    let pipe = Pipe()
    let running = try Running(
      "/bin/sh", ["-c", "trap '' INT HUP; exec \"$KMEANS\" fit - -k 2 --labels l.csv"], in: place,
      pipe: pipe, environment: ["KMEANS": Program.kmeans])
    try running.waitUntilAtWork()
    running.send(SIGINT)
    running.send(SIGHUP)
    usleep(300_000)
    #expect(running.isRunning)
    let (outcome, duration) = running.end(with: SIGTERM)
    Self.expect(outcome, after: duration, (SIGTERM, "SIGTERM"))
    try pipe.fileHandleForWriting.close()
  }
}
