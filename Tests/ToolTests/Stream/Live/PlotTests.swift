import Foundation
import Testing

/// `kmeans stream --plot`.
@Suite struct PlotTests {
  private static let script = "/usr/bin/script"
  private static let hasScript = FileManager.default.isExecutableFile(atPath: script)

  @Test func `without a terminal nothing is drawn, and the lines stay`() throws {
    let place = Workplace.withStream()
    let plain = try place.kmeans("stream", "a.csv", "-k", "2", "--init", "start.npy")
    let plot = try place.kmeans("stream", "a.csv", "-k", "2", "--init", "start.npy", "--plot")
    #expect(plot.errors == plain.errors && !plot.errors.contains("\u{1B}"))
    #expect(plot.text.hasPrefix("batch 1: 4 points, inertia 1.25 -> 0.625, moved 0.5\n"))
    #expect(plot.status == 0)
  }

  /// Runs the tool on a terminal of its own.
  private func drawn(_ environment: [String: String]) throws -> String {
    let place = Workplace.withStream()
    let command = "'\(Program.kmeans)' stream a.csv b.csv -k 2 --init start.npy --plot"
    let outcome = try place.run(
      Self.script, ["-qec", command, "/dev/null"],
      environment: ["TERM": "xterm", "LC_ALL": "C.UTF-8"].merging(environment) { $1 })
    #expect(outcome.status == 0, "\(outcome.text)")
    return outcome.text.replacing("\r\n", with: "\n")
  }

  @Test(.enabled(if: hasScript, "there is no script(1)"))
  func `on a terminal it draws, and the summary comes below`() throws {
    let text = try drawn(["NO_COLOR": "1"])
    // The last state stays; there are no lines of single batches but the one that is drawn.
    #expect(text.contains("batch 2: 1 point, inertia "), "\(text)")
    #expect(text.contains("inertia per point ") && text.contains("\ncluster 0     █"))
    let bars = try #require(text.range(of: "cluster 1 ", options: .backwards))
    #expect(text[bars.upperBound...].contains("2 batches, 5 points of 2 columns"))
    #expect(!text.contains("\u{1B}[36m"))
    #expect(try drawn(["NO_COLOR": ""]).contains("\u{1B}[36m█"))
  }

  @Test(.enabled(if: hasScript, "there is no script(1)"))
  func `a dumb terminal gets the lines`() throws {
    let text = try drawn(["TERM": "dumb"])
    #expect(text.contains("batch 1: 4 points") && !text.contains("\u{1B}"))
  }
}
