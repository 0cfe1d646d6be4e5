import Foundation
import Testing

/// Long fits that are stopped, killed and gone on with: the same bits.
@Suite struct FitCheckpointTests {
  static let outputs = ["l.csv", "c.npy", "m.kmeans"]
  static let options = "--labels l.csv --centroids c.npy --model m.kmeans --tolerance 0 --quiet"

  static func withPoints() -> Workplace {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(6 * 8000, seed: 4), columns: 6), to: "p.npy")
    var text = "w,x,y\n"
    for (row, value) in TestRandom.values(4000, seed: 8).enumerated() where row % 2 == 1 {
      text += "\(1 + row % 3),\(Double(value) * 9),\(row % 97)\n"
    }
    place.write(text, to: "p.csv")
    return place
  }

  @Test(arguments: [
    KilledRun("fit p.npy -k 60 --max-iterations 40 --runs 3 \(options)"),
    KilledRun("fit p.npy -k 60 --precision double --standardize \(options)"),
    KilledRun("fit p.csv -k 30 --columns x,y --point-weights w --distance cosine \(options)"),
  ])
  func `a fit that is killed again and again`(_ run: KilledRun) throws {
    let place = Self.withPoints()
    try place.succeed(run.words)
    let expected = try place.results(Self.outputs)
    #expect(expected.count == 3)
    place.removeAll(Self.outputs)
    let words = run.words + ["--checkpoint", "s", "--checkpoint-every", "1", "--resume"]
    for _ in 0..<3 {
      let before = try? place.bytes("s")
      let running = try Running(Program.kmeans, words, in: place)
      _ = eventually { !running.isRunning || (try? place.bytes("s")) != before }
      running.send(SIGKILL)
      _ = running.wait()
    }
    #expect(place.names.contains("s"))
    try place.succeed(words)
    #expect(try place.results(Self.outputs) == expected)
    // From the end of the last run.
    try place.succeed(words)
    #expect(try place.results(Self.outputs) == expected)
  }

  @Test func `a signal writes the checkpoint, from which the fit goes on`() throws {
    let place = Self.withPoints()
    let fit = KilledRun("fit p.npy -k 60 --runs 4 \(Self.options)")
    try place.succeed(fit.words)
    let expected = try place.results(Self.outputs)
    let words = fit.words + ["--checkpoint", "s", "--resume", "--checkpoint-every", "1"]
    let running = try Running(Program.kmeans, words, in: place)
    try #require(eventually { place.names.contains("s") })
    let (outcome, _) = running.end(with: SIGINT)
    #expect(outcome.status == 130 || outcome.status == 0)
    try place.succeed(words)
    #expect(try place.results(Self.outputs) == expected)
  }

  @Test func `another fit, other points`() throws {
    let place = Workplace.withSample()
    func resume(_ options: String) -> String { "fit a.csv \(options) --checkpoint s --resume" }
    try place.succeed(resume("-k 2 --quiet").split(separator: " ").map(String.init))
    try place.expectFailure(
      64,
      "-k 3: the checkpoint s is of a run with -k 2: expected the same, or another --checkpoint",
      resume("-k 3"))
    try place.expectFailure(
      64,
      "--tolerance 0.5: the checkpoint s is of a run with --tolerance 0.0001: expected the same, "
        + "or another --checkpoint", resume("-k 2 --tolerance 0.5"))
    try place.expectFailure(
      64,
      "s: there is a file of that name: --resume goes on from it; to begin anew, move it away or "
        + "give another name", "fit a.csv -k 2 --checkpoint s")
    place.write("x,y\n1,2\n1.5,2\n10,11\n10,13\n", to: "a.csv")
    try place.expectFailure(
      65,
      "a.csv: it was changed within the \(Sample.csv.utf8.count) bytes that it had when the checkpoint "
        + "s was written: expected the file as it was", resume("-k 2 --quiet"))
    // Far from both ends the points themselves tell.
    var rows = (0..<40_000).map { "\($0 % 10),\($0 % 7)\n" }
    place.write(rows.joined(), to: "large.csv")
    let words = "fit large.csv -k 2 --quiet --checkpoint l --resume".split(separator: " ")
      .map(String.init)
    try place.succeed(words)
    rows[20_000] = "0,9\n"
    place.write(rows.joined(), to: "large.csv")
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("not those that the fit began with"), "\(outcome.errors)")
    // A checkpoint of one command is none of another.
    try place.expectFailure(
      65, "s: expected a checkpoint of a stream, found a checkpoint of a fit: give another name",
      "stream a.csv -k 2 --checkpoint s --resume")
  }
}
