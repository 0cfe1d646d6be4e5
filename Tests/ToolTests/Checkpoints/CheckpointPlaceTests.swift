import Foundation
import Testing

/// What stands beside a checkpoint, or in the place of it.
@Suite struct CheckpointPlaceTests {
  private static let options = "-k 2 --first-rows 2 --batch-size 2 --quiet"

  @Test(.timeLimit(.minutes(5)), arguments: [("mkfifo", "a pipe"), ("ln -s a.csv", "a link")])
  func `what would be the lock and is no file`(_ command: String, _ kind: String) throws {
    let place = Workplace.withStream()
    _ = try place.shell("\(command) c.lock")
    let words = "stream a.csv \(Self.options) --checkpoint c".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.status == 64)
    #expect(
      outcome.errors
        == "kmeans: c.lock: it is \(kind), and would be the lock of the checkpoint: move it away, or "
        + "give the checkpoint another name\n")
    #expect(place.names.contains("c.lock") && !place.names.contains("c"))
  }

  /// 246 bytes and `.previous` are the 255 that a name may have.
  @Test func `a name that is too long for those beside it`() throws {
    let place = Workplace.withStream()
    let longest = String(repeating: "n", count: 246)
    try place.stream("a.csv \(Self.options) --checkpoint \(longest) --checkpoint-every 1")
    #expect(place.names.contains(longest) && place.names.contains("\(longest).previous"))
    try place.stream("a.csv b.csv \(Self.options) --checkpoint \(longest) --resume")
    for length in [247, 250, 255] {
      let name = String(repeating: "m", count: length)
      try place.expectFailure(
        64,
        "\(name): a name of \(length) bytes, expected at most 246 for a checkpoint: the one before it "
          + "has .previous behind it", "stream a.csv \(Self.options) --checkpoint \(name)")
    }
    // Two bytes each.
    try place.expectFailure(
      64,
      "\(String(repeating: "é", count: 124)): a name of 248 bytes, expected at most 246 for a "
        + "checkpoint: the one before it has .previous behind it",
      "fit a.csv -k 2 --checkpoint \(String(repeating: "é", count: 124))")
  }
}
