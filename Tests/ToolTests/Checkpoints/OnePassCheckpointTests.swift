import Foundation
import Testing

/// Passes that are killed and gone on with: the same bits.
@Suite struct OnePassCheckpointTests {
  static let outputs = ["l.csv", "c.npy", "w.npy", "m.kmeans", "s.sketch"]
  static let options =
    "--labels l.csv --centroids c.npy --cluster-weights w.npy --model m.kmeans --sketch s.sketch "
    + "--quiet --checkpoint-every 1 --checkpoint s"

  @Test(arguments: [
    KilledRun("onepass p.npy -k 5"), KilledRun("onepass p.npy -k 5 --precision double"),
    KilledRun("onepass p.npy -k 5 --on-invalid skip --standardize"),
    KilledRun("onepass a.csv b.csv -k 5 --columns x,y,z --on-invalid mean --precision float"),
    KilledRun("onepass a.csv -k 5 --columns x,y,z --on-invalid mean --standardize"),
    KilledRun(
      "onepass a.csv b.csv a2.csv -k 5 --columns x,y,z --on-invalid skip --point-weights weight"),
  ])
  func `a pass that is killed`(_ run: KilledRun) throws {
    let place = Workplace.withSensors(rows: 5000)
    // Some blocks of 4 MiB.
    place.write(npyFile(TestRandom.values(100 * 30_000, seed: 3), columns: 100), to: "p.npy")
    if run.command.contains("a2") { _ = try place.shell("cp b.csv a2.csv") }
    let words = run.words + Self.options.split(separator: " ").map(String.init)
    try place.succeed(words)
    let expected = try place.results(Self.outputs)
    #expect(expected.count == 5)
    place.removeAll(Self.outputs + ["s", "s.previous"])
    let running = try Running(Program.kmeans, words + ["--resume"], in: place)
    _ = eventually { !running.isRunning || place.names.contains("s") }
    running.send(SIGKILL)
    _ = running.wait()
    try #require(place.names.contains("s"))
    try place.succeed(words + ["--resume"])
    #expect(try place.results(Self.outputs) == expected)
  }

  @Test func `what cannot be gone on with is refused`() throws {
    let place = Workplace.withSample()
    try place.expectFailure(
      64,
      "--checkpoint: the standard input is no file, and what a pipe has given cannot be read again: "
        + "expected a file as input", "onepass - -k 2 --checkpoint s")
    try place.succeed(
      "onepass a.csv -k 2 --checkpoint s --quiet".split(separator: " ").map(String.init))
    try place.expectFailure(
      64,
      "--seed 4: the checkpoint s is of a run with --seed 0: expected the same, or another "
        + "--checkpoint", "onepass a.csv -k 2 --seed 4 --checkpoint s --resume")
    place.write(Sample.csv + "1,1\n", to: "b.csv")
    try place.expectFailure(
      64,
      "b.csv: the checkpoint s is of a run with the input a.csv in this place, expected the same",
      "onepass b.csv -k 2 --checkpoint s --resume")
  }
}
