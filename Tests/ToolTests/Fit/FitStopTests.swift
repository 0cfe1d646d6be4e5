import Foundation
import Testing

/// A signal ends a fit after the iteration at work, and what it has found is written.
@Suite struct FitStopTests {
  /// Iterations that go on for longer than any test: until no label changes, or this many.
  static let long = ["--init", "random", "--tolerance", "0", "--max-iterations", "1000000"]

  private func withPoints(_ count: Int = 100_000) -> Workplace {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(count * 4, seed: 6), columns: 4), to: "p.npy")
    return place
  }

  /// Sends a signal when there have been iterations.
  private func stop(
    _ running: Running, _ signal: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    try running.waitUntilAtWork()
    // A fit that is asked says how far it is.
    let isAtWork = eventually {
      running.send(SIGUSR1)
      return !running.isRunning || running.errors.contains("SIGUSR1: iteration ")
    }
    try #require(isAtWork && running.isRunning, sourceLocation: sourceLocation)
    return running.end(with: signal).outcome
  }

  @Test(arguments: SignalTests.signals)
  func `a long fit`(_ signal: Int32, _ name: String) throws {
    let place = withPoints()
    place.write("old", to: "l.csv")
    let fit = try Running(
      Program.kmeans,
      ["fit", "p.npy", "-k", "2000", "--labels", "l.csv", "--centroids", "c.npy", "--model", "m"]
        + Self.long, in: place)
    let outcome = try stop(fit, signal)
    #expect(outcome.status == 128 + signal)
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    #expect(lines.contains("\(name): ends with this iteration; a second signal stops at once"))
    let last = try #require(lines.last)
    #expect(last.hasPrefix("kmeans: stopped by \(name) after "), "\(last)")
    #expect(last.hasSuffix("; written: c.npy, l.csv, m"), "\(last)")
    #expect(place.names == ["c.npy", "l.csv", "m", "p.npy"])
    // The labels belong to the centroids.
    let assigned = try place.kmeans(
      "assign", "p.npy", "--centroids", "c.npy", "--labels", "a.csv", "--quiet")
    #expect(assigned.status == 0)
    #expect(try place.text("a.csv") == place.text("l.csv"))
    let info = try place.kmeans("info", "m").text
    #expect(info.contains("converged        no\n"), "\(info)")
  }

  @Test func `little memory`() throws {
    let place = withPoints(1_000_000)
    let fit = try Running(
      Program.kmeans,
      ["fit", "p.npy", "-k", "500", "--memory", "90M", "--model", "m", "--labels", "l.npy"]
        + Self.long, in: place)
    let outcome = try stop(fit, SIGINT)
    #expect(outcome.status == 130)
    #expect(outcome.errors.hasSuffix("; written: l.npy, m\n"), "\(outcome.errors)")
    #expect(try place.kmeans("info", "m").text.contains("converged        no\n"))
  }

  @Test func `of several runs the best so far`() throws {
    let place = withPoints()
    let fit = try Running(
      Program.kmeans,
      ["fit", "p.npy", "-k", "1000", "--runs", "1000", "--model", "m"] + Self.long.prefix(2)
        + ["--max-iterations", "3"], in: place)
    let outcome = try stop(fit, SIGTERM)
    #expect(outcome.status == 143 && outcome.errors.hasSuffix("; written: m\n"))
    #expect(try place.kmeans("info", "m").status == 0)
  }
}
